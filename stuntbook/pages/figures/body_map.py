"""Where on the body people were hurt: injuries on a front view of a human figure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from stuntbook.knowledge.statements import Statement
from stuntbook.records.stated import BodyPart, Injury

_PART_PLACES: dict[BodyPart, tuple[int, int]] = {
    "head": (0, 20),
    "face": (0, 40),
    "neck": (0, 66),
    "shoulder": (41, 88),
    "arm": (51, 122),
    "elbow": (56, 153),
    "wrist": (67, 206),
    "hand": (72, 228),
    "chest": (0, 112),
    "back": (0, 150),
    "hip": (33, 206),
    "leg": (27, 262),
    "knee": (24, 308),
    "ankle": (19, 388),
    "foot": (23, 407),
}
"""Of each part the distance from the line of symmetry and the height from the top. Parts off the line come in pairs."""


class InjuredPart(NamedTuple):
    """A part of the body with the injuries to it."""

    name: BodyPart
    injuries: tuple[Statement, ...]
    offset: int
    """Distance of its marks from the line of symmetry; 0 for one mark on it."""
    y: int

    @property
    def is_behind(self) -> bool:
        """Whether a front view hides it."""
        return self.name == "back"


@dataclass(frozen=True, slots=True)
class BodyMap:
    """The injured parts from head to foot. Which side was hurt is not recorded: both sides of a pair are marked."""

    width: ClassVar = 160
    height: ClassVar = 430
    middle: ClassVar = 80
    """The figure's line of symmetry."""

    parts: tuple[InjuredPart, ...]
    total: int


def body_map(statements: Iterable[Statement]) -> BodyMap | None:
    """A map of the injuries among the statements; None where there are none."""
    by_part: dict[BodyPart, list[Statement]] = defaultdict(list)
    for statement in statements:
        if isinstance(statement.value, Injury):
            by_part[statement.value.body_part].append(statement)
    if not by_part:
        return None
    order = sorted(by_part, key=lambda part: _PART_PLACES[part][1])
    parts = tuple(InjuredPart(part, tuple(by_part[part]), *_PART_PLACES[part]) for part in order)
    return BodyMap(parts, sum(map(len, by_part.values())))
