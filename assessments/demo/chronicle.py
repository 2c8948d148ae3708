"""One factory's year, from the first answer to the last decision, as rows in a ledger."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assessments.demo.answering import Respondent, respond, wants_evidence
from assessments.demo.documents import document_for
from assessments.demo.ledger import Ledger
from assessments.demo.stories import Story
from assessments.demo.voices import Voice, voice
from assessments.domain.answers import Stored
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import NUMBER_KINDS, Instrument, Kind, Question
from assessments.models import Answer, Assessment, Campaign, Evidence, Submission
from assessments.services.campaigns import assessment_code
from assessments.services.submitting import freeze, note_latest
from suppliers.models import User

ASKED_ABOUT = 3
APRIL = 3


class Chronicle:
    """Of one assessment. The people: who manages the factory, and who types most of the answers."""

    def __init__(
        self, story: Story, campaign: Campaign, instrument: Instrument, people: tuple[User, User], ledger: Ledger
    ) -> None:
        self.story, self.instrument, self.ledger = story, instrument, ledger
        self.manager, self.contributor = people
        self.chance = story.chance
        self.answers: dict[str, Answer] = {}
        self.files: list[Evidence] = []
        self.assessment = Assessment(
            code=assessment_code(story.factory, campaign), factory=story.factory, campaign=campaign
        )
        ledger.assessments.append(self.assessment)

    @property
    def own_voice(self) -> Voice:
        return voice(self.story.factory.language)

    def begin(self, started: dt.datetime, until: dt.datetime, quality: float) -> Sheet:
        """All answers and their evidence, typed between the two moments."""
        self.assessment.started_at = started
        self.who = Respondent(self.story.factory, quality, self.story.luck, until.date())
        sheet = respond(self.instrument, self.who)
        for code, question in sheet.asked.items():
            if wants_evidence(question, sheet.answer(code), self.who):
                self._prove(question, started + (until - started) / 2)
        # Another sheet: what the first one found missing, it keeps.
        sheet = replace(sheet, evidence={file.question_code: 1 for file in self.files})
        step = (until - started) / (len(sheet.answers) + 1)
        for place, (code, stored) in enumerate(sheet.answers.items(), start=1):
            self._write(code, stored, started + place * step)
        return sheet

    def leave_half_done(self, sheet: Sheet) -> None:
        """The first sections are filled in, one number as nobody can read it; the rest is still empty."""
        codes = list(sheet.asked)
        kept = set(codes[: round(len(codes) * self.chance.uniform(0.35, 0.7))])
        self.answers = {code: answer for code, answer in self.answers.items() if code in kept}
        self.files = [file for file in self.files if file.question_code in kept and self.chance.random() < 0.6]
        numbers = [code for code in self.answers if self.instrument.questions[code].kind in NUMBER_KINDS]
        if numbers:
            odd = self.answers[self.chance.choice(numbers)]
            odd.value, odd.is_na, odd.na_reason = None, False, ""
            odd.raw = self.own_voice.odd_number

    def submit(self, sheet: Sheet, at: dt.datetime, note: str = "") -> Submission:
        """Frozen and scored as every submission is; what is not complete is no submission."""
        if gaps := sheet.gaps():
            raise ValueError(f"{self.assessment.code}: {[(gap.question.code, gap.reason) for gap in gaps]}")
        self.assessment.move("submit")
        submission = freeze(
            assessment=self.assessment, sheet=sheet, files=self.files, by=self.manager, at=at, note=note
        )
        note_latest(self.assessment, submission)
        self.ledger.submissions.append(submission)
        return submission

    def doubtful(self, sheet: Sheet) -> dict[str, Stored]:
        """Questions that a reviewer would ask about, with what the factory answers when it looks again."""
        better = respond(self.instrument, replace(self.who, quality=min(1.0, self.who.quality + 0.3)))
        found: dict[str, Stored] = {}
        kinds: set[Kind] = set()
        for code in self.chance.sample(list(sheet.answers), len(sheet.answers)):
            question = self.instrument.questions[code]
            after = _corrected(question, sheet.answers[code], better.answer(code))
            # One of each kind: a reviewer does not ask for the same thing three times.
            if after is None or question.kind in kinds or self.changed(sheet, found | {code: after}).gaps():
                continue
            kinds.add(question.kind)
            found[code] = after
            if question.kind is Kind.MONTHLY:
                self._leave_out_april(sheet, code)
            if len(found) == ASKED_ABOUT:
                break
        return found

    def changed(self, sheet: Sheet, changes: Mapping[str, Stored], day: dt.date | None = None) -> Sheet:
        """The same sheet with other answers. It is complete if no change opens a question that was not asked."""
        answers = {**sheet.answers, **changes}
        return Sheet(sheet.instrument, sheet.sector, answers, sheet.evidence, day or sheet.today)

    def rewrite(self, changes: Mapping[str, Stored], at: dt.datetime) -> None:
        for code, stored in changes.items():
            self.ledger.changes.append((self.answers[code], stored.value, at))

    def store(self) -> None:
        self.ledger.answers += self.answers.values()
        self.ledger.evidence += self.files

    def _leave_out_april(self, sheet: Sheet, code: str) -> None:
        """Its bill came late, as the exchange about monthly tables says."""
        table = {key: _with_less(cells) for key, cells in sheet.answers[code].value.items()}
        self.answers[code].value = table
        sheet.answers = {**sheet.answers, code: Stored(table)}

    def _write(self, code: str, stored: Stored, at: dt.datetime) -> None:
        self.answers[code] = Answer(
            assessment=self.assessment,
            question_code=code,
            value=stored.value,
            is_na=stored.is_na,
            na_reason=stored.na_reason,
            change_id=self._uuid(),
            updated_by=self.manager if code.startswith("G") else self.contributor,
            updated_at=at,
        )

    def _prove(self, question: Question, at: dt.datetime) -> None:
        document = document_for(question, self.who.chance(question.code))
        name = self.own_voice.file_name(document.suffix)
        self.files.append(
            Evidence(
                public_id=self._uuid(),
                assessment=self.assessment,
                question_code=question.code,
                file=document.path,
                name=f"{question.code} {name}",
                content_type=document.content_type,
                size=document.size,
                sha256=document.sha256,
                uploaded_by=self.contributor,
                uploaded_at=at,
            )
        )

    def _uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)


def _corrected(question: Question, before: Stored, better: Stored) -> Stored | None:
    """What the answer becomes, or None where there is nothing to ask about."""
    if before.is_na or not before.is_answered:
        return None
    if question.kind is Kind.MONTHLY:
        return before
    return better if better.is_answered and better.value != before.value else None


def _with_less(cells: list[Any]) -> list[Any]:
    less = list(cells)
    less[APRIL] = round(cells[APRIL] * 0.2, 1)
    return less
