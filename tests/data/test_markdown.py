"""Whatever stands in a book, its pages as Markdown show it as it was typed."""

from pathlib import Path

import pytest
from markdown import markdown  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

from stuntbook.data.markdown import markdown_page
from tests.site_tools import parse, text_of
from tests.support import book_of

EXTENSIONS = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"]
MARKED = [
    "1. One",
    "# Head #",
    "C#",
    "> Told",
    "- [ ] To do",
    "+ Plus",
    "--- and ***",
    "a_b_c *d* **e** `f` ~~~",
    "[g](h) ![i](j) [[k]] [l]: m",
    "[^1]: A note[^1]",
    "*[HTML]: Words",
    "!!! note",
    "{: #id .name } and {% raw %} {{ 7 * 7 }}",
    "<script>alert(1)</script> <b>bold</b>",
    "&amp; & &lt; AT&T; &#42;",
    "\\* \\\\ \\",
    "| a | b |",
    "Term\n: Definition",
]


@pytest.mark.parametrize("words", MARKED)
def test_what_looks_like_markup_is_shown_as_it_was_typed(words: str, tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        films={"film": {"title": words}},
        stunts={"stunt": {"title": "Stunt", "film": "film", "aliases": [words]}},
    )
    shown = " ".join(words.split())
    for record, expected in (
        (book.films["film"], [f"h1 {shown}"]),
        (book.stunts["stunt"], [f"p Also called: {shown}"]),
    ):
        _, _, page = markdown_page(book, record).decode().removeprefix("---\n").partition("\n---\n")
        for html in (markdown(page, extensions=EXTENSIONS), MarkdownIt().render(page)):
            told = parse(html)
            assert expected[0] in [f"{each.tag} {text_of(each)}" for each in told.iter()]
            assert {each.tag for each in told.iter()} <= {"html", "head", "body", "h1", "h2", "p", "ul", "li", "a"}
    assert f"Film: {shown}" in text_of(told)
