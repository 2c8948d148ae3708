from assessments.domain.xlsform import read
from bench.questionnaire import QUESTIONS, half_answered, instrument, sheets


def test_the_measured_questionnaire_is_large_complete_and_full_of_conditions() -> None:
    reading = read(sheets())
    assert reading.problems == []
    made = instrument()
    assert len(made.questions) == QUESTIONS == 300
    assert sum(question.relevant is not None for question in made.questions.values()) == QUESTIONS - 1
    assert {len(question.label) for question in made.questions.values()} == {4}


def test_some_of_it_is_asked_and_some_is_not() -> None:
    asked = len(half_answered(instrument()).asked)
    assert QUESTIONS / 10 < asked < QUESTIONS
