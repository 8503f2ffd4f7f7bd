"""Nothing that is typed becomes markup, whatever field it is typed into. Some of it is made by Hypothesis."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.site import Site
from stuntbook.pages.site_page import Publication, SitePage
from tests import test_properties
from tests.site_tools import parse, text_of
from tests.support import checked, proven
from tests.test_properties import BODY, few, full_knowledge, save, words

root = test_properties.root
"""The fixture."""

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "{{ 7 * 7 }}{% raw %}{# x #}",
    "&lt;script&gt;&amp;&#60;script&#62;",
    "[[ [[]] [[|]] | ]] [[",
    "[click](javascript:alert(1))",
    "[click](<javascript:alert(1)>) [x](data:text/html;base64,PHNjcmlwdD4=)",
    "**bold** _it_ `code` # head\n\n    - item",
    "</title></head></q></li></a><svg/onload=alert(1)>",
    "<!-- --> <![CDATA[ x ]]> <?php ?>",
    '[x](https://e.org/"onmouseover=\'alert(1)\' "t")',
    "![x](javascript:alert(1)) <https://e.org> <javascript:alert(1)>",
    "\u05e9\u05dc\u05d5\u05dd and \U0001f3ac",
)
PLAIN_FIELDS = {"title", "name", "about", "role", "series", "aliases", "place", "speaker-not-named"}
"""The fields that take no Markdown: what is typed is what a reader sees."""
ARTICLE_FIELDS = ("title", "label", "publisher", "author")
PROSE_FIELDS = {"note", "text", "context"}


def with_payload(value: object, payload: str, fields: set[str], key: object = None, where: str = "") -> object:
    """The data with the payload behind every text of the given fields, and the place, so that no two are the same."""
    if isinstance(value, dict):
        return {name: with_payload(each, payload, fields, name, f"{where}{name}") for name, each in value.items()}
    if isinstance(value, list):
        return [with_payload(each, payload, fields, key, f"{where}{index}") for index, each in enumerate(value)]
    return f"{value} {where} {payload}" if key in fields and isinstance(value, str) else value


def rendered(root: Path, payload: str, headline: str = "title") -> tuple[KnowledgeBase, list[SitePage]]:
    """All pages of a knowledge base that holds the payload wherever text may stand, its article's body included."""
    knowledge = with_payload(full_knowledge(), payload, PLAIN_FIELDS | PROSE_FIELDS)
    assert isinstance(knowledge, dict)
    cited = f"Before it {' '.join(payload.split())} behind it"
    knowledge["people"]["somebody"]["summary"].append({"text": "Cites the payload.", "cite": {"article": cited}})
    front = {name: f"The {name} {payload}" for name in ARTICLE_FIELDS if name in (headline, "publisher", "author")}
    save(root, knowledge, f"{BODY}\n\n{cited}.\n", {**front, "url": "https://example.org/?a=b&c='\"><x>"})
    report = Report()
    loaded = load_and_check(root, report)
    # Links in prose that are none are refused; rendering must do no harm even so.
    assert {diagnostic.code for diagnostic in proven(report)} <= {"prose-link", "needless-silence"}, report.render()
    return loaded, list(Site(loaded, Publication()).pages())


def document(page: SitePage) -> Element:
    """A page as it stands in the theme. Strict, so that markup which does not fit is found."""
    head = "<!doctype html><html lang=en><head><title>x</title></head><body>"
    return parse(f"{head}{page.html}</body></html>", strict=True)


def assert_harmless(tree: Element) -> None:
    for element in tree.iter():
        assert element.tag not in ("script", "img", "iframe", "style", "object", "embed", "x")
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), f"{name}={value}"
            if name in ("href", "src", "action", "formaction"):
                scheme = re.match(r"\s*([\w+.-]+):", value)
                assert scheme is None or scheme[1] in ("http", "https"), value


@pytest.mark.parametrize("headline", ["title", "label"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_any_field_stays_text(root: Path, payload: str, headline: str) -> None:
    knowledge, pages = rendered(root, payload, headline)
    shown = {page.address: document(page) for page in pages}
    for tree in shown.values():
        assert_harmless(tree)
    _assert_shown_as_typed(knowledge, {address: text_of(tree) for address, tree in shown.items()})


def _assert_shown_as_typed(knowledge: KnowledgeBase, shown: dict[str, str]) -> None:
    """The plain fields, and the passages, stand on their pages as they were typed."""
    article = knowledge.sources["article"].article
    source = [article.display_name, article.publisher, article.author or ""]
    source += [cited.text for cited in knowledge.cited["article"]]
    stunt = knowledge.stunts["stunt"]
    facets = [*stunt.places, *stunt.techniques, *stunt.equipment]
    expected = {
        "sources/article/": source,
        "films/film/": [knowledge.films["film"].title, getattr(knowledge.films["film"].series, "name", "")],
        "people/somebody/": [knowledge.people["somebody"].name, *knowledge.people["somebody"].aliases],
        "organisations/team/": [knowledge.by_kind["organisation"]["team"].display_name],
        "stunts/stunt/": [stunt.title, *stunt.aliases, *(each.name for each in facets), stunt.disagreements[0].about],
        "disagreements/": [each.about for record in knowledge.records for each in record.disagreements],
    }
    for address, texts in expected.items():
        for text in texts:
            assert text.strip()
            assert " ".join(text.split()) in shown[address]


@few
@given(payload=st.lists(st.one_of(st.sampled_from(PAYLOADS), words), min_size=1, max_size=4).map(" ".join))
def test_any_mixture_of_markup_stays_text(root: Path, payload: str) -> None:
    assume(not re.search(r"\[\[[^\[\]|]+(\|[^\[\]]+)?\]\]", payload))  # a reference to no record is an error
    for page in rendered(root, payload)[1]:
        assert_harmless(parse(page.html))
        assert page.title.strip()
        assert page.description.strip()


@pytest.mark.parametrize(
    "prose",
    [
        "[[film]]",
        "[[film|a **label** with <b>]]",
        "**[[film]]** and _[[somebody]]_",
        "[a link](https://example.org/) and [[film]]",
        "[a link around [[film]]](https://example.org/)",
        "[a link around [a link](https://example.org/a)](https://example.org/b)",
        "[[film|one]] [[film|two]][[film]]",
        "Two paragraphs.\n\nThe second one.",
        "A line break  \nthere, and\\\nhere.",
        "    indented by four",
    ],
)
def test_markdown_in_prose_gives_valid_html(root: Path, prose: str) -> None:
    knowledge = with_payload(full_knowledge(), prose, PROSE_FIELDS)
    save(root, knowledge, BODY)
    for page in Site(checked(root), Publication()).pages():
        assert_harmless(document(page))
