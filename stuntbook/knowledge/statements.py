"""What the site states: each statement with its words, its permanent anchor and how well it is carried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from stuntbook.diagnostics import Location
from stuntbook.knowledge.resolution import CITING, Passage
from stuntbook.records.citable import Stated
from stuntbook.records.places import Place


class Status(StrEnum):
    """How well a statement is carried. Computed, never typed in."""

    ARTICLES = "articles"
    """Several articles state it."""
    ARTICLE = "article"
    """One article states it."""
    SAID = "said"
    """Somebody says it, as the articles report."""
    DISPUTED = "disputed"
    """A passage of it holds the words that an account of a disagreement cites."""
    UNSOURCED = "unsourced"
    """No article states it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What carries a statement."""

    status: Status
    sources: tuple[str, ...] = ()
    """Identifiers of the articles that carry it, each once."""
    independent: int = 0
    """How many of them are texts of their own: copies of one text count once."""
    by: str | None = None
    """Who says it: a record's identifier, or how an article describes somebody whom it does not name."""
    via: tuple[str, ...] = ()
    """Who tells that they said it, likewise."""
    disagreement: tuple[str, str] | None = None
    """Record and anchor of the disagreement that it is part of."""
    worked_out: bool = False
    """Whether its date follows only from the day on which an article was published: `last month`."""

    @property
    def told_by(self) -> tuple[Any, ...]:
        """All of it, as JSON can hold it."""
        support = (self.status.value, self.sources, self.independent, self.by, self.via)
        return *support, self.disagreement, self.worked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that the site states, with all that supports it."""

    kind: str
    record: str
    """The identifier of the film, person or stunt that it belongs to."""
    value: Stated
    path: tuple[str | int, ...]
    """Where it stands in its record."""
    place: Place = field(repr=False)
    anchor: str
    """Unique on its record's page: the statement's `id`, or a name that depends on its own content alone."""
    text: str
    """The statement in plain words; those of an article so that no direction reaches beyond them."""
    passages: tuple[Passage, ...]
    also: tuple[Passage, ...] = ()
    """The passages that carry it in part."""
    evidence: Evidence
    parts: tuple[Statement, ...] = ()
    """The consequences of an injury, the precautions of a risk, the accounts of a disagreement."""
    told_by: str = field(repr=False, compare=False)
    """A digest of all of it."""

    @property
    def location(self) -> Location:
        """Where its key, or its dash, stands."""
        return self.place.key

    @property
    def every_passage(self) -> tuple[Passage, ...]:
        """The passages that carry it, and those that do so in part."""
        return self.passages + self.also

    @property
    def is_resolved(self) -> bool:
        """Whether every citation was found."""
        (cite, also), cited = CITING, vars(self.value)
        return len(self.passages) == len(cited.get(cite, ())) and len(self.also) == len(cited.get(also, ()))

    def __iter__(self) -> Iterator[Statement]:
        """The statement and its parts."""
        yield self
        for part in self.parts:
            yield from part


def of_kind(statements: Iterable[Statement], *kinds: str) -> Iterator[Statement]:
    """The statements of the given kinds, in their order."""
    return (statement for statement in statements if statement.kind in kinds)
