"""The sections as a way through the questionnaire: how far each is, whose it is, and who was there last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.domain.completeness import Progress, SectionState, Sheet
from assessments.domain.instrument import Section
from assessments.labels import ImportanceName, SectionStateName
from assessments.models import Answer, SectionAssignment
from assessments.words import reading_language
from suppliers.models import User


@dataclass
class ImportanceCount:
    key: str
    name: str
    progress: Progress


@dataclass
class SectionLink:
    """`who`: the colleague who looks after it; `last_by`, `last_at`: the latest change of an answer in it."""

    section: Section
    title: str
    progress: Progress
    pillar: str
    state: SectionState
    required_open: int = 0
    who: str = ""
    is_mine: bool = False
    last_by: str = ""
    last_at: Any = None

    @property
    def state_name(self) -> str:
        return str(SectionStateName(self.state).label)

    @property
    def needs_attention(self) -> bool:
        return self.state in (SectionState.HAS_PROBLEMS, SectionState.WAITS_FOR_CHOICE)


@dataclass
class MapGroup:
    is_mine: bool
    links: list[SectionLink]


def section_links(
    sheet: Sheet,
    assignments: Mapping[str, SectionAssignment] | None = None,
    reader: User | None = None,
    answers: Iterable[Answer] = (),
) -> list[SectionLink]:
    language, latest = reading_language(), _latest(sheet, answers)
    links = []
    for section in sheet.sections():
        required = [q for q in section.questions if q.code in sheet.asked and q.required]
        link = SectionLink(
            section=section,
            title=section.title.in_(language),
            progress=sheet.progress(section),
            pillar=section.pillar or "",
            state=sheet.section_state(section),
            required_open=sum(sheet.is_open(question) for question in required),
        )
        if assignment := (assignments or {}).get(section.code):
            link.who = str(assignment.membership.user)
            link.is_mine = reader is not None and assignment.membership.user_id == reader.pk
        if last := latest.get(section.code):
            link.last_by, link.last_at = str(last.updated_by or ""), last.updated_at
        links.append(link)
    return links


def _latest(sheet: Sheet, answers: Iterable[Answer]) -> dict[str, Answer]:
    latest: dict[str, Answer] = {}
    for answer in answers:
        section = sheet.instrument.section_of.get(answer.question_code)
        if section and (section.code not in latest or answer.updated_at > latest[section.code].updated_at):
            latest[section.code] = answer
    return latest


def map_groups(links: list[SectionLink]) -> list[MapGroup]:
    """The reader's own sections first; one group where nothing, or everything, is theirs."""
    groups = [MapGroup(mine, [link for link in links if link.is_mine is mine]) for mine in (True, False)]
    return [group for group in groups if group.links]


def importance_counts(sheet: Sheet, section: Section | None = None) -> list[ImportanceCount]:
    counts = sheet.progress_by_importance(section)
    return [ImportanceCount(key.value, str(ImportanceName(key).label), progress) for key, progress in counts.items()]
