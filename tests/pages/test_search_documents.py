"""What the search is given of each page: its words, where its statements begin, and what it can be filtered by."""

import re
from html import unescape
from xml.etree.ElementTree import Element

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.search_documents import SearchDocuments, document_of_page
from stuntbook.pages.site import Site
from stuntbook.pages.site_page import Publication
from stuntbook.pages.views import STATUS_NAMES
from stuntbook.text.search_words import found_as, units_in
from tests.site_tools import parse, text_of
from tests.support import sound_book

BODY = """
It was 25 feet high. "Higher than the tower," said Mo. It was wet. Dara broke her arm & cried.

The <b>end</b>.
"""
KNOWLEDGE = """
films:
  canal: {title: Canal & <lock>, aliases: [The Canal, Lock], credits: [{person: ada, role: director}]}
  tower: {title: Tower}
people:
  dara: {name: Dara Quill}
  mo: {name: Mo Venn}
  ada: {name: Ada Lint}
stunts:
  jump:
    title: Jump
    film: canal
    summary: [{text: "Over the [[canal|water]]."}]
    note: Nobody asked [[ada]].
    performers: [dara]
    measures: [{quantity: altitude, value: 25, unit: ft, cite: {weekly: It was 25 feet high.}}]
    story:
      performance:
        - {text: It was wet., cite: [{weekly: It was wet.}, {weekly: The <b>end</b>.}]}
        - {text: It was higher than the tower., by: mo, cite: {weekly: "Higher than the tower,"}}
    quotes: [{speaker: mo, context: "On the [[jump]]", cite: {weekly: "Higher than the tower,"}}]
    injuries:
      - person: dara
        body_part: arm
        text: She broke her arm.
        note: It *healed*.
        cite: {weekly: Dara broke her arm & cried.}
        consequences: [{text: She cried., cite: {weekly: Dara broke her arm & cried.}}]
  fall: {title: Fall, film: tower, summary: [{text: "Like the [[jump]] of [[mo]]."}]}
"""


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return sound_book(tmp_path_factory.mktemp("searched"), KNOWLEDGE, weekly=BODY)


def html_of(knowledge: KnowledgeBase, identifier: str) -> str:
    return SearchDocuments(knowledge, "Book").of(knowledge.record(identifier))


def document(knowledge: KnowledgeBase, identifier: str) -> Element:
    return parse(html_of(knowledge, identifier))


def facets(knowledge: KnowledgeBase, identifier: str) -> list[tuple[str, str]]:
    """What a page can be filtered by, as Pagefind reads it: `name[attribute],…` and the attributes."""
    (element,) = document(knowledge, identifier).iter("hr")
    named = re.findall(r"([a-z]+)\[([a-z0-9]+)\]", element.attrib["data-pagefind-filter"])
    return [(name, element.attrib[attribute]) for name, attribute in named]


def parts(knowledge: KnowledgeBase, identifier: str) -> list[tuple[str, str]]:
    """Every anchor of a document, with the words up to the next."""
    html = html_of(knowledge, identifier).removesuffix("</html>")
    _, *found = re.split(r'<br id="([^"]+)">', html)
    plain = (unescape(re.sub(r"</?(?:span|p)[^>]*>", "", words)).strip() for words in found[1::2])
    return list(zip(found[::2], plain, strict=True))


def found_by(knowledge: KnowledgeBase, identifier: str, anchor: str = "") -> list[str]:
    """The words by which a record, or a statement of it, is found beside those that are shown."""
    return dict(parts(knowledge, identifier)).get(f"{anchor}:words", "").split()


def statement(knowledge: KnowledgeBase, text: str) -> Statement:
    return next(each for each in knowledge.statements_of(knowledge.stunts["jump"]) if each.text == text)


# --- Words


def test_a_record_has_its_names_and_what_stands_above_its_statements(knowledge: KnowledgeBase) -> None:
    film, stunt = document(knowledge, "canal"), document(knowledge, "jump")
    assert [text_of(each) for each in film.iter("h1")] == ["Canal & <lock>"]
    assert [(text_of(each), each.get("data-pagefind-meta")) for each in film.iter("p")] == [
        ("The Canal, Lock", "aliases")
    ]
    assert [(text_of(each), each.get("data-pagefind-weight")) for each in stunt.iter("span")] == [
        ("Over the water.", "2")
    ]
    assert "Editor’s note: Nobody asked Ada Lint." in text_of(stunt)


@pytest.mark.parametrize(
    ("text", "status", "told", "cited"),
    [
        ("Performer: Dara Quill", "not-in-the-sources:performer", "Performer: Dara Quill.", []),
        ("Altitude: 25 ft", "one-article:measure", "Altitude: 25 ft (7.62 m).", ["It was 25 feet high."]),
        ("It was wet.", "one-article:story", "It was wet.", ["It was wet.", "The end."]),
        (
            "It was higher than the tower.",
            "a-speaker’s-word:story",
            "It was higher than the tower. ― said by Mo Venn.",
            ["Higher than the tower,"],
        ),
        ("Higher than the tower", "a-speaker’s-word:quote", "“Higher than the tower” ― Mo Venn. On the Jump.", []),
        (
            "She broke her arm.",
            "one-article:injury",
            "She broke her arm. (Dara Quill). Editor’s note: It healed.",
            ["Dara broke her arm & cried."],
        ),
        ("She cried.", "one-article:consequence", "She cried.", ["Dara broke her arm & cried."]),
    ],
)
def test_a_statement_has_its_anchor_its_status_its_words_and_those_it_cites(
    knowledge: KnowledgeBase, text: str, status: str, told: str, cited: list[str]
) -> None:
    found = parts(knowledge, "jump")
    anchor = statement(knowledge, text).anchor
    assert (f"{anchor}:{status}", told) in found
    carried = [
        words for ids, words in found if ids.endswith(":cited") and anchor in ids.removesuffix(":cited").split(",")
    ]
    assert carried == cited


def test_a_passage_stands_once_with_all_that_rests_on_it(knowledge: KnowledgeBase) -> None:
    cited = [words for ids, words in parts(knowledge, "jump") if ids.endswith(":cited")]
    assert len(cited) == len(set(cited)) == 5
    shared = next(ids for ids, words in parts(knowledge, "jump") if words == "Dara broke her arm & cried.")
    anchors = [statement(knowledge, text).anchor for text in ("She broke her arm.", "She cried.")]
    assert shared == f"{','.join(anchors)}:cited"


def test_every_statement_has_an_anchor_and_what_they_cite_comes_last(knowledge: KnowledgeBase) -> None:
    anchors = [anchor for anchor, _ in parts(knowledge, "jump")]
    told = [anchor for anchor in anchors if not anchor.endswith((":cited", ":words"))]
    assert told == [
        f"{each.anchor}:{STATUS_NAMES[each.evidence.status].replace(' ', '-')}:{each.kind}"
        for each in knowledge.statements_of(knowledge.stunts["jump"])
    ]
    cited = [anchor.endswith(":cited") for anchor in anchors]
    assert cited == sorted(cited)
    assert any(cited)


def test_the_accounts_of_a_disagreement_have_anchors_of_their_own(valid: KnowledgeBase) -> None:
    disagreement = next(each for each in valid.statements["sam-oplaceholder"] if each.kind == "disagreement")
    assert len(disagreement.parts) == 2
    found = dict(parts(valid, "sam-oplaceholder"))
    assert f"{disagreement.anchor}:disputed:disagreement" in found
    for account in disagreement.parts:
        assert found[f"{account.anchor}:one-article:account"].startswith(account.text)


def test_an_article_has_its_title_where_it_is_from_and_what_is_cited_of_it(knowledge: KnowledgeBase) -> None:
    words = text_of(document(knowledge, "weekly"))
    assert words.startswith("A jump over the canal")
    assert {"source", "article", "ExampleGazette"} <= set(found_by(knowledge, "weekly"))
    assert "Example Gazette" in words
    for passage in knowledge.cited["weekly"]:
        assert passage.text in words
    assert "said Mo" not in words


def test_a_page_written_by_hand_has_its_title_and_its_content() -> None:
    head, found = document_of_page("A &amp; B", "<p>C</p>").split(">", 2)[::2]
    assert (head, found) == ("<html", '<h1 data-pagefind-weight="10">A &amp; B</h1><p>C</p></html>')
    assert document_of_page("Title", '<h1 id="a">Own</h1>').split(">", 2)[2] == '<h1 id="a">Own</h1></html>'


# --- Facets


def test_a_stunt_has_its_film_its_people_and_each_status_once(knowledge: KnowledgeBase) -> None:
    assert facets(knowledge, "jump") == [
        ("kind", "Stunt"),
        ("film", "Canal & <lock>"),
        ("person", "Dara Quill"),
        ("person", "Mo Venn"),
        ("status", "not in the sources"),  # film and performer
        ("status", "one article"),
        ("status", "a speaker’s word"),
    ]


def test_a_film_has_itself_and_its_own_people(knowledge: KnowledgeBase) -> None:
    assert facets(knowledge, "canal") == [
        ("kind", "Film"),
        ("film", "Canal & <lock>"),
        ("person", "Ada Lint"),
        ("status", "not in the sources"),
    ]
    assert facets(knowledge, "tower") == [("kind", "Film"), ("film", "Tower")]


def test_a_person_has_themselves_and_the_films_they_had_to_do_with(knowledge: KnowledgeBase) -> None:
    for identifier, name in (("dara", "Dara Quill"), ("ada", "Ada Lint")):
        assert facets(knowledge, identifier) == [("kind", "Person"), ("person", name), ("film", "Canal & <lock>")]


def test_a_mention_in_prose_makes_no_facet(knowledge: KnowledgeBase) -> None:
    assert ("film", "Tower") not in facets(knowledge, "mo")
    assert ("person", "Mo Venn") not in facets(knowledge, "fall")


def test_an_article_has_the_films_and_people_of_the_statements_that_rest_on_it(knowledge: KnowledgeBase) -> None:
    assert facets(knowledge, "weekly") == [
        ("kind", "Source"),
        ("film", "Canal & <lock>"),
        ("person", "Mo Venn"),
        ("person", "Dara Quill"),
    ]


def test_pages_that_list_are_told_from_those_about_the_book(knowledge: KnowledgeBase) -> None:
    documents = SearchDocuments(knowledge, "Book")
    found = {entry.address: documents.of_entry(entry) for entry in Site(knowledge, Publication()).entries}
    kinds = {address: re.findall(r'f0="(\w+)"', each) for address, each in found.items()}
    assert [kinds[each] for each in ("", "injuries/", "numbers/")] == [["List"]] * 3
    assert [kinds[each] for each in ("coverage/", "data-model/", "evidence/", "search/")] == [["About"]] * 4
    assert 'data-pagefind-filter="kind[f0]" f0="Help">' in document_of_page("Speed")


# --- Words that are not shown

MANY = """
films:
  mile: {title: "Mile High: Ünder Way 3", year: 1999, series: {name: Mile High}}
  kor: {title: 은하수 Łodz}
people:
  bjorn: {name: Bjørn Strauß, aliases: [Bjorn]}
stunts:
  wall:
    title: The Wall
    film: mile
    performers: [bjorn]
    credits: [{person: bjorn, role: rigger}]
    places: [{name: Great Salt Lake}]
    measures:
      - {quantity: speed, value: 90, unit: km/h, cite: {one: at 90 km/h}}
      - {quantity: takes, value: 4, cite: {one: four takes}}
    story:
      performance:
        - {text: นักแสดงแทนกระโดดลงน้ำ, cite: {one: นักแสดงแทนกระโดดลงน้ำ}}
        - {text: It went 300 miles per hour., cite: {one: went 300 mph}}
  ramp:
    title: Ramp
    measures: [{quantity: speed, value: 20, unit: mph, cite: {one: at 20 miles an hour}}]
"""
TOLD = "It ran at 90 km/h and went 300 mph in four takes, then at 20 miles an hour. นักแสดงแทนกระโดดลงน้ำ\n"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return sound_book(tmp_path_factory.mktemp("many"), MANY, one=TOLD)


def anchor_of(knowledge: KnowledgeBase, record: str, text: str) -> str:
    return next(each.anchor for each in knowledge.statements[record] if each.text.startswith(text))


def test_letters_with_strokes_are_found_by_plain_ones(many: KnowledgeBase) -> None:
    assert {"bjorn", "strauss"} <= set(found_by(many, "bjorn"))
    assert "bjorn" in found_by(many, "wall")
    assert "lodz" in found_by(many, "kor")
    folded = " ".join(found_as("Þórður đak Ħal ıŋ Æsir cœur ƀ ẞ"))
    assert folded == "thórdur dak hal in aesir coeur b ss"


@pytest.mark.parametrize("text", ["ascii words 1,000", "Zoë naïve", "Привет", "القفزة", "שלום"])
def test_what_needs_no_help_gets_none(text: str) -> None:
    assert list(found_as(text)) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("นักแสดงแทนกระโดดลงน้ำ", "กระโดด"),
        ("부산에서뛰어내렸다", "뛰어"),
        ("អ្នកសម្តែងលោតចុះទឹក", "លោត"),
        ("他没有受伤", "受伤"),
        ("日本の映画館で", "映画館"),
        ("ນັກສະແດງໂດດ", "ໂດດ"),
        ("သရုပ်ဆောင်ခုန်", "ခုန်"),
    ],
)
def test_a_part_of_a_run_has_pairs_of_the_run(text: str, asked: str) -> None:
    whole, part = list(found_as(f"a {text}, b")), list(found_as(asked))
    assert len(whole) == len(text)
    assert set(part[:-1]) <= set(whole)
    assert set(part) & set(found_as("一二三四五")) == set()


def test_a_measure_is_found_by_its_unit_in_words_and_a_record_by_what_it_holds(many: KnowledgeBase) -> None:
    speed, takes = (found_by(many, "wall", anchor_of(many, "wall", text)) for text in ("Speed", "Takes"))
    assert {"kilometres", "per", "hour", "mph", "fast", "fastest"} <= set(speed)
    assert {"many", "most"} <= set(takes)
    slower = found_by(many, "ramp", anchor_of(many, "ramp", "Speed"))
    assert {"miles", "mph", "fast"} <= set(slower)
    assert "fastest" not in slower
    assert {"fastest", "most"} <= set(found_by(many, "wall"))
    assert not {"fastest", "most"} & set(found_by(many, "ramp"))


def test_a_sentence_is_found_by_the_other_form_of_its_units(many: KnowledgeBase) -> None:
    assert "mph" in found_by(many, "wall", anchor_of(many, "wall", "It went 300"))
    assert list(units_in("a 5-foot wall at 3 m, in 2011 in May; foot 7; 8 feetlike")) == ["ft feet", "metres meters"]


def test_a_record_is_found_by_what_it_is_and_what_belongs_to_it(many: KnowledgeBase) -> None:
    assert {"film", "films", "1999", "MileHighÜnderWay3"} <= set(found_by(many, "mile"))
    assert {"stunt", "stunts", "1999", "measure", "measures", "place", "places"} <= set(found_by(many, "wall"))
    assert {"person", "people", "rigger"} <= set(found_by(many, "bjorn"))
    (names,) = (each for each in document(many, "mile").iter("p") if each.get("data-pagefind-meta") == "aliases")
    assert text_of(names) == "MHÜW3, MH"
    assert found_by(many, "wall", anchor_of(many, "wall", "Place")) == ["GSL"]
