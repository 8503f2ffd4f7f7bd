"""Who worked with whom: people credited on the same film, or on the same stunt."""

import math
from collections import Counter
from collections.abc import Iterable
from itertools import chain, combinations
from typing import NamedTuple

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.records.model import Agent

PEOPLE_DRAWN = 24
PAIRS_DRAWN = 72
"""Three for each person: more arcs would hide each other."""
PAIRS_LISTED = 100
THICKEST = 4


class Colleague(NamedTuple):
    """A person of the figure."""

    person: Agent
    films: int
    """How many films the person has a credit on; a credit on a film's stunt counts as one on the film."""
    stunts: int


class Pair(NamedTuple):
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


class Collaboration(NamedTuple):
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
        return math.pow((pair.lower - pair.upper) / (len(self.people) - 1), 0.75)

    @property
    def listed(self) -> tuple[Pair, ...]:
        """The pairs that the table has, at most `PAIRS_LISTED`."""
        return self.pairs[:PAIRS_LISTED]

    def drawn_of(self, row: int) -> tuple[Pair, ...]:
        """The pairs with an arc that the person in a row is one of."""
        return tuple(pair for pair in self.drawn if row in (pair.upper, pair.lower))


def collaboration(knowledge: KnowledgeBase) -> Collaboration | None:
    """The people with most connections; None where nobody shares a film or stunt with anybody.

    Someone's connections are counted work by work, from the number of the others on it, and pairs are made of the
    chosen alone: the effort grows with the credits, not with their square.
    """
    films, stunts = _people(knowledge)
    connections: Counter[str] = Counter()
    for people in (*films, *stunts):
        if len(people) > 1:
            connections.update(dict.fromkeys(people, len(people) - 1))
    # People of the same works stay together where the cut falls between equals: a Counter keeps its order there.
    ranked = [person for person, _ in connections.most_common(PEOPLE_DRAWN)]
    pairs_of_films, pairs_of_stunts = _pairs(films, ranked), _pairs(stunts, ranked)
    pairs = pairs_of_films | pairs_of_stunts
    chosen = sorted({person for pair in pairs for person in pair}, key=ranked.index)
    if not chosen:
        return None
    row = {person: index for index, person in enumerate(chosen)}
    of_films, of_stunts = Counter(chain(*films)), Counter(chain(*stunts))
    drawn = (
        Pair(row[upper], row[lower], pairs_of_films[upper, lower], pairs_of_stunts[upper, lower])
        for upper, lower in pairs
    )
    return Collaboration(
        people=tuple(Colleague(knowledge.agents[id_], of_films[id_], of_stunts[id_]) for id_ in chosen),
        pairs=tuple(sorted(drawn, key=lambda pair: (-pair.weight, pair.upper, pair.lower))),
        connected=len(connections),
    )


def _people(knowledge: KnowledgeBase) -> tuple[list[list[str]], list[list[str]]]:
    """Per film, and per stunt, all who have a credit on it; who has one on a stunt has one on its film."""
    of_stunts = {}
    for stunt in knowledge.stunts.values():
        credited = (credit.person for credit in stunt.credits)
        of_stunts[stunt.id] = list(dict.fromkeys((*(performer.id for performer in stunt.performers), *credited)))
    of_films = []
    for film in knowledge.films.values():
        on_stunts = (of_stunts[stunt.id] for stunt in knowledge.stunts_of(film.id))
        of_films.append(list(dict.fromkeys(chain((credit.person for credit in film.credits), *on_stunts))))
    return of_films, list(of_stunts.values())


def _pairs(works: Iterable[Iterable[str]], chosen: list[str]) -> Counter[tuple[str, str]]:
    """Per pair of the chosen, in the chosen's order, the number of works that both have a credit on."""
    present = (sorted(set(people).intersection(chosen), key=chosen.index) for people in works)
    return Counter(pair for people in present for pair in combinations(people, 2))
