"""Editors' sentences: what becomes of Markdown, of cross-references and of everything that looks like markup."""

import pytest

from stuntbook.text.prose import cross_references, link_targets, plain_text, render_block, render_inline


def link(identifier: str, label: str | None) -> str:
    return f"<a>{identifier}/{label}</a>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*one* and **two**", "<em>one</em> and <strong>two</strong>"),
        ("[x](https://example.org/?a=1&b=2)", '<a href="https://example.org/?a=1&amp;b=2">x</a>'),
        ("[[canal]]", "<a>canal/None</a>"),
        ("[[canal|the *old* one]]", "<a>canal/the *old* one</a>"),
        ("*[[canal]]*", "<em><a>canal/None</a></em>"),
        (r"\[[canal]] and \*x\*", "[[canal]] and *x*"),
        ("<b> & \"x\" 'y' {{ z }} {% raw %}", "&lt;b&gt; &amp; &quot;x&quot; 'y' {{ z }} {% raw %}"),
        ("&amp; &lt;", "&amp;amp; &amp;lt;"),
        ("# no heading", "# no heading"),
        ("- no list", "- no list"),
        ("    no code", "no code"),
        ("over\ntwo lines", "over two lines"),
        ("https://example.org", "https://example.org"),
        ("قفزة [[canal]]", "قفزة <a>canal/None</a>"),
    ],
)
def test_one_sentence(text: str, html: str) -> None:
    assert render_inline(text, link) == html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///x"])
def test_no_dangerous_link_is_made(address: str) -> None:
    assert "<a" not in render_inline(f"[x]({address})", link)


def test_paragraphs() -> None:
    assert render_block("one\n\n*two* [[canal]]", link) == "<p>one</p>\n<p><em>two</em> <a>canal/None</a></p>\n"


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("no reference", []),
        ("[[canal]] and [[bridge|the bridge]]", [("canal", None), ("bridge", "the bridge")]),
        ("[[ canal | the canal ]]", [("canal", "the canal")]),
        ("one\n\n*[[canal]]*", [("canal", None)]),
        (r"\[[canal]]", []),
        ("[canal] [[]] [[|x]]", []),
        ("[[canal|the\nold canal]]", [("canal", "the old canal")]),
    ],
)
def test_cross_references(text: str, references: list[tuple[str, str | None]]) -> None:
    assert list(cross_references(text)) == references


@pytest.mark.parametrize(
    "text", ["[[canal]]", "[[canal|x]]", "[[canal|the\nold canal]]", "[[canal\n]]", "[[\ncanal]]", "x [[canal\n\n]]"]
)
def test_what_is_rendered_as_a_cross_reference_is_checked_as_one(text: str) -> None:
    rendered: list[str] = []

    def noting(identifier: str, label: str | None) -> str:
        rendered.append(identifier)
        return ""

    render_inline(text, noting)
    assert [identifier for identifier, _ in cross_references(text)] == rendered


def test_link_targets() -> None:
    text = "[a](https://example.org/) *[b](../x/)* [[canal]]\n\n[c](#d)"
    assert list(link_targets(text)) == ["https://example.org/", "../x/", "#d"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*one*  **two**\nthree\n\nfour", "one two three four"),
        ("the [[canal]], [[bridge|old bridge]]", "the CANAL, old bridge"),
        ("[a link](https://example.org/) & <b>", "a link & <b>"),
    ],
)
def test_plain_text(text: str, words: str) -> None:
    assert plain_text(text, str.upper) == words
