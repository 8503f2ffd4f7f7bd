"""Who worked with whom: who is joined, who is shown, and who is only counted."""

from pathlib import Path

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.figures.collaboration import PAIRS_DRAWN, PAIRS_LISTED, PEOPLE_DRAWN, THICKEST, Collaboration
from stuntbook.pages.figures.collaboration import collaboration as collaboration_of
from tests.pages.figures.books import book, cast


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
