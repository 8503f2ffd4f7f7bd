"""KnowledgeBase -> which film or stunt came before which, as far as dates tell."""

from collections.abc import Iterable, Iterator
from itertools import compress
from typing import Generic, TypeVar

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement, Status
from stuntbook.records.dates import EdtfDate, parse_edtf
from stuntbook.records.model import Film, Stunt
from stuntbook.records.stated import Event

T = TypeVar("T", Film, Stunt)
_Moment = tuple[int, ...]
"""Year, month and day as far as they are known; of a stunt, the year of its film and then when it was shot."""


class Chronology(Generic[T]):
    """Records in the order of their dates. What has no date is in no order with anything."""

    def __init__(self, moments: Iterable[tuple[T, _Moment]]) -> None:
        dated = ((moment, record) for record, moment in moments if moment)
        self._order: list[tuple[_Moment, T]] = sorted(dated, key=lambda each: each[0])
        self._position = {record.id: place for place, (_, record) in enumerate(self._order)}

    def beside(self, record: T) -> tuple[T | None, T | None]:
        """The nearest record whose date is before that of this one, and the nearest whose date is after it."""
        if record.id not in self._position:
            return None, None
        here = self._position[record.id]
        moment, _ = self._order[here]
        before = (self._order[place] for place in range(here - 1, -1, -1))
        after = (self._order[place] for place in range(here + 1, len(self._order)))
        return (
            next((other for other_moment, other in before if _precedes(other_moment, moment)), None),
            next((other for other_moment, other in after if _precedes(moment, other_moment)), None),
        )


def _precedes(one: _Moment, other: _Moment) -> bool:
    """Whether a date is before another, whatever stands for the parts that are not known of either."""
    return next((ours < theirs for ours, theirs in zip(one, other, strict=False) if ours != theirs), False)


def chronology_of_films(knowledge: KnowledgeBase) -> Chronology[Film]:
    """The films by year."""
    return Chronology((film, (film.year.value,) if film.year else ()) for film in knowledge.films.values())


def chronology_of_stunts(knowledge: KnowledgeBase) -> Chronology[Stunt]:
    """The stunts by the year of their film, and those of one year by when they were shot."""
    return Chronology((stunt, _moment(knowledge, stunt)) for stunt in knowledge.stunts.values())


def _moment(knowledge: KnowledgeBase, stunt: Stunt) -> _Moment:
    film = knowledge.film_of(stunt)
    if not film or not film.year:
        return ()
    return film.year.value, *min(_shootings(knowledge.statements[stunt.id]), default=())


def _shootings(statements: Iterable[Statement]) -> Iterator[_Moment]:
    """The dates of shooting that are stated without doubt."""
    for statement in statements:
        if isinstance(statement.value, Event) and statement.value.kind == "shooting":
            date = parse_edtf(statement.value.when)
            if date.year and not date.mark and statement.evidence.status not in (Status.DISPUTED, Status.UNSOURCED):
                yield _known(date)


def _known(date: EdtfDate) -> _Moment:
    parts = (date.year, date.month, date.day if date.month else None)
    return tuple(compress((part or 0 for part in parts), parts))
