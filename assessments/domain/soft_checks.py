"""What looks unusual in an answer. A soft check asks “Is this right?” and never blocks.

The checks hang on kinds, units and column keys, not on the codes of questions, so that they work for any questionnaire.
Each gives a code and the figures that it is about; the words are in labels.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from assessments.domain.completeness import Sheet
from assessments.domain.instrument import NUMBER_KINDS, PEOPLE_UNIT, SHARE_UNIT, Column, Kind, Question

FAR_FROM_LAST_YEAR = 10
FAR_FROM_OTHER_MONTHS = 10
FAR_FROM_PROFILE = 2
# Small counts jump without anything being wrong: from 1 accident to 10, from 8 workers to 20.
SMALL_COUNT = 20
FEWEST_MONTHS = 4
LONGEST_DAY = 14
LONGEST_WEEK = 84
HEADCOUNT = "headcount_"
WOMEN, EVERYBODY = "headcount_women", "headcount_total"
DAY_UNITS = frozenset({"hours/day", "hours_day"})
# Plain hours too: beyond this they fit neither a day nor a week.
WEEK_UNITS = frozenset({"hours/week", "hours_week", "hours"})
SHARE_SLACK = 1


@dataclass(frozen=True)
class SoftCheck:
    """`values` are the figures that the question is about; a note holds as long as they stay the same."""

    question: str
    code: str
    column: str = ""
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What an answer is held against. `before`: last year's value of the same question; 0 workers: not known."""

    before: Any = None
    profile_workers: int = 0
    counted_workers: int = 0

    @property
    def workers(self) -> int:
        """As counted in the answers; where nobody counted, as in the factory's profile."""
        return self.counted_workers or self.profile_workers


def soft_checks(sheet: Sheet, before: Mapping[str, Any], profile_workers: int) -> list[SoftCheck]:
    """Of every question that is asked and answered, in the order asked. `before`: last year's values that still fit."""
    counted = workers_counted(sheet)
    found: list[SoftCheck] = []
    for code, question in sheet.asked.items():
        stored = sheet.answer(code)
        if stored.value is not None and not stored.is_na:
            found += checks_of(question, stored.value, Known(before.get(code), profile_workers, counted))
    return found


def checks_of(question: Question, value: Any, known: Known) -> list[SoftCheck]:
    if question.is_table:
        return [*_table_checks(question, value, known), *_headcount_checks(question, value, known)]
    if question.kind in NUMBER_KINDS and isinstance(value, int | float):
        return list(_number_checks(question, value, known))
    return []


def looks_back(question: Question) -> bool:
    """Whether last year's value of the question is of any use here: shares jump without anything being wrong."""
    return question.is_table or not (question.kind is Kind.PERCENT or question.unit == SHARE_UNIT)


def workers_counted(sheet: Sheet) -> int:
    """From the first headcount table that is filled in: its latest row."""
    for code, question in sheet.asked.items():
        stored = sheet.answer(code)
        if question.is_table and stored.value and (workers := _latest_headcount(question, stored.value)):
            return round(workers)
    return 0


def is_headcount(question: Question) -> bool:
    return any(column.key.startswith(HEADCOUNT) for column in question.columns)


def _number_checks(question: Question, value: float, known: Known) -> Iterator[SoftCheck]:
    if question.unit in DAY_UNITS and value > LONGEST_DAY:
        yield SoftCheck(question.code, "long_day", values={"value": value})
    if question.unit in WEEK_UNITS and value > LONGEST_WEEK:
        yield SoftCheck(question.code, "long_week", values={"value": value})
    if question.unit == PEOPLE_UNIT and known.workers and value > known.workers:
        yield SoftCheck(question.code, "more_than_workers", values={"value": value, "workers": known.workers})
    if not looks_back(question) or not isinstance(known.before, int | float):
        return
    if max(value, known.before) >= SMALL_COUNT and (code := _far(value, known.before)):
        yield SoftCheck(question.code, code, values={"value": value, "before": known.before})


def _far(value: float, before: float) -> str:
    if value <= 0 or before <= 0:
        return ""
    if value >= FAR_FROM_LAST_YEAR * before:
        return "much_more"
    return "much_less" if before >= FAR_FROM_LAST_YEAR * value else ""


def _figures(value: Mapping[str, Sequence[Any]], column: Column) -> list[float]:
    return [cell for cell in value.get(column.key) or [] if isinstance(cell, int | float)]


def _table_checks(question: Question, value: Mapping[str, Sequence[Any]], known: Known) -> Iterator[SoftCheck]:
    before = known.before if isinstance(known.before, Mapping) else {}
    for column in question.columns:
        figures = _figures(value, column)
        if not figures or column.unit == SHARE_UNIT:
            continue
        then = _figures(before, column)
        code = _far(sum(figures), sum(then))
        # Half a year that is a tenth of a whole one says nothing yet.
        if code == "much_more" or (code and len(figures) >= len(then)):
            values = {"value": round(sum(figures), 6), "before": round(sum(then), 6)}
            yield SoftCheck(question.code, code, column.key, values)
        if question.kind is Kind.MONTHLY:
            yield from _months(question, column, value)
    yield from _shares(question, value)


def _months(question: Question, column: Column, value: Mapping[str, Sequence[Any]]) -> Iterator[SoftCheck]:
    """A single month that is far above the middle of the others: a slipped comma, or two months on one bill."""
    months = [(row, cell) for row, cell in enumerate(value[column.key]) if isinstance(cell, int | float)]
    if len(months) < FEWEST_MONTHS:
        return
    row, highest = max(months, key=lambda month: month[1])
    middle = median(cell for other, cell in months if other != row)
    if middle > 0 and highest >= FAR_FROM_OTHER_MONTHS * middle:
        values = {"row": row, "value": highest, "middle": round(middle, 6)}
        yield SoftCheck(question.code, "month_far_from_others", column.key, values)


def _shares(question: Question, value: Mapping[str, Sequence[Any]]) -> Iterator[SoftCheck]:
    """Shares that stand side by side in one row are shares of one whole."""
    columns = [column for column in question.columns if column.unit == SHARE_UNIT]
    if len(columns) < 2:
        return
    for row in range(question.rows):
        whole = sum(_cell(value, column.key, row) or 0 for column in columns)
        if whole > 100 + SHARE_SLACK:
            yield SoftCheck(question.code, "shares_above_whole", values={"row": row, "value": round(whole, 6)})
            return


def _cell(value: Mapping[str, Sequence[Any]], key: str, row: int) -> float | None:
    cells = value.get(key) or []
    cell = cells[row] if row < len(cells) else None
    return cell if isinstance(cell, int | float) else None


def _headcount_checks(question: Question, value: Mapping[str, Sequence[Any]], known: Known) -> Iterator[SoftCheck]:
    if not is_headcount(question):
        return
    for row in range(question.rows):
        women, everybody = _cell(value, WOMEN, row), _cell(value, EVERYBODY, row)
        if women is not None and everybody is not None and women > everybody:
            values = {"row": row, "value": women, "workers": everybody}
            yield SoftCheck(question.code, "women_above_workers", WOMEN, values)
            break
    workers, profile = _latest_headcount(question, value), known.profile_workers
    if not workers or not profile or abs(workers - profile) < SMALL_COUNT:
        return
    if max(workers, profile) >= FAR_FROM_PROFILE * min(workers, profile):
        yield SoftCheck(question.code, "far_from_profile", values={"value": workers, "workers": profile})


def _latest_headcount(question: Question, value: Mapping[str, Sequence[Any]]) -> float:
    """Everybody in the last row that has all of its figures; 0 where there is none."""
    keys = [column.key for column in question.columns if column.key.startswith(HEADCOUNT)]
    if not keys:
        return 0
    for row in reversed(range(question.rows)):
        total = _cell(value, EVERYBODY, row)
        parts = [_cell(value, key, row) for key in keys if key != EVERYBODY]
        if total is not None:
            return total
        if EVERYBODY not in keys and parts and None not in parts:
            return sum(part or 0 for part in parts)
    return 0
