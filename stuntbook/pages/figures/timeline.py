"""Films in the order of their years, true to scale, with their stunts, injuries and dated events."""

import math
from calendar import isleap, monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement, of_kind
from stuntbook.pages.figures.scales import Tick, round_step
from stuntbook.records.dates import EdtfDate, parse_edtf
from stuntbook.records.model import Film, Stunt
from stuntbook.records.stated import Event

DATES_LEAST = 2
"""With fewer dates there is no course of time to draw."""
FILMS_DRAWN = 20
STUNTS_PER_FILM = 4
INJURIES_DRAWN = 4
EVENTS_DRAWN = 4


class Period(NamedTuple):
    """What is known of a date, as a stretch of the axis: a year, a month or a day."""

    start: float
    """The share of the axis's length, 0 to 1, as `end`."""
    end: float


class TimelineEvent(NamedTuple):
    """Something dated, of a film or of one of its stunts."""

    statement: Statement
    period: Period


class TimelineStunt(NamedTuple):
    """A stunt with the injuries that are known of it. None of them has a date of its own."""

    stunt: Stunt
    injuries: tuple[Statement, ...]
    more_injuries: int


class TimelineFilm(NamedTuple):
    """A film, its year as far as it is known, and what belongs to it."""

    film: Film
    year: Statement | None
    period: Period | None
    """The whole year: no more is known of when in it."""
    stunts: tuple[TimelineStunt, ...]
    more_stunts: int
    events: tuple[TimelineEvent, ...]
    """Those whose year is known, in the order of time."""
    more_events: int


class YearColumn(NamedTuple):
    """How many films there are of a year, whether drawn or not."""

    period: Period
    films: int


class Timeline(NamedTuple):
    """A common axis and a row for each film."""

    ticks: tuple[Tick, ...]
    """At the beginnings of years."""
    columns: tuple[YearColumn, ...]
    most: int
    """Of the columns, the number of films of the highest."""
    films: tuple[TimelineFilm, ...]
    """At most `FILMS_DRAWN`, those with most stunts, in the order of time; those of unknown year last."""
    total: int
    """How many films there are, whether drawn or not."""

    @property
    def dated(self) -> tuple[TimelineFilm, ...]:
        return tuple(each for each in self.films if each.period)

    @property
    def undated(self) -> tuple[TimelineFilm, ...]:
        return tuple(each for each in self.films if not each.period)


class _YearAxis(NamedTuple):
    """Years from the beginning of one to the beginning of another."""

    start: int
    stop: int

    def at(self, year: float) -> float:
        return (year - self.start) / (self.stop - self.start)

    def period(self, start: float, end: float) -> Period:
        return Period(self.at(start), self.at(end))


_DatedEvents = Sequence[tuple[EdtfDate, Statement]]


def timeline(knowledge: KnowledgeBase) -> Timeline | None:
    """The films of a knowledge base; None where too little has a date."""
    most_told = set(sorted(knowledge.films, key=lambda film: -len(knowledge.stunts_of(film)))[:FILMS_DRAWN])
    chosen = [film for id_, film in knowledge.films.items() if id_ in most_told]
    events = [_events(knowledge, film) for film in chosen]
    per_year = Counter(film.year.value for film in knowledge.films.values() if film.year)
    if sum(per_year.values()) + sum(map(len, events)) < DATES_LEAST:
        return None
    years = [*per_year, *(dated.year for dates in events for dated, _ in dates if dated.year)]
    first, last = min(years), max(years) + 1
    step = max(1, int(round_step(last - first, 6)))
    axis = _YearAxis(math.floor(first / step) * step, math.ceil(last / step) * step)
    return Timeline(
        ticks=tuple(Tick(axis.at(year), str(year)) for year in range(axis.start, axis.stop + 1, step)),
        columns=tuple(YearColumn(axis.period(year, year + 1), per_year[year]) for year in sorted(per_year)),
        most=max(per_year.values(), default=0),
        films=tuple(_film(knowledge, film, own, axis) for film, own in zip(chosen, events, strict=True)),
        total=len(knowledge.films),
    )


def _events(knowledge: KnowledgeBase, film: Film) -> _DatedEvents:
    """The events of a film and its stunts whose year is known, in the order of time."""
    dated = (
        (parse_edtf(statement.value.when), statement)
        for record in (film, *knowledge.stunts_of(film.id))
        for statement in knowledge.statements[record.id]
        if isinstance(statement.value, Event)
    )
    return sorted((each for each in dated if each[0].year), key=lambda each: each[0].sort_key)


def _film(knowledge: KnowledgeBase, film: Film, events: _DatedEvents, axis: _YearAxis) -> TimelineFilm:
    stunts = knowledge.stunts_of(film.id)
    drawn = events[:EVENTS_DRAWN]
    return TimelineFilm(
        film=film,
        year=next(of_kind(knowledge.statements[film.id], "year"), None),
        period=axis.period(film.year.value, film.year.value + 1) if film.year else None,
        stunts=tuple(_stunt(knowledge, stunt) for stunt in stunts[:STUNTS_PER_FILM]),
        more_stunts=len(stunts[STUNTS_PER_FILM:]),
        events=tuple(TimelineEvent(statement, axis.period(*_years(dated))) for dated, statement in drawn),
        more_events=len(events[EVENTS_DRAWN:]),
    )


def _stunt(knowledge: KnowledgeBase, stunt: Stunt) -> TimelineStunt:
    injuries = tuple(of_kind(knowledge.statements[stunt.id], "injury"))
    return TimelineStunt(stunt, injuries[:INJURIES_DRAWN], len(injuries[INJURIES_DRAWN:]))


def _years(dated: EdtfDate) -> tuple[float, float]:
    """Beginning and end of a date whose year is known, in years: 2018-07 is 2018.496 to 2018.581."""
    year = dated.year
    assert year is not None
    if dated.month is None:
        return year, year + 1
    before = date(year, dated.month, dated.day or 1).timetuple().tm_yday - 1
    length = 1 if dated.day else monthrange(year, dated.month)[1]
    return year + before / (365 + isleap(year)), year + (before + length) / (365 + isleap(year))
