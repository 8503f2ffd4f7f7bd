"""What is wrong with a file, and what to write in its place where that is sure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stuntbook.diagnostics import Diagnostic
from stuntbook.editing.language_server.positions import Places
from stuntbook.editing.language_server.scalars import written
from stuntbook.layout import KNOWLEDGE_FILE
from stuntbook.reading.yaml_cursor import Scalar, scalar_at, scalar_of

_STRETCH = re.compile(r""" "(?:[^"\\\n]|\\.)*"? | '[^'\n]*'? | [^\s,\[\]{}:"']+ | . """, re.VERBOSE)
"""What is marked of a value or a key: all of it, where that stands on one line."""
_SHOWN = 60
"""How many characters of a replacement its title shows."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A diagnostic, and the stretch of the file that is marked."""

    diagnostic: Diagnostic
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fix:
    """What to write in place of a stretch of a file."""

    title: str
    text: str
    start: int
    end: int


def problems_in(text: str, diagnostics: Iterable[Diagnostic]) -> Iterator[Problem]:
    """The problems of a file, with their places in its text."""
    places = Places(text)
    for each in diagnostics:
        start = places.offset(each.location)
        marked = _STRETCH.match(text, start)
        yield Problem(each, start, marked.end() if marked else start)


def fix_of(path: str, text: str, problem: Problem) -> Fix | None:
    """What mends a problem; None where that is not sure."""
    new = problem.diagnostic.replacement
    found = _value(path, text, problem.start) if new else None
    if found is None or found.style in ("|", ">"):
        return None
    title = f"Write {new if len(new) <= _SHOWN else new[: _SHOWN - 1] + '…'}"
    return Fix(title, written(new, found.style), found.start, found.end)


def _value(path: str, text: str, start: int) -> Scalar | None:
    """The key or value that begins at an offset."""
    if path == KNOWLEDGE_FILE:
        found = scalar_at(text, start)
        return found if found and found.start == start else None
    return scalar_of(text, start, text.find("\n", text.find("---")) + 1)
