"""Last year's answer beside each question, and whether one tap takes it over. Nothing is ever filled in by itself."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from assessments.compiled import instrument_of
from assessments.domain.answers import understand
from assessments.domain.comparison import carried_over
from assessments.domain.instrument import Instrument, Kind, Question
from assessments.models import Answer, Assessment, Submission
from assessments.words import table_text, value_text

# Last year's bills are not this year's, and a document is of its own time.
NEVER_TAKEN_OVER = frozenset({Kind.MONTHLY, Kind.FILE})


@dataclass
class Offer:
    """`year` 0: the questionnaire's own suggestion. `fits`: it is a possible answer now, and one tap takes it."""

    text: str
    year: int = 0
    value: Any = None
    is_na: bool = False
    na_reason: str = ""
    fits: bool = False
    is_current: bool = False
    raw: Any = None

    def is_already(self, answer: Answer | None) -> bool:
        if answer is None:
            return False
        if self.is_na:
            return answer.is_na and answer.na_reason == self.na_reason
        return not answer.is_na and answer.raw is None and answer.value == self.value


@dataclass
class LastYear:
    """What the factory submitted for its latest earlier year of the same questionnaire."""

    year: int
    before: Instrument
    now: Instrument
    answers: dict[str, Any]

    def value(self, question: Question) -> Any:
        """What of it is still a possible answer; None where nothing is."""
        old = self.before.questions.get(question.code)
        return carried_over(old, question, self.answers.get(question.code, {}).get("value")) if old else None

    @cached_property
    def values(self) -> dict[str, Any]:
        found = {code: self.value(self.now.questions[code]) for code in self.answers if code in self.now.questions}
        return {code: value for code, value in found.items() if value is not None}

    def offer(self, question: Question, language: str) -> Offer | None:
        old, entry = self.before.questions.get(question.code), self.answers.get(question.code)
        if old is None or not entry:
            return None
        if entry.get("is_na"):
            reason = entry.get("na_reason", "")
            text = _("Does not apply: %(reason)s") % {"reason": reason}
            return Offer(text, self.year, is_na=True, na_reason=reason, fits=question.allow_na)
        given = entry.get("value")
        text = table_text(old, given, language) if old.is_table else value_text(old, given, language)
        value = self.value(question)
        fits = value is not None and question.kind not in NEVER_TAKEN_OVER
        return Offer(text, self.year, value=value, fits=fits) if text else None


def last_year_of(assessment: Assessment, *, only: str = "") -> LastYear | None:
    """One query, and none for versions that this process has seen before. `only`: of one question, by its code."""
    now = instrument_of(assessment.campaign.version_id)
    earlier = Submission.objects.filter(
        assessment__factory=assessment.factory_id,
        assessment__campaign__reporting_year__lt=assessment.campaign.reporting_year,
        version__questionnaire__code=now.code,
    ).order_by("-assessment__campaign__reporting_year", "-number", "-pk")
    wanted = KeyTransform(only, "answers") if only else F("answers")
    found = earlier.values_list("assessment__campaign__reporting_year", "version_id", wanted).first()
    if found is None:
        return None
    year, version_id, answers = found
    return LastYear(year, instrument_of(version_id), now, {only: answers or {}} if only else answers)


def offer_for(question: Question, last: LastYear | None, language: str) -> Offer | None:
    """Last year's answer; where there is none, what the questionnaire suggests."""
    if last and (offer := last.offer(question, language)):
        return offer
    given = understand(question, question.default) if question.default else None
    if given is None or given.value is None:
        return None
    return Offer(value_text(question, given.value, language), value=given.value, fits=True)
