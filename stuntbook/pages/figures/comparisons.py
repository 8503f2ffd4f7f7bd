"""Each quantity across the stunts: every stated number on one honest scale, the largest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.figures.marks import Mark, mark_on, measure_of, measures_among, name_of
from stuntbook.pages.figures.scales import Scale, magnitude, scale_for
from stuntbook.records.model import Stunt

STUNTS_DRAWN = 20
STUNTS_LISTED = 60

_StatedMeasures = Mapping[str, Mapping[str, list[Statement]]]
"""Per quantity the measures of each stunt that has any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedStunt:
    """A stunt with every number that the articles give for the quantity."""

    stunt: Stunt
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The stunts of which one quantity is known."""

    quantity: str
    scale: Scale
    listed: tuple[ComparedStunt, ...]
    """At most `STUNTS_LISTED`, the largest number first; the table has them all."""
    stunts: int
    """How many stunts there are, whether listed or not."""

    @property
    def drawn(self) -> tuple[ComparedStunt, ...]:
        """The first of the listed ones, at most `STUNTS_DRAWN`."""
        return self.listed[:STUNTS_DRAWN]

    @property
    def limits(self) -> frozenset[str]:
        """The kinds of limit among the drawn numbers, for the legend."""
        return frozenset(mark.limit for row in self.drawn for mark in row.marks)


def comparisons(knowledge: KnowledgeBase) -> tuple[Comparison, ...]:
    """A comparison for each quantity that is known of at least one stunt, those of most stunts first."""
    compared = [_comparison(knowledge, quantity, stunts) for quantity, stunts in stated_measures(knowledge).items()]
    return tuple(sorted(compared, key=lambda each: (-each.stunts, each.quantity)))


def stated_measures(knowledge: KnowledgeBase) -> _StatedMeasures:
    """Per quantity, and there per stunt in the site's order, the measures."""
    stated: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for stunt in knowledge.stunts:
        for statement in measures_among(knowledge.statements[stunt]):
            stated[name_of(measure_of(statement))][stunt].append(statement)
    return stated


def _comparison(knowledge: KnowledgeBase, quantity: str, stunts: Mapping[str, list[Statement]]) -> Comparison:
    def largest(stunt: str) -> float:
        return max(magnitude(measure_of(statement)) for statement in stunts[stunt])

    order = sorted(stunts, key=largest, reverse=True)
    scale = scale_for([measure_of(statement) for statements in stunts.values() for statement in statements])
    listed = (
        ComparedStunt(
            stunt=knowledge.stunts[stunt], marks=tuple(mark_on(scale, statement) for statement in stunts[stunt])
        )
        for stunt in order[:STUNTS_LISTED]
    )
    return Comparison(quantity=quantity, scale=scale, listed=tuple(listed), stunts=len(order))
