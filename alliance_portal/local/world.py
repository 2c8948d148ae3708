"""What the demo does inside Django: the tables, the questionnaire, the demo world and its first scorecards."""

import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections

django.setup()

from alliance_portal.local import CannotRun  # noqa: E402
from assessments.models import Submission  # noqa: E402
from reports.models import Scorecard  # noqa: E402
from reports.services.scorecards import request_scorecard  # noqa: E402
from suppliers.labels import Country, Language  # noqa: E402
from suppliers.models import Membership  # noqa: E402

QUESTIONNAIRE = settings.BASE_DIR / "assessments" / "questionnaires" / "alliance-esg"
SCORECARD_SECONDS = 120


def prepare() -> None:
    """Idempotent: on a second start each step finds its work done."""
    steps = [
        ("Preparing the database", ["migrate", "--verbosity=0"]),
        ("Collecting static files", ["collectstatic", "--verbosity=0", "--noinput"]),
        ("Loading the questionnaire", ["load_questionnaire", str(QUESTIONNAIRE), "--publish"]),
        ("Making the demo world", ["seed_demo"]),
    ]
    for words, command in steps:
        print(f"{words} …", flush=True)
        try:
            call_command(*command)
        except CommandError as error:
            hint = "make demo-reset begins anew with the files as they are."
            raise CannotRun(f"{command[0]}: {error}\n{hint}") from error


def scorecards_in_all_languages() -> list[Path]:
    """Has the worker render one submission's scorecard in every language, unless it did so before."""
    submission = submission_to_show()
    named = submission.assessment.factory.name_latin
    jobs = [request_scorecard(submission=submission, language=language, by=None).pk for language in Language.values]
    print(f"The worker renders the scorecard of {named} in {len(jobs)} languages …", flush=True)
    deadline = time.monotonic() + SCORECARD_SECONDS
    while time.monotonic() < deadline:
        rows = list(Scorecard.objects.filter(pk__in=jobs).order_by("pk"))
        if not any(row.is_active for row in rows):
            break
        time.sleep(0.2)
    unfinished = [f"{row.language}: {row.get_state_display()}" for row in rows if not row.is_done]
    if unfinished:
        raise CannotRun(f"The scorecard was not rendered ({', '.join(unfinished)}); see worker.log.")
    return [Path(row.file.path) for row in rows]


def submission_to_show() -> Submission:
    """The newest of a Cambodian factory: Khmer is the hardest of the four to set."""
    newest = Submission.objects.with_places().latest_first()
    found = newest.filter(assessment__factory__country=Country.CAMBODIA).first() or newest.first()
    if found is None:
        raise CannotRun("The demo world has no submission.")
    return found


def sign_ins() -> list[tuple[str, str]]:
    """One account for each role, at factories in each country, and whoever wears two hats; and what each is for."""
    shown: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    hats: dict[str, list[str]] = {}
    for membership in Membership.objects.active().with_places().select_related("user").order_by("pk"):
        factory = membership.factory
        kind = membership.role, factory.country if factory else ""
        hats.setdefault(membership.user.email, []).append(membership.label)
        if kind not in seen or len(hats[membership.user.email]) == 2:
            shown[membership.user.email] = ""
        seen.add(kind)
    return [(email, "; ".join(hats[email])) for email in shown]


def welcome(address: str, scorecards: list[Path]) -> str:
    accounts = sign_ins()
    width = max((len(email) for email, _ in accounts), default=0)
    lines = [
        "",
        f"  The portal is at  {address}",
        "",
        f"  Sign in with the password  {settings.DEMO_PASSWORD}  as",
        *(f"    {email:<{width}}  {who}" for email, who in accounts),
        "",
        "  A scorecard, rendered by the worker:",
        *(f"    {path}" for path in scorecards),
        "",
        f"  Mail that the portal sends lies in  {settings.EMAIL_FILE_PATH}",
        f"  Logs lie in  {settings.VAR_DIR / 'demo' / 'logs'}",
        "",
        "  Ctrl-C stops everything.",
        "",
    ]
    return "\n".join(lines)


def leave() -> None:
    """We only watch from here on: no connection is kept."""
    connections.close_all()
