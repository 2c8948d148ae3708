"""Makes a demo world in the database at hand and says, as JSON, which addresses to measure and who may open them."""

import importlib
import json
import sys
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

django.setup()

from assessments.compiled import instrument_of  # noqa: E402
from assessments.domain.instrument import NUMBER_KINDS, Kind, Section  # noqa: E402
from assessments.domain.states import AssessmentState  # noqa: E402
from assessments.models import Answer, Assessment  # noqa: E402
from bench import bare  # noqa: E402
from suppliers.models import Brand, Membership, User  # noqa: E402
from suppliers.roles import Role  # noqa: E402

QUESTIONNAIRE = settings.BASE_DIR / "assessments" / "questionnaires" / "alliance-esg"
# As many people save at the same time in the measurement of the throughput.
WRITERS = 32


def make(factories: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    with_silence = {"stdout": sys.stderr}
    call_command("load_questionnaire", str(QUESTIONNAIRE), publish=True, **with_silence)
    call_command("seed_demo", factories=factories, **with_silence)
    bare.create_table()


def session_of(user: User) -> str:
    """A session as signing in would make it."""
    engine = importlib.import_module(settings.SESSION_ENGINE)
    session = engine.SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def member_of(role: Role, **place: Any) -> User:
    held = Membership.objects.active().select_related("user").filter(role=role, **place)
    return held.order_by("pk")[0].user


def begun() -> list[Assessment]:
    """Drafts that are partly filled in."""
    drafts = Assessment.objects.filter(state=AssessmentState.DRAFT, started_at__isnull=False)
    return list(drafts.select_related("campaign", "factory").order_by("pk")[:WRITERS])


def writers() -> list[dict[str, Any]]:
    """Each saves a number of their own, so that nobody waits for another's row."""
    drafts = begun()
    found = []
    for place in range(WRITERS):
        assessment = drafts[place % len(drafts)]
        questions = instrument_of(assessment.campaign.version_id).questions.values()
        numbers = [question.code for question in questions if question.kind in NUMBER_KINDS]
        code = numbers[place // len(drafts)]
        answer = Answer.objects.filter(assessment=assessment, question_code=code).first()
        user = member_of(Role.FACTORY_MANAGER, factory=assessment.factory)
        found.append(
            {
                "session": session_of(user),
                "user": user.public_id,
                "path": reverse("assessments:sync", args=[assessment.code]),
                "code": code,
                "version": answer.version if answer else 0,
                "row": place + 1,
            }
        )
    return found


def queues() -> list[dict[str, Any]]:
    """Factories whose whole queue is sent in one go, with the numbers that they may answer."""
    found = []
    for assessment in begun():
        questions = instrument_of(assessment.campaign.version_id).questions.values()
        user = member_of(Role.FACTORY_MANAGER, factory=assessment.factory)
        stored = dict(assessment.answers.values_list("question_code", "version"))
        codes = [question.code for question in questions if question.kind in NUMBER_KINDS]
        found.append(
            {
                "session": session_of(user),
                "user": user.public_id,
                "path": reverse("assessments:sync", args=[assessment.code]),
                "versions": {code: stored.get(code, 0) for code in codes},
            }
        )
    return found


def heaviest_section(assessment: Assessment) -> Section:
    """The longest that has a monthly table: there is no heavier page."""
    sections = instrument_of(assessment.campaign.version_id).sections
    return max(sections, key=lambda part: (any(q.kind is Kind.MONTHLY for q in part.questions), len(part.questions)))


def section() -> dict[str, Any]:
    assessment = begun()[0]
    heaviest = heaviest_section(assessment)
    return {
        "session": session_of(member_of(Role.FACTORY_MANAGER, factory=assessment.factory)),
        "path": reverse("assessments:section", args=[assessment.code, heaviest.code]),
        "questions": len(heaviest.questions),
    }


def supplier_table() -> dict[str, Any]:
    brand = max(Brand.objects.order_by("pk"), key=lambda brand: brand.supply_links.filter(ended_on=None).count())
    return {
        "session": session_of(member_of(Role.BRAND_LEAD, brand=brand)),
        "path": reverse("assessments:supplier_table", args=[brand.code]),
        "suppliers": brand.supply_links.filter(ended_on=None).count(),
    }


if __name__ == "__main__":
    make(int(sys.argv[1]))
    print(json.dumps({"writers": writers(), "queues": queues(), "section": section(), "table": supplier_table()}))
