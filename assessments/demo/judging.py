"""What brands and the program say of submissions in the demo world."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.demo.ledger import Ledger
from assessments.demo.voices import Voice, voice
from assessments.domain.instrument import Question
from assessments.models import Assessment, Remark, RemarkMessage, Review
from suppliers.models import Brand, User


@dataclass(frozen=True)
class Party:
    """`brand` None: the program. Its officer writes to the factory in the factory's own language, or in English."""

    brand: Brand | None
    officer: User

    @property
    def voice(self) -> Voice:
        return voice(self.officer.language)


class Judgement:
    """One party's review, growing as the weeks pass."""

    def __init__(self, assessment: Assessment, party: Party, at: dt.datetime, ledger: Ledger) -> None:
        self.party, self.ledger = party, ledger
        self.review = Review(assessment=assessment, brand=party.brand, created_at=at)
        self.asked: list[Remark] = []
        ledger.reviews.append(self.review)

    def decide(self, move: str, number: int, at: dt.datetime, note: str) -> None:
        self.review.move(move)
        self.review.seen_number, self.review.note = number, note
        self.review.decided_by, self.review.decided_at = self.party.officer, at

    def ask(self, questions: Iterable[Question], number: int, at: dt.datetime) -> None:
        for question in questions:
            text = self.party.voice.exchange(question).asked
            self.asked.append(self.remark(question, text, number, at, sent=at, asks=True))

    def remark(
        self, question: Question, text: str, number: int, at: dt.datetime, *, sent: dt.datetime | None, asks: bool
    ) -> Remark:
        remark = Remark(
            review=self.review,
            question_code=question.code,
            submission_number=number,
            asks_clarification=asks,
            created_at=at,
            sent_at=sent,
        )
        self.ledger.remarks.append(remark)
        self._message(remark, self.party.officer, text, at, from_factory=False)
        return remark

    def answer(self, remark: Remark, question: Question, by: User, at: dt.datetime) -> None:
        """From the factory."""
        self._message(remark, by, voice(by.language).exchange(question).replied, at, from_factory=True)

    def settle(self, at: dt.datetime) -> None:
        """A new submission has come: what was asked is answered, and the party judges anew."""
        for remark in self.asked:
            remark.settled_at = at
        self.review.move("reopen")

    def _message(self, remark: Remark, by: User, text: str, at: dt.datetime, *, from_factory: bool) -> None:
        self.ledger.messages.append(
            RemarkMessage(
                remark=remark, author=by, from_factory=from_factory, language=by.language, text=text, written_at=at
            )
        )
