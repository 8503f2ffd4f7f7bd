"""Where on the body people were hurt: injuries on a front view of a human figure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar, NamedTuple

from stuntbook.knowledge.statements import Statement
from stuntbook.records.stated import BodyPart, Injury

HEIGHT = 430
_LABEL_HEIGHT = 28
INJURIES_LISTED = 100

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
    label_y: float
    """The middle of its label."""

    @property
    def is_behind(self) -> bool:
        """Whether a front view hides it."""
        return self.name == "back"


@dataclass(frozen=True, slots=True)
class BodyMap:
    """The injured parts from head to foot. Which side was hurt is not recorded: both sides of a pair are marked."""

    width: ClassVar = 288
    """Of the drawing, as `height` in units of which a rem has twenty."""
    height: ClassVar = HEIGHT
    middle: ClassVar = 80
    """The figure's line of symmetry."""
    labels_at: ClassVar = 178

    parts: tuple[InjuredPart, ...]
    total: int

    @property
    def listed(self) -> tuple[tuple[InjuredPart, tuple[Statement, ...]], ...]:
        """Per part the injuries that the table has: at most `INJURIES_LISTED`, of each part at least one."""
        most = INJURIES_LISTED // len(self.parts)
        return tuple((part, part.injuries[:most]) for part in self.parts)

    @property
    def is_listed_whole(self) -> bool:
        """Whether the table has them all."""
        return self.total == sum(len(injuries) for _, injuries in self.listed)


def body_map(statements: Iterable[Statement]) -> BodyMap | None:
    """A map of the injuries among the statements; None where there are none."""
    by_part: dict[BodyPart, list[Statement]] = defaultdict(list)
    for statement in statements:
        if isinstance(statement.value, Injury):
            by_part[statement.value.body_part].append(statement)
    if not by_part:
        return None
    order = sorted(by_part, key=lambda part: _PART_PLACES[part][1])
    labels = _spread([_PART_PLACES[part][1] for part in order])
    placed = zip(order, labels, strict=True)
    parts = tuple(InjuredPart(part, tuple(by_part[part]), *_PART_PLACES[part], y) for part, y in placed)
    return BodyMap(parts, sum(map(len, by_part.values())))


def _spread(wanted: Iterable[float]) -> list[float]:
    """Positions near the wanted ones, in the same order, a label's height apart and inside the drawing."""
    gap = _LABEL_HEIGHT
    down = [*accumulate(wanted, lambda above, y: max(above + gap, y), initial=-gap / 2)][1:]
    up = [*accumulate(reversed(down), lambda below, y: min(below - gap, y), initial=HEIGHT + gap / 2)][1:]
    return up[::-1]
