"""For each language a section page and somebody who reads it in that language: prints JSON."""

import json

import django
from django.urls import reverse

django.setup()

from assessments.compiled import instrument_of  # noqa: E402
from assessments.domain.instrument import Section  # noqa: E402
from assessments.models import Assessment  # noqa: E402
from bench.world import begun, member_of, session_of  # noqa: E402
from suppliers.labels import Language  # noqa: E402
from suppliers.roles import Role  # noqa: E402

QUESTIONS = 15


def usual_section(assessment: Assessment) -> Section:
    """The one whose length is nearest to what a page is meant to hold; with a table, where there is a choice."""
    sections = instrument_of(assessment.campaign.version_id).sections
    return min(sections, key=lambda part: (abs(_asked(assessment, part) - QUESTIONS), -_tables(part)))


def _asked(assessment: Assessment, section: Section) -> int:
    sector = assessment.factory.sector
    return sum(q.is_asked_for and (not q.sectors or sector in q.sectors) for q in section.questions)


def _tables(section: Section) -> int:
    return sum(question.is_table for question in section.questions)


def visits() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    drafts = begun()
    for language in Language.values:
        # Somebody at home in the language: what they have written brings its letters onto the page.
        assessment = next((draft for draft in drafts if draft.factory.language == language), drafts[0])
        drafts.remove(assessment)
        manager = member_of(Role.FACTORY_MANAGER, factory=assessment.factory)
        manager.language = language
        manager.save(update_fields=["language"])
        section = usual_section(assessment)
        found[language] = {
            "path": reverse("assessments:section", args=[assessment.code, section.code]),
            "home": reverse("assessments:factory_home", args=[assessment.factory.code]),
            "session": session_of(manager),
            "questions": _asked(assessment, section),
        }
    return found


if __name__ == "__main__":
    print(json.dumps(visits()))
