"""Citations of statements, each format read by a reader of its own: what they hold, and that nothing breaks them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from jsonschema import Draft7Validator
from playwright.sync_api import Browser, Page, expect
from pylatexenc.latex2text import LatexNodes2Text

from tests.browser.conftest import Watch, window

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "csl-data.json").read_text(encoding="utf-8"))
LOAD = "async module => { window.citations = await import(module); }"
CITE = "([format, cited]) => citations.cite(format, { ...cited, accessed: new Date(2031, 0, 2) })"
PANEL = """cited => {
    const panel = citations.citePanel({ ...cited, accessed: new Date(2031, 0, 2) });
    document.querySelector("article").prepend(panel);
}"""
WILD = r"""100 % & more_than #1: {a "b" \c} ~ ^ $5 – ‘Ærø’ 跳跃 'x' } {"""
"""What one format or another takes for its own."""
URL = "https://gazette.example/a_b?c=%7Ed&e=1#top"
GAZETTE = {
    "id": "gazette",
    "type": "webpage",
    "title": f"The jump: {WILD}",
    "container-title": "Gazette & Sons",
    "author": [{"literal": "Ana M. de la Cruz and Bo Li"}],
    "issued": {"date-parts": [[2030, 4, 5]]},
    "URL": URL,
    "language": "en-GB",
}
TIDE = {
    "id": "tide",
    "type": "webpage",
    "container-title": "Tide Weekly",
    "issued": {"date-parts": [[2030, 4]], "circa": True},
    "URL": "https://tide.example/",
    "language": "de",
}
CITED = {
    "statement": "Dara Quill jumped from 40 m.",
    "page": "Canal jump",
    "site": "Stuntbook",
    "permalink": "https://book.example/stunts/canal-jump/#altitude-1",
    "passages": [
        {"words": WILD, "article": GAZETTE},
        {"words": "forty\n  metres", "article": GAZETTE},
        {"words": "vierzig Meter", "article": TIDE},
    ],
}
WORDS = f"“{WILD}” … “forty metres”"
PLACE = "Stuntbook, Canal jump: Dara Quill jumped from 40 m."
ACCESSED = "accessed 2 January 2031."
UNSOURCED = {**CITED, "passages": []}


@pytest.fixture(scope="module")
def book(browser: Browser, base: str) -> Iterator[Page]:
    """A page of the site with the module in `citations`. The clock of the reader stands far from Greenwich."""
    with window(browser, base, timezone_id="Pacific/Auckland", locale="de-DE") as site:
        site.open("search/")
        site.page.evaluate(LOAD, f"{base}assets/stuntbook/citations.js")
        yield site.page
        site.assert_quiet()


def cite(page: Page, form: str, cited: dict[str, Any] = CITED) -> str:
    return str(page.evaluate(CITE, [form, cited]))


def test_the_formats(book: Page) -> None:
    assert book.evaluate("citations.FORMATS") == ["Plain text", "BibTeX", "RIS", "CSL-JSON"]


def test_plain_text(book: Page) -> None:
    assert cite(book, "Plain text").split("\n\n") == [
        f"{WORDS} – Ana M. de la Cruz and Bo Li, “The jump: {WILD}”, Gazette & Sons, 5 April 2030, {URL}, {ACCESSED}",
        f"“vierzig Meter” – Tide Weekly, circa April 2030, https://tide.example/, {ACCESSED}",
        f"{PLACE} https://book.example/stunts/canal-jump/#altitude-1",
    ]


def entries(text: str) -> list[dict[str, str]]:
    """What a reader of BibTeX finds, with LaTeX's own signs as what they stand for."""
    library = parse_string(text)
    assert library.failed_blocks == []
    assert all(each.entry_type == "misc" for each in library.entries)
    return [
        {"key": each.key, **{field.key: decoded(field.key, field.value) for field in each.fields}}
        for each in library.entries
    ]


def decoded(name: str, value: str) -> str:
    """What LaTeX shows of a field; an address is taken as it stands. The reader lacks three of LaTeX's own signs."""
    if name == "url":
        return value
    signs = {"\\textbraceleft{}": "\\{", "\\textbraceright{}": "\\}", "\\textasciicircum{}": "^"}
    for sign, plain in signs.items():
        value = value.replace(sign, plain)
    return str(LatexNodes2Text(math_mode="verbatim").latex_to_text(value))


def test_bibtex(book: Page) -> None:
    gazette, tide = entries(cite(book, "BibTeX"))
    assert gazette == {
        "key": "gazette-altitude-1",
        "author": "Ana M. de la Cruz and Bo Li",
        "title": f"The jump: {WILD}",
        "howpublished": "Gazette & Sons",
        "year": "2030",
        "month": "4",
        "day": "5",
        "url": URL,
        "urldate": "2031-01-02",
        "language": "en-GB",
        "note": f"{WORDS} – {PLACE} <{CITED['permalink']}>",  # an address, as the reader shows it
    }
    assert {name: tide.get(name) for name in ("title", "author", "year", "month", "day")} == {
        "title": None,
        "author": None,
        "year": "2030",
        "month": "4",
        "day": None,
    }


def test_bibtex_keeps_braces_in_pairs_and_names_whole(book: Page) -> None:
    """Classic BibTeX counts escaped braces too, and takes a name apart that has no braces of its own."""
    text = cite(book, "BibTeX")
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert "author = {{Ana M. de la Cruz and Bo Li}}" in text
    assert "title = {{The jump" in text


def test_ris(book: Page) -> None:
    text = cite(book, "RIS")
    assert text.count("\n") == text.count("\r\n")
    gazette, tide = rispy.loads(text)
    assert gazette == {
        "type_of_reference": "ELEC",
        "id": "gazette-altitude-1",
        "title": f"The jump: {WILD}",
        "authors": ["Ana M. de la Cruz and Bo Li"],
        "secondary_title": "Gazette & Sons",
        "publisher": "Gazette & Sons",
        "year": "2030",
        "date": "2030/04/05/",
        "language": "en-GB",
        "urls": [URL],
        "access_date": "2031/01/02/",
        "notes": [f"{WORDS} {PLACE} {CITED['permalink']}"],
    }
    assert "title" not in tide
    assert tide["date"] == "2030/04//"


def test_csl_json(book: Page) -> None:
    items = json.loads(cite(book, "CSL-JSON"))
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(items)] == []
    assert items[0] == {
        **GAZETTE,
        "id": "gazette-altitude-1",
        "accessed": {"date-parts": [[2031, 1, 2]]},
        "note": f"{WORDS} {PLACE} {CITED['permalink']}",
    }
    assert items[1]["issued"] == TIDE["issued"]


@pytest.mark.parametrize("form", ["Plain text", "BibTeX", "RIS", "CSL-JSON"])
def test_the_editors_sentence_is_no_quotation(book: Page, form: str) -> None:
    text = cite(book, form)
    assert "Dara Quill jumped from 40 m." in text
    assert "“Dara" not in text
    assert "m.”" not in text


def test_a_date_whose_year_is_not_known_stands_in_words_where_words_can_stand(book: Page) -> None:
    article = {**TIDE, "issued": {"literal": "27 July, year not stated"}}
    cited = {**CITED, "passages": [{"words": "vierzig", "article": article}]}
    assert "Tide Weekly, 27 July, year not stated, " in cite(book, "Plain text", cited)
    assert "year" not in entries(cite(book, "BibTeX", cited))[0]
    assert {"year", "date"} & set(rispy.loads(cite(book, "RIS", cited))[0]) == set()
    undated = {**CITED, "passages": [{"words": "vierzig", "article": {**TIDE, "issued": None}}]}
    assert "Tide Weekly, date not known, " in cite(book, "Plain text", undated)


def test_a_statement_without_a_source_is_cited_from_its_page(book: Page) -> None:
    plain = cite(book, "Plain text", UNSOURCED)
    assert plain.startswith(f"“Canal jump”, Stuntbook, date not known, {CITED['permalink']}, accessed")
    assert rispy.loads(cite(book, "RIS", UNSOURCED))[0]["urls"] == [CITED["permalink"]]
    assert entries(cite(book, "BibTeX", UNSOURCED))[0]["title"] == "Canal jump"
    items = json.loads(cite(book, "CSL-JSON", UNSOURCED))
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(items)] == []


# --- The panel


@pytest.fixture
def panel(site: Watch) -> Iterator[Page]:
    """A page with the panel of a citation; it may copy."""
    site.open("search/")
    site.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    site.page.evaluate(LOAD, f"{site.base}assets/stuntbook/citations.js")
    site.page.evaluate(PANEL, CITED)
    yield site.page
    site.assert_quiet()


def test_a_reader_chooses_a_format_and_copies(panel: Page) -> None:
    field, status = panel.get_by_role("textbox", name="Citation"), panel.locator(".sb-cite").get_by_role("status")
    expect(panel.locator(".sb-cite").get_by_role("radio")).to_have_count(4)
    expect(panel.get_by_role("radio", name="Plain text")).to_be_checked()
    for form in ("RIS", "BibTeX", "CSL-JSON", "Plain text"):
        panel.get_by_role("radio", name=form).check()
        expect(status).to_be_empty()
        expect(field).to_have_value(cite(panel, form).replace("\r\n", "\n"))
        panel.get_by_role("button", name="Copy the citation").click()
        expect(status).to_have_text("Copied.")
        assert panel.evaluate("navigator.clipboard.readText()") == cite(panel, form)


@pytest.mark.parametrize("how", ["refused", "absent"])
def test_where_copying_is_refused_the_panel_says_what_to_do(panel: Page, how: str) -> None:
    clipboard = {"refused": "{ writeText: () => Promise.reject(new Error()) }", "absent": "undefined"}[how]
    panel.evaluate(f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})")
    panel.get_by_role("button", name="Copy the citation").click()
    expect(panel.locator(".sb-cite").get_by_role("status")).to_contain_text("press Ctrl+C")
    assert panel.evaluate("String(getSelection())") == panel.get_by_role("textbox", name="Citation").input_value()


def test_the_format_that_a_reader_has_chosen_stays(panel: Page) -> None:
    panel.get_by_role("radio", name="RIS").check()
    panel.evaluate("document.querySelector('.sb-cite').remove()")
    panel.evaluate(PANEL, CITED)
    expect(panel.get_by_role("radio", name="RIS")).to_be_checked()
    assert panel.get_by_role("textbox", name="Citation").input_value().startswith("TY  - ELEC")
