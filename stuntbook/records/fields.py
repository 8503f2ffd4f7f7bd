"""What a value in a record can be, and where it stands in its file."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from stuntbook.diagnostics import Location
from stuntbook.records.dates import parse_edtf

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_LINE_END = re.compile("\n")


@dataclass(slots=True, eq=False)
class Mark:
    """Where a YAML value and its parts start, in code points from the start of their text."""

    offset: int
    key_offset: int
    """Where its key stands; the value's own place in a list or at the top."""
    parts: dict[str | int, Mark] = field(default_factory=dict)
    text: str = ""
    """A value without parts as it is written."""


class Stretch:
    """Lines of a file that are read as one piece, so that what stands in it keeps its place when the piece moves.

    Where things stand is read when it is asked for: of most of what is in order, nobody ever wants to know.
    """

    def __init__(self, path: str, text: str, read: Callable[[str], Mark]) -> None:
        self.path = path
        self.first_line = 1
        """The line of the file on which it starts, counted from 1."""
        self._text = text
        self._read = read

    @cached_property
    def mark(self) -> Mark:
        """That of the value which is the whole text."""
        return self._read(self._text)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self._text))]

    def location(self, offset: int) -> Location:
        """The place of the character at an offset, in code points from the start of the stretch."""
        # By the offset: YAML 1.1 counts lines by characters (U+2028 and others) that end no line in an editor.
        line = bisect_right(self._line_starts, offset) - 1
        return Location(self.path, self.first_line + line, offset - self._line_starts[line] + 1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a YAML value stands in its file, and where each part of it stands."""

    stretch: Stretch
    path: tuple[str | int, ...] = ()
    """The keys and indexes that lead to it; those that are not there are passed over."""

    @property
    def mark(self) -> Mark:
        """Its own, or that of the nearest value above it that exists."""
        mark = self.stretch.mark
        for step in self.path:
            mark = mark.parts.get(step, mark)
        return mark

    @property
    def location(self) -> Location:
        return self.stretch.location(self.mark.offset)

    @property
    def key(self) -> Location:
        return self.stretch.location(self.mark.key_offset)

    def at(self, *path: str | int) -> Location:
        """The place of the value at `path`, or of the nearest value above it that exists."""
        return self.find(*path).location

    def find(self, *path: str | int) -> Place:
        """As `at`, with all that is known there."""
        return Place(self.stretch, (*self.path, *path))


def _readable(text: str) -> str:
    """Refuse what no page can show: control characters, and text of white space alone."""
    if not text.strip():
        raise PydanticCustomError("blank", "is blank: write a text, or leave the key out")
    if text.isprintable():
        return text
    bad = next((c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Cn") and c not in "\n\t"), None)
    if bad is not None:
        raise PydanticCustomError(
            "control_character", "holds the control character U+{code}", {"code": f"{ord(bad):04X}"}
        )
    return text


def _edtf(text: str) -> str:
    try:
        parse_edtf(text)
    except ValueError as error:
        raise PydanticCustomError("edtf", "{reason}", {"reason": str(error)}) from error
    return text


def _http(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", text):
        raise PydanticCustomError("http", 'must be a web address that starts with "https://" or "http://"')
    return text


Text = Annotated[str, AfterValidator(_readable)]
PROSE = {"format": "prose"}
"""What tells prose from other text in a JSON Schema."""
Prose = Annotated[Text, Field(json_schema_extra=dict(PROSE))]
"""Text that takes emphasis, links and `[[id]]` cross-references."""
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Edtf = Annotated[Text, AfterValidator(_edtf)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Silence = dict[str, Text]
"""Rules that don't apply here: the rule's name, and the reason."""
WebAddress = Annotated[Text, AfterValidator(_http)]
