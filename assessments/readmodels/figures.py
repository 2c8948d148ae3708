"""What the browser needs to understand numbers and dates as the server will, before the server has answered."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from assessments.domain.instrument import NUMBER_KINDS, Kind
from assessments.labels import ANSWER_PROBLEMS
from assessments.readmodels.question_block import QuestionBlock
from assessments.readmodels.table_block import browser_table
from assessments.words import reading_language
from suppliers import localization

NUMBER_PROBLEMS = ("not_a_number", "ambiguous_number", "too_many_digits", "negative", "not_whole", "not_a_percent")
# A day and a year whose figures stand nowhere else in a written date.
SAMPLE_DAY, SAMPLE_YEAR = 22, 1999


def figures_data(blocks: Sequence[QuestionBlock]) -> dict[str, Any]:
    language = reading_language()
    kinds = {block.question.kind for block in blocks}
    codes = [*NUMBER_PROBLEMS, "not_a_date"]
    return {
        "language": language,
        "units": {b.code: b.unit for b in blocks if b.question.kind in NUMBER_KINDS},
        "tables": {b.code: browser_table(b.question, b.reckoning, language) for b in blocks if b.question.is_table},
        "dates": date_patterns(language) if Kind.DATE in kinds else [],
        "problems": {code: str(ANSWER_PROBLEMS[code]) for code in codes},
    }


def date_patterns(language: str) -> list[str]:
    """The long form of a date in each month, with {d} and {y}."""
    year = localization.year(SAMPLE_YEAR, language)
    samples = [localization.date(dt.date(SAMPLE_YEAR, month, SAMPLE_DAY), language) for month in range(1, 13)]
    return [sample.replace(str(SAMPLE_DAY), "{d}", 1).replace(year, "{y}", 1) for sample in samples]
