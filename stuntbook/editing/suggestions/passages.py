"""Stretches of an article -> the words by which they are cited: as few as stand there once."""

import re
from collections.abc import Iterable, Iterator

from stuntbook.text.article_text import ArticleText, Span
from stuntbook.text.sentences import sentences

_WORD = re.compile(r"\S+")


def words_of(text: ArticleText, span: Span) -> str:
    """The words of a stretch in one line, as a reader sees them."""
    return " ".join(text.text(span).split())


def cited(text: ArticleText, span: Span, within: Span | None = None) -> Span | None:
    """The stretch, with as many of the words around it as make it the only one of its kind; None where none do.

    `within` bounds how far it may grow.
    """
    bounds = within or text.span(0, len(text.body))
    for here in _grown(text, span, bounds):
        if text.find(words_of(text, here)) == [here]:
            return here
    return None


def _grown(text: ArticleText, span: Span, bounds: Span) -> Iterator[Span]:
    """The stretch, and ever longer ones: a word more behind it, a word more before it, in turn."""
    yield span
    start, end = span.start, span.end
    before = [match.start() for match in _WORD.finditer(text.body, bounds.start, start)][::-1]
    behind = [match.end() for match in _WORD.finditer(text.body, end, bounds.end)]
    while before or behind:
        if behind:
            end = behind.pop(0)
            yield text.span(start, end)
        if before:
            start = before.pop(0)
            yield text.span(start, end)


def own_sentences(text: ArticleText, boilerplate: Iterable[Span]) -> list[Span]:
    """The sentences of an article, without headings and without what is declared to be no part of it."""
    left_out = list(boilerplate)
    return [
        each
        for each in sentences(text)
        if not any(each.overlaps(other) for other in left_out) and not is_heading(text, each)
    ]


def is_heading(text: ArticleText, sentence: Span) -> bool:
    """Whether a sentence is a paragraph of its own and ends as none does."""
    start, end = text.paragraph_bounds(sentence.paragraph)
    is_alone = not text.body[start : sentence.start].strip() and not text.body[sentence.end : end].strip()
    return is_alone and words_of(text, sentence)[-1:] not in ".!?:…。！？\"'”’“»」』"
