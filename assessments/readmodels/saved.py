"""What became of one answer that was sent."""

from dataclasses import dataclass

from assessments.domain.answers import Given, Problem
from assessments.domain.instrument import Question
from assessments.models import Answer


@dataclass(frozen=True)
class Saved:
    """`answer` as it is stored now. With `conflict` it is the other writer's, and ours (`given`, `na_reason`) was not
    stored.
    """

    question: Question
    answer: Answer
    given: Given
    conflict: bool = False
    changed: bool = True
    is_na: bool = False
    na_reason: str = ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.given.problems
