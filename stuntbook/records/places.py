"""Where the values of a YAML file stand in it, so that a problem can be shown at its place."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from stuntbook.diagnostics import Location
from stuntbook.readings import note


@dataclass(slots=True, eq=False)
class Position:
    """Where a value and the values in it start, in code points from the start of their text."""

    offset: int
    key_offset: int
    """Where its key starts; for a value without a key, where the value itself does."""
    parts: dict[str | int, Position] = field(default_factory=dict)
    """The positions of what is in a mapping, by key, or in a list, by index."""
    text: str = ""
    """How a value is written that is neither a mapping nor a list."""


@dataclass(eq=False, repr=False)
class Stretch:
    """Lines of a file that are read by themselves: a record, or a whole file.

    Positions count from its first line, so that they stay right when the lines above it change. They are read only when
    somebody asks for one: most values are in order, and nobody needs to know where they stand.
    """

    path: str
    text: str
    read_positions: Callable[[str], Position]
    first_line: int = 1
    """The line of the file on which it starts, counted from 1."""

    @property
    def told_once(self) -> object:
        """Its lines, wherever they stand."""
        return self.path, self.text

    @property
    def position(self) -> Position:
        """The position of the value that the whole text is."""
        return self.read_positions(self.text)

    @cached_property
    def _line_starts(self) -> Sequence[int]:
        return array("L", chain((0,), (match.end() for match in re.finditer("\n", self.text))))

    def line(self, offset: int) -> int:
        """The line of the character at an offset, counted from 0 where the stretch begins."""
        return bisect_right(self._line_starts, offset) - 1

    def location(self, offset: int) -> Location:
        """The line and column of the character at an offset, in code points from the start of the stretch."""
        note((("files", self.path),))  # of which any edit may move it
        # YAML's own line numbers won't do: in YAML 1.1, characters such as U+2028 end a line, which editors don't show.
        line = self.line(offset)
        return Location(self.path, self.first_line + line, offset - self._line_starts[line] + 1)


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a value in its file."""

    stretch: Stretch
    path: tuple[str | int, ...] = ()
    """The keys and indexes that lead to the value in its stretch. Those that do not exist there are passed over."""

    @property
    def told_by(self) -> None:
        """Nothing: whoever asks where a value stands depends on its file, and nobody else on the place."""

    @property
    def position(self) -> Position:
        """The position of the value, or of the nearest value around it that exists."""
        position = self.stretch.position
        for step in self.path:
            position = position.parts.get(step, position)
        return position

    @property
    def location(self) -> Location:
        return self.stretch.location(self.position.offset)

    @property
    def line(self) -> int:
        """The line of its stretch on which the value's key stands, counted from 0. No edit elsewhere moves it."""
        return self.stretch.line(self.position.key_offset)

    @property
    def key(self) -> Location:
        """Where the value's key stands."""
        return self.stretch.location(self.position.key_offset)

    def at(self, *path: str | int) -> Location:
        """The location of the value at a path from here, or of the nearest value around it that exists."""
        return self.find(*path).location

    def find(self, *path: str | int) -> Place:
        """The place of the value at a path from here."""
        return Place(self.stretch, (*self.path, *path))
