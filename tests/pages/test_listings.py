"""The listings of the index pages: their entries, groups and orders, what they are narrowed by, and the counts."""

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any, cast

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.relations import Relations
from stuntbook.pages.indexes.facets import FacetKind, facet_address
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
from stuntbook.pages.indexes.records import FIGURES_SHOWN, STUNTS_SHOWN, film_listing, people_listing, stunt_listing
from stuntbook.pages.indexes.statements import (
    disagreement_listing,
    harm_listing,
    place_listing,
    quote_listing,
    source_listing,
)
from stuntbook.records.stated import Facet
from tests.support import read_book, sound_book


def _people_listing(knowledge: KnowledgeBase) -> Listing[Any]:
    return people_listing(knowledge, Relations(knowledge))


LISTINGS: dict[str, Callable[[KnowledgeBase], Listing[Any]]] = {
    "films": film_listing,
    "stunts": stunt_listing,
    "people": _people_listing,
    "quotes": quote_listing,
    "injuries": harm_listing,
    "disagreements": disagreement_listing,
    "places": place_listing,
    "sources": source_listing,
}


@pytest.fixture(params=LISTINGS)
def listing(request: pytest.FixtureRequest, book: KnowledgeBase) -> Listing[Any]:
    """Each listing of each book."""
    return LISTINGS[request.param](book)


def entries(listing: Listing[Any], order: int | None = None) -> list[Any]:
    """The entries as they stand on the page, or in one of the orders."""
    found = [entry for group in listing.groups for entry in group.entries]
    return found if order is None else sorted(found, key=lambda entry: entry.places[order])


def rows(listing: Listing[Any], order: str = "") -> list[Any]:
    """The rows in one of the orders."""
    return [entry.row for entry in entries(listing, [each.key for each in listing.orders].index(order))]


def choices(listing: Listing[Any], key: str) -> list[tuple[str, str, int]]:
    (found,) = [each for each in listing.filters if each.key == key]
    return [(choice.value, choice.label, choice.count) for choice in found.choices]


def book_of(folder: Path, **sections: dict[str, str]) -> KnowledgeBase:
    """A knowledge base without articles: per section, per identifier, the fields in YAML's flow style."""
    lines = [
        line
        for section, records in sections.items()
        for line in (f"{section}:", *(f"  {k}: {v}" for k, v in records.items()))
    ]
    return sound_book(folder, "\n".join(lines) + "\n", story="Nothing.\n")


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
    listing = LISTINGS[name](_dated(tmp_path, {}))
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
    listing = _people_listing(book)
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
    listing = _people_listing(book)
    for order in listing.orders:
        assert [row.person.id for row in rows(listing, order.key)] == ["sam-a", "sam-b", "sam-c"]


def test_without_accents_people_stand_as_the_site_orders_them(knowledge: KnowledgeBase) -> None:
    assert [row.person.id for row in rows(_people_listing(knowledge))] == list(knowledge.people)


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


# --- Films, stunts and people

FILMS = {
    "old": "{title: Old, year: 1950, series: Serial}",
    "new": "{title: New, year: 2000}",
    "undated": "{title: Ärger}",
}
PEOPLE = {"ann": "{name: Ann Öberg}", "bob": "{name: Bob Nail}"}


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
    listing = _people_listing(book_of(tmp_path, films=films, people=PEOPLE, stunts=stunts))
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


# --- Statements and sources


def test_quotes_stand_by_speaker_and_can_stand_by_film_and_source(valid: KnowledgeBase) -> None:
    listing = quote_listing(valid)
    assert [group.id for group in listing.groups] == ["speaker-sam-oplaceholder", "speaker-odile-examplova"]
    assert [(group.id, group.label) for group in listing.spare] == [
        (UNGROUPED, ""),
        ("film-lantern-and-tide", valid.films["lantern-and-tide"].title),
        (f"film-{NONE}", "In no film"),
        ("source-lantern-gazette", _source_label(valid, "lantern-gazette")),
        ("source-tide-weekly", _source_label(valid, "tide-weekly")),
        ("source-manara-arabic", _source_label(valid, "manara-arabic")),
    ]
    assert choices(listing, "speaker") == [
        ("sam-oplaceholder", valid.people["sam-oplaceholder"].name, 2),
        ("odile-examplova", "Odile Examplová", 5),
    ]
    assert [(value, count) for value, _, count in choices(listing, "film")] == [("lantern-and-tide", 5), (NONE, 2)]
    lengths = [len(row.statement.text) for row in rows(listing, "longest")]
    assert lengths == sorted(lengths, reverse=True)
    assert [len(row.statement.text) for row in rows(listing, "shortest")] == sorted(lengths)


def _source_label(book: KnowledgeBase, source: str) -> str:
    article = book.sources[source].article
    return f"{article.publisher}: {article.display_name}"


def test_injuries_come_before_risks_in_every_order(knowledge: KnowledgeBase) -> None:
    listing = harm_listing(knowledge)
    assert listing.count == "5 injuries and risks"
    assert [(group.id, group.label, len(group.entries)) for group in listing.groups] == [
        ("kind-injury", "Injuries", 2),
        ("kind-risk", "Risks", 3),
    ]
    for order in listing.orders:
        assert [row.statement.kind for row in rows(listing, order.key)] == ["injury"] * 2 + ["risk"] * 3
    parts = [row.statement.value.body_part for row in rows(listing, "part")[:2]]
    assert parts == ["ankle", "foot"]
    assert [row.film.id for row in rows(listing)[:2]] == ["mission-impossible-2", "fallout"]
    assert [row.film.id for row in rows(listing, "newest")[:2]] == ["fallout", "mission-impossible-2"]
    assert choices(listing, "part") == [("ankle", "Ankle", 1), ("foot", "Foot", 1)]
    assert choices(listing, "person") == [("tom-cruise", "Tom Cruise", 2)]


def test_body_parts_stand_from_head_to_foot(tmp_path: Path) -> None:
    parts = ("foot", "arm", "head")
    injuries = ", ".join(f"{{person: ann, body_part: {part}, text: The {part} broke.}}" for part in parts)
    stunts = {"a": f"{{title: A, film: new, injuries: [{injuries}]}}"}
    listing = harm_listing(book_of(tmp_path, films=FILMS, people=PEOPLE, stunts=stunts))
    assert [value for value, *_ in choices(listing, "part")] == ["head", "arm", "foot"]
    assert [row.statement.value.body_part for row in rows(listing, "part")] == ["head", "arm", "foot"]
    assert [row.statement.value.body_part for row in rows(listing)] == list(parts)


def test_one_risk_is_counted_in_the_singular(tmp_path: Path) -> None:
    stunts = {"a": "{title: A, film: new, risks: [{text: It could break.}]}"}
    assert harm_listing(book_of(tmp_path, films=FILMS, stunts=stunts)).count == "1 injury or risk"


def test_disagreements_stand_by_film_and_those_about_people_last(knowledge: KnowledgeBase) -> None:
    groups = disagreement_listing(knowledge).groups
    films = [group.id.removeprefix("film-") for group in groups]
    assert films == [*(film for film in knowledge.films if film in films), NONE]
    assert [entry.row.statement.record for entry in groups[-1].entries] == ["myers"]


def test_sources_stand_by_publisher_or_date_with_what_has_none_last(tmp_path: Path) -> None:
    dates = {"one": "2018-07", "two": "", "three": "2018-07-27", "four": "XXXX-05-01", "five": "2019"}
    listing = source_listing(_dated(tmp_path, dates))
    assert [row.article.id for row in rows(listing)] == ["five", "four", "one", "three", "two"]
    newest = [row.article.id for row in rows(listing, "newest")]
    assert newest[:3] == ["five", "three", "one"]
    assert set(newest[3:]) == {"two", "four"}


def _dated(folder: Path, dates: dict[str, str]) -> KnowledgeBase:
    articles = {}
    for name, date in dates.items():
        published = f'published: "{date}"\n' if date else ""
        url = f"https://gazette.example/{name}"
        articles[name] = f"---\ntitle: {name}\npublisher: {name.capitalize()}\nurl: {url}\n{published}---\nNothing.\n"
    return read_book(folder, "", **articles)[0]


def test_a_source_says_how_much_rests_on_it(knowledge: KnowledgeBase) -> None:
    for row in rows(source_listing(knowledge)):
        resting = {
            (statement.record, statement.anchor)
            for statement in knowledge.all_statements()
            if any(passage.source == row.article.id for passage in statement.every_passage)
        }
        assert (row.passages, row.statements) == (len(knowledge.cited[row.article.id]), len(resting))


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
    return _people_listing(book_of(folder, people=people))


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
