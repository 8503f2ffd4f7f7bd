"""A passage -> its span in its article, or the nearest passage to it.

Matching compares folded text: runs of white space count as one space, typographic quotation marks and dashes as the
plain ones, and what no reader sees (soft hyphens, zero-width characters) counts for nothing. A span always counts in
the characters of the article's body as it was handed over, so that what the site shows is the article's own text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

SINGLE_MARKS = "'‘’‚‛′"
DOUBLE_MARKS = '"“”„‟″'
DASHES = "-‐‑‒–—―−"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

_FOLD = dict.fromkeys(SINGLE_MARKS, "'") | dict.fromkeys(DOUBLE_MARKS, '"') | dict.fromkeys(DASHES, "-")
_FOLD |= dict.fromkeys(INVISIBLE, "")
_FOLD_TABLE = str.maketrans(_FOLD)
PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_WORD = re.compile(r"\S+")
_ALPHANUMERIC = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's body."""

    start: int
    """Offset of the first character, in Unicode code points from the start of the body."""
    end: int
    """Offset behind the last character."""
    paragraph: int
    """The paragraph that it starts in, counted from 1; blank lines separate paragraphs."""

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage of an article that comes closest to words that it does not hold."""

    span: Span
    article: str
    """The article's words, the differing ones in [brackets]."""
    cited: str
    """The cited words, the differing ones in [brackets]."""


def fold(text: str) -> str:
    """The folded text."""
    return Folded(text).text if _has_marks(text) else _fold_words(text)


def _fold_words(text: str) -> str:
    # None of what is folded to something else is ASCII.
    return " ".join((text if text.isascii() else text.translate(_FOLD_TABLE)).split())


def _has_marks(text: str) -> bool:
    """Whether there are combining marks: without them each character folds on its own, which Python does fast."""
    return not text.isascii() and any(map(unicodedata.combining, set(text)))


class Folded:
    """A folded text that knows where each of its characters came from."""

    def __init__(self, original: str) -> None:
        self.text: str
        self._starts: Sequence[int]
        """Where a piece of the folded text starts, in order; within a piece, characters come one by one."""
        self._origins: array[int]
        """Where each piece starts in the original."""
        if _has_marks(original) or not set(original).isdisjoint(INVISIBLE):
            self.text, origins = _fold_clusters(original)
            self._origins = array("L", origins)
            self._starts = range(len(self._origins))
        else:
            words = [(word.start(), word.end()) for word in _WORD.finditer(original)]
            self.text = _fold_words(original)
            self._origins = array("L", (start for start, _ in words))
            self._starts = array("L", accumulate((end - start + 1 for start, end in words[:-1]), initial=0))

    def origin(self, position: int) -> int:
        """The offset in the original of the character at a position of the folded text."""
        piece = bisect_right(self._starts, position) - 1
        return self._origins[piece] + position - self._starts[piece]


def _fold_clusters(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the offset of the character it came from."""
    folded: list[str] = []
    offsets: list[int] = []
    for cluster, start in _clusters(text):
        if cluster.isspace():
            plain = " " if folded and folded[-1] != " " else ""
        else:
            plain = _FOLD.get(cluster, cluster)
        folded.extend(plain)
        offsets.extend([start] * len(plain))
    if folded and folded[-1] == " ":
        folded.pop()
        offsets.pop()
    return "".join(folded), offsets


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """Characters with their offsets; a letter and its combining marks come composed (Unicode form NFC)."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.combining(text[end]):
            cluster = text[start:end]
            yield (cluster if len(cluster) == 1 else unicodedata.normalize("NFC", cluster)), start
            start = end


def occurrences(folded: str, phrase: str) -> Iterator[int]:
    """Where a folded phrase stands in a folded text, whole words only."""
    start = folded.find(phrase) if phrase else -1
    while start >= 0:
        if not (_splits_word(folded, start) or _splits_word(folded, start + len(phrase))):
            yield start
        start = folded.find(phrase, start + 1)


def holds(folded: str, phrase: str) -> bool:
    """Whether a folded phrase stands in a folded text, whole words only."""
    return any(True for _ in occurrences(folded, phrase))


def _splits_word(text: str, position: int) -> bool:
    return 0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum()


class PhraseIndex:
    """Folded phrases by their rarest word, so that a text is searched for those alone that may stand in it."""

    def __init__(self, phrases: Iterable[str]) -> None:
        words = {phrase: _ALPHANUMERIC.findall(phrase) or [""] for phrase in phrases}
        uses = Counter(word for own in words.values() for word in own)
        self._by_word: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for place, (phrase, own) in enumerate(words.items()):
            self._by_word[min(own, key=uses.__getitem__)].append((place, phrase))

    def within(self, folded: str) -> list[str]:
        """The phrases whose rarest word a folded text holds, and those without words, in the order of the index."""
        words = self._by_word.keys() & {"", *_ALPHANUMERIC.findall(folded)}
        return [phrase for _, phrase in sorted(each for word in words for each in self._by_word[word])]


class ArticleText:
    """An article's body, prepared for finding passages."""

    def __init__(self, body: str) -> None:
        self.body = body
        self._fold = Folded(body)
        self.folded = self._fold.text
        """The whole body, folded."""

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        first = len(self.body) - len(self.body.lstrip())
        return [first, *(match.end() for match in PARAGRAPH_BREAK.finditer(self.body, first))]

    def phrases(self, index: PhraseIndex) -> list[str]:
        """The phrases of an index that the text may hold."""
        return index.within(self.folded)

    def find(self, words: str) -> list[Span]:
        """Every place where the words stand, whole words only; an empty list where they don't."""
        folded = fold(words)
        return [self._span(start, start + len(folded)) for start in occurrences(self.folded, folded)]

    @cached_property
    def _plain(self) -> str:
        return " ".join(self.body.casefold().split())

    def holds_once(self, words: str) -> bool:
        """Whether the words stand in one place alone, parts of words included, in whatever case and white space."""
        return self._plain.count(" ".join(words.casefold().split())) == 1

    def _span(self, folded_start: int, folded_end: int) -> Span:
        start = self._fold.origin(folded_start)
        end = self._fold.origin(folded_end) if folded_end < len(self.folded) else len(self.body)
        # The next character's offset lies behind white space and invisible characters that were folded away.
        while end > start and (self.body[end - 1].isspace() or self.body[end - 1] in INVISIBLE):
            end -= 1
        return self.span(start, end)

    def text(self, span: Span) -> str:
        """The article's own characters."""
        return self.body[span.start : span.end]

    def line(self, span: Span) -> int:
        """The line of the body on which a span starts, counted from 1."""
        return self.body.count("\n", 0, span.start) + 1

    def nearest(self, words: str) -> Nearest | None:
        """The passage most like the words; None where the article holds nothing like them."""
        folded = fold(words)
        found = fuzz.partial_ratio_alignment(folded, self.folded, score_cutoff=50)
        if not folded or found is None:
            return None
        start, end = found.dest_start, found.dest_end
        while start < end and self.folded[start] in " \"'" and self.folded[start] != folded[0]:
            start += 1
        if start == end:
            return None
        while _splits_word(self.folded, start):
            start -= 1
        while _splits_word(self.folded, end):
            end += 1
        in_article, in_cited = mark_differences(self.folded[start:end], folded)
        return Nearest(self._span(start, end), in_article, in_cited)

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """What stands inside quotation marks, without the marks, nested ones included, in order."""
        return tuple(sorted(self.span(start, end) for start, end in _quotations(self.body)))

    def span(self, start: int, end: int) -> Span:
        """The stretch between two offsets, with its paragraph."""
        return Span(start, end, max(1, bisect_right(self._paragraph_starts, start)))

    def quotations_around(self, span: Span) -> tuple[Span, ...]:
        """The quotations that a span stands in, the outermost first."""
        around = (quotation for quotation in self.quotations if quotation.contains(span))
        return tuple(sorted(around, key=lambda quotation: quotation.start - quotation.end))

    @property
    def paragraph_count(self) -> int:
        return len(self._paragraph_starts)

    def paragraph_bounds(self, paragraph: int) -> tuple[int, int]:
        """Where a paragraph starts, and where the next one does. Numbers outside the body give the nearest one."""
        starts = self._paragraph_starts
        index = min(max(paragraph, 1), len(starts)) - 1
        return starts[index], starts[index + 1] if index + 1 < len(starts) else len(self.body)

    def paragraphs_around(self, span: Span) -> str:
        """The text of a span's paragraph with the one before and the one behind it."""
        last = self.last_paragraph(span)
        return self.body[self.paragraph_bounds(span.paragraph - 1)[0] : self.paragraph_bounds(last + 1)[1]]

    def last_paragraph(self, span: Span) -> int:
        """The paragraph in which a span ends, counted from 1."""
        return max(1, bisect_right(self._paragraph_starts, max(span.start, span.end - 1)))


def mark_differences(left: str, right: str) -> tuple[str, str]:
    """Both texts with the words in [brackets] that the other one lacks."""
    left_words, right_words = _WORD.findall(left), _WORD.findall(right)
    left_marked: list[str] = []
    right_marked: list[str] = []
    for code in Levenshtein.opcodes(left_words, right_words):
        for output, words in (
            (left_marked, left_words[code.src_start : code.src_end]),
            (right_marked, right_words[code.dest_start : code.dest_end]),
        ):
            if words:
                output.append(" ".join(words) if code.tag == "equal" else f"[{' '.join(words)}]")
    return " ".join(left_marked), " ".join(right_marked)


_OPENING = {"“": "”", "‘": "’", "«": "»", "„": "“”"}
_CLOSING = "”’»"


def _quotations(body: str) -> Iterator[tuple[int, int]]:
    """The start and end of the text between each opening quotation mark and the one that closes it.

    Straight marks don't say which way they face: one before a word opens, one behind it closes, one within it is an
    apostrophe. A mark that is never closed ('round the clock) is none. A mark that opens each paragraph of a long
    quotation continues it.
    """
    open_marks: list[tuple[str, int]] = []
    for match in re.finditer(f"[{DOUBLE_MARKS}{SINGLE_MARKS}«»]", body):
        mark, position = match[0], match.start()
        before, after = body[position - 1 : position], body[position + 1 : position + 2]
        closing = _closing_index(mark, open_marks)
        continues = any(mark == opened for opened, _ in open_marks) and _begins_paragraph(body, position)
        if continues and (mark in _OPENING or _faces_word(mark, before, after)):
            continue
        if mark in SINGLE_MARKS and before.isalnum() and after.isalnum():
            continue
        if closing is not None and not _faces_word(mark, before, after):
            yield open_marks[closing][1], position
            del open_marks[closing:]
        elif _can_open(mark, before, after):
            if closing is not None:
                del open_marks[closing:]  # it was an apostrophe ('round the clock), for nobody quotes twice at once
            open_marks.append((mark, position + 1))


def _begins_paragraph(body: str, position: int) -> bool:
    return re.search(r"\n[^\S\n]*\n[^\S\n]*$", body[max(0, position - 80) : position]) is not None


def _closing_index(mark: str, open_marks: list[tuple[str, int]]) -> int | None:
    """Which of the open marks this one would close, the innermost first."""
    pairs = ((index, opened) for index, (opened, _) in reversed(list(enumerate(open_marks))))
    return next((index for index, opened in pairs if mark in _OPENING.get(opened, opened)), None)


def _faces_word(mark: str, before: str, after: str) -> bool:
    """Whether a straight mark stands before a word, as one that opens does."""
    return (
        mark in "\"'" and (not before or before.isspace() or before in "([{-–—") and bool(after) and not after.isspace()
    )


def _can_open(mark: str, before: str, after: str) -> bool:
    if mark in _OPENING:
        return True
    return mark in "\"'" and (not before or not before.isalnum()) and bool(after) and not after.isspace()


def overlapping(span: Span, spans: Iterable[Span]) -> Span | None:
    """The first of the spans that shares a character with this one."""
    return next((other for other in spans if span.overlaps(other)), None)
