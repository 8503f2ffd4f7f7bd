"""The pages of the articles: their passages, what rests on these, and how much of each article is shown."""

import re
from collections.abc import Collection, Iterator
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import pytest

from stuntbook.knowledge.addresses import address_of, passage_anchor
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Source
from stuntbook.pages.site import Site as Pages
from stuntbook.pages.site_page import Publication
from stuntbook.records.article import Article
from tests.site_tools import Site, excerpted, parse, statement_url, text_of, text_without, with_class
from tests.support import BOOK, FRONT_MATTER, indented, sound_book


def _passage_items(site: Site, article: Article) -> dict[str, Element]:
    """The passages on an article's page by their anchors."""
    items = with_class(site.pages[address_of(article)].article, "li", "sb-passage")
    return {item.get("id", ""): item for item in items}


def _words_of(link: str) -> tuple[str, str, str, str]:
    """What a text fragment says: the words before, the first words, the last words, and the words behind."""
    fragment = link.partition(":~:text=")[2]
    parts = fragment.split(",")
    prefix = parts.pop(0).removesuffix("-") if parts[0].endswith("-") else ""
    suffix = parts.pop().removeprefix("-") if parts[-1].startswith("-") else ""
    first, last = parts if len(parts) == 2 else (*parts, "")
    return unquote(prefix), unquote(first), unquote(last), unquote(suffix)


def test_every_passage_has_its_item_and_every_number_leads_to_it(site: Site, knowledge: KnowledgeBase) -> None:
    for id_, source in knowledge.sources.items():
        items = _passage_items(site, source.article)
        assert sorted(items) == sorted(passage_anchor(passage.span) for passage in knowledge.cited[id_])
        marks = site.pages[address_of(source.article)].article.findall(".//sup/a")
        assert len(marks) == len(knowledge.cited[id_])
        for mark in marks:
            (number,) = with_class(items[mark.get("href", "").removeprefix("#")], "a", "sb-passage__number")
            assert text_of(number) == text_of(mark)


def test_a_passage_is_found_at_its_publishers_by_its_words(site: Site, knowledge: KnowledgeBase) -> None:
    for id_, source in knowledge.sources.items():
        items, body = _passage_items(site, source.article), " ".join(source.article.body.split())
        for passage in knowledge.cited[id_]:
            (link,) = with_class(items[passage_anchor(passage.span)], "a", "sb-original")
            address, mark, _ = link.get("href", "").partition("#:~:text=")
            assert (address, mark) == (source.article.url, "#:~:text=")
            prefix, first, last, suffix = _words_of(link.get("href", ""))
            words = " ".join(passage.text.split())
            assert words == first if not last else words.startswith(first) and words.endswith(last)
            assert f"{prefix} {first}".strip() in body or f"{prefix}{first}" in body
            assert f"{last or first} {suffix}".strip() in body or f"{last or first}{suffix}" in body


def test_every_passage_and_the_statements_on_it_lead_to_each_other(site: Site, knowledge: KnowledgeBase) -> None:
    links = {address: set(page.links(inside=page.article)) for address, page in site.pages.items()}
    for id_, source in knowledge.sources.items():
        items, page = _passage_items(site, source.article), site.pages[address_of(source.article)]
        for passage in knowledge.cited[id_]:
            anchor = passage_anchor(passage.span)
            on_passage = set(page.links(inside=items[anchor]))
            for each in passage.statements:
                assert statement_url(site, knowledge, each) in on_passage
                assert f"{page.url}#{anchor}" in links[address_of(knowledge.record(each.record))]


def test_an_address_with_an_anchor_keeps_it_before_the_words(small: Site) -> None:
    """A fragment directive follows the fragment itself: `#jump:~:text=…`."""
    links = with_class(small.pages["sources/lantern-gazette/"].article, "a", "sb-original")
    assert links
    assert {link.get("href", "").partition(":~:")[0].partition("#")[2] for link in links} == {"jump"}


def _shown_paragraphs(site: Site, article: Article) -> Iterator[tuple[int, int, int, int]]:
    """First and last paragraph of each part of a source page, and how many words it shows and leaves out."""
    for part in site.pages[address_of(article)].article.iter():
        if "sb-mirror__gap" in part.get("class", "").split():
            found = re.fullmatch(r"Paragraph ([\d–]+): (\d+) words? left out", text_of(part))
            assert found
            first, _, last = found[1].partition("–")
            yield int(first), int(last or first), 0, int(found[2])
        elif "sb-mirror" in part.get("class", "").split():
            (where,), (text,) = (with_class(part, "p", f"sb-mirror__{name}") for name in ("where", "text"))
            first, _, last = text_of(where).removeprefix("Paragraph ").partition("–")
            shown = _count(text_without(text, "sb-gap", "sb-mark", "sb-sic"))
            gaps = [re.fullmatch(r"\[(\d+) words?\]", text_of(gap)) for gap in with_class(text, "span", "sb-gap")]
            yield int(first), int(last or first), shown, sum(int(gap[1]) for gap in gaps if gap)


def _count(text: str) -> int:
    """How many words a text has; a mark that stands alone is none."""
    return sum(1 for word in text.split() if any(map(str.isalnum, word)))


def test_the_words_shown_and_left_out_add_up(site: Site, knowledge: KnowledgeBase) -> None:
    wrong = []
    for id_ in excerpted(knowledge):
        source = knowledge.sources[id_]
        cited = {place for each in knowledge.cited[id_] for place in range(each.span.start, each.span.end)}
        paragraphs = [_count(text) for text in _own_paragraphs(source, cited)]
        for first, last, shown, left_out in _shown_paragraphs(site, source.article):
            expected = sum(paragraphs[first - 1 : last])
            paragraphs[first - 1 : last] = [0] * (last - first + 1)
            if shown + left_out != expected:
                wrong.append(f"{id_}, paragraph {first}: {shown} + {left_out} words, not {expected}")
        assert sum(paragraphs) == 0, f"{id_} lacks paragraphs"
    assert wrong == []


def _own_paragraphs(source: Source, cited: Collection[int] = ()) -> Iterator[str]:
    """The paragraphs of an article without its boilerplate, with a space where the citations begin and end."""
    removed = {place for span in source.boilerplate for place in range(span.start, span.end)}
    for number in range(1, source.text.paragraph_count + 1):
        places = (place for place in range(*source.text.paragraph_bounds(number)) if place not in removed)
        stretches = (places for _, places in groupby(places, key=lambda place: place in cited))
        yield " ".join("".join(source.article.body[place] for place in stretch) for stretch in stretches)


def test_an_article_with_full_rights_is_shown_whole(small: Site, valid: KnowledgeBase) -> None:
    source = valid.sources["lantern-gazette"]
    assert source.article.rights == "full"
    page = small.pages[address_of(source.article)].article
    shown = " ".join(text_without(each, "sb-mark", "sb-sic") for each in with_class(page, "p", "sb-mirror__text"))
    for paragraph in _own_paragraphs(source):
        assert " ".join(paragraph.split()) in " ".join(shown.split())


def test_other_articles_of_the_same_site_are_not(small: Site, valid: KnowledgeBase) -> None:
    assert "the boat weighs 900 kg" in valid.sources["tide-weekly"].article.body
    for article in (source.article for source in valid.sources.values() if source.article.rights == "excerpts"):
        page = small.pages[address_of(article)].article
        assert with_class(page, "span", "sb-gap") + with_class(page, "p", "sb-gap")
        assert article.body.strip() not in "".join(page.itertext())


@pytest.mark.parametrize("rights", ["excerpts", "full"])
def test_no_page_shows_the_marks_of_an_article_in_markdown(rights: str, tmp_path: Path) -> None:
    front = FRONT_MATTER.replace("url:", f"rights: {rights}\nsic: [fel]\nurl:")
    body = "## News\n\nShe **really** _fel_ [from a crane](https://a.example/b)[^1], &quot;a leap&quot;.\n\n[^1]: A.\n"
    lines = "summary: [{text: It was high., cite: {weekly: really fel from a crane}}]"
    knowledge = sound_book(tmp_path, BOOK + indented(lines), weekly=front + body)
    pages = {page.address: page for page in Pages(knowledge, Publication()).pages()}
    for address in ("sources/weekly/", "stunts/canal-jump/"):
        text = text_of(parse(pages[address].html))
        assert re.search(r"really\s+fel\s+(\[sic\]\s+)?from\s+a\s+crane", text)
        assert not re.search(r"[*_^&]|a\.example/b|\ufdd0", text)
        assert "\ufdd0" not in pages[address].html
    assert ('"a leap".' in text_of(parse(pages["sources/weekly/"].html))) == (rights == "full")
    assert "text=really%20fel%20from%20a%20crane" in pages["sources/weekly/"].html
