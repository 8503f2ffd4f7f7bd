"""An article's body -> its sentences, as a reader would count them.

The rules follow the defaults of Unicode Standard Annex #29, "Unicode Text Segmentation", section 5, with what news
text needs on top: abbreviations, initials, a missing space behind a full stop, and headings, which end without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stuntbook.text.article_text import PARAGRAPH_BREAK, ArticleText, Span

_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«(\\["
_END = re.compile(rf"(?:\.{{2,}}|…|[.!?])[.!?]*[{_CLOSERS}]*[.!?]*(?=\s+[{_OPENERS}]*[^\W_a-z]|[A-Z][a-z])")
_ABBREVIATIONS = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "jr",
        "sr",
        "prof",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "vs",
        "no",
        "nos",
        "vol",
        "ed",
    }
    | {
        "etc",
        "approx",
        "inc",
        "ltd",
        "co",
        "corp",
        "jan",
        "feb",
        "mar",
        "apr",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
    }
)
_LAST_WORD = re.compile(r"([^\W_]+(?:\.[^\W_]+)*)\.$")


def sentences(text: ArticleText) -> tuple[Span, ...]:
    """The sentences of a body, without the white space around them. A heading counts as a sentence."""
    return tuple(text.span(start, end) for start, end in _sentences(text.body))


def _sentences(body: str) -> Iterator[tuple[int, int]]:
    for start, end in _paragraphs(body):
        position = start
        for match in _END.finditer(body, start, end):
            if not _is_abbreviation(body[position : match.end()]):
                yield from _trimmed(body, position, match.end())
                position = match.end()
        yield from _trimmed(body, position, end)


def _paragraphs(body: str) -> Iterator[tuple[int, int]]:
    position = 0
    for match in PARAGRAPH_BREAK.finditer(body):
        yield position, match.start()
        position = match.end()
    yield position, len(body)


def _trimmed(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = body[start:end]
    if any(char.isalnum() for char in text):
        yield start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())


def _is_abbreviation(text: str) -> bool:
    """Whether the full stop at the end of a text belongs to an abbreviation or an initial."""
    last = _LAST_WORD.search(text.rsplit(maxsplit=1)[-1])
    if last is None:
        return False
    word = last[1]
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper() and word != "I") or "." in word
