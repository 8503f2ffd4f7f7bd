"""KnowledgeBase -> what may be published of each article as plain text, in which annotations count."""

from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.records.article import Article
from stuntbook.text.article_text import Span

_BETWEEN = "\n\n"


def address_of_text(article: Article) -> str:
    """The file of an article's text within the site."""
    return f"{address_of(article)}text.txt"


class PublishedText:
    """The whole body of an article whose rights allow that; of any other the cited passages, those that overlap as one.

    The passages stand in their order, with an empty line between them.
    """

    def __init__(self, knowledge: KnowledgeBase, article: Article) -> None:
        cited = [(0, len(article.body))] if article.rights == "full" else _merged(knowledge, article.id)
        self._starts: list[tuple[int, int, int]] = []
        """Of each stretch where it begins and ends in the body, and where it begins in this text."""
        self.text = ""
        pieces, here = [], 0
        for start, end in cited:
            self._starts.append((start, end, here))
            pieces.append(article.body[start:end])
            here += end - start + len(_BETWEEN)
        self.text = _BETWEEN.join(pieces)

    def position(self, span: Span) -> tuple[int, int]:
        """Where a cited passage begins in this text, and where it ends."""
        moved = next(here - start for start, end, here in self._starts if start <= span.start and span.end <= end)
        return span.start + moved, span.end + moved


def _merged(knowledge: KnowledgeBase, identifier: str) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for passage in knowledge.cited[identifier]:
        start, end = passage.span.start, passage.span.end
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
