"""Who worked with whom: people credited on the same film, or on the same stunt."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.records.model import Person, Stunt

PEOPLE_DRAWN = 24
PAIRS_DRAWN = 72
"""Three for each person: more arcs would hide each other."""
PAIRS_LISTED = 100
THICKEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A person of the figure."""

    person: Person
    films: int
    """How many films the person has a credit on; a credit on a film's stunt counts as one on the film."""
    stunts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two people who worked together."""

    upper: int
    """The row of the one who stands further up, from 0."""
    lower: int
    films: int
    """How many films both have a credit on."""
    stunts: int

    @property
    def weight(self) -> int:
        """Shared films and stunts together."""
        return self.films + self.stunts


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration:
    """People in rows and an arc for each two who worked together."""

    people: tuple[Colleague, ...]
    """At most `PEOPLE_DRAWN`, those with most connections, the best connected first."""
    pairs: tuple[Pair, ...]
    """All pairs among them, the closest first."""
    connected: int
    """How many people share a film or stunt with anybody, whether drawn or not."""

    @property
    def drawn(self) -> tuple[Pair, ...]:
        """The pairs that have an arc, at most `PAIRS_DRAWN`."""
        return self.pairs[:PAIRS_DRAWN]

    def thickness(self, weight: int) -> float:
        """Of an arc, in pixels: one for each shared film or stunt, as far as the closest pair has room for that."""
        return THICKEST * weight / max(self.pairs[0].weight, THICKEST)

    def reach(self, pair: Pair) -> float:
        """How far an arc goes out, as a share of the drawing's width: less than in proportion, to fill the width."""
        share: float = (pair.lower - pair.upper) / (len(self.people) - 1)
        return math.pow(share, 0.75)

    @property
    def listed(self) -> tuple[Pair, ...]:
        """The pairs that the table has, at most `PAIRS_LISTED`."""
        return self.pairs[:PAIRS_LISTED]

    def drawn_of(self, row: int) -> tuple[Pair, ...]:
        """The pairs with an arc that the person in a row is one of."""
        return tuple(pair for pair in self.drawn if row in (pair.upper, pair.lower))


@dataclass(frozen=True, slots=True)
class _Work:
    """A film or a stunt with all who have a credit on it."""

    is_film: bool
    people: tuple[str, ...]


def collaboration(knowledge: KnowledgeBase) -> Collaboration | None:
    """The people with most connections; None where nobody shares a film or stunt with anybody.

    Someone's connections are counted work by work, from the number of the others on it, and pairs are made of the
    chosen alone: the effort grows with the credits, not with their square.
    """
    works = list(_works(knowledge))
    degree: dict[str, int] = defaultdict(int)
    first: dict[str, int] = {}
    for index, work in enumerate(works):
        for person in work.people if len(work.people) > 1 else ():
            degree[person] += len(work.people) - 1
            first.setdefault(person, index)
    # People of the same works stay together where the cut falls between equals.
    ranked = sorted(degree, key=lambda person: (-degree[person], first[person]))[:PEOPLE_DRAWN]
    shared = _shared(works, ranked)
    linked = {person for pair in shared for person in pair}
    chosen = [person for person in ranked if person in linked]
    if not chosen:
        return None
    return Collaboration(
        people=tuple(_colleagues(knowledge, works, chosen)), pairs=_pairs(shared, chosen), connected=len(degree)
    )


def _works(knowledge: KnowledgeBase) -> Iterator[_Work]:
    of_film: dict[str, dict[str, None]] = defaultdict(dict)
    of_stunts = []
    for film in knowledge.films.values():
        of_film[film.id] |= dict.fromkeys(credit.person for credit in film.credits)
    for stunt in knowledge.stunts.values():
        people = dict.fromkeys(_credited(stunt))
        of_film[stunt.film.id] |= people
        of_stunts.append(_work(knowledge, False, people))
    yield from (_work(knowledge, True, people) for people in of_film.values())
    yield from of_stunts


def _credited(stunt: Stunt) -> Iterator[str]:
    yield from (performer.id for performer in stunt.performers)
    yield from (credit.person for credit in stunt.credits)


def _work(knowledge: KnowledgeBase, is_film: bool, people: Iterable[str]) -> _Work:
    return _Work(is_film, tuple(person for person in people if person in knowledge.people))


def _shared(works: Iterable[_Work], chosen: Sequence[str]) -> dict[tuple[str, str], list[int]]:
    """Per pair of the chosen, in the chosen's order, the number of shared films and of shared stunts."""
    rank = {person: index for index, person in enumerate(chosen)}
    shared: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for work in works:
        present = sorted((person for person in work.people if person in rank), key=rank.__getitem__)
        for pair in combinations(present, 2):
            shared[pair][0 if work.is_film else 1] += 1
    return shared


def _colleagues(knowledge: KnowledgeBase, works: Iterable[_Work], chosen: Sequence[str]) -> Iterator[Colleague]:
    counts = {person: [0, 0] for person in chosen}
    for work in works:
        for person in work.people:
            if person in counts:
                counts[person][0 if work.is_film else 1] += 1
    for person, (films, stunts) in counts.items():
        yield Colleague(person=knowledge.people[person], films=films, stunts=stunts)


def _pairs(shared: dict[tuple[str, str], list[int]], chosen: Sequence[str]) -> tuple[Pair, ...]:
    row = {person: index for index, person in enumerate(chosen)}
    pairs = [
        Pair(upper=row[upper], lower=row[lower], films=films, stunts=stunts)
        for (upper, lower), (films, stunts) in shared.items()
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.weight, pair.upper, pair.lower)))
