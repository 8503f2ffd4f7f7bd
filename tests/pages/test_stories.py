"""What is told of a record, and how well it is carried wherever it is told: stories, lists, cards, mentions."""

import json
import re
from xml.etree.ElementTree import Element

import pytest

from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.story import story_of
from stuntbook.pages import site as made
from stuntbook.pages.search_documents import SearchDocuments
from stuntbook.pages.site_page import Publication, SitePage
from stuntbook.records.stated import Sentence
from tests.site_tools import Site, parse, text_of, text_without, with_class
from tests.support import sound_book

BODY = """
The team fell in 1999. "It was cold," said a crew member. "It was dark," said Mo. Dara slipped, and it was wet.

Mo doubled for Dara. Everybody was tired.
"""
KNOWLEDGE = """
films:
  canal:
    title: Canal
    year: {value: 1999, cite: {weekly: fell in 1999}}
    disagreements:
      - about: Which year it was
        accounts:
          - {text: "1999.", cite: {weekly: fell in 1999}}
          - {text: Another., cite: {weekly: it was wet}}
  evening: {title: Evening, kind: episode, year: 2001}
  parade: {title: Parade, kind: live show}
people:
  dara: {name: Dara Quill, summary: [{text: "Dara Quill had a [[mo|double]]."}]}
  mo:
    name: Mo Venn
    born: {when: "1970-03", place: Lockton}
    died: {when: "2020"}
    identifiers: [{catalogue: wikidata, value: Q42}]
    quotes: [{id: dark, speaker: mo, cite: {weekly: "It was dark,"}}]
    story: {background: [{show: dark}]}
organisations:
  rope-team:
    name: Rope Team
    awards: [{name: The Golden Rope, text: "They were given it for [[jump]].", when: "2002", by: mo}]
    story: {background: [{text: It is old.}]}
stunts:
  jump:
    title: Jump
    film: [canal, evening]
    performers: [rope-team, dara]
    credits:
      - {person: mo, role: double, doubled_for: dara, cite: {weekly: Mo doubled for Dara.}, note: "Not [[dara]]."}
    summary:
      - {text: "It was cold for [[dara]].", by: a crew member, cite: {weekly: "It was cold,"}}
      - {text: It was dark., by: mo, cite: {weekly: "It was dark,"}}
      - {text: It was wet., cite: {weekly: it was wet}}
      - {text: It was late.}
      - {text: Everybody was tired., cite: {weekly: Everybody was tired.}}
    quotes:
      - {id: cold, speaker: a crew member, via: [a second man, mo], cite: {weekly: "It was cold,"}}
    story:
      reception: [{show: cold}, {text: Nobody saw it.}]
      origin: [{text: It was a bet.}]
  walk: {title: Walk}
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return sound_book(tmp_path_factory.mktemp("told"), KNOWLEDGE, weekly=BODY)


@pytest.fixture(scope="module")
def pages(told: KnowledgeBase) -> dict[str, SitePage]:
    return {page.address: page for page in made.Site(told, Publication()).pages()}


def tree(page: SitePage) -> Element:
    return parse(f"<!doctype html>{page.html}")


LISTED = ("films/", "stunts/", "people/", "quotes/", "injuries/", "disagreements/", "numbers/", "evidence/", "search/")
"""Where the pages are that list films, or tell of them."""


def section(page: SitePage, heading: str) -> str:
    """The words of the section that a heading of the second level begins."""
    return next(text_of(each) for each in tree(page).iter("section") if each.findtext("h2") == heading)


def facts(page: SitePage) -> dict[str, list[str]]:
    """The words of the facts of a page by their names, without what carries them."""
    rows = with_class(tree(page), "div", "sb-facts__row")
    return {
        text_of(row.findall("dt")[0]): [
            " ".join(text_without(each, "sb-support").split()) for each in row.findall("dd")
        ]
        for row in rows
    }


# --- Stories


def test_a_story_has_its_parts_in_order_with_what_it_shows(book: KnowledgeBase, request: pytest.FixtureRequest) -> None:
    site: Site = request.getfixturevalue("site" if "halo-jump" in book.stunts else "small")
    shown = 0
    for record in book.records:
        article = site.pages[address_of(record)].article
        story = story_of(record, book.statements[record.id])
        parts = with_class(article, "section", "sb-story")
        assert [text_of(part.findall("h2")[0]) for part in parts] == [part.heading for part in story]
        for element, part in zip(parts, story, strict=True):
            own = {each.anchor for each in part.statements}
            found = [each.get("id") for each in element.iter() if each.get("id") in own]
            assert found == [each.anchor for each in part.statements]
            shown += sum(not isinstance(each.value, Sentence) for each in part.statements)
    assert shown > 3


def test_nothing_of_a_record_is_shown_in_full_twice_on_its_page(
    book: KnowledgeBase, request: pytest.FixtureRequest
) -> None:
    site: Site = request.getfixturevalue("site" if "halo-jump" in book.stunts else "small")
    for record in book.records:
        article = site.pages[address_of(record)].article
        quotes = [tuple(map(text_of, each.iter("q"))) for each in with_class(article, "figure", "sb-quote")]
        for each in record.quotes:
            (quote,) = (one for one in book.statements[record.id] if one.value is each)
            words = tuple(" ".join(passage.text.split()).removesuffix(",") for passage in quote.passages)
            assert quotes.count(words) == 1
        disputes = [each for each in with_class(article, "section", "sb-dispute") if each.get("id")]
        assert len(disputes) == len(record.disagreements) == len({text_of(each.findall("h3")[0]) for each in disputes})
        for kind in ("injury", "risk"):
            here = sum(each.kind == kind for each in book.statements[record.id])
            items = [each for each in with_class(article, "li", f"sb-statement--{kind}") if each.get("id")]
            assert len(items) == here


def test_what_is_shown_in_a_story_stands_in_no_section_of_its_own(pages: dict[str, SitePage]) -> None:
    page = pages["stunts/jump/"]
    assert [text for level, _, text in page.outline if level == 2][:2] == ["How it came about", "Reception"]
    assert "In their words" not in [text for _, _, text in page.outline]
    words = section(page, "Reception")
    assert words.index("It was cold") < words.index("Nobody saw it.")
    assert pages["people/mo/"].html.count("<q>It was dark</q>") == 1


# --- The status goes along


def test_cards_and_descriptions_say_what_articles_do_not_plainly_state(pages: dict[str, SitePage]) -> None:
    words = (
        "It was cold for Dara Quill. (said by a crew member) It was dark. (said by Mo Venn) It was wet. (disputed) "
        "It was late. (not in the sources) Everybody was tired."
    )
    assert pages["stunts/jump/"].description == f"Jump: {words}"
    assert pages["stunts/jump/"].card.text == words
    assert pages["films/canal/"].card.kicker == "Film, 1999 (disputed)"
    assert pages["films/evening/"].card.kicker == "Episode, 2001 (not in the sources)"
    assert pages["films/parade/"].card.kicker == "Live show"


@pytest.mark.parametrize("address", ["films/canal/", "stunts/"])
def test_lists_of_stunts_say_what_articles_do_not_plainly_state(pages: dict[str, SitePage], address: str) -> None:
    told = [text_of(each) for each in tree(pages[address]).iter("p") if with_class(each, "span", "sb-told")]
    assert told == [
        (
            "It was cold for Dara Quill. said by a crew member It was dark. said by Mo Venn It was wet. disputed "
            "It was late. not in the sources Everybody was tired."
        )
    ]


def test_mentions_say_how_they_are_carried_and_notes_whose_they_are(pages: dict[str, SitePage]) -> None:
    items = [text_of(each) for each in with_class(tree(pages["people/dara/"]), "ul", "sb-mentions")[-1]]
    assert items == ["Editor’s note: Not Dara Quill. Jump", "It was cold for Dara Quill. said by a crew member Jump"]


def test_a_source_says_of_each_statement_what_it_does_not_plainly_state(pages: dict[str, SitePage]) -> None:
    uses = [text_of(each) for each in with_class(tree(pages["sources/weekly/"]), "ul", "sb-uses")]
    assert any("It was cold for Dara Quill. said by a crew member Jump" in each for each in uses)
    assert any("It was wet. disputed Jump" in each for each in uses)


def test_no_link_stands_in_the_link_to_a_neighbour(pages: dict[str, SitePage]) -> None:
    (link,) = re.findall(r'<a class="sb-beside__before".*?</a>', pages["films/evening/"].html)
    assert "Before, 1999 (disputed)" in link
    assert link.count("<a") == 1


BARE_YEAR = re.compile(r"(?<!March )\b(?:2000|2017|2018|2023)\b(?! \(?not in the sources)")
"""A year of which no article says that a film came out in it; one gives a month of 2017."""


def test_a_year_that_no_article_gives_is_marked_wherever_it_stands(site: Site, knowledge: KnowledgeBase) -> None:
    unsourced = {str(film.year.value) for film in knowledge.films.values() if film.year and not film.year.cite}
    assert unsourced == {"2000", "2017", "2018", "2023"}
    bare, marked = [], 0
    for address in (each for each in site.pages if not each or each.startswith(LISTED)):
        # An axis is marked at round years, and what is quoted are the articles' own words.
        words = " ".join(text_without(site.pages[address].article, "sb-axis", "sb-references", "sb-words").split())
        bare += [f"{address}: {words[each.start() - 40 : each.end() + 40]}" for each in BARE_YEAR.finditer(words)]
        marked += words.count("not in the sources")
    assert bare == []
    assert marked > 40


def test_figures_in_lists_say_what_the_sources_differ_on(site: Site) -> None:
    chips = [text_of(each) for each in with_class(site.pages["stunts/"].article, "ul", "sb-chips") for each in each]
    assert [chip for chip in chips if chip.startswith("training time")] == [
        "training time more than 1 year disputed",
        "training time 1 year disputed",
    ]


def test_the_series_of_a_film_says_that_no_article_names_it(site: Site) -> None:
    series = [text_of(each) for each in with_class(site.pages["films/"].article, "p", "sb-kicker")]
    assert [each for each in series if each != "Mission: Impossible"] == ["Mission: Impossible not in the sources"]


# --- What can be written of works, people and organisations


def test_a_work_that_is_no_film_says_what_it_is(pages: dict[str, SitePage], told: KnowledgeBase) -> None:
    for address, kind, type_ in (("evening", "Episode", "video.episode"), ("parade", "Live show", "video.other")):
        page = pages[f"films/{address}/"]
        assert text_of(with_class(tree(page), "p", "sb-kicker")[0]) == kind
        assert page.og_type == type_
        assert kind.lower() in SearchDocuments(told, "Book").of(told.films[address])
    assert "The articles tell of no stunt in this live show." in pages["films/parade/"].html


def test_a_stunt_of_several_films_stands_with_each(pages: dict[str, SitePage]) -> None:
    page = pages["stunts/jump/"]
    assert facts(page)["Film"] == ["Canal", "Evening"]
    assert page.card.kicker == "Stunt in Canal and Evening"
    for address in ("films/canal/", "films/evening/"):
        assert section(pages[address], "Stunts").startswith("Stunts Jump")


def test_a_stunt_of_no_film_stands_with_the_stunts(pages: dict[str, SitePage]) -> None:
    page = pages["stunts/walk/"]
    assert page.trail == (("", "Home"), ("stunts/", "Stunts"))
    assert "Film" not in facts(page)
    assert page.card.kicker == "Stunt"
    assert "year not known Walk" in text_of(tree(pages["stunts/"]))


def test_an_organisation_has_its_page_and_stands_in_an_index(pages: dict[str, SitePage]) -> None:
    page = pages["organisations/rope-team/"]
    assert "It is old." in section(page, "Background")
    assert "Jump: performer" in section(page, "Films and stunts")
    assert section(page, "Awards").startswith(
        "Awards The Golden Rope, 2002: They were given it for Jump. not in the sources says Mo Venn"
    )
    assert [text_of(each) for each in with_class(tree(pages["organisations/"]), "h2", "sb-entry__name")] == [
        "Rope Team"
    ]


def test_whoever_doubled_is_named_with_the_one_who_was_doubled(pages: dict[str, SitePage]) -> None:
    assert facts(pages["stunts/jump/"])["Double"] == ["Mo Venn for Dara Quill Editor’s note: Not Dara Quill."]
    assert "Jump: double for Dara Quill" in section(pages["people/mo/"], "Films and stunts")
    assert section(pages["people/dara/"], "Doubled by") == (
        "Doubled by Mo Venn Jump Example Gazette Editor’s note: Not Dara Quill."
    )
    assert "double" not in section(pages["people/dara/"], "Films and stunts")


def test_a_person_has_birth_death_and_identifiers(pages: dict[str, SitePage]) -> None:
    page = pages["people/mo/"]
    assert facts(page) | {"Born": ["March 1970, Lockton"], "Died": ["2020"], "Wikidata": ["Q42"]} == facts(page)
    assert '<a href="https://www.wikidata.org/wiki/Q42" rel="external">Q42</a>' in page.html


def test_whoever_has_no_name_is_described(pages: dict[str, SitePage], told: KnowledgeBase) -> None:
    page = pages["stunts/jump/"]
    (quote,) = with_class(tree(page), "figure", "sb-quote")
    assert "a crew member, as told by a second man and Mo Venn" in text_of(quote)
    assert [text_of(each) for each in quote.iter("a") if each.get("href", "").endswith("people/mo/")] == ["Mo Venn"]
    found = SearchDocuments(told, "Book").of(told.stunts["jump"])
    assert "It was cold for Dara Quill. ― said by a crew member. " in found
    assert "“It was cold” ― a crew member as told by a second man as told by Mo Venn. " in found
    (said,) = (each["subjectOf"] for each in json.loads(page.linked_data)["@graph"] if "subjectOf" in each)
    authors = {each["text"]: each["author"] for each in said if "author" in each}
    assert authors["It was cold for Dara Quill."] == {"@type": "Person", "description": "a crew member"}
