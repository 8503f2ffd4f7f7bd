"""New records -> where they stand in a file, which keeps every line that it has."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stuntbook.editing.suggestions.entries import Entry, Proposal, render
from stuntbook.reading.pieces import split

_SECTION = re.compile(r"([A-Za-z]\w*):\s*(?:#.*)?$")
_NOTHING = re.compile(r"\s*(?:#.*)?$")


class LayoutError(Exception):
    """Why records can't be put into a file."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """A text with new records in it."""

    text: str
    owners: Mapping[int, Entry]
    """By the number of a line of the text, counted from 1, the entry that it belongs to."""


def insert(text: str, proposals: Iterable[Proposal]) -> Inserted:
    """The text of a file with each record at the end of its section, and new sections at the end of the file.

    Raises LayoutError for a file whose sections and records do not each begin a line of their own.
    """
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    is_empty = all(map(_NOTHING.match, lines))
    pieces = split(text)
    if pieces is None and not is_empty:
        raise LayoutError("the sections and records of stunts.yaml do not each begin a line of their own")
    width = 2 if is_empty else len(re.search(r"^( +)[^\s#]", text, re.MULTILINE)[1])  # type: ignore[index]
    owners: list[Entry | None] = [None] * len(lines)
    for each in proposals:
        _insert(lines, owners, each, width)
    return Inserted("\n".join((*lines, "")), {number: each for number, each in enumerate(owners, 1) if each})


def _insert(lines: list[str], owners: list[Entry | None], proposal: Proposal, width: int) -> None:
    rendered = render(proposal)
    new = [f"{' ' * (width - 2)}{line}" if line else "" for line in rendered.lines]
    mine = [rendered.owners.get(number) for number in range(len(new))]
    end = _end_of_section(lines, proposal.section)
    if end is None:
        new, mine = ["", f"{proposal.section}:", "", *new], [None, None, None, *mine]
        end = len(lines)
        if not lines:
            new, mine = new[1:], mine[1:]
    else:
        new, mine = ["", *new], [None, *mine]
    lines[end:end], owners[end:end] = new, mine


def _end_of_section(lines: list[str], section: str) -> int | None:
    """Behind the last line of a section that says anything; comments before the next one are that one's."""
    start = next((n for n, line in enumerate(lines) if (m := _SECTION.match(line)) and m[1] == section), None)
    if start is None:
        return None
    after = next((n for n in range(start + 1, len(lines)) if re.match(r"[^\s#]", lines[n])), len(lines))
    return next(
        n for n in range(after, start, -1) if (lines[n - 1].startswith(" ") and lines[n - 1].strip()) or n - 1 == start
    )
