"""Offsets in a text, in code points, and the lines and columns in which editors count them.

Lines end as the Language Server Protocol has it, and columns count in the units that client and server agree on:
https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#textDocuments
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from stuntbook.diagnostics import Location

_LINE_END = re.compile(r"\r\n|\n|\r")
_UNITS: dict[str, Callable[[str], int]] = {
    "utf-8": lambda text: len(text.encode("utf-8")),
    "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
    "utf-32": len,
}
"""By the name of the agreed encoding, how many units a text takes."""


class Lines:
    """The lines of a text."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self._count = _UNITS[encoding]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def offset(self, line: int, column: int) -> int:
        """The offset of a position; beyond the end of a line, that end."""
        if line >= len(self._starts):
            return len(self.text)
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.text)
        content = self.text[start:end].rstrip("\r\n")
        if content.isascii():
            return start + min(column, len(content))
        for length in range(len(content)):
            if self._count(content[: length + 1]) > column:
                return start + length
        return start + len(content)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both counted from 0."""
        line = bisect_right(self._starts, offset) - 1
        return line, self._count(self.text[self._starts[line] : offset])


class Places:
    """The places of diagnostics in a text: their lines end with line feeds alone, and columns count in code points."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._end = len(text)

    def offset(self, location: Location) -> int:
        """The offset of a place; at most the end of the text, for it may have changed."""
        if location.line > len(self._starts):
            return self._end
        return min(self._starts[location.line - 1] + location.column - 1, self._end)


def without_halves(text: str) -> str:
    """A text without halves of characters, which JSON may hold and no file can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
