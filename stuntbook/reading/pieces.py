"""A file of records -> the text of each record, so that only what has changed is parsed again.

A piece that is a YAML mapping of one key by itself is the same as a part of the file: whatever would reach over its end
(an open quotation mark or bracket, a deeper indentation, an alias) is an error in the piece. A file that is not plainly
laid out is not taken apart; whoever reads it then reads it as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OTHER_LINE_ENDS = "\x85\u2028\u2029"
"""What ends a line for YAML 1.1 (https://yaml.org/spec/1.1/#id871136) though not for an editor."""
_NOTHING = r"(?:[^\S\n]*(?:#[^\n]*)?\n)*"
"""Lines that are blank or hold a comment alone."""
_SECTION = re.compile(rf"([A-Za-z]\w*):[^\S\n]*(?:#[^\n]*)?\n{_NOTHING}")
_FIRST_INDENTED = re.compile(r"^( +)[^\s#]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A key of a section with all that belongs to it."""

    section: str
    text: str
    """Whole lines, as they stand in the file."""
    first_line: int
    """Counted from 1."""


def split(text: str) -> list[Piece] | None:
    """The pieces of a text whose sections and keys each begin a line of their own; None where it is not laid out so."""
    indented = _FIRST_INDENTED.search(text)
    if indented is None or _has_other_line_ends(text):
        return None
    width = len(indented[1])
    # Lines with the line feed before them, which are found faster than starts of lines.
    text = f"\n{text}"
    outer = list(re.finditer(rf"\n( {{0,{width}}})(?=[^\s#])", text))
    starts = [match.start(1) for match in outer]
    if not re.compile(_NOTHING).fullmatch(text, 1, starts[0]):
        return None
    pieces: list[Piece] = []
    sections: dict[str, int] = {}
    section, line, counted = "", 1, 1
    for start, end, indentation in zip(starts, (*starts[1:], len(text)), (match[1] for match in outer), strict=True):
        line, counted = line + text.count("\n", counted, start), start
        header = None if indentation else _SECTION.match(text, start)
        if header and header.end() == end and header[1] not in sections:
            section = header[1]
            sections[section] = 0
        elif section and len(indentation) == width:
            sections[section] += 1
            pieces.append(Piece(section, text[start:end], line))
        else:
            return None
    return pieces if all(sections.values()) else None


def _has_other_line_ends(text: str) -> bool:
    return any(each in text for each in _OTHER_LINE_ENDS) or text.count("\r") != text.count("\r\n")
