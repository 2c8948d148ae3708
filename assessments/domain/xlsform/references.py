"""What holds across the rows: every name that is used exists and has a value, and no two names wait for each other."""

import re
from collections.abc import Iterator

from assessments.domain.instrument import TABLE_KINDS, Instrument, Kind, Tree
from assessments.domain.logic import find_cycles, names_in
from assessments.domain.xlsform.cells import EXPRESSIONS
from assessments.domain.xlsform.questions import QuestionReader, columns_of_choices

IN_TEXT = re.compile(r"\$\{([^}]*)\}")


def check_references(reader: QuestionReader, instrument: Instrument) -> None:
    for note in reader.rows["legal_notes"]:
        if note["question"] not in instrument.questions:
            reader.problem(note, "question", "unknown_name", note["question"])
    for owner, column, tree in _trees(instrument):
        for name in sorted(names_in(tree)):
            _check_name(reader, instrument, owner, column, name)
    _check_texts(reader, instrument)
    _check_filters(reader, instrument)
    for cycle in find_cycles(instrument.waits_for):
        reader.problem(reader.row_of[cycle[0]], "relevant", "cycle", " → ".join(cycle))


def _trees(instrument: Instrument) -> Iterator[tuple[str, str, Tree]]:
    for section in instrument.sections:
        if section.relevant:
            yield section.code, "relevant", section.relevant
    for question in instrument.questions.values():
        for column in EXPRESSIONS:
            if tree := getattr(question, column):
                yield question.code, column, tree


def _check_name(reader: QuestionReader, instrument: Instrument, owner: str, column: str, name: str) -> None:
    question = instrument.questions.get(name)
    if question is None:
        code = "name_in_table" if name in reader.row_of else "unknown_name"
        reader.problem(reader.row_of[owner], column, code, name)
    elif question.kind in TABLE_KINDS | {Kind.FILE, Kind.NOTE}:
        reader.problem(reader.row_of[owner], column, "name_has_no_value", name)


def _check_texts(reader: QuestionReader, instrument: Instrument) -> None:
    """A text may show the answer to another question."""
    for question in instrument.questions.values():
        for column in ("label", "hint"):
            names = {name for text in getattr(question, column).values() for name in IN_TEXT.findall(text)}
            for name in sorted(names):
                _check_name(reader, instrument, question.code, column, name.strip())


def _check_filters(reader: QuestionReader, instrument: Instrument) -> None:
    known = columns_of_choices(reader.choices)
    for question in instrument.questions.values():
        if question.choice_filter is None:
            continue
        of_list = known.get(reader.reading.lists.get(question.code, ""), frozenset()) | {"name"}
        for name in sorted(_columns_in(question.choice_filter) - of_list):
            reader.problem(reader.row_of[question.code], "choice_filter", "unknown_choice_column", name)


def _columns_in(tree: Tree) -> set[str]:
    found = {tree[1]} if tree[0] == "column" else set()
    return found.union(*(_columns_in(part) for part in tree[1:] if isinstance(part, list) and part))
