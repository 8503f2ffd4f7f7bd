"""The listings of statements and sources."""

from pathlib import Path

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.indexes.listing import (
    NONE,
    UNGROUPED,
)
from stuntbook.pages.indexes.statements import (
    disagreement_listing,
    harm_listing,
    quote_listing,
    source_listing,
)
from tests.pages.indexes.lists import FILMS, PEOPLE, book_of, book_of_dates, choices, rows


def test_quotes_stand_by_speaker_and_can_stand_by_film_and_source(valid: KnowledgeBase) -> None:
    listing = quote_listing(valid)
    assert [group.id for group in listing.groups] == ["speaker-sam-oplaceholder", "speaker-odile-examplova"]
    assert [(group.id, group.label) for group in listing.spare] == [
        (UNGROUPED, ""),
        ("film-lantern-and-tide", valid.films["lantern-and-tide"].title),
        (f"film-{NONE}", "In no film"),
        ("source-lantern-gazette", source_label(valid, "lantern-gazette")),
        ("source-tide-weekly", source_label(valid, "tide-weekly")),
        ("source-manara-arabic", source_label(valid, "manara-arabic")),
    ]
    assert choices(listing, "speaker") == [
        ("sam-oplaceholder", valid.people["sam-oplaceholder"].name, 2),
        ("odile-examplova", "Odile Examplová", 5),
    ]
    assert [(value, count) for value, _, count in choices(listing, "film")] == [("lantern-and-tide", 5), (NONE, 2)]
    lengths = [len(row.statement.text) for row in rows(listing, "longest")]
    assert lengths == sorted(lengths, reverse=True)
    assert [len(row.statement.text) for row in rows(listing, "shortest")] == sorted(lengths)


def source_label(book: KnowledgeBase, source: str) -> str:
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
    assert parts == [("ankle",), ("foot",)]
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
    assert [row.statement.value.body_part for row in rows(listing, "part")] == [("head",), ("arm",), ("foot",)]
    assert [row.statement.value.body_part for row in rows(listing)] == [(each,) for each in parts]


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
    listing = source_listing(book_of_dates(tmp_path, dates))
    assert [row.article.id for row in rows(listing)] == ["five", "four", "one", "three", "two"]
    newest = [row.article.id for row in rows(listing, "newest")]
    assert newest[:3] == ["five", "three", "one"]
    assert set(newest[3:]) == {"two", "four"}


def test_a_source_says_how_much_rests_on_it(knowledge: KnowledgeBase) -> None:
    for row in rows(source_listing(knowledge)):
        resting = {
            (statement.record, statement.anchor)
            for statement in knowledge.all_statements()
            if any(passage.source == row.article.id for passage in statement.every_passage)
        }
        assert (row.passages, row.statements) == (len(knowledge.cited[row.article.id]), len(resting))
