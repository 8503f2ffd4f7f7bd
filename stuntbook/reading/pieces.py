"""A file of records -> the text of each record, so that only records that changed are parsed again.

A record's lines are YAML by themselves: a mapping of one key. They mean the same as within the file, for whatever would
reach beyond them (an open quotation mark or bracket, a deeper indentation, an alias) is an error when they are read by
themselves. A file that is not laid out so plainly is not split, and has to be read as a whole.
"""

import re
from dataclasses import dataclass

_OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]|\r(?!\n)")
"""Characters that end a line in YAML 1.1 (https://yaml.org/spec/1.1/#id871136) but not in an editor."""
_NOTHING = r"(?:[^\S\n]*(?:#[^\n]*)?\n)*"
"""Blank lines and lines of comment."""
_SECTION = re.compile(rf"([A-Za-z]\w*):[^\S\n]*(?:#[^\n]*)?\n{_NOTHING}")
_FIRST_INDENTED = re.compile(r"^( +)[^\s#]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RecordText:
    """The lines of a record: its key and all that belongs to it."""

    section: str
    text: str
    """Whole lines, as they stand in the file."""
    first_line: int
    """Counted from 1."""


def split(text: str) -> list[RecordText] | None:
    """The records of a text whose sections and records each begin a line of their own; None for any other text."""
    indented = _FIRST_INDENTED.search(text)
    if indented is None or _OTHER_LINE_ENDS.search(text):
        return None
    width = len(indented[1])
    # Searching for line feeds is faster than searching for starts of lines (^).
    text = f"\n{text}"
    outer = list(re.finditer(rf"\n( {{0,{width}}})(?=[^\s#])", text))
    starts = [match.start(1) for match in outer]
    if not re.compile(_NOTHING).fullmatch(text, 1, starts[0]):
        return None
    records: list[RecordText] = []
    sections: list[str] = []
    line, counted = 1, 1
    for start, end, indentation in zip(starts, (*starts[1:], len(text)), (match[1] for match in outer), strict=True):
        line, counted = line + text.count("\n", counted, start), start
        header = None if indentation else _SECTION.match(text, start)
        if header and header.end() == end and header[1] not in sections:
            sections.append(header[1])
        elif sections and len(indentation) == width:
            records.append(RecordText(sections[-1], text[start:end], line))
        else:
            return None
    return records if {record.section for record in records} == set(sections) else None
