"""Any listing of an index page: its entries, groups and orders, what it is narrowed by, the counts, and its pages."""

from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.indexes.listing import (
    NONE,
    PAGE,
    UNGROUPED,
    WHOLE,
    Attribute,
    Listing,
    Order,
    fold_name,
    letter_of,
    listing_of,
    slug,
)
from tests.pages.indexes.lists import LISTINGS, book_of, book_of_dates, entries, listing_of_people, rows


@pytest.fixture(params=LISTINGS)
def listing(request: pytest.FixtureRequest, book: KnowledgeBase) -> Listing[Any]:
    """Each listing of each book."""
    return LISTINGS[request.param](book)


# --- What holds of every listing


def test_every_order_gives_each_entry_a_place_of_its_own(listing: Listing[Any]) -> None:
    found = entries(listing)
    for number, _ in enumerate(listing.orders):
        assert sorted(entry.places[number] for entry in found) == list(range(len(found)))
    assert [entry.places[0] for entry in found] == list(range(len(found)))


def test_the_counts_of_choices_are_those_of_the_entries(listing: Listing[Any]) -> None:
    for each in listing.filters:
        counted = Counter(value for entry in entries(listing) for value in entry.values[each.key])
        assert {choice.value: choice.count for choice in each.choices} == counted
        assert each.choices


def test_a_value_is_one_word(listing: Listing[Any]) -> None:
    """The script splits an entry's values at spaces."""
    values = [value for entry in entries(listing) for values in entry.values.values() for value in values]
    assert [value for value in values if not value or value.split() != [value]] == []


def test_the_groups_of_every_order_stand_in_the_pages_order(listing: Listing[Any]) -> None:
    """The script moves entries from group to group, and never a group."""
    ids = [group.id for group in (*listing.groups, *listing.spare)]
    assert len(set(ids)) == len(ids)
    for number, order in enumerate(listing.orders):
        wanted = [
            f"{order.heading}-{entry.values[order.heading][0]}" if order.heading else UNGROUPED
            for entry in entries(listing, number)
        ]
        runs = [id_ for id_, _ in groupby(wanted)]
        assert runs == [id_ for id_ in ids if id_ in runs]


def test_every_group_has_a_heading_but_that_of_all(listing: Listing[Any]) -> None:
    for group in (*listing.groups, *listing.spare):
        assert bool(group.label) is (group.id != UNGROUPED)
    assert all(group.entries for group in listing.groups)
    assert not any(group.entries for group in listing.spare)


def test_everything_is_listed_once(book: KnowledgeBase) -> None:
    def ids(name: str, attribute: str) -> list[str]:
        return sorted(getattr(row, attribute).id for row in rows(LISTINGS[name](book)))

    assert ids("films", "film") == sorted(book.films)
    assert ids("stunts", "stunt") == sorted(book.stunts)
    assert ids("people", "person") == sorted(book.people)
    assert ids("sources", "article") == sorted(book.sources)
    kinds = {"quotes": ("quote",), "injuries": ("injury", "risk"), "disagreements": ("disagreement",)}
    kinds["places"] = ("place",)
    for name, wanted in kinds.items():
        found = {(row.statement.record, row.statement.anchor) for row in rows(LISTINGS[name](book))}
        assert found == {(each.record, each.anchor) for each in book.all_statements() if each.kind in wanted}


@pytest.mark.parametrize("name", LISTINGS)
def test_a_book_of_nothing_lists_nothing(tmp_path: Path, name: str) -> None:
    listing = LISTINGS[name](book_of_dates(tmp_path, {}))
    assert (listing.groups, listing.filters) == ((), ())
    assert listing.count.startswith("0 ")


# --- Names


@pytest.mark.parametrize(
    ("name", "value", "heading"),
    [
        ("Tom Cruise", "c", "C"),
        ("Ann Öberg", "o", "O"),
        ("Ørsted", "o", "O"),
        ("Łukasz Ławniczak", "l", "L"),
        ("Æsa", "a", "A"),
        ("İpek İlk", "i", "I"),
        ("ｗｉｄｅ", "w", "W"),
        ("Robert 'Bob' 'Quill'", "q", "Q"),
        ("Ada King 2", "a", "A"),
        ("أوديل علي", "arabic", "Arabic"),
        ("Odile علي", "arabic", "Arabic"),
        ("Анна Щука", "cyrillic", "Cyrillic"),
        ("Ἄννα", "greek", "Greek"),
        ("成龍", "cjk", "Chinese"),
        ("ʻOkina", "o", "O"),
        ("50", "other", "#"),
        ("?!", "other", "#"),
    ],
)
def test_the_letter_of_a_name(name: str, value: str, heading: str) -> None:
    assert letter_of(name) == (value, heading)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Free climbing", "free-climbing"),
        ("HALO (High Altitude Low Open) parachuting", "halo-high-altitude-low-open-parachuting"),
        ("Saut à l'élastique", "saut-a-l-elastique"),
        ("under_score", "under-score"),
        ("سقوط حر", "سقوط-حر"),
        ("!!!", NONE),
    ],
)
def test_a_name_as_a_value_of_addresses(text: str, value: str) -> None:
    assert slug(text) == value


def test_names_are_compared_without_case_and_accents() -> None:
    assert fold_name("ÖBERG") == fold_name("oberg") == "oberg"
    assert fold_name("ﬁn Straße") == "fin strasse"


def test_people_stand_from_a_to_z_and_other_scripts_behind(tmp_path: Path) -> None:
    names = ["Zoe Ödman", "Bo Oden", "Ann Zed", "50", "أوديل علي", "Анна Щука", "Cy ödman", "Al Adams"]
    book = book_of(tmp_path, people={f"person-{index}": f'{{name: "{name}"}}' for index, name in enumerate(names)})
    listing = listing_of_people(book)
    assert [(group.id, group.label) for group in listing.groups] == [
        ("letter-a", "A"),
        ("letter-o", "O"),
        ("letter-z", "Z"),
        ("letter-arabic", "Arabic"),
        ("letter-cyrillic", "Cyrillic"),
        ("letter-other", "#"),
    ]
    found = [row.person.name for row in rows(listing)]
    assert found == ["Al Adams", "Bo Oden", "Cy ödman", "Zoe Ödman", "Ann Zed", "أوديل علي", "Анна Щука", "50"]


def test_people_of_one_name_keep_the_order_of_their_identifiers(tmp_path: Path) -> None:
    book = book_of(tmp_path, people=dict.fromkeys(("sam-c", "sam-a", "sam-b"), "{name: Sam Same}"))
    listing = listing_of_people(book)
    for order in listing.orders:
        assert [row.person.id for row in rows(listing, order.key)] == ["sam-a", "sam-b", "sam-c"]


def test_without_accents_people_stand_as_the_site_orders_them(knowledge: KnowledgeBase) -> None:
    assert [row.person.id for row in rows(listing_of_people(knowledge))] == list(knowledge.people)


# --- Any listing


def test_entries_that_tie_stay_in_the_order_in_which_the_page_comes() -> None:
    orders = (Order[str]("", "Letter", lambda row: row), Order[str]("long", "Length", len))
    listing = listing_of(["bb", "c", "aa", "a"], "word", orders=orders)
    assert rows(listing) == ["a", "aa", "bb", "c"]
    assert rows(listing, "long") == ["a", "c", "aa", "bb"]


def test_a_value_that_a_row_names_twice_counts_once() -> None:
    attribute = Attribute[str]("letter", "Letter", "All", lambda row: ((letter, letter.upper()) for letter in row))
    assert [(each.value, each.count) for each in attribute.filter(["aab", "ac"]).choices] == [
        ("a", 2),
        ("b", 1),
        ("c", 1),
    ]


def test_choices_stand_in_the_known_order_then_by_label_and_none_is_last() -> None:
    values = {"x": "Éa", "y": "Ez", "z": "B", NONE: "A"}
    attribute = Attribute[str]("key", "Key", "All", lambda row: ((row, values[row]),), known=("z",))
    assert [each.value for each in attribute.filter(["y", NONE, "x", "z"]).choices] == ["z", "x", "y", NONE]


# --- The real book


def test_what_the_real_pages_are_narrowed_by(knowledge: KnowledgeBase) -> None:
    assert {name: [each.key for each in listing(knowledge).filters] for name, listing in LISTINGS.items()} == {
        "films": ["year", "series", "person"],
        "stunts": ["film", "performer", "place", "technique", "equipment", "injury", "differ"],
        "people": ["role", "film"],
        "quotes": ["speaker", "film", "source"],
        "injuries": ["person", "film", "part"],
        "disagreements": [],
        "places": [],
        "sources": [],
    }


# --- Pages


def people_of(folder: Path, count: int) -> Listing[Any]:
    people = {f"p{number:04}": f"{{name: Person {chr(65 + number % 26)}{number:04}}}" for number in range(count)}
    return listing_of_people(book_of(folder, people=people))


def test_a_short_listing_is_one_page_with_its_controls(listing: Listing[Any]) -> None:
    assert [page.groups for page in listing.pages()] == [listing.groups]
    assert [(page.number, page.last) for page in listing.pages()] == [(1, 1)]


def test_a_long_listing_comes_in_pages_that_hold_every_entry_once_and_in_order(tmp_path: Path) -> None:
    listing = people_of(tmp_path, WHOLE + 1)
    pages = list(listing.pages())
    assert len(pages) == -(-(WHOLE + 1) // PAGE)
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert {page.last for page in pages} == {len(pages)}
    assert [entry for page in pages for entry in entries(page)] == entries(listing)
    assert max(len(entries(page)) for page in pages) == PAGE


def test_groups_say_how_much_they_hold_on_all_pages_and_where_they_begin(tmp_path: Path) -> None:
    listing = people_of(tmp_path, WHOLE + 1)
    pages = list(listing.pages())
    sizes = {group.id: len(group.entries) for group in listing.groups}
    assert {group.id: group.size for page in pages for group in page.groups} == sizes
    assert all([group.id for group, _ in page.jumps] == list(sizes) for page in pages)
    for group, number in pages[0].jumps:
        holding = [page.number for page in pages if group.id in [each.id for each in page.groups]]
        assert number == holding[0]
