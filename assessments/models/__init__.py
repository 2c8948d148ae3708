from assessments.models.answers import Answer, Evidence
from assessments.models.assessments import Assessment
from assessments.models.campaigns import Campaign
from assessments.models.questionnaires import (
    Choice,
    Column,
    LegalNote,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Section,
)
from assessments.models.reviews import Remark, RemarkMessage, Review
from assessments.models.shares import Share
from assessments.models.submissions import Submission
from assessments.models.uploads import Upload

__all__ = [
    "Answer",
    "Assessment",
    "Campaign",
    "Choice",
    "Column",
    "Evidence",
    "LegalNote",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Remark",
    "RemarkMessage",
    "Review",
    "Section",
    "Share",
    "Submission",
    "Upload",
]
