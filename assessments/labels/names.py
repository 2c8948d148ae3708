"""What states, kinds and units are called."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assessments.domain.completeness import SectionState
from assessments.domain.instrument import Commitment, EvidenceNeed, Importance, Kind, Pillar
from assessments.domain.states import AssessmentState, ReviewState


class PillarName(TextChoices):
    ENVIRONMENT = Pillar.ENVIRONMENT.value, _("Environment")
    SOCIAL = Pillar.SOCIAL.value, _("Social")
    GOVERNANCE = Pillar.GOVERNANCE.value, _("Governance")


class CommitmentName(TextChoices):
    CLIMATE = Commitment.CLIMATE.value, _("Climate change & energy")
    WELLBEING = Commitment.WELLBEING.value, _("Worker well-being")
    GENDER = Commitment.GENDER.value, _("Gender equality")
    ETHICS = Commitment.ETHICS.value, _("Business ethics")


class BandName(TextChoices):
    BEGINNING = "beginning", _("Beginning")
    DEVELOPING = "developing", _("Developing")
    PROGRESSING = "progressing", _("Progressing")
    ADVANCED = "advanced", _("Advanced")
    LEADING = "leading", _("Leading")


class AssessmentStateName(TextChoices):
    DRAFT = AssessmentState.DRAFT.value, _("In progress")
    SUBMITTED = AssessmentState.SUBMITTED.value, _("Submitted")
    RETURNED = AssessmentState.RETURNED.value, _("Returned for clarification")
    CLOSED = AssessmentState.CLOSED.value, _("Closed")


class ReviewStateName(TextChoices):
    OPEN = ReviewState.OPEN.value, _("To be reviewed")
    CLARIFICATION_REQUESTED = ReviewState.CLARIFICATION_REQUESTED.value, _("Clarification requested")
    ACCEPTED = ReviewState.ACCEPTED.value, _("Accepted")
    ACTIONS_REQUIRED = ReviewState.ACTIONS_REQUIRED.value, _("Actions required")


class ImportanceName(TextChoices):
    REQUIRED = Importance.REQUIRED.value, _("Required")
    RECOMMENDED = Importance.RECOMMENDED.value, _("Recommended")
    OPTIONAL = Importance.OPTIONAL.value, _("Optional")


class SectionStateName(TextChoices):
    NOT_BEGUN = SectionState.NOT_BEGUN.value, _("Not begun")
    IN_PART = SectionState.IN_PART.value, _("Begun")
    DONE = SectionState.DONE.value, _("Done")
    HAS_PROBLEMS = SectionState.HAS_PROBLEMS.value, _("Needs a correction")
    WAITS_FOR_CHOICE = SectionState.WAITS_FOR_CHOICE.value, _("Waits for your choice")


class KindName(TextChoices):
    YES_NO = Kind.YES_NO.value, _("Yes or no")
    SINGLE = Kind.SINGLE.value, _("One choice")
    MULTIPLE = Kind.MULTIPLE.value, _("Several choices")
    INTEGER = Kind.INTEGER.value, _("Whole number")
    DECIMAL = Kind.DECIMAL.value, _("Number")
    PERCENT = Kind.PERCENT.value, _("Percent")
    DATE = Kind.DATE.value, _("Date")
    TEXT = Kind.TEXT.value, _("Text")
    MONTHLY = Kind.MONTHLY.value, _("Monthly table")
    TABLE = Kind.TABLE.value, _("Table")
    FILE = Kind.FILE.value, _("File")
    NOTE = Kind.NOTE.value, _("Text to read")
    CALCULATED = Kind.CALCULATED.value, _("Calculated")


class AppearanceName(TextChoices):
    MULTILINE = "multiline", _("Several lines")


class EvidenceNeedName(TextChoices):
    NONE = EvidenceNeed.NONE.value, _("Not asked for")
    ASKED = EvidenceNeed.ASKED.value, _("Asked for")
    REQUIRED = EvidenceNeed.REQUIRED.value, _("Required")


# Units are shown by these words; symbols that every script writes alike are left as they are.
UNITS = {
    "persons": _("persons"),
    "hours": _("hours"),
    "hours_day": _("hours a day"),
    "hours_week": _("hours a week"),
    "days": _("days"),
    "months": _("months"),
    "years": _("years"),
    "years_old": _("years old"),
    "times": _("times"),
    "tonnes": _("tonnes"),
    "L": _("litres"),
    "US gal": _("US gallons"),
    "m3": "m³",
    "local_currency": _("(local currency)"),
}


def unit_name(unit: str) -> str:
    return str(UNITS.get(unit, unit))
