"""The figures' layout: what stands where, in which order, and what is left out and counted."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.figures.body_map import BodyMap, body_map
from stuntbook.pages.figures.collaboration import PAIRS_DRAWN, PAIRS_LISTED, PEOPLE_DRAWN, THICKEST, Collaboration
from stuntbook.pages.figures.collaboration import collaboration as collaboration_of
from stuntbook.pages.figures.comparisons import (
    OTHERS_DRAWN,
    STUNTS_DRAWN,
    STUNTS_LISTED,
    Comparison,
    Superlative,
    comparisons,
    single_measures,
    stated_measures,
    superlatives,
)
from stuntbook.pages.figures.scales import Amount, magnitude, openness, scale_for
from stuntbook.pages.figures.stunt import POINTS_DRAWN, StuntFigure, stunt_figure
from stuntbook.pages.figures.timeline import EVENTS_DRAWN, FILMS_DRAWN, STUNTS_PER_FILM, Timeline, TimelineFilm
from stuntbook.pages.figures.timeline import timeline as timeline_of
from stuntbook.records.quantities import Quantity, units_of
from stuntbook.records.stated import Altitude, BodyPart, Measure
from tests.support import book_of

Records = Mapping[str, Mapping[str, Any]]


def book(
    folder: Path, *, films: Records | None = None, stunts: Records | None = None, people: int = 3
) -> KnowledgeBase:
    """A knowledge base of the given records; what they leave out is filled in. People are `p0`, `p1`, …"""
    films = films if films is not None else {"film": {}}
    knowledge = {
        "films": {id_: {"title": id_.title(), **film} for id_, film in films.items()},
        "people": {f"p{number}": {"name": f"Person {number:04}"} for number in range(people)},
        "stunts": {
            id_: {"title": id_.title(), "film": next(iter(films), ""), **stunt} for id_, stunt in (stunts or {}).items()
        },
    }
    return book_of(folder, **knowledge)


def measured(*measures: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"measures": list(measures)}


def high(value: float, unit: str = "ft", qualifier: str = "") -> Mapping[str, Any]:
    return {"quantity": "altitude", "value": value, "unit": unit} | ({"qualifier": qualifier} if qualifier else {})


def feet(value: float) -> Measure:
    return Measure(quantity="altitude", value=value, unit="ft")


# --- Scales


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (feet(25_000), 7_620),
        (Altitude(value=100, unit="ft"), 30.48),
        (Measure(quantity="distance", value=1, unit="mi"), 1_609.344),
        (Measure(quantity="distance", value=2, unit="km"), 2_000),
        (Measure(quantity="speed", value=100, unit="mph"), 160.9344),
        (Measure(quantity="speed", value=10, unit="kn"), 18.52),
        (Measure(quantity="weight", value=1, unit="lb"), 0.45359237),
        (Measure(quantity="light", value=3, unit="min"), 180),
        (Measure(quantity="duration", value=1, unit="week"), 604_800),
        (Measure(quantity="training time", value=12, unit="month"), 31_556_952),
        (Measure(quantity="training time", value=1, unit="year"), 31_556_952),
        (Measure(quantity="takes", value=64), 64),
        (Measure(quantity="chances", value=2, unit="per day"), 2),
    ],
)
def test_amounts_of_all_units_compare(amount: Amount, expected: float) -> None:
    assert magnitude(amount) == pytest.approx(expected, rel=1e-8)


def test_every_unit_has_a_place_on_a_scale() -> None:
    for quantity in get_args(Quantity):
        for unit in units_of(quantity):
            assert magnitude(Measure(quantity=quantity, value=1, unit=unit)) > 0


def test_a_scale_begins_at_zero_and_is_linear() -> None:
    scale = scale_for([feet(25_000), feet(5_000)])
    assert scale.ticks[0].at == 0
    assert scale.at(feet(0)) == 0
    assert scale.at(feet(25_000)) == pytest.approx(5 * scale.at(feet(5_000)))
    assert [tick.at * scale.top for tick in scale.ticks] == pytest.approx([0, 10_000, 20_000, 30_000])
    assert [tick.label for tick in scale.ticks] == ["0", "10,000", "20,000", "30,000 ft"]


@pytest.mark.parametrize(
    ("largest", "labels"),
    [
        (1, ["0", "0.5", "1", "1.5 m"]),
        (64, ["0", "20", "40", "60", "80 m"]),
        (100, ["0", "50", "100", "150 m"]),
        (0.3, ["0", "0.1", "0.2", "0.3", "0.4 m"]),
        (0, ["0", "1 m"]),
        (12_345_678, ["0", "5,000,000", "", "15,000,000 m"]),
        (123_456_789_012, ["0", "", "", "150,000,000,000 m"]),
    ],
)
def test_ticks_are_round_and_their_labels_do_not_touch(largest: float, labels: list[str]) -> None:
    scale = scale_for([Measure(quantity="depth", value=largest, unit="m")])
    assert [tick.label for tick in scale.ticks] == labels
    assert scale.at(Measure(quantity="depth", value=largest, unit="m")) < 1


def test_no_tick_lies_between_whole_counts_and_times() -> None:
    assert [tick.label for tick in scale_for([Measure(quantity="takes", value=1)]).ticks] == ["0", "1", "2"]
    year = Measure(quantity="training time", value=1, unit="year")
    assert [tick.label for tick in scale_for([year]).ticks] == ["0", "1", "2 years"]


def test_a_scale_has_the_unit_of_most_amounts() -> None:
    scale = scale_for([feet(100), Altitude(value=1_000, unit="m"), Altitude(value=20, unit="m")])
    assert (scale.unit, scale.top) == ("m", 1_500)
    assert scale.at(feet(100)) == pytest.approx(30.48 / 1_500)


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        ("more than", "above"),
        ("at least", "above"),
        ("less than", "below"),
        ("at most", "below"),
        ("about", "about"),
        (None, ""),
    ],
)
def test_limits(qualifier: Any, expected: str) -> None:
    assert openness(Measure(quantity="takes", value=3, qualifier=qualifier)) == expected


# --- Comparisons


def compared(knowledge: KnowledgeBase, quantity: str = "altitude") -> Comparison:
    (comparison,) = (each for each in comparisons(knowledge) if each.quantity == quantity)
    return comparison


def test_stunts_stand_by_size_in_whatever_unit(tmp_path: Path) -> None:
    stunts = {"low": measured(high(100)), "top": measured(high(1_000, "m")), "mid": measured(high(3_000))}
    comparison = compared(book(tmp_path, stunts=stunts))
    assert [row.stunt.id for row in comparison.drawn] == ["top", "mid", "low"]
    shares = [row.marks[0].at * comparison.scale.top for row in comparison.drawn]
    assert shares == pytest.approx([1_000 / 0.3048, 3_000, 100], rel=1e-6)


def test_all_numbers_of_a_stunt_are_shown(tmp_path: Path) -> None:
    stunts = {"odd": measured(high(100), high(30, "m", "about")), "even": measured(high(99))}
    comparison = compared(book(tmp_path, stunts=stunts))
    assert [[mark.limit for mark in row.marks] for row in comparison.drawn] == [["", "about"], [""]]
    assert comparison.limits == {"", "about"}


def test_counts_and_counts_per_day_do_not_compare(tmp_path: Path) -> None:
    chances = {"quantity": "chances", "value": 5}
    stunts = {"one": measured(chances), "two": measured({**chances, "unit": "per day"})}
    knowledge = book(tmp_path, stunts=stunts)
    assert comparisons(knowledge) == ()
    assert [each.text for each in single_measures(knowledge)] == ["Chances: 5", "Chances: 5 per day"]


def test_quantities_of_most_stunts_come_first(tmp_path: Path) -> None:
    depth = {"quantity": "depth", "value": 5, "unit": "m"}
    speed = {"quantity": "speed", "value": 5, "unit": "mph"}
    stunts = {"one": measured(high(1), depth, speed), "two": measured(speed, depth), "three": measured(speed)}
    knowledge = book(tmp_path, stunts=stunts)
    assert [each.quantity for each in comparisons(knowledge)] == ["speed", "depth"]
    assert [each.text for each in single_measures(knowledge)] == ["Altitude: 1 ft"]  # with which nothing compares


def test_a_comparison_is_capped_and_counts_the_rest(tmp_path: Path) -> None:
    comparison = compared(book(tmp_path, stunts={f"s{value}": measured(high(value)) for value in range(1, 121)}))
    assert (len(comparison.drawn), len(comparison.listed), comparison.stunts) == (STUNTS_DRAWN, STUNTS_LISTED, 120)
    assert comparison.drawn[0].stunt.id == "s120"
    assert comparison.listed[-1].stunt.id == "s61"


# --- Records


def record(knowledge: KnowledgeBase, label: str) -> Superlative:
    (found,) = (each for each in superlatives(knowledge) if each.label == label)
    return found


def holders(found: Superlative) -> list[str]:
    return [statement.record for statement in found.holders]


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ([high(3_000), high(1_000, "m")], ["s1"]),  # in whatever unit
        ([high(9), high(50), high(50)], ["s1", "s2"]),
        ([high(50), high(50, qualifier="more than")], ["s1"]),
        ([high(50), high(900, qualifier="at most")], ["s0"]),  # an upper limit proves no record
        ([high(50), high(900, qualifier="less than")], ["s0"]),
    ],
)
def test_the_largest_holds_the_record_and_equals_share_it(
    measures: list[Mapping[str, Any]], expected: list[str], tmp_path: Path
) -> None:
    stunts = {f"s{number}": measured(each) for number, each in enumerate(measures)}
    highest = record(book(tmp_path, stunts=stunts), "Highest")
    assert (holders(highest), highest.stunts) == (expected, len(stunts))


def test_what_is_scarce_is_remarkable_where_it_is_least(tmp_path: Path) -> None:
    light = {"quantity": "light", "value": 3, "unit": "min"}
    stunts = {"a": measured(light), "b": measured({**light, "value": 120, "unit": "s"})}
    assert holders(record(book(tmp_path, stunts=stunts), "Shortest light")) == ["b"]


def test_every_quantity_has_a_record(tmp_path: Path) -> None:
    units = {quantity: min(units_of(quantity), key=str) for quantity in get_args(Quantity)}
    measures = [{"quantity": each, "value": 5} | ({"unit": unit} if unit else {}) for each, unit in units.items()]
    assert superlatives(book(tmp_path / "alone", stunts={"a": measured(*measures)})) == ()  # nobody to compete with
    found = superlatives(book(tmp_path, stunts=dict.fromkeys("ab", measured(*measures))))
    assert sorted(each.quantity for each in found) == sorted(units)
    assert len({each.label for each in found}) == len(units)


# --- Timeline


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


# --- Collaboration


def cast(*people: str) -> Mapping[str, Any]:
    return {"credits": [{"person": person, "role": "cast"} for person in people]}


def collaboration(knowledge: KnowledgeBase) -> Collaboration:
    found = collaboration_of(knowledge)
    assert found
    return found


def pairs(found: Collaboration) -> dict[tuple[str, str], tuple[int, int]]:
    return {
        (found.people[pair.upper].person.id, found.people[pair.lower].person.id): (pair.films, pair.stunts)
        for pair in found.pairs
    }


def test_people_are_joined_by_films_and_stunts(tmp_path: Path) -> None:
    films = {"a": cast("p0", "p1"), "b": cast("p0")}
    # Who is credited on a stunt worked on its film.
    stunts = {"jump": {"film": "a", "performers": ["p0"], **cast("p1")}, "fall": {"film": "b", "performers": ["p2"]}}
    found = collaboration(book(tmp_path, films=films, stunts=stunts))
    assert pairs(found) == {("p0", "p1"): (1, 1), ("p0", "p2"): (1, 0)}
    assert [(each.person.id, each.films, each.stunts) for each in found.people] == [
        ("p0", 2, 1),
        ("p1", 1, 1),
        ("p2", 1, 1),
    ]


def test_several_roles_are_one_connection(tmp_path: Path) -> None:
    film = {"credits": [{"person": person, "role": role} for person in ("p0", "p1") for role in ("cast", "producer")]}
    assert pairs(collaboration(book(tmp_path, films={"a": film}))) == {("p0", "p1"): (1, 0)}


def test_the_best_connected_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    crowd = [f"p{number}" for number in range(40)]
    films = {"crowd": cast(*crowd), "more": cast("p39", "p38"), "two": cast("p40", "p41")}
    found = collaboration(book(tmp_path, films=films, people=42))
    assert len(found.people) == PEOPLE_DRAWN
    assert [each.person.id for each in found.people[:2]] == ["p38", "p39"]
    assert found.connected == 42
    assert len(found.pairs) == PEOPLE_DRAWN * (PEOPLE_DRAWN - 1) // 2
    assert (len(found.drawn), len(found.listed)) == (PAIRS_DRAWN, PAIRS_LISTED)


def test_a_crowd_costs_no_square(tmp_path: Path) -> None:
    people = 3_000
    knowledge = book(tmp_path, films={"a": cast(*(f"p{number}" for number in range(people)))}, people=people)
    assert collaboration(knowledge).connected == people


def test_equals_stay_together(tmp_path: Path) -> None:
    films = {f"f{number}": cast(*(f"p{each}" for each in range(number, 120, 10))) for number in range(10)}
    found = collaboration(book(tmp_path, films=films, people=120))
    assert len(found.people) == PEOPLE_DRAWN
    assert len(found.pairs) == 2 * 12 * 11 / 2


def test_arcs_are_as_thick_as_what_is_shared(tmp_path: Path) -> None:
    films = {f"f{number}": cast("p0", "p1") for number in range(8)} | {"x": cast("p0", "p2"), "y": cast("p0", "p2")}
    found = collaboration(book(tmp_path, films=films))
    assert [pair.weight for pair in found.pairs] == [8, 2]
    assert found.thickness(8) == THICKEST
    assert found.thickness(2) == THICKEST / 4
    few = collaboration(book(tmp_path / "few", films={"a": cast("p0", "p1")}))
    assert few.thickness(1) == 1


def test_the_farther_apart_the_wider_the_arc(tmp_path: Path) -> None:
    found = collaboration(book(tmp_path, films={"a": cast("p0", "p1", "p2")}))
    reach = {pair.lower - pair.upper: found.reach(pair) for pair in found.pairs}
    assert 0 < reach[1] < reach[2] == 1
    assert len(found.drawn_of(0)) == 2


# --- Body map

PARTS: tuple[BodyPart, ...] = get_args(BodyPart)


def hurt(folder: Path, *parts: str) -> BodyMap:
    injuries = [{"person": "p0", "body_part": part, "text": f"Hurt {i}."} for i, part in enumerate(parts)]
    knowledge = book(folder, stunts={"a": {"injuries": injuries}})
    found = body_map([statement for statement in knowledge.all_statements() if statement.kind == "injury"])
    assert found
    return found


def test_parts_stand_from_head_to_foot_with_their_injuries(tmp_path: Path) -> None:
    found = hurt(tmp_path, "ankle", "head", "ankle")
    assert [(part.name, len(part.injuries)) for part in found.parts] == [("head", 1), ("ankle", 2)]
    assert found.total == 3


def test_parts_that_come_in_pairs_are_marked_on_both_sides(tmp_path: Path) -> None:
    found = hurt(tmp_path, *PARTS)
    single = {part.name for part in found.parts if not part.offset}
    assert single == {"head", "face", "neck", "chest", "back"}
    assert [part.name for part in found.parts if part.is_behind] == ["back"]
    assert {part.name for part in found.parts} == set(PARTS)


# --- One stunt


def figure(folder: Path, stunt: Mapping[str, Any]) -> StuntFigure:
    knowledge = book(folder, stunts={"jump": stunt})
    found = stunt_figure(knowledge, knowledge.stunts["jump"], stated_measures(knowledge))
    assert found
    return found


def step(text: str, value: float | None = None, unit: str = "ft") -> Mapping[str, Any]:
    return {"text": text} | ({"altitude": {"value": value, "unit": unit}} if value is not None else {})


def told(*sentences: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"story": {"performance": list(sentences)}}


def test_where_there_is_nothing_to_draw_there_is_no_figure(tmp_path: Path) -> None:
    films = {"a": cast("p0"), "b": cast("p1")}
    knowledge = book(tmp_path, films=films, stunts={"jump": told(step("It was high."))})
    assert (comparisons(knowledge), superlatives(knowledge)) == ((), ())
    assert collaboration_of(knowledge) is None
    assert body_map([]) is None
    assert stunt_figure(knowledge, knowledge.stunts["jump"], {}) is None
    assert timeline_of(book(tmp_path, films={})) is None


def test_steps_stand_at_their_height_above_the_ground(tmp_path: Path) -> None:
    steps = [step("Up.", 3_000), step("Somewhere."), step("Lower.", 300, "m"), step("Down.", 0)]
    found = figure(tmp_path, told(*steps))
    assert found.heights
    scale = found.heights.scale
    assert [each.statement.text for each in found.steps] == ["Up.", "Lower.", "Down."]
    assert [point.number for point in found.heights.points] == [1, 2, 3]
    assert [point.at * scale.top for point in found.heights.points] == pytest.approx([3_000, 300 / 0.3048, 0])
    assert [point.x for point in found.heights.points] == sorted(point.x for point in found.heights.points)


def test_an_altitude_that_a_step_has_is_not_drawn_twice(tmp_path: Path) -> None:
    steps = told(step("Up.", 3_000), step("Down.", 0))
    same = figure(tmp_path / "same", {**steps, **measured(high(3_000))}).heights
    other = figure(tmp_path / "other", {**steps, **measured(high(2_000))}).heights
    assert same
    assert other
    assert same.levels == ()
    assert [level.at * other.scale.top for level in other.levels] == pytest.approx([2_000])
    assert [point.number for point in other.points] == [1, 2, None]


def test_one_height_makes_no_course(tmp_path: Path) -> None:
    alone = book(tmp_path, stunts={"jump": {**told(step("Up.", 3_000)), **measured(high(3_000))}})
    assert stunt_figure(alone, alone.stunts["jump"], stated_measures(alone)) is None


def test_the_course_goes_from_part_to_part_of_the_story(tmp_path: Path) -> None:
    parts = {"aftermath": [step("Down.", 0)], "performance": [step("Up.", 3_000)]}
    assert [each.statement.text for each in figure(tmp_path, {"story": parts}).steps] == ["Up.", "Down."]


def test_many_heights_are_capped_and_all_steps_listed(tmp_path: Path) -> None:
    found = figure(tmp_path, told(*(step(f"Step {number}.", number) for number in range(30))))
    assert found.heights
    assert (len(found.heights.points), found.heights.more) == (POINTS_DRAWN, 30 - POINTS_DRAWN)
    assert len(found.steps) == 30


def of_stunt(knowledge: KnowledgeBase, stunt: str) -> StuntFigure:
    found = stunt_figure(knowledge, knowledge.stunts[stunt], stated_measures(knowledge))
    assert found
    return found


def test_a_number_of_a_stunt_stands_among_those_that_come_nearest(tmp_path: Path) -> None:
    knowledge = book(tmp_path, stunts={f"s{value}": measured(high(value)) for value in range(1, 31)})

    def nearest(stunt: str) -> list[str]:
        (comparison,) = of_stunt(knowledge, stunt).comparisons
        assert comparison.stunts == 30
        return [row.stunt.id for row in comparison.drawn]

    assert nearest("s20") == [f"s{value}" for value in range(23, 16, -1)]
    assert nearest("s30") == [f"s{value}" for value in range(30, 23, -1)]
    assert nearest("s1") == [f"s{value}" for value in range(7, 0, -1)]
    assert len(nearest("s5")) == OTHERS_DRAWN + 1


def test_a_number_that_no_other_stunt_has_is_not_drawn(tmp_path: Path) -> None:
    takes = {"quantity": "takes", "value": 64}
    knowledge = book(tmp_path, stunts={"one": measured(takes, high(5)), "two": measured(high(6)), "none": {}})
    assert [each.quantity for each in of_stunt(knowledge, "one").comparisons] == ["altitude"]
    assert stunt_figure(knowledge, knowledge.stunts["none"], stated_measures(knowledge)) is None
