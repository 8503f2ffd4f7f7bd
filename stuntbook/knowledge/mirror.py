"""An article -> what its source page shows of it: the cited words in their order, and how much lies between them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, pairwise, starmap
from operator import attrgetter

from stuntbook.knowledge.base import CitedPassage, KnowledgeBase
from stuntbook.knowledge.resolution import Source
from stuntbook.text.article_text import Span, Stretches
from stuntbook.text.folding import SPACED_WORD

_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article throughout which the same passages are cited."""

    span: Span
    passages: tuple[CitedPassage, ...]
    """Those that cover it, the first cited first; none between the passages."""
    ending: tuple[CitedPassage, ...]
    """Those that end with it."""
    words: int
    """How many of the article's own words it holds, boilerplate left out."""


@dataclass(frozen=True, slots=True)
class MirroredParagraph:
    """A paragraph of an article, or several in a row of which nothing is cited."""

    first: int
    """Its number, counted from 1."""
    last: int
    pieces: tuple[Piece, ...]

    @property
    def passages(self) -> tuple[CitedPassage, ...]:
        """The passages that end in this paragraph, in their order."""
        return tuple(sorted((each for piece in self.pieces for each in piece.ending), key=attrgetter("span")))

    @property
    def is_cited(self) -> bool:
        return any(piece.passages for piece in self.pieces)

    @property
    def words(self) -> int:
        return sum(piece.words for piece in self.pieces)


def mirror(knowledge: KnowledgeBase, identifier: str) -> tuple[MirroredParagraph, ...]:
    """The paragraphs of an article; those without a citation stand together as one."""
    source, cited = knowledge.sources[identifier], knowledge.cited[identifier]
    boilerplate = Stretches(source.boilerplate)
    paragraphs = [
        MirroredParagraph(number, number, tuple(_pieces(source, cited, number, boilerplate)))
        for number in range(1, source.text.paragraph_count + 1)
    ]
    return tuple(chain.from_iterable(starmap(_joined, groupby(paragraphs, attrgetter("is_cited")))))


def _joined(is_cited: bool, paragraphs: Iterable[MirroredParagraph]) -> Iterable[MirroredParagraph]:
    """Paragraphs in a row as they are shown: those of which nothing is cited as one."""
    own = list(paragraphs)
    if is_cited:
        return own
    return [MirroredParagraph(own[0].first, own[-1].last, tuple(piece for each in own for piece in each.pieces))]


def _pieces(source: Source, cited: tuple[CitedPassage, ...], number: int, boilerplate: Stretches) -> Iterator[Piece]:
    start, end = source.text.paragraph_bounds(number)
    end = start + len(source.text.body[start:end].rstrip())
    here = [passage for passage in cited if passage.span.start < end and start < passage.span.end]
    cuts = {start, end} | {min(max(edge, start), end) for each in here for edge in (each.span.start, each.span.end)}
    for left, right in pairwise(sorted(cuts)):
        covering = tuple(each for each in here if each.span.start <= left and right <= each.span.end)
        ending = tuple(each for each in covering if each.span.end == right)
        spaced = (word.span() for word in SPACED_WORD.finditer(source.text.body, left, right))
        # Punctuation alone is no word.
        words = (Span(*span, 0) for span in spaced if _LETTER.search(source.text.body, *span))
        own_words = sum(not boilerplate.meet(word) for word in words)
        yield Piece(source.text.span(left, right), covering, ending, own_words)
