"""The records: for each quantity the stunt that has most of it, or least where little is what is remarkable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.figures.comparisons import stated_measures
from stuntbook.pages.figures.marks import measure_of
from stuntbook.pages.figures.scales import magnitude, openness

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Superlative:
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
        Superlative(
            label=label,
            quantity=quantity,
            holders=_holders([each for measures in stated[quantity].values() for each in measures], quantity),
            stunts=len(stated[quantity]),
        )
        for label, quantity in ((label, quantity) for quantity, label in _LABELS.items() if quantity in stated)
    )


def _holders(measures: Sequence[Statement], quantity: str) -> tuple[Statement, ...]:
    least = quantity in _LEAST
    # "At most 500" proves no record of height, as "at least 3" proves none of scarcity.
    proven = [each for each in measures if openness(measure_of(each)) != ("above" if least else "below")] or measures

    def rank(statement: Statement) -> tuple[float, int]:
        """What is more than a number beats the number itself."""
        measure = measure_of(statement)
        beyond = measure.qualifier == ("less than" if least else "more than")
        return (-magnitude(measure) if least else magnitude(measure)), beyond

    best = max(rank(each) for each in proven)
    return tuple(each for each in proven if rank(each) == best)
