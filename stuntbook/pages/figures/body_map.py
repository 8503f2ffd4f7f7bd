"""Where on the body people were hurt: injuries on a front view of a human figure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from stuntbook.knowledge.statements import Statement
from stuntbook.records.stated import BodyPart, Injury

_PART_PLACES: dict[BodyPart, tuple[int, int]] = {
    "head": (0, 22),
    "skull": (0, 12),
    "brain": (0, 18),
    "face": (0, 40),
    "eye": (7, 32),
    "ear": (18, 36),
    "nose": (0, 38),
    "jaw": (0, 55),
    "teeth": (0, 49),
    "throat": (0, 70),
    "neck": (0, 66),
    "collarbone": (20, 85),
    "shoulder": (41, 88),
    "arm": (51, 122),
    "elbow": (56, 153),
    "wrist": (67, 206),
    "hand": (72, 228),
    "fingers": (73, 240),
    "thumb": (66, 232),
    "chest": (0, 112),
    "ribs": (22, 134),
    "lung": (16, 118),
    "back": (0, 150),
    "spine": (0, 142),
    "abdomen": (0, 172),
    "hip": (33, 206),
    "pelvis": (16, 200),
    "groin": (0, 218),
    "leg": (27, 262),
    "thigh": (22, 248),
    "knee": (24, 308),
    "shin": (22, 344),
    "calf": (28, 340),
    "ankle": (19, 388),
    "foot": (23, 407),
    "heel": (17, 402),
    "toes": (27, 413),
    "skin": (46, 106),
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
        return self.name in ("back", "spine")


@dataclass(frozen=True, slots=True)
class BodyMap:
    """The injured parts from head to foot. Which side was hurt is not recorded: both sides of a pair are marked."""

    width: ClassVar = 160
    height: ClassVar = 430
    middle: ClassVar = 80
    """The figure's line of symmetry."""

    parts: tuple[InjuredPart, ...]
    total: int
    """How many injuries there are; one to two parts counts once."""


def body_map(statements: Iterable[Statement]) -> BodyMap | None:
    """A map of the injuries among the statements that somebody survived; None where there are none."""
    by_part: dict[BodyPart, list[Statement]] = defaultdict(list)
    for statement in statements:
        # A death is no dot on a figure.
        if isinstance(statement.value, Injury) and statement.value.outcome != "death":
            for part in dict.fromkeys(statement.value.body_part):
                by_part[part].append(statement)
    if not by_part:
        return None
    order = sorted(by_part, key=lambda part: _PART_PLACES[part][1])
    parts = tuple(InjuredPart(part, tuple(by_part[part]), *_PART_PLACES[part]) for part in order)
    return BodyMap(parts, len({id(each) for part in parts for each in part.injuries}))
