"""Campaigns, assessments and submissions for tests, each made with one line."""

import datetime as dt
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assessments.models import Assessment, Campaign, Evidence, QuestionnaireVersion, Share, Submission
from assessments.readmodels.saved import Saved
from assessments.services import answering, campaigns, evidence, sharing, submitting
from suppliers.models import Brand, Factory, User
from suppliers.roles import Role
from tests.support.questionnaire import publish_small
from tests.support.world import buys, hold, make_factory, make_user

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TWELVE = {"grid_kwh": ["1000"] * 12, "diesel_l": ["10"] * 12}
# Whatever the small questionnaire requires, answered well.
ANSWERS: dict[str, Any] = {
    "E1.01": "yes",
    "E1.02": TWELVE,
    "S1.01": "yes",
    "S1.02": "48",
    "G1.01": "yes",
}
_number = count(1)


def make_campaign(version: QuestionnaireVersion | None = None, **fields: Any) -> Campaign:
    number = next(_number)
    today = timezone.localdate()
    known: dict[str, Any] = {
        "code": f"campaign-{number}",
        "name_en": "Assessment 2026",
        "name_km": "ការវាយតម្លៃ 2026",
        "name_th": "การประเมิน 2569",
        "name_vi": "Đánh giá 2026",
        "version": version or published_small(),
        "reporting_year": 2025,
        "opens_on": today - dt.timedelta(days=30),
        "closes_on": today + dt.timedelta(days=30),
    }
    return Campaign.objects.create(**known | fields)


def published_small() -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.filter(questionnaire__code="small").first() or publish_small()


def make_assessment(factory: Factory | None = None, campaign: Campaign | None = None) -> Assessment:
    factory, campaign = factory or make_factory(), campaign or make_campaign()
    campaigns.invite_factories(campaign=campaign, factories=[factory])
    return Assessment.objects.with_places().get(factory=factory, campaign=campaign)


def someone_of(assessment: Assessment, role: Role = Role.FACTORY_MANAGER) -> User:
    held = assessment.factory.memberships.active().filter(role=role).select_related("user").first()
    return held.user if held else hold(role, assessment.factory).user


def give(assessment: Assessment, code: str, sent: Any, **entry: Any) -> Saved:
    """The answer as a form sends it, on top of whatever is stored now."""
    by = entry.pop("by", None) or someone_of(assessment)
    stored = assessment.answers.filter(question_code=code).first()
    full = {"sent": sent, "based_on": stored.version if stored else 0} | entry
    return answering.save_answer(assessment=assessment, code=code, entry=answering.Entry(**full), by=by, language="en")


def prove(assessment: Assessment, code: str, name: str = "proof.pdf", content: bytes = PDF) -> Evidence:
    upload = SimpleUploadedFile(name, content)
    return evidence.add_evidence(assessment=assessment, code=code, upload=upload, by=someone_of(assessment))


def complete(assessment: Assessment, **changed: Any) -> Assessment:
    """Everything required is answered and proved; `changed` by code with `_` for the point."""
    answers = ANSWERS | {code.replace("_", "."): sent for code, sent in changed.items()}
    for code, sent in answers.items():
        give(assessment, code, sent)
    prove(assessment, "S1.01")
    return assessment


def submit(assessment: Assessment, **changed: Any) -> Submission:
    submitting.submit(assessment=complete(assessment, **changed), by=someone_of(assessment))
    assessment.refresh_from_db()
    return assessment.submissions.with_places().latest("number")


def resubmit(assessment: Assessment, **changed: Any) -> Submission:
    """After a return: what was asked is answered, and everything sent again."""
    assessment.refresh_from_db()
    for code, sent in changed.items():
        give(assessment, code.replace("_", "."), sent)
    submitting.submit(assessment=assessment, by=someone_of(assessment))
    assessment.refresh_from_db()
    return assessment.submissions.with_places().latest("number")


def make_submission(factory: Factory | None = None, **changed: Any) -> Submission:
    return submit(make_assessment(factory), **changed)


def shares_with(factory: Factory, brand: Brand) -> Share:
    """The brand buys from the factory, and the factory lets it see."""
    if not brand.supply_links.current().filter(factory=factory).exists():
        buys(brand, factory)
    return sharing.share(factory=factory, brand=brand, by=make_user())
