"""An article's body -> its sentences, as a reader would count them.

The rules follow the defaults of Unicode Standard Annex #29, "Unicode Text Segmentation", section 5, with what news
text needs on top: abbreviations, initials, a missing space behind a full stop, and headings, which end without one.
"""

import re
from collections.abc import Iterator

from stuntbook.text.article_text import ArticleText, Span
from stuntbook.text.markup import UNSEEN

_CLOSERS = f"\"'”’»)\\]{UNSEEN}"
_OPENERS = f"\"'“‘«(\\[{UNSEEN}"
# Possessive, and only at the first of several marks: otherwise a row of dots costs the square of its length and more.
_END = re.compile(rf"(?<![.!?…])[.!?…]++[{_CLOSERS}]*+[.!?…]*+(?=\s++[{_OPENERS}]*+[^\W_a-z]|[A-Z][a-z])")
_ABBREVIATION = re.compile(
    r"mr|mrs|ms|dr|st|jr|sr|prof|gen|col|lt|sgt|capt|vs|no|nos|vol|ed|etc|approx|inc|ltd|co|corp"
    r"|jan|feb|mar|apr|aug|sept|sep|oct|nov|dec",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<!\w)\d{1,2}\.$")
_MONTH = re.compile(r"\s+(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b")
_LONGEST_WORD = 80
_LAST_WORD = re.compile(r"([^\W_]+(?:\.[^\W_]+)*)\.$")


def sentences(text: ArticleText) -> Iterator[Span]:
    """The sentences of a body, without the white space around them. A heading counts as a sentence."""
    for paragraph in range(1, text.paragraph_count + 1):
        position, end = text.paragraph_bounds(paragraph)
        for match in _END.finditer(text.body, position, end):
            word = text.body[max(position, match.end() - _LONGEST_WORD) : match.end()]
            if not _is_abbreviation(word) and not _is_day(word, text.body[match.end() : match.end() + _LONGEST_WORD]):
                yield from _trimmed(text, position, match.end())
                position = match.end()
        yield from _trimmed(text, position, end)


def _trimmed(text: ArticleText, start: int, end: int) -> Iterator[Span]:
    words = text.body[start:end]
    if any(char.isalnum() for char in words):
        yield text.span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _is_day(text: str, behind: str) -> bool:
    """Whether a full stop belongs to the day of a German date: `9. Januar`."""
    return bool(_DAY.search(text) and _MONTH.match(behind))


def _is_abbreviation(text: str) -> bool:
    """Whether the full stop at the end of a text belongs to an abbreviation or an initial."""
    last = _LAST_WORD.search(text.rsplit(maxsplit=1)[-1])
    if last is None:
        return False
    word = last[1]
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    return is_initial or "." in word or _ABBREVIATION.fullmatch(word) is not None
