"""Reviews and what is asked in them, for tests."""

from assessments.models import Remark, Submission
from assessments.services import reviewing
from suppliers.models import Brand
from tests.support.world import make_user


def ask_back(submission: Submission, code: str, text: str, brand: Brand | None = None) -> Remark:
    """A clarification of one question, sent to the factory; of the program unless a brand is given."""
    by = make_user(name="Reviewer")
    remark = reviewing.remark(
        submission=submission, brand=brand, question_code=code, text=text, asks_clarification=True, by=by, language="en"
    )
    reviewing.request_clarification(submission=submission, brand=brand, by=by)
    submission.assessment.refresh_from_db()
    return remark
