"""Films in the order of their years, true to scale, with their stunts, injuries and dated events."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.figures.scales import Tick, round_step
from stuntbook.records.dates import EdtfDate, parse_edtf
from stuntbook.records.model import Event, Film, Stunt

FILMS_DRAWN = 20
STUNTS_PER_FILM = 4
INJURIES_DRAWN = 4
EVENTS_DRAWN = 4


@dataclass(frozen=True, slots=True)
class Period:
    """What is known of a date, as a stretch of the axis: a year, a month or a day."""

    start: float
    """The share of the axis's length, 0 to 1, as `end`."""
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """Something dated, of a film or of one of its stunts."""

    statement: Statement
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStunt:
    """A stunt with the injuries that are known of it. None of them has a date of its own."""

    stunt: Stunt
    injuries: tuple[Statement, ...]
    more_injuries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFilm:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class YearColumn:
    """How many films there are of a year, whether drawn or not."""

    period: Period
    films: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A common axis and a row for each film."""

    first: int | None
    """The first year that is shown; None where no year is known."""
    last: int | None
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


@dataclass(frozen=True, slots=True)
class _YearAxis:
    """Years from the beginning of one to the beginning of another."""

    start: int
    stop: int
    step: int

    def period(self, start: float, end: float) -> Period:
        length = self.stop - self.start
        return Period((start - self.start) / length, (end - self.start) / length)

    def ticks(self) -> Iterator[Tick]:
        for year in range(self.start, self.stop + 1, self.step):
            yield Tick((year - self.start) / (self.stop - self.start), str(year))


def timeline(knowledge: KnowledgeBase) -> Timeline | None:
    """The films of a knowledge base; None where it has none."""
    if not knowledge.films:
        return None
    stunts = _stunts_by_film(knowledge)
    most_told = frozenset(sorted(knowledge.films, key=lambda film: -len(stunts[film]))[:FILMS_DRAWN])
    chosen = [film for id_, film in knowledge.films.items() if id_ in most_told]
    events = {film.id: list(_events(knowledge, film, stunts[film.id])) for film in chosen}
    per_year = Counter(film.year.value for film in knowledge.films.values() if film.year)
    years = [*per_year, *(dated.year for dates in events.values() for dated, _ in dates if dated.year)]
    axis = _axis(years) if years else _YearAxis(0, 1, 1)
    return Timeline(
        first=min(years, default=None),
        last=max(years, default=None),
        ticks=tuple(axis.ticks()) if years else (),
        columns=tuple(
            YearColumn(period=axis.period(year, year + 1), films=per_year[year]) for year in sorted(per_year)
        ),
        most=max(per_year.values(), default=0),
        films=tuple(_film(knowledge, film, stunts[film.id], events[film.id], axis) for film in chosen),
        total=len(knowledge.films),
    )


def _stunts_by_film(knowledge: KnowledgeBase) -> Mapping[str, list[Stunt]]:
    stunts: dict[str, list[Stunt]] = defaultdict(list)
    for stunt in knowledge.stunts.values():
        stunts[stunt.film.id].append(stunt)
    return stunts


def _events(knowledge: KnowledgeBase, film: Film, stunts: Iterable[Stunt]) -> Iterator[tuple[EdtfDate, Statement]]:
    """The events of a film and its stunts whose year is known, in the order of time."""
    dated = (
        (parse_edtf(statement.value.when), statement)
        for record in (film, *stunts)
        for statement in knowledge.statements[record.id]
        if isinstance(statement.value, Event)
    )
    yield from sorted((each for each in dated if each[0].year), key=lambda each: each[0].sort_key)


def _axis(years: Iterable[int]) -> _YearAxis:
    first, last = min(years), max(years) + 1
    step = max(1, int(round_step(last - first, 6)))
    return _YearAxis(math.floor(first / step) * step, math.ceil(last / step) * step, step)


def _film(
    knowledge: KnowledgeBase,
    film: Film,
    stunts: list[Stunt],
    events: list[tuple[EdtfDate, Statement]],
    axis: _YearAxis,
) -> TimelineFilm:
    return TimelineFilm(
        film=film,
        year=next((each for each in knowledge.statements[film.id] if each.kind == "year"), None),
        period=axis.period(film.year.value, film.year.value + 1) if film.year else None,
        stunts=tuple(_stunt(knowledge, stunt) for stunt in stunts[:STUNTS_PER_FILM]),
        more_stunts=max(0, len(stunts) - STUNTS_PER_FILM),
        events=tuple(
            TimelineEvent(statement=statement, period=axis.period(*_years(dated)))
            for dated, statement in events[:EVENTS_DRAWN]
        ),
        more_events=max(0, len(events) - EVENTS_DRAWN),
    )


def _stunt(knowledge: KnowledgeBase, stunt: Stunt) -> TimelineStunt:
    injuries = [each for each in knowledge.statements[stunt.id] if each.kind == "injury"]
    return TimelineStunt(
        stunt=stunt,
        injuries=tuple(injuries[:INJURIES_DRAWN]),
        more_injuries=max(0, len(injuries) - INJURIES_DRAWN),
    )


def _years(dated: EdtfDate) -> tuple[float, float]:
    """Beginning and end of a date whose year is known, in years: 2018-07 is 2018.496 to 2018.581."""
    assert dated.year is not None
    if dated.month is None:
        return dated.year, dated.year + 1
    first = _year_fraction(dated.year, dated.month, dated.day or 1)
    if dated.day:
        return first, first + 1 / _days(dated.year)
    return first, _year_fraction(dated.year, dated.month + 1, 1) if dated.month < 12 else dated.year + 1


def _year_fraction(year: int, month: int, day: int) -> float:
    return year + (date(year, month, day).timetuple().tm_yday - 1) / _days(year)


def _days(year: int) -> int:
    return date(year, 12, 31).timetuple().tm_yday
