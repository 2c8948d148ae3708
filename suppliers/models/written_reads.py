"""Reads whose SQL is written once in the life of a process.

Each request asks who asks, and most ask for an assessment by its code. With two or three joins Django takes longer to
write the SQL of such a read and to lay out its rows than PostgreSQL to answer it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models

M = TypeVar("M", bound=models.Model)
V = TypeVar("V")


@dataclass(frozen=True)
class _Part:
    """One model of the read: where in a row its columns stand, and the models that its foreign keys lead to."""

    model: type[models.Model]
    names: list[str]
    columns: Callable[[Sequence[Any]], Sequence[Any]]
    key: int
    related: list[tuple["models.ForeignKey[Any, Any]", "_Part"]]

    def read(self, row: Sequence[Any]) -> models.Model | None:
        if row[self.key] is None:
            return None
        found = self.model.from_db(DEFAULT_DB_ALIAS, self.names, self.columns(row))
        for field, part in self.related:
            field.set_cached_value(found, part.read(row))
        return found


class WrittenRead(Generic[M, V]):
    """What the queryset would give, by one value that it is asked with.

    `stand_in` takes the value's place while the SQL is written: of the same type, and equal to nothing else in the
    query. `select_related` follows foreign keys only; `only` and `defer` work as they do everywhere.
    """

    def __init__(self, queryset_of: Callable[[V], "models.QuerySet[M]"], *, stand_in: V) -> None:
        self._queryset_of, self._stand_in = queryset_of, stand_in

    def __call__(self, value: V) -> list[M]:
        sql, parameters, root, conversions = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, [value if parameter == self._stand_in else parameter for parameter in parameters])
            rows = [list(row) for row in cursor.fetchall()]
        for column, expression, conversion in conversions:
            for row in rows:
                row[column] = conversion(row[column], expression, connection)
        return [root.read(row) for row in rows]  # type: ignore[misc]

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...], _Part, list[tuple[int, Any, Callable[..., Any]]]]:
        compiler = self._queryset_of(self._stand_in).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        if parameters.count(self._stand_in) != 1:
            raise ValueError(f"{self._stand_in!r} is not asked for exactly once: {sql}")
        expressions = [expression for expression, _, _ in compiler.select]
        conversions = [
            (column, expression, conversion)
            for column, (made, expression) in compiler.get_converters(expressions).items()
            for conversion in made
        ]
        return sql, parameters, _part(compiler.klass_info, expressions), conversions


def _part(known: dict[str, Any], expressions: Sequence[Any]) -> _Part:
    """`known`: what Django's compiler says about one model of the query."""
    model, columns = known["model"], known["select_fields"]
    names = [expressions[column].target.attname for column in columns]
    related = []
    for other in known.get("related_klass_infos", ()):
        if other["reverse"]:
            raise ValueError(f"{other['field']} is followed against its direction")
        related.append((other["field"], _part(other, expressions)))
    key = columns[names.index(model._meta.pk.attname)]
    return _Part(model, names, _picked(columns), key, related)


def _picked(columns: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Columns of one model stand side by side but for odd cases, and a slice is quicker."""
    first, last = columns[0], columns[-1]
    return itemgetter(slice(first, last + 1)) if [*columns] == [*range(first, last + 1)] else itemgetter(*columns)
