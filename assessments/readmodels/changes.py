"""What changed between a submission and the one before it, in the reader's words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.compiled import instrument_of
from assessments.domain.instrument import Question
from assessments.models import Submission
from assessments.readmodels.anchors import anchor_of
from assessments.words import reading_language, table_text, value_text


@dataclass
class Change:
    """`before` and `after` as the reader reads them; "" where there was nothing."""

    code: str
    label: str
    before: str
    after: str
    is_table: bool
    files_added: list[str]
    files_removed: list[str]

    @property
    def anchor(self) -> str:
        return anchor_of(self.code)

    @property
    def says_more(self) -> bool:
        """Whether the two texts differ; months may change while their totals stay, and files while the answer does."""
        return self.before != self.after


def changes(submission: Submission) -> list[Change]:
    """Against the submission before it in the same assessment; [] for the first."""
    if submission.number < 2:
        return []
    before = Submission.objects.filter(assessment=submission.assessment, number=submission.number - 1).first()
    if before is None:
        return []
    language = reading_language()
    instrument = instrument_of(submission.version_id)
    found = (_change(question, before, submission, language) for question in instrument.questions.values())
    return [change for change in found if change]


def _change(question: Question, before: Submission, after: Submission, language: str) -> Change | None:
    old, new = before.answers.get(question.code, {}), after.answers.get(question.code, {})
    old_files = {file["id"]: file["name"] for file in before.evidence.get(question.code, [])}
    new_files = {file["id"]: file["name"] for file in after.evidence.get(question.code, [])}
    same = _content(old) == _content(new)
    if same and old_files.keys() == new_files.keys():
        return None
    return Change(
        code=question.code,
        label=question.label.in_(language),
        before=_entry_text(question, old, language),
        after=_entry_text(question, new, language),
        is_table=question.is_table and not same,
        files_added=[name for key, name in new_files.items() if key not in old_files],
        files_removed=[name for key, name in old_files.items() if key not in new_files],
    )


def _content(entry: dict[str, Any]) -> dict[str, Any]:
    """Saying once more that an unusual answer is right changes nothing in it."""
    return {name: part for name, part in entry.items() if name != "confirmed"}


def _entry_text(question: Question, entry: dict[str, Any], language: str) -> str:
    if entry.get("is_na"):
        return _("Does not apply: %(reason)s") % {"reason": entry.get("na_reason", "")}
    if question.is_table:
        return table_text(question, entry.get("value"), language)
    return value_text(question, entry.get("value"), language)
