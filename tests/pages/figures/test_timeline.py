"""The timeline: where films, events and stunts stand, and what is left out and counted."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.figures.timeline import EVENTS_DRAWN, FILMS_DRAWN, STUNTS_PER_FILM, Timeline, TimelineFilm
from stuntbook.pages.figures.timeline import timeline as timeline_of
from tests.pages.figures.books import book


def timeline(knowledge: KnowledgeBase) -> Timeline:
    found = timeline_of(knowledge)
    assert found
    return found


def row(found: Timeline, film: str) -> TimelineFilm:
    (only,) = (each for each in found.films if each.film.id == film)
    return only


def test_a_film_takes_its_year_true_to_scale(tmp_path: Path) -> None:
    found = timeline(book(tmp_path, films={"b": {"year": 2019}, "a": {"year": 2001}, "c": {"year": 2010}}))
    assert [each.film.id for each in found.films] == ["a", "c", "b"]
    assert [tick.label for tick in found.ticks] == ["2000", "2005", "2010", "2015", "2020"]
    for film, year in (("a", 2001), ("c", 2010), ("b", 2019)):
        period = row(found, film).period
        assert period
        assert (period.start * 20 + 2000, period.end * 20 + 2000) == pytest.approx((year, year + 1))


def event(when: str) -> Mapping[str, str]:
    return {"kind": "shooting", "when": when, "text": "It happened."}


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("2001", 2001, 2002),
        ("2001-XX", 2001, 2002),
        ("2001?", 2001, 2002),
        ("2001-01", 2001, 2001 + 31 / 365),
        ("2001-12", 2001 + 334 / 365, 2002),
        ("2000-03", 2000 + 60 / 366, 2000 + 91 / 366),
        ("2001-12-31", 2001 + 364 / 365, 2002),
    ],
)
def test_an_event_is_as_long_as_what_is_known_of_its_date(when: str, start: float, end: float, tmp_path: Path) -> None:
    found = timeline(book(tmp_path, films={"a": {"year": 2003, "events": [event(when)]}, "z": {"year": 1999}}))
    (drawn,) = row(found, "a").events
    first, last = int(found.ticks[0].label), int(found.ticks[-1].label)
    shown = [first + share * (last - first) for share in (drawn.period.start, drawn.period.end)]
    assert shown == pytest.approx([start, end])


def test_events_without_a_year_are_left_out_and_the_others_in_order(tmp_path: Path) -> None:
    events = [event("2005-02"), event("XXXX-07-27"), event("200X"), event("2004")]
    stunt = {"film": "a", "events": [event("2004-06")]}
    found = timeline(book(tmp_path, films={"a": {"year": 2005, "events": events}}, stunts={"jump": stunt}))
    # What is less precise comes behind, as in the rest of the site.
    shown = [each.statement.text.partition(":")[0] for each in row(found, "a").events]
    assert shown == ["June 2004", "2004", "February 2005"]
    assert [tick.label for tick in found.ticks] == ["2004", "2005", "2006"]  # events stretch the axis


def test_stunts_and_injuries_stand_with_their_film(tmp_path: Path) -> None:
    hurt = {"film": "b", "injuries": [{"person": "p0", "body_part": "knee", "text": "She hurt it."}]}
    films = {"a": {"year": 2000}, "b": {"year": 2001}}
    found = timeline(book(tmp_path, films=films, stunts={"fall": hurt, "walk": {"film": "b"}}))
    assert row(found, "a").stunts == ()
    assert [(each.stunt.id, len(each.injuries)) for each in row(found, "b").stunts] == [("fall", 1), ("walk", 0)]


def test_a_timeline_is_capped_to_the_films_with_most_stunts(tmp_path: Path) -> None:
    films = {f"f{number}": {"year": 1950 + number // 2} for number in range(FILMS_DRAWN + 10)}
    stunts = {f"s{number}": {"film": f"f{number + 10}"} for number in range(FILMS_DRAWN)}
    found = timeline(book(tmp_path, films=films, stunts=stunts))
    assert [each.film.id for each in found.films] == [f"f{number + 10}" for number in range(FILMS_DRAWN)]
    assert found.total == FILMS_DRAWN + 10
    assert sum(column.films for column in found.columns) == found.total
    assert found.most == 2


def test_a_film_is_capped_and_counts_the_rest(tmp_path: Path) -> None:
    films = {"a": {"events": [event(f"20{number:02}") for number in range(9)]}}
    found = timeline(book(tmp_path, films=films, stunts={f"s{number}": {} for number in range(30)}))
    (film,) = found.films
    assert (len(film.stunts), film.more_stunts) == (STUNTS_PER_FILM, 30 - STUNTS_PER_FILM)
    assert (len(film.events), film.more_events) == (EVENTS_DRAWN, 9 - EVENTS_DRAWN)
