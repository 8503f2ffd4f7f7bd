"""Statements -> the story of a record: its parts in their order, with the statements that are shown in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stuntbook.knowledge.statements import Statement
from stuntbook.records.model import AnyRecord
from stuntbook.records.stated import Shown

HEADINGS: Mapping[str, str] = {
    "origin": "How it came about",
    "preparation": "Preparation",
    "performance": "How it went",
    "accident": "The accident",
    "aftermath": "What followed",
    "filming": "How it was filmed",
    "release": "Release",
    "reception": "Reception",
    "background": "Background",
}
"""What stands above each part, in the order of the parts."""
SHOWABLE = ("quote", "injury", "risk", "disagreement")
"""The kinds of statement that a story can show."""


@dataclass(frozen=True, slots=True)
class StoryPart:
    """A part of a story in which something is told."""

    name: str
    heading: str
    statements: tuple[Statement, ...]
    """Sentences, and other statements of the record where the story shows them."""


def entries_of(record: AnyRecord) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every entry of a record's story, with its path in the record."""
    for name in type(record.story).model_fields:
        for index, entry in enumerate(getattr(record.story, name)):
            yield ("story", name, index), entry


def story_of(record: AnyRecord, statements: Sequence[Statement]) -> tuple[StoryPart, ...]:
    """The parts of a record's story, of the record's statements; those of which nothing is told are left out.

    An entry that shows what the record does not have is passed over: the rules tell it.
    """
    by_path = {each.path: each for each in statements}
    by_id = {each.value.id: each for each in statements if each.value.id and each.kind in SHOWABLE}
    parts: dict[str, list[Statement]] = {}
    for path, entry in entries_of(record):
        found = by_id.get(entry.show) if isinstance(entry, Shown) else by_path.get(path)
        if found:
            parts.setdefault(str(path[1]), []).append(found)
    return tuple(StoryPart(name, HEADINGS[name], tuple(each)) for name, each in parts.items())
