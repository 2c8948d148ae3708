"""Exports asked for as a page does, made as a worker does, and opened as their reader does."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from assessments.models import Campaign, Submission
from reports.models import Export
from reports.services import exports, making
from suppliers.models import Brand
from suppliers.roles import Role
from tests.support.assessing import make_assessment, submit
from tests.support.world import hold, make_factory, signed_in


def short_papers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Scorecards are a line long; gives the languages of those that were really rendered."""
    rendered: list[str] = []

    def render(facts: Any, on_progress: Callable[[int], None]) -> bytes:
        rendered.append(facts.language)
        return b"%PDF-1.7 " + facts.number.encode()

    monkeypatch.setattr(making, "render_scorecard", render)
    return rendered


def submission_in(campaign: Campaign, **factory: Any) -> Submission:
    return submit(make_assessment(make_factory(**factory), campaign))


def page_of(campaign: Campaign, brand: Brand | None = None) -> str:
    if brand:
        return reverse("reports:brand_exports", args=[brand.code, campaign.code])
    return reverse("reports:campaign_exports", args=[campaign.code])


def file_of(export: Export) -> str:
    return reverse("reports:download_export", args=[export.pk])


def ask(client: Client, page: str, **sent: str) -> Export:
    assert client.post(page, {"kind": "scorecards", "language": "km"} | sent).url == page
    return Export.objects.first()


def made(export: Export) -> Export:
    assert exports.make_export(export.pk)
    export.refresh_from_db()
    return export


def fetched(client: Client, export: Export) -> bytes:
    return b"".join(client.get(file_of(export)).streaming_content)  # type: ignore[arg-type]


def names_in(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def table_in(content: bytes) -> list[dict[str, Any]]:
    heads, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def staff(**place: Any) -> Client:
    return signed_in(hold(Role.PROGRAM_STAFF, **place))
