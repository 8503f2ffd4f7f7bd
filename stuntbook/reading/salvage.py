"""Data with errors -> a record of all that is sound in them, so that the rest is checked in the same run."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from stuntbook.records.citable import Model
from stuntbook.records.model import Record
from stuntbook.records.places import Place, Position, Stretch

M = TypeVar("M", bound=Model)
_Path = tuple[str | int, ...]


def salvage(
    model: type[M], data: Mapping[str, Any], own: Mapping[str, Any], problems: Iterable[ErrorDetails]
) -> M | None:
    """The record without what pydantic reports as wrong, and without what can't stand without that.

    `own` is what the loader adds to the data, the record's place among it. None for what is no record, and for a record
    that lacks what none can lack.
    """
    if not issubclass(model, Record):
        return None
    rest: Any = data
    place: Place = own["place"]
    position, damaged = place.position, set[str]()
    while () not in (wrong := {_blamed(rest, problem["loc"]) for problem in problems}):
        damaged.update(str(path[0]) for path in wrong)
        rest, position = _without(rest, wrong), _positions_without(position, wrong)
        mended = Place(Stretch(place.stretch.path, place.stretch.text, _giving(position), place.stretch.first_line))
        try:
            return model.model_validate(rest | own | {"place": mended, "damaged": frozenset(damaged)})
        except ValidationError as error:
            problems = error.errors(include_url=False)
    return None


def _giving(position: Position) -> Any:
    return lambda _: position


def _blamed(data: Any, place: _Path) -> _Path:
    """The path of the smallest value in the data that an error is about: what holds it, where a key is missing."""
    path: list[str | int] = []
    for step in place:
        # Pydantic's steps that are no keys or indexes say which type it tried.
        held: Mapping[Any, Any] = dict(enumerate(data)) if isinstance(data, tuple) else data
        if isinstance(held, dict) and step in held:
            data = held[step]
            path.append(step)
    return tuple(path)


def _below(paths: Iterable[_Path]) -> tuple[set[str | int], Mapping[str | int, set[_Path]]]:
    """The first steps of paths that end there, and by their first steps what is left of the others."""
    ends, below = set(), defaultdict[str | int, set[_Path]](set)
    for first, *rest in paths:
        if rest:
            below[first].add(tuple(rest))
        else:
            ends.add(first)
    return ends, below


def _without(data: Any, paths: Iterable[_Path]) -> Any:
    """The data without the values at some paths."""
    ends, below = _below(paths)
    if isinstance(data, dict):
        return {key: _without(value, below[key]) for key, value in data.items() if key not in ends}
    if isinstance(data, tuple):
        return tuple(_without(value, below[index]) for index, value in enumerate(data) if index not in ends)
    return data


def _positions_without(position: Position, paths: Iterable[_Path]) -> Position:
    """Where the values stand that are left: in a list, each has the index that it has now."""
    ends, below = _below(paths)
    parts = {step: _positions_without(part, below[step]) for step, part in position.parts.items() if step not in ends}
    if any(isinstance(step, int) for step in parts):
        parts = dict(enumerate(parts.values()))
    return replace(position, parts=parts)
