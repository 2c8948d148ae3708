"""What is said of answers and documents: what is wrong, missing, unusual, and what they earned."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

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
    "choice": _("This choice no longer fits your other answers"),
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
    "unreadable": _("This picture cannot be opened. Please take it again or choose another one."),
    "too_many_pixels": _("This picture is too large. Please take it again with a smaller size."),
}

SOFT_CHECKS = {
    "much_more": _("%(value)s is far more than last year’s %(before)s."),
    "much_less": _("%(value)s is far less than last year’s %(before)s."),
    "month_far_from_others": _("%(month)s: %(value)s is far above the other months (about %(middle)s)."),
    "shares_above_whole": _("These shares add up to %(value)s."),
    "women_above_workers": _("There are more women (%(value)s) than workers (%(workers)s)."),
    "more_than_workers": _("%(value)s is more than all workers of the factory (%(workers)s)."),
    "far_from_profile": _("%(value)s workers here, but %(workers)s in the factory’s profile."),
    "long_day": _("%(value)s in one day is very long."),
    "long_week": _("%(value)s in one week is very long."),
}

# Why a question is asked, by the commitment or else the pillar that it serves.
PURPOSES = {
    "climate": _("It shows how your factory saves energy and protects the climate."),
    "wellbeing": _("It shows how your factory looks after the people who work there."),
    "gender": _("It shows whether women and men are treated alike."),
    "ethics": _("It shows that your factory does business honestly."),
    "E": _("It shows how your factory protects the environment."),
    "S": _("It shows how your factory treats its people."),
    "G": _("It shows how well your factory is run."),
    "": _("It helps readers to understand your factory."),
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
