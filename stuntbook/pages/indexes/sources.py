"""The index page of sources."""

from __future__ import annotations

from dataclasses import dataclass

from stuntbook.diagnostics import plural
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.indexes.listing import Listing, ListingPlan, Order, fold_name
from stuntbook.records.article import Article
from stuntbook.records.dates import parse_edtf


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An article, with how much of this book rests on it."""

    article: Article
    passages: int
    statements: int


def source_listing(knowledge: KnowledgeBase) -> Listing[SourceRow]:
    """The sources by publisher."""
    rows = source_rows(knowledge)
    plan: ListingPlan[SourceRow] = ListingPlan(
        names=lambda row: " ".join((row.article.display_name, row.article.publisher, row.article.author or "")),
        orders=(
            Order("", "Publisher, A–Z", lambda row: 0),
            Order("newest", "Newest first", lambda row: _latest(row.article)),
            Order("title", "Title, A–Z", lambda row: fold_name(row.article.display_name)),
            Order("passages", "Most cited first", lambda row: -row.passages),
        ),
    )
    return plan.listing(rows, plural(len(rows), "source"))


def source_rows(knowledge: KnowledgeBase) -> list[SourceRow]:
    def row(article: Article) -> SourceRow:
        cited = knowledge.cited[article.id]
        statements = {(each.record, each.anchor) for passage in cited for each in passage.statements}
        return SourceRow(article, len(cited), len(statements))

    articles = (source.article for source in knowledge.sources.values())
    return [row(each) for each in sorted(articles, key=lambda each: (fold_name(each.publisher), each.display_name))]


def _latest(article: Article) -> tuple[int, int, int]:
    """The latest first, what has no date last."""
    date = parse_edtf(article.published) if article.published else None
    return (-(date.year or 0), -(date.month or 0), -(date.day or 0)) if date else (0, 0, 0)
