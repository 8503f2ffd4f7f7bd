"""Small books of which figures are drawn."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.records.stated import Measure
from tests.support import book_of

Records = Mapping[str, Mapping[str, Any]]


def book(
    folder: Path, *, films: Records | None = None, stunts: Records | None = None, people: int = 3
) -> KnowledgeBase:
    """A knowledge base of the given records; what they leave out is filled in. People are `p0`, `p1`, …"""
    films = films if films is not None else {"film": {}}
    knowledge = {
        "films": {id_: {"title": id_.title(), **film} for id_, film in films.items()},
        "people": {f"p{number}": {"name": f"Person {number:04}"} for number in range(people)},
        "stunts": {
            id_: {"title": id_.title(), "film": next(iter(films), ""), **stunt} for id_, stunt in (stunts or {}).items()
        },
    }
    return book_of(folder, **knowledge)


def measured(*measures: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"measures": list(measures)}


def high(value: float | Mapping[str, float], unit: str = "ft", qualifier: str = "") -> Mapping[str, Any]:
    return {"quantity": "altitude", "value": value, "unit": unit} | ({"qualifier": qualifier} if qualifier else {})


def feet(value: float) -> Measure:
    return Measure(quantity="altitude", value=value, unit="ft")


def cast(*people: str) -> Mapping[str, Any]:
    return {"credits": [{"person": person, "role": "cast"} for person in people]}
