"""KnowledgeBase -> relations: what a reader may want to see next, and why."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sys import maxsize
from typing import cast

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.chronology import chronology_of_films, chronology_of_stunts
from stuntbook.knowledge.resolution import prose_of
from stuntbook.knowledge.statements import Statement, of_kind
from stuntbook.records.article import Article
from stuntbook.records.model import AnyRecord, Film, Stunt
from stuntbook.text.prose import cross_references

RELATED_SHOWN = 6
_NEAREST = 24
"""How many members of a group a stunt is compared with, those nearest in time: the work stays linear."""


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody did for one film, or for stunts of none."""

    film: Film | None
    of_film: tuple[Statement, ...]
    """Credits of the film as a whole."""
    of_stunts: tuple[Statement, ...]
    """Credits and performances of its stunts."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another stunt, and what the two share."""

    stunt: Stunt
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backlink:
    """A place in another record's prose that mentions a record."""

    record: AnyRecord
    statement: Statement | None
    """None where it is the record's own note."""
    field: str
    """The key that holds the words."""
    text: str
    """The editor's words there, with their cross-references."""


class Relations:
    """Everything that connects records, indexed once and read many times."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge, add = knowledge, knowledge.tables.add
        orders = (knowledge.films, knowledge.stunts)
        self._position = add("order", lambda: {id_: at for order in orders for at, id_ in enumerate(order)})
        self._keys = add("keys", self._shareable_of_all)
        self._groups = add("sharing", self._grouped)
        self._beside = add("beside", self._neighbours)

    def _shareable_of_all(self) -> dict[str, dict[str, str]]:
        """For each stunt what others may share with it, and the reason in words."""
        return {stunt.id: dict(_shareable(stunt, self._knowledge)) for stunt in self._knowledge.stunts.values()}

    def _grouped(self) -> dict[str, tuple[str, list[str]]]:
        """What stunts share, in words, and which do, in the order of time."""
        groups: dict[str, tuple[str, list[str]]] = {}
        for stunt, shared in self._keys.items():
            for key, reason in shared.items():
                groups.setdefault(key, (reason, []))[1].append(stunt)
        return groups

    def _neighbours(self) -> dict[str, tuple[str | None, str | None]]:
        """For each film and stunt those before and after it in time, as far as dates order them."""
        films, stunts = chronology_of_films(self._knowledge), chronology_of_stunts(self._knowledge)
        both = [(id_, films.beside(film)) for id_, film in self._knowledge.films.items()]
        all_: list[tuple[str, tuple[Film | Stunt | None, Film | Stunt | None]]] = [*both]
        all_ += [(id_, stunts.beside(stunt)) for id_, stunt in self._knowledge.stunts.items()]
        return {id_: (before.id if before else None, after.id if after else None) for id_, (before, after) in all_}

    def roles(self, person: str) -> tuple[Role, ...]:
        """What a person did, film by film, in the order of time."""
        of_films: dict[str, list[Statement]] = defaultdict(list)
        of_stunts: dict[str, list[Statement]] = defaultdict(list)
        knowledge = self._knowledge
        for mention in self._knowledge.mentions[person]:
            statement = mention.statement
            if statement and statement.kind in ("credit", "performer") and mention.relation in ("person", "performer"):
                if stunt := knowledge.stunts.get(statement.record):
                    for film in knowledge.films_of(stunt) or (None,):
                        of_stunts[film.id if film else ""].append(statement)
                else:
                    of_films[statement.record].append(statement)
        films = sorted(of_films.keys() | of_stunts.keys(), key=lambda id_: self._position.get(id_, maxsize))
        return tuple(Role(knowledge.films.get(id_), tuple(of_films[id_]), tuple(of_stunts[id_])) for id_ in films)

    def related(self, stunt: Stunt) -> tuple[Related, ...]:
        """The stunts that share most with this one; what few share counts more than what many do."""
        shared: dict[str, list[str]] = defaultdict(list)
        weight: dict[str, float] = defaultdict(float)
        for reason, members in (self._groups[key] for key in self._keys[stunt.id]):
            for other in self._nearest(members, stunt.id):
                shared[other].append(reason)
                weight[other] += 1 / len(members)
        here = self._position[stunt.id]
        best = sorted(shared, key=lambda id_: (-weight[id_], abs(self._position[id_] - here), id_))[:RELATED_SHOWN]
        return tuple(Related(self._knowledge.stunts[id_], tuple(shared[id_])) for id_ in best)

    def _nearest(self, members: Sequence[str], stunt: str) -> Iterator[str]:
        middle = bisect_left(members, self._position[stunt], key=self._position.__getitem__)
        start = max(0, min(middle - _NEAREST // 2, len(members) - _NEAREST))
        return (id_ for id_ in members[start : start + _NEAREST] if id_ != stunt)

    def backlinks(self, record: AnyRecord) -> tuple[Backlink, ...]:
        """Where the prose of other records mentions this one."""
        links = []
        for mention in self._knowledge.mentions[record.id]:
            if mention.relation == "mention" and mention.record != record.id:
                other = self._knowledge.record(mention.record)
                assert not isinstance(other, Article)
                texts = prose_of(mention.statement.value if mention.statement else other)
                held = next(each for each in texts if record.id in (id_ for id_, _ in cross_references(each[1])))
                links.append(Backlink(other, mention.statement, *held))
        return tuple(links)

    def differing(self, record: AnyRecord) -> tuple[Statement, ...]:
        """The disagreements of other records of which an account mentions this one."""
        elsewhere = [each for each in self._knowledge.mentions[record.id] if each.record != record.id]
        accounts = {(each.record, each.statement.anchor) for each in elsewhere if each.statement}
        return tuple(
            statement
            for other in dict.fromkeys(each.record for each in elsewhere)
            for statement in of_kind(self._knowledge.statements.get(other, ()), "disagreement")
            if any((other, account.anchor) in accounts for account in statement.parts)
        )

    def beside(self, record: Film | Stunt) -> tuple[Film | Stunt | None, Film | Stunt | None]:
        """The films or stunts before and after this one in time, as far as dates order them."""
        before, after = (self._knowledge.record(each) if each else None for each in self._beside[record.id])
        return cast(tuple[Film | Stunt | None, Film | Stunt | None], (before, after))


def _shareable(stunt: Stunt, knowledge: KnowledgeBase) -> Iterable[tuple[str, str]]:
    """What other stunts may share with this one: a key, and the reason in words."""
    for film in knowledge.films_of(stunt):
        yield f"film {film.id}", f"also in {film.title}"
    for performer in stunt.performers:
        if person := knowledge.agents.get(performer.id):
            yield f"performer {person.id}", f"also performed by {person.name}"
    for credit in stunt.credits:
        if person := knowledge.agents.get(credit.person):
            yield f"credit {person.id}", f"also with {person.name}"
    for kind, facets in (("place", stunt.places), ("technique", stunt.techniques), ("equipment", stunt.equipment)):
        for facet in facets:
            yield f"{kind} {facet.name.casefold()}", f"same {kind}: {facet.name}"
