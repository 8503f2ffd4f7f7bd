"""The records: for each quantity the stunt that has most of it, or least where little is what is remarkable."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.figures.comparisons import stated_measures
from stuntbook.pages.figures.scales import magnitude, measure_of, openness

_LABELS = {
    "altitude": "Highest",
    "speed": "Fastest",
    "takes": "Most takes",
    "jumps": "Most jumps",
    "training time": "Longest training",
    "height": "Greatest height",
    "depth": "Deepest",
    "distance": "Farthest",
    "duration": "Longest",
    "action": "Longest action",
    "light": "Shortest light",
    "cameras": "Most cameras",
    "chances": "Fewest chances",
    "chances per day": "Fewest chances a day",
    "weight": "Heaviest",
    "age": "Greatest age",
}
"""In the order in which the records are listed."""
_LEAST = frozenset({"light", "chances", "chances per day"})


class Superlative(NamedTuple):
    """A record, with all who share it."""

    label: str
    quantity: str
    holders: tuple[Statement, ...]
    """The measures that make the record; several where they tie."""
    stunts: int
    """Of how many stunts the quantity is known at all."""


def superlatives(knowledge: KnowledgeBase) -> tuple[Superlative, ...]:
    """A record for each quantity that is known of at least one stunt."""
    stated = stated_measures(knowledge)
    return tuple(
        Superlative(label, quantity, _holders(chain(*stated[quantity].values()), quantity), len(stated[quantity]))
        for quantity, label in _LABELS.items()
        if quantity in stated
    )


def _holders(stated: Iterable[Statement], quantity: str) -> tuple[Statement, ...]:
    # "At most 500" proves no record of height, as "at least 3" proves none of scarcity.
    sign, unproven, beyond = (-1, "above", "less than") if quantity in _LEAST else (1, "below", "more than")
    measures = list(stated)
    proven = [each for each in measures if openness(measure_of(each)) != unproven] or measures

    def rank(statement: Statement) -> tuple[float, bool]:
        """What is more than a number beats the number itself."""
        measure = measure_of(statement)
        return sign * magnitude(measure), measure.qualifier == beyond

    best = max(map(rank, proven))
    return tuple(each for each in proven if rank(each) == best)
