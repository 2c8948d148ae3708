"""The words shown for the keys that the database stores."""

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assessments.domain.instrument import Commitment, EvidenceNeed, Kind, Pillar
from assessments.domain.states import AssessmentState, ReviewState
from assessments.domain.xlsform import SheetProblem


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
    FILE = Kind.FILE.value, _("File")


class EvidenceNeedName(TextChoices):
    NONE = EvidenceNeed.NONE.value, _("Not asked for")
    ASKED = EvidenceNeed.ASKED.value, _("Asked for")
    REQUIRED = EvidenceNeed.REQUIRED.value, _("Required")


# Units are shown by these words; symbols that every script writes alike are left as they are.
UNITS = {
    "persons": _("persons"),
    "hours": _("hours"),
    "days": _("days"),
    "months": _("months"),
    "years": _("years"),
    "times": _("times"),
    "tonnes": _("tonnes"),
    "L": _("litres"),
    "m3": "m³",
}


def unit_name(unit: str) -> str:
    return str(UNITS.get(unit, unit))


SHEET_PROBLEMS = {
    "sheet_missing": _("This sheet is missing or empty."),
    "text_missing": _("A text is missing here."),
    "not_a_number": _("“%(detail)s” is not a number that fits here."),
    "not_yes_or_no": _("“%(detail)s” is neither yes nor no."),
    "unknown_word": _("“%(detail)s” is not one of the words allowed here."),
    "bad_name": _("“%(detail)s” cannot be a name: use Latin letters, digits, points and hyphens, without spaces."),
    "double_name": _("“%(detail)s” stands here a second time."),
    "score_above_one": _("A choice's score lies between 0 and 1."),
    "score_missing": _("%(detail)s has points, but nothing says how they are earned."),
    "group_out_of_place": _("“%(detail)s” does not fit here: check where groups begin and end."),
    "group_not_closed": _("The group “%(detail)s” is never closed."),
    "outside_a_group": _("“%(detail)s” stands outside of any section."),
    "column_not_a_number": _("A monthly table holds numbers only, not “%(detail)s”."),
    "monthly_needs_twelve": _("A monthly table has a repeat_count of 12 and at least one column."),
    "unknown_type": _("The question type “%(detail)s” is not supported."),
    "unknown_list": _("The choice list “%(detail)s” does not exist or is empty."),
    "unknown_name": _("There is no question named “%(detail)s”."),
    "name_has_no_value": _("“%(detail)s” is a table or a file and cannot be used in an expression."),
    "cycle": _("These questions wait for each other: %(detail)s."),
    "logic_syntax": _("This expression cannot be read from “%(detail)s” on."),
    "logic_too_long": _("This expression is too long."),
    "logic_too_deep": _("This expression is nested too deeply."),
    "logic_unknown_function": _("The function “%(detail)s” is not supported."),
    "logic_wrong_arguments": _("The function “%(detail)s” has too few or too many arguments."),
    "logic_pattern": _("This pattern for regex() is not supported: %(detail)s"),
}


def sheet_problem_text(problem: SheetProblem) -> str:
    return str(SHEET_PROBLEMS[problem.code]) % {"detail": problem.detail}


ANSWER_PROBLEMS = {
    "not_a_number": _("This is not a number. Please write digits only, for example 1250 or 12.5."),
    "ambiguous_number": _(
        "This number can be read in two ways. Please write it without a thousands separator, for example 1250."
    ),
    "too_many_digits": _("This number has too many digits. Please round it."),
    "negative": _("Please enter 0 or more."),
    "not_whole": _("Please enter a whole number, without decimals."),
    "not_a_percent": _("Please enter a percentage between 0 and 100."),
    "not_a_date": _("This is not a date. Please write day/month/year, for example 31/03/2026."),
    "unknown_choice": _("This choice is not in the list any more. Please choose again."),
    "text_too_long": _("This text is too long. Please keep it under 4,000 characters."),
}

GAP_REASONS = {
    "unanswered": _("Not answered yet"),
    "problem": _("The answer could not be understood"),
    "constraint": _("The answer does not fit"),
    "evidence": _("A document is still needed"),
    "na_reason": _("Please say why this does not apply"),
}

FILE_PROBLEMS = {
    "empty": _("This file is empty. Please choose another one."),
    "too_large": _("This file is too large. Please choose one of at most %(limit)s MB."),
    "wrong_type": _(
        "This kind of file cannot be used. Please choose a PDF, a picture, or a Word, Excel or PowerPoint file."
    ),
    "too_many": _("There are already %(count)s files at this question. Please remove one first."),
}

SCORE_REASONS = {
    "full": _("Full points"),
    "partial": _("Part of the points"),
    "none": _("No points for this answer"),
    "unanswered": _("Not answered"),
    "not_applicable": _("Does not apply: not counted"),
    "hidden": _("Not asked: not counted"),
    "unscored": _("For information: no points"),
}


def file_problem_text(code: str) -> str:
    values = {
        "limit": settings.EVIDENCE_MAX_BYTES // (1024 * 1024),
        "count": settings.EVIDENCE_MAX_FILES_PER_QUESTION,
    }
    return str(FILE_PROBLEMS[code]) % values
