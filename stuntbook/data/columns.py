"""The models -> the columns of the tables: every field of a record or a statement that is no statement itself."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from stuntbook.data.reference import descriptions_of
from stuntbook.knowledge.resolution import CITING
from stuntbook.records.article import Article
from stuntbook.records.citable import SENTENCE_FIELD, Model, Speaker, Stated, editable_fields, words_for
from stuntbook.records.kinds import reference_fields, statement_fields, statement_kinds
from stuntbook.records.stated import Reference

Row = dict[str, Any]
"""What a table says of one thing, by column; what is not known is left out."""
_ELSEWHERE = frozenset({*CITING, SENTENCE_FIELD, "silence", "by", "speaker"})
"""The fields that tables tell in columns or rows of their own."""
_OF_TEXT = frozenset({"boilerplate", "sic", "left_out"})
"""The keys of an article that quote it beyond what is cited, which nobody publishes."""
_SCALARS: Mapping[object, str] = {str: "string", int: "number", float: "number", bool: "boolean"}
"""Types of columns, as Frictionless and JSON Schema call them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    type: str
    """`string`, `number`, `integer`, `boolean`, or `array` of strings."""
    description: str
    required: bool = False
    values: tuple[str, ...] = ()
    """All that it can hold, or an entry of it; empty where that is not settled."""
    leads_to: str = ""
    """The table whose key it holds."""


Path = tuple[str, ...]
"""The names that lead to a value within a record or a statement."""


@cache
def fields_of(model: type[Model]) -> tuple[tuple[Path, Column], ...]:
    """The columns that a model's own fields make. A model within it makes one of each of its fields.

    Raises TypeError for a field that no column can hold.
    """
    parts = {each.path[0] for each in statement_fields(model)}
    hints, descriptions = typing.get_type_hints(model, include_extras=True), descriptions_of(model)
    found: list[tuple[Path, Column]] = []
    names = {field.alias or name: name for name, field in model.model_fields.items()}
    for key in editable_fields(model):
        name = names[key]
        is_anchor = name == "id" and issubclass(model, Stated) and model is not Reference
        is_of_text = model is Article and name in _OF_TEXT
        if name not in {*_ELSEWHERE, *parts} and not is_anchor and not is_of_text:
            leads_to = "records" if _is_reference(model, name, hints[name]) else ""
            column = Column(key, "", descriptions[name], leads_to=leads_to)
            found += _flat((name,), column, hints[name])
    return tuple(found)


def _is_reference(model: type[Model], name: str, hint: object) -> bool:
    """Whether a field always holds the identifier of a record."""
    named = (model is Reference and name == "id") or name in reference_fields(model)
    return named and Speaker not in (hint, *get_args(hint)) and "array" not in _types(hint)


def _flat(path: Path, column: Column, hint: object) -> Iterator[tuple[Path, Column]]:
    """The column of a field, and those of what is in the models that it may hold."""
    kinds = [each for each in _types(hint) if isinstance(each, str)]
    if kinds:
        yield path, replace(column, type=kinds[0], values=tuple(_values(hint)))
    for model in (each for each in _types(hint) if not isinstance(each, str)):
        for within, own in fields_of(model):
            yield (*path, *within), replace(own, name=f"{column.name}_{own.name}")


def _types(hint: Any) -> list[str | type[Model]]:
    """What a field can hold: types of columns, and models."""
    origin, arguments = get_origin(hint), get_args(hint)
    known = _SCALARS.get(hint, "string" if origin is typing.Literal else "")
    if origin in (Annotated, Union, types.UnionType):
        held = arguments[:1] if origin is Annotated else arguments
        return list(dict.fromkeys(each for argument in held for each in _types(argument)))
    if isinstance(hint, type) and issubclass(hint, Model):
        return [hint]
    if origin is tuple and _types(arguments[0]) == ["string"]:
        return ["array"]
    if not known and hint is not type(None):
        raise TypeError(f"no column can hold {hint}")
    return [known] if known else []


def _values(hint: Any) -> Iterator[str]:
    """The words of which a field holds one."""
    if get_origin(hint) is typing.Literal:
        yield from map(str, get_args(hint))
    else:
        for argument in get_args(hint):
            yield from _values(argument)


@dataclass(frozen=True, slots=True)
class StatementColumns:
    """The columns that the fields of all kinds of statement share, and where each kind has them."""

    columns: Mapping[str, Column]
    paths: Mapping[type[Model], tuple[tuple[Path, str], ...]]

    def row(self, value: Model) -> Row:
        """What a statement's own fields say."""
        return row_of(value, self.paths[type(value)])


def statement_columns(taken: frozenset[str]) -> StatementColumns:
    """One column for all fields of a name and a type, whichever kind of statement has them.

    Where the name is taken, or means another type, the kind of statement stands before it: `event_kind`.
    """
    columns: dict[str, Column] = {}
    paths: dict[type[Model], tuple[tuple[Path, str], ...]] = {}
    for model in dict.fromkeys(statement_kinds().values()):
        words, own = words_for(model), []
        for path, found in fields_of(model):
            column = replace(found, description=f"{words.capitalize()}: {found.description}")
            if column.name in taken or columns.get(column.name, column).type != column.type:
                column = replace(column, name=f"{words}_{column.name}".replace(" ", "_"))
            columns[column.name] = _merged(columns.get(column.name), column)
            own.append((path, column.name))
        paths[model] = tuple(own)
    return StatementColumns(columns, paths)


def _merged(known: Column | None, other: Column) -> Column:
    if known is None:
        return other
    values = tuple(dict.fromkeys((*known.values, *other.values))) if known.values and other.values else ()
    leads_to = known.leads_to if known.leads_to == other.leads_to else ""
    return replace(known, description=f"{known.description} {other.description}", values=values, leads_to=leads_to)


def row_of(value: Model, paths: Iterable[tuple[Path, str]]) -> Row:
    """What is set at each path, by the name of its column."""
    row: Row = {}
    for path, name in paths:
        found: Any = value
        for key in path:
            found = getattr(found, key) if isinstance(found, Model) else None
        if found not in (None, ()) and not isinstance(found, Model):
            row[name] = list(found) if isinstance(found, tuple) else found
    return row
