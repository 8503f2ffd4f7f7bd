"""The articles that a statement cites, for rules that judge each of them by itself."""

from collections.abc import Iterator
from itertools import groupby

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Passage, Source
from stuntbook.knowledge.statements import Statement


def by_source(knowledge: KnowledgeBase, statement: Statement) -> Iterator[tuple[Source, list[Passage]]]:
    """The articles that a statement cites, each with its passages."""
    for source, passages in groupby(sorted(statement.passages, key=_source), key=_source):
        yield knowledge.sources[source], list(passages)


def _source(passage: Passage) -> str:
    return passage.source
