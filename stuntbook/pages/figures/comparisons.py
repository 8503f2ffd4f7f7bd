"""Each quantity across the stunts: every stated number on one honest scale, and who holds the record.

A number is drawn beside others: what one stunt alone has is told in words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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

STUNTS_LEAST = 2
"""Of how many stunts a quantity must be known for a figure or a record to say something."""
STUNTS_DRAWN = 20
STUNTS_LISTED = 60
OTHERS_DRAWN = 6
"""How many others a stunt's own page shows beside it."""
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
    """Stunts of which one quantity is known."""

    quantity: str
    scale: Scale | None
    """None for temperatures, which no length can show."""
    listed: tuple[ComparedStunt, ...]
    """The largest number first; the table has them all."""
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


StatedMeasures = Mapping[str, Mapping[str, list[Statement]]]
"""Per quantity, and there per stunt, the measures; the stunt with the largest number first."""


def stated_measures(knowledge: KnowledgeBase) -> StatedMeasures:
    """Every measure of every stunt."""
    stated: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for stunt in knowledge.stunts:
        for statement in measures_among(knowledge.statements[stunt]):
            stated[name_of(measure_of(statement))][stunt].append(statement)
    return {
        quantity: dict(sorted(stunts.items(), key=lambda item: -largest(item[1])))
        for quantity, stunts in stated.items()
    }


def largest(measures: list[Statement]) -> float:
    """The largest number that measures of one quantity state."""
    return max(magnitude(measure_of(each)) for each in measures)


def comparisons(knowledge: KnowledgeBase) -> tuple[Comparison, ...]:
    """A comparison for each quantity that is known of several stunts, those of most stunts first."""
    compared = (
        _comparison(knowledge, quantity, stunts, [*stunts][:STUNTS_LISTED])
        for quantity, stunts in stated_measures(knowledge).items()
        if len(stunts) >= STUNTS_LEAST
    )
    return tuple(sorted(compared, key=lambda each: (-each.stunts, each.quantity)))


def single_measures(knowledge: KnowledgeBase) -> tuple[Statement, ...]:
    """The measures of quantities that one stunt alone has, by quantity."""
    alone = (stunts for _, stunts in sorted(stated_measures(knowledge).items()) if len(stunts) < STUNTS_LEAST)
    return tuple(statement for stunts in alone for measures in stunts.values() for statement in measures)


def comparisons_of(knowledge: KnowledgeBase, stunt: str, stated: StatedMeasures) -> tuple[Comparison, ...]:
    """The numbers of one stunt, each among those of the others that come nearest to it."""
    own = dict.fromkeys(name_of(measure_of(each)) for each in measures_among(knowledge.statements[stunt]))
    return tuple(
        _comparison(knowledge, quantity, stated[quantity], _nearest([*stated[quantity]], stunt))
        for quantity in own
        if len(stated[quantity]) >= STUNTS_LEAST
    )


def _nearest(order: list[str], stunt: str) -> list[str]:
    """A stunt and at most `OTHERS_DRAWN` of its neighbours in an order."""
    start = min(order.index(stunt) - OTHERS_DRAWN // 2, len(order) - OTHERS_DRAWN - 1)
    return order[max(0, start) :][: OTHERS_DRAWN + 1]


def _comparison(
    knowledge: KnowledgeBase, quantity: str, stunts: Mapping[str, list[Statement]], chosen: list[str]
) -> Comparison:
    measures = [measure_of(each) for stunt in chosen for each in stunts[stunt]]
    scale = scale_for(measures) if all(map(can_be_drawn, measures)) else None
    mark = scale.mark if scale else _unscaled
    listed = (ComparedStunt(knowledge.stunts[stunt], tuple(map(mark, stunts[stunt]))) for stunt in chosen)
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
    """The records that are proven: one of each quantity, or of each thing and currency that it is given of.

    Who competes with nobody holds none.
    """
    found = []
    for name, stunts in stated_measures(knowledge).items():
        measures = list(chain(*stunts.values()))
        first = measure_of(measures[0])
        kind, can_be_told = kind_of(first), bool(first.what) or first.quantity not in _OF_SOMETHING
        if can_be_told and len(stunts) >= STUNTS_LEAST and (holders := _holders(measures, kind)):
            found.append((kind, Superlative(label_of(first), name, holders, len(stunts))))
    places = {kind: place for place, kind in enumerate(_LABELS)}
    return tuple(each for _, each in sorted(found, key=lambda pair: places[pair[0]]))


def unexceeded(knowledge: KnowledgeBase) -> Iterator[Statement]:
    """The measures that none of the same name exceeds, records or not."""
    for stunts in stated_measures(knowledge).values():
        measures = list(chain(*stunts.values()))
        yield from _holders(measures, kind_of(measure_of(measures[0])))


def label_of(measure: Measure) -> str:
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
