"""What the search is given of each page: its words, where its statements begin, and what it can be filtered by."""

import re
from html import unescape
from xml.etree.ElementTree import Element

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.search_documents import document_of, document_of_page
from stuntbook.pages.views import STATUS_NAMES
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


def document(knowledge: KnowledgeBase, identifier: str) -> Element:
    return parse(document_of(knowledge, knowledge.record(identifier)))


def facets(knowledge: KnowledgeBase, identifier: str) -> list[tuple[str, str]]:
    """What a page can be filtered by, as Pagefind reads it: `name[attribute],…` and the attributes."""
    (element,) = document(knowledge, identifier).iter("hr")
    named = re.findall(r"([a-z]+)\[([a-z0-9]+)\]", element.attrib["data-pagefind-filter"])
    return [(name, element.attrib[attribute]) for name, attribute in named]


def parts(knowledge: KnowledgeBase, identifier: str) -> list[tuple[str, str]]:
    """Every anchor of a document, with the words up to the next."""
    html = document_of(knowledge, knowledge.record(identifier)).removesuffix("</html>")
    _, *found = re.split(r'<br id="([^"]+)">', html)
    return [(anchor, unescape(words.strip())) for anchor, words in zip(found[::2], found[1::2], strict=True)]


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
        ("Performer: Dara Quill", "not-in-the-sources", "Performer: Dara Quill.", None),
        ("Altitude: 25 ft", "one-article", "Altitude: 25 ft (7.62 m).", "It was 25 feet high."),
        ("It was wet.", "one-article", "It was wet.", "It was wet. … The end."),
        (
            "It was higher than the tower.",
            "said-by-somebody",
            "It was higher than the tower. (says Mo Venn).",
            "Higher than the tower,",
        ),
        ("Higher than the tower,", "said-by-somebody:Quote", "Higher than the tower, Mo Venn. On the Jump.", None),
        (
            "She broke her arm.",
            "one-article",
            "She broke her arm. (Dara Quill). Editor’s note: It healed.",
            "Dara broke her arm & cried.",
        ),
        ("She cried.", "one-article", "She cried.", "Dara broke her arm & cried."),
    ],
)
def test_a_statement_has_its_anchor_its_status_its_words_and_those_it_cites(
    knowledge: KnowledgeBase, text: str, status: str, told: str, cited: str | None
) -> None:
    found = dict(parts(knowledge, "jump"))
    anchor = statement(knowledge, text).anchor
    assert found[f"{anchor}:{status}"] == told
    assert found.get(f"{anchor}:cited") == cited


def test_every_statement_has_an_anchor_and_what_they_cite_comes_last(knowledge: KnowledgeBase) -> None:
    anchors = [anchor for anchor, _ in parts(knowledge, "jump")]
    told = [anchor for anchor in anchors if not anchor.endswith(":cited")]
    statements = knowledge.statements_of(knowledge.stunts["jump"])
    kinds = {"quote": ":Quote"}
    labels = [
        f"{each.anchor}:{STATUS_NAMES[each.evidence.status].replace(' ', '-')}{kinds.get(each.kind, '')}"
        for each in statements
    ]
    assert told == labels
    assert anchors[: len(told)] == told
    assert len(anchors) > len(told)


def test_the_accounts_of_a_disagreement_have_anchors_of_their_own(valid: KnowledgeBase) -> None:
    disagreement = next(each for each in valid.statements["sam-oplaceholder"] if each.kind == "disagreement")
    assert len(disagreement.parts) == 2
    found = dict(parts(valid, "sam-oplaceholder"))
    assert f"{disagreement.anchor}:disputed" in found
    for account in disagreement.parts:
        assert found[f"{account.anchor}:one-article"].startswith(account.text)
        assert found[f"{account.anchor}:cited"] == " … ".join(passage.text for passage in account.passages)


def test_an_article_has_its_title_where_it_is_from_and_what_is_cited_of_it(knowledge: KnowledgeBase) -> None:
    words = text_of(document(knowledge, "weekly"))
    assert words.startswith("A jump over the canal")
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
        ("status", "said by somebody"),
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


def test_a_page_about_the_book_has_its_kind_alone() -> None:
    assert 'data-pagefind-filter="kind[f0]" f0="About">' in document_of_page("Speed")
