"""The listings of films, stunts and people."""

from pathlib import Path
from typing import cast

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.indexes.facets import FacetKind, facet_address
from stuntbook.pages.indexes.records import FIGURES_SHOWN, STUNTS_SHOWN, film_listing, stunt_listing
from stuntbook.pages.indexes.statements import (
    place_listing,
)
from stuntbook.records.stated import Facet
from tests.pages.indexes.lists import FILMS, PEOPLE, book_of, choices, entries, listing_of_people, rows


def _stunts(*measures: str) -> dict[str, str]:
    return {
        f"stunt-{index}": f"{{title: S{index}, film: new, measures: [{each}]}}" for index, each in enumerate(measures)
    }


def _measure(quantity: str, value: str, unit: str = "") -> str:
    return f"{{quantity: {quantity}, value: {value}{f', unit: {unit}' if unit else ''}}}"


def test_stunts_are_ordered_by_quantities_that_two_of_them_have_in_any_unit(tmp_path: Path) -> None:
    feet, metres, none = _measure("height", "1000", "ft"), _measure("height", "400", "m"), _measure("takes", "7")
    both = ", ".join((_measure("height", "3", "m"), _measure("height", "0.2", "mi")))
    listing = stunt_listing(book_of(tmp_path, films=FILMS, stunts=_stunts(none, feet, metres, both)))
    assert [order.key for order in listing.orders] == ["", "newest", "title", "height", "statements"]
    # 400 m, then 0.2 mi (322 m), then 1,000 ft (305 m), then the stunt of which no height is known.
    assert [row.stunt.id for row in rows(listing, "height")] == ["stunt-2", "stunt-3", "stunt-1", "stunt-0"]


def test_an_entry_shows_a_few_figures_and_first_those_that_order_the_listing(tmp_path: Path) -> None:
    many = ", ".join(_measure(each, "3") for each in ("takes", "jumps", "cameras", "chances"))
    long = f"{many}, {_measure('height', '9', 'm')}, {_measure('depth', '9', 'm')}"
    listing = stunt_listing(book_of(tmp_path, films=FILMS, stunts=_stunts(long, _measure("height", "8", "m"))))
    row = rows(listing)[0]
    assert [measure.value.quantity for measure in row.figures] == ["height", "takes", "jumps", "cameras"]
    assert len(row.figures) == FIGURES_SHOWN
    assert row.more_figures == 2


def test_stunts_are_narrowed_by_film_performer_technique_injury_and_disagreement(tmp_path: Path) -> None:
    stunts = {
        "a": "{title: A, film: new, performers: [ann, bob], techniques: [{name: free fall}, {name: Free Fall}]}",
        "b": "{title: B, film: old, performers: [bob], injuries: [{person: bob, body_part: hand, text: It broke.}]}",
        "c": "{title: C, film: undated}",
    }
    listing = stunt_listing(book_of(tmp_path, films=FILMS, people=PEOPLE, stunts=stunts))
    assert choices(listing, "film") == [("old", "Old", 1), ("new", "New", 1), ("undated", "Ärger", 1)]
    assert choices(listing, "performer") == [("bob", "Bob Nail", 2), ("ann", "Ann Öberg", 1)]
    assert choices(listing, "technique") == [("free-fall", "Free fall", 1)]
    assert choices(listing, "injury") == [("yes", "Injury", 1)]
    assert "differ" not in {each.key for each in listing.filters}  # no sources do
    assert [row.stunt.id for row in rows(listing)] == ["b", "a", "c"]
    assert [row.stunt.id for row in rows(listing, "newest")] == ["a", "b", "c"]


def test_stunts_are_narrowed_by_place_and_equipment_and_films_by_year(tmp_path: Path) -> None:
    stunts = {
        "a": "{title: A, film: new, places: [{name: Old Quay}], equipment: [{name: air bag}, {name: Rope}]}",
        "b": "{title: B, film: old, places: [{name: Old quay}], equipment: [{name: rope}]}",
    }
    book = book_of(tmp_path, films=FILMS, people=PEOPLE, stunts=stunts)
    assert choices(stunt_listing(book), "place") == [("old-quay", "Old quay", 2)]
    assert choices(stunt_listing(book), "equipment") == [("air-bag", "Air bag", 1), ("rope", "Rope", 2)]
    assert choices(film_listing(book), "year") == [
        ("1950", "1950 (not in the sources)", 1),
        ("2000", "2000 (not in the sources)", 1),
    ]


def test_a_facet_leads_to_a_choice_or_a_group(book: KnowledgeBase) -> None:
    groups = {group.id for group in place_listing(book).groups}
    listing = stunt_listing(book)
    for statement in book.all_statements():
        if isinstance(statement.value, Facet):
            page, _, query = facet_address(cast(FacetKind, statement.kind), statement.value.name).partition("?")
            page, _, anchor = page.partition("#")
            values = {f"{statement.kind}={value}" for value, *_ in choices(listing, statement.kind)}
            assert anchor in groups if page == "places/" else query in values


def test_places_stand_from_a_to_z_each_once_with_its_stunts(tmp_path: Path) -> None:
    stunts = {
        "a": "{title: A, film: new, places: [{name: Old-Quay}, {name: Éze}]}",
        "b": "{title: B, film: old, places: [{name: old quay}, {name: Old Quay North}]}",
    }
    listing = place_listing(book_of(tmp_path, films=FILMS, stunts=stunts))
    assert [(group.id, group.label, group.size) for group in listing.groups] == [
        ("place-eze", "Éze", 1),
        ("place-old-quay", "Old quay", 2),
        ("place-old-quay-north", "Old Quay North", 1),
    ]
    assert listing.count == "3 places"


def test_films_are_ordered_by_year_title_and_number_of_stunts(tmp_path: Path) -> None:
    stunts = {f"s-{index}": f"{{title: S, film: {film}}}" for index, film in enumerate(("new", "undated", "new"))}
    listing = film_listing(book_of(tmp_path, films=FILMS, stunts=stunts))
    assert [row.film.id for row in rows(listing)] == ["old", "new", "undated"]
    assert [row.film.id for row in rows(listing, "newest")] == ["new", "old", "undated"]
    assert [row.film.id for row in rows(listing, "title")] == ["undated", "new", "old"]
    assert [row.film.id for row in rows(listing, "stunts")] == ["new", "undated", "old"]
    assert choices(listing, "series") == [("serial", "Serial", 1)]


def test_a_films_people_are_those_of_its_credits_and_its_stunts(tmp_path: Path) -> None:
    films = {**FILMS, "old": "{title: Old, credits: [{person: ann, role: director}]}"}
    stunts = {"a": "{title: A, film: new, performers: [bob], credits: [{person: ann, role: rigger}]}"}
    listing = film_listing(book_of(tmp_path, films=films, people=PEOPLE, stunts=stunts))
    assert choices(listing, "person") == [("bob", "Bob Nail", 1), ("ann", "Ann Öberg", 2)]


def test_a_film_of_many_stunts_names_the_first(tmp_path: Path) -> None:
    stunts = {f"s-{index:02}": f"{{title: S{index:02}, film: new}}" for index in range(STUNTS_SHOWN + 3)}
    row = next(row for row in rows(film_listing(book_of(tmp_path, films=FILMS, stunts=stunts))) if row.film.id == "new")
    assert len(row.stunts) == STUNTS_SHOWN + 3
    assert row.shown == row.stunts[:STUNTS_SHOWN]


def test_people_are_narrowed_by_role_and_film(tmp_path: Path) -> None:
    films = {
        **FILMS,
        "old": "{title: Old, year: 1950, credits: [{person: ann, role: director}, {person: ann, role: cast}]}",
    }
    stunts = {"a": "{title: A, film: new, performers: [bob, ann]}", "b": "{title: B, film: new, performers: [bob]}"}
    listing = listing_of_people(book_of(tmp_path, films=films, people=PEOPLE, stunts=stunts))
    assert choices(listing, "role") == [("cast", "Cast", 1), ("director", "Director", 1), ("performer", "Performer", 2)]
    assert choices(listing, "film") == [("old", "Old", 1), ("new", "New", 2)]
    bob, ann = rows(listing)
    assert (bob.roles, bob.stunts, [film.id for film in bob.films]) == (("performer",), 2, ["new"])
    assert (ann.roles, ann.stunts) == (("cast", "director", "performer"), 1)
    assert [row.person.id for row in rows(listing, "films")] == ["ann", "bob"]


def test_records_are_looked_up_by_all_their_names(valid: KnowledgeBase) -> None:
    names = {entry.row.film.id: entry.names for entry in entries(film_listing(valid))}
    assert "المنارة" in names["lantern-and-tide"]
    assert valid.films["lantern-and-tide"].title in names["lantern-and-tide"]
