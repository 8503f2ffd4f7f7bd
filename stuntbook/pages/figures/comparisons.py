"""Each quantity across the stunts: every stated number on one honest scale, and who holds the record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.figures.scales import (
    Mark,
    Scale,
    can_be_drawn,
    kind_of,
    least_magnitude,
    magnitude,
    measure_of,
    measures_among,
    name_of,
    openness,
    scale_for,
)
from stuntbook.records.model import Stunt
from stuntbook.records.stated import Measure

STUNTS_DRAWN = 20
STUNTS_LISTED = 60
_LABELS = {
    "altitude": "Highest",
    "speed": "Fastest",
    "takes": "Most takes",
    "jumps": "Most jumps",
    "training time": "Longest training",
    "height": "Greatest height",
    "depth": "Deepest",
    "distance": "Farthest",
    "length": "Longest way",
    "rolls": "Most rolls",
    "falls": "Most falls",
    "duration": "Longest",
    "hospital stay": "Longest in hospital",
    "action": "Longest action",
    "light": "Shortest light",
    "cameras": "Most cameras",
    "chances": "Fewest chances",
    "chances per day": "Fewest chances a day",
    "weight": "Heaviest",
    "temperature": "Hottest",
    "cost": "Most expensive",
    "age": "Greatest age",
}
"""In the order in which the records are listed."""
_OF_SOMETHING = frozenset({"speed", "weight"})
"""What is no record where no article says what moved or what weighed so much."""
_LEAST = frozenset({"light", "chances", "chances per day"})


class ComparedStunt(NamedTuple):
    """A stunt with every number that the articles give for the quantity."""

    stunt: Stunt
    marks: tuple[Mark, ...]


class Comparison(NamedTuple):
    """The stunts of which one quantity is known."""

    quantity: str
    scale: Scale | None
    """None for temperatures, which no length can show."""
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
    compared = (_comparison(knowledge, quantity, stunts) for quantity, stunts in stated_measures(knowledge).items())
    return tuple(sorted(compared, key=lambda each: (-each.stunts, each.quantity)))


def stated_measures(knowledge: KnowledgeBase) -> Mapping[str, Mapping[str, list[Statement]]]:
    """Per quantity, and there per stunt in the site's order, the measures."""
    stated: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for stunt in knowledge.stunts:
        for statement in measures_among(knowledge.statements[stunt]):
            stated[name_of(measure_of(statement))][stunt].append(statement)
    return stated


def largest(measures: list[Statement]) -> float:
    """The largest number that measures of one quantity state."""
    return max(magnitude(measure_of(each)) for each in measures)


def _comparison(knowledge: KnowledgeBase, quantity: str, stunts: Mapping[str, list[Statement]]) -> Comparison:
    all_measures = [measure_of(each) for measures in stunts.values() for each in measures]
    scale = scale_for(all_measures) if all(map(can_be_drawn, all_measures)) else None
    order = sorted(stunts, key=lambda stunt: largest(stunts[stunt]), reverse=True)[:STUNTS_LISTED]
    mark = scale.mark if scale else _unscaled
    listed = (ComparedStunt(knowledge.stunts[stunt], tuple(map(mark, stunts[stunt]))) for stunt in order)
    return Comparison(quantity, scale, tuple(listed), len(stunts))


def _unscaled(statement: Statement) -> Mark:
    return Mark(statement, 0, openness(measure_of(statement)))


class Superlative(NamedTuple):
    """A record, with all who share it."""

    label: str
    quantity: str
    """As figures call it."""
    holders: tuple[Statement, ...]
    """The measures that make the record; several where they tie."""
    stunts: int
    """Of how many stunts the quantity is known at all."""


def superlatives(knowledge: KnowledgeBase) -> tuple[Superlative, ...]:
    """The records that are proven: one of each quantity, or of each thing and currency that it is given of."""
    found = []
    for name, stunts in stated_measures(knowledge).items():
        measures = list(chain(*stunts.values()))
        first = measure_of(measures[0])
        kind, can_be_told = kind_of(first), bool(first.what) or first.quantity not in _OF_SOMETHING
        if can_be_told and (holders := _holders(measures, kind)):
            found.append((kind, Superlative(_label(first), name, holders, len(stunts))))
    places = {kind: place for place, kind in enumerate(_LABELS)}
    return tuple(each for _, each in sorted(found, key=lambda pair: places[pair[0]]))


def _label(measure: Measure) -> str:
    """What a record is called: `Fastest`, `Greatest height: the ramp`, `Most expensive, in GBP`."""
    label = _LABELS[kind_of(measure)] + (f": {measure.what}" if measure.what else "")
    return f"{label}, in {measure.unit}" if measure.quantity == "cost" else label


def _holders(stated: Iterable[Statement], quantity: str) -> tuple[Statement, ...]:
    # "At most 500" proves no record of height, as "at least 3" proves none of scarcity.
    is_least = quantity in _LEAST
    sign, unproven, beyond = (-1, "above", "less than") if is_least else (1, "below", "more than")
    sure, possible = (magnitude, least_magnitude) if is_least else (least_magnitude, magnitude)
    measures = list(stated)
    proven = [each for each in measures if openness(measure_of(each)) != unproven] or measures

    def rank(statement: Statement) -> tuple[float, bool]:
        """What is more than a number beats the number itself; of a range counts what is sure."""
        measure = measure_of(statement)
        return sign * sure(measure), measure.qualifier == beyond

    best = max(map(rank, proven))
    holders = tuple(each for each in proven if rank(each) == best)
    ranges = (measure_of(each) for each in proven if each not in holders)
    # A range that begins below the record and ends above it may hold it: nobody can tell.
    is_open = any(sign * possible(each) > best[0] for each in ranges)
    return () if is_open else holders
