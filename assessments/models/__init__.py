from assessments.models.answers import Answer, AnswerNote, Evidence
from assessments.models.assessments import Assessment
from assessments.models.assignments import SectionAssignment
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
from assessments.models.workbooks import WorkbookUpload

__all__ = [
    "Answer",
    "AnswerNote",
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
    "SectionAssignment",
    "Share",
    "Submission",
    "Upload",
    "WorkbookUpload",
]
