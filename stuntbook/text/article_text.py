"""An article's body, in which passages are found.

Matching compares folded texts (see `folding`). A span always counts in the characters of the body as it was handed
over, so that what the site shows is the article's own text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from stuntbook.text.folding import INVISIBLE, SPACED_WORD, Folded, fold
from stuntbook.text.markup import UNSEEN, seen, shown
from stuntbook.text.phrases import occurrences, splits_word
from stuntbook.text.quotations import find_quotations

_MAY_HAVE_MARKS = re.compile(r"[*_`|&<\\]|~~|\][\[(]|\[\^|^ {0,3}\[[^\]\n]+\]:|^ {0,3}[#+>~-]", re.MULTILINE)
_MOST_COMPARED = 5 * 10**9
"""How long an article is searched for words that it lacks: some seconds, in steps of `rapidfuzz`, which compares 64
characters of the words at once with the article from each of its characters on, where they are many."""
_ALIKE = 85
"""Of 100, how much of two texts must be the same in order."""
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


Ends = tuple[int, int, int]
"""All of a span, as JSON can hold it."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's body."""

    start: int
    """Offset of the first character, in Unicode code points from the start of the body."""
    end: int
    """Offset behind the last character."""
    paragraph: int
    """The paragraph that it starts in, counted from 1; blank lines separate paragraphs."""

    @property
    def ends(self) -> Ends:
        """All of it, as JSON can hold it: `Span(*span.ends)` is equal to it."""
        return self.start, self.end, self.paragraph

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


def overlapping(span: Span, spans: Iterable[Span]) -> Span | None:
    """The first of the spans that shares a character with this one."""
    return next((other for other in spans if span.overlaps(other)), None)


class Stretches:
    """Spans joined where they overlap, so that one question about them takes a short time however many there are."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def meet(self, span: Span) -> bool:
        """Whether a span shares a character with one of them."""
        first = bisect_right(self._ends, span.start)
        return first < len(self._starts) and self._starts[first] < span.end

    def outside(self, span: Span) -> Iterator[tuple[int, int]]:
        """The parts of a span that none of them covers: start and end."""
        position = span.start
        for place in range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)):
            if position < self._starts[place]:
                yield position, self._starts[place]
            position = self._ends[place]
        if position < span.end:
            yield position, span.end


class ArticleText:
    """An article's body, prepared for finding passages."""

    def __init__(self, body: str, *, is_plain: bool = False) -> None:
        """`is_plain` says that a reader sees all characters of the body."""
        self._source = body
        self.body = seen(body) if not is_plain and _MAY_HAVE_MARKS.search(body) else body
        """The body with what no reader sees blanked out (see `markup`); offsets are those of the body."""
        self._compared = 0

    @cached_property
    def _fold(self) -> Folded:
        return Folded(self.body)

    @property
    def folded(self) -> str:
        """The whole body, folded."""
        return self._fold.text

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        first = len(self.body) - len(self.body.lstrip())
        return [first, *(match.end() for match in _PARAGRAPH_BREAK.finditer(self.body, first))]

    def find(self, words: str) -> list[Span]:
        """Every place where the words stand, whole words only; an empty list where they don't.

        Words that no reader sees like that may be copied from the file, with its marks.
        """
        folded = fold(words)
        found = [self._span(start, start + len(folded)) for start in occurrences(self.folded, folded)]
        if not found and self.body is not self._source:
            found = [span for span in self._as_typed.find(words) if self.text(span).strip()]
        return found

    @cached_property
    def _as_typed(self) -> ArticleText:
        return ArticleText(self._source, is_plain=True)

    def as_read(self, span: Span) -> tuple[ArticleText, Span]:
        """The text without what no reader sees, and a span in it."""
        if self.body is self._source:
            return self, span
        before, within = self.body.count(UNSEEN, 0, span.start), self.body.count(UNSEEN, span.start, span.end)
        start = span.start - before
        return self._read, self._read.span(start, span.end - before - within)

    @cached_property
    def _read(self) -> ArticleText:
        return ArticleText(shown(self.body), is_plain=True)

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
        """The article's own characters, as a reader sees them."""
        return shown(self.body[span.start : span.end])

    def line(self, span: Span) -> int:
        """The line of the body on which a span starts, counted from 1."""
        return self.body.count("\n", 0, span.start) + 1

    def can_compare(self, words: str) -> bool:
        """Whether there is time left to look for what is most like some words: in a large article it takes seconds."""
        self._compared += len(self.folded) * len(words) * (1 + len(words) // 64)
        return self._compared <= _MOST_COMPARED

    def nearest(self, words: str) -> tuple[Span, str, str] | None:
        """The passage most like words that do not stand here; None where the article holds nothing like them.

        With it come its words and those looked for, folded, in each those in [brackets] that the other lacks.
        """
        folded = fold(words)
        found = fuzz.partial_ratio_alignment(folded, self.folded, score_cutoff=50)
        if not folded or found is None:
            return None
        start, end = found.dest_start, found.dest_end
        while start < end and self.folded[start] in " \"'" and self.folded[start] != folded[0]:
            start += 1
        if start == end:
            return None
        while splits_word(self.folded, start):
            start -= 1
        while splits_word(self.folded, end):
            end += 1
        return self._span(start, end), *mark_differences(self.folded[start:end], folded)

    def origin(self, position: int) -> int:
        """The offset in the body of the character at a position of the folded text."""
        return self._fold.origin(position)

    @staticmethod
    def are_alike(words: str, others: str) -> bool:
        """Whether words are others but for a slip or two, so that they were meant."""
        return fuzz.ratio(fold(words), fold(others)) >= _ALIKE

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """What stands inside quotation marks, without the marks, nested ones included, in order."""
        return tuple(sorted(self.span(start, end) for start, end in find_quotations(self.body)))

    def span(self, start: int, end: int) -> Span:
        """The stretch between two offsets, with its paragraph."""
        return Span(start, end, max(1, bisect_right(self._paragraph_starts, start)))

    def quotations_around(self, span: Span) -> tuple[Span, ...]:
        """The quotations that a span stands in, the outermost first."""
        around: list[Span] = []
        within = bisect_right(self.quotations, span.start, key=lambda quotation: quotation.start) - 1
        while within >= 0:
            if self.quotations[within].contains(span):
                around.insert(0, self.quotations[within])
            within = self._outer[within]
        return tuple(around)

    @cached_property
    def _outer(self) -> list[int]:
        """For each quotation the place of the one that it stands in; -1 for none."""
        outer: list[int] = []
        within = -1
        for place, quotation in enumerate(self.quotations):
            while within >= 0 and self.quotations[within].end < quotation.end:
                within = outer[within]
            outer.append(within)
            within = place
        return outer

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
    left_words, right_words = SPACED_WORD.findall(left), SPACED_WORD.findall(right)
    marked: tuple[list[str], list[str]] = ([], [])
    for code in Levenshtein.opcodes(left_words, right_words):
        stretches = [left_words[code.src_start : code.src_end], right_words[code.dest_start : code.dest_end]]
        joined = [" ".join(words) for words in stretches]
        if code.tag == "replace":
            joined = [_told_apart(*joined), _told_apart(*joined[::-1])]
        for output, words in zip(marked, joined, strict=True):
            if words:
                output.append(words if code.tag == "equal" else f"[{words}]")
    return " ".join(marked[0]), " ".join(marked[1])


def _told_apart(words: str, others: str) -> str:
    """Words with the code points of letters that may look like those of the other words, as и and u may."""
    if len(words) != len(others) or words.isascii() or not others.isascii():
        return words
    pairs = zip(words, others, strict=True)
    return "".join(char if char == other or char.isascii() else f"{char} (U+{ord(char):04X})" for char, other in pairs)
