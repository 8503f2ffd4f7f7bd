"""Editors' sentences: a little Markdown, and `[[id]]` or `[[id|label]]` for a cross-reference.

The syntax is CommonMark's emphasis, links, code and escapes (https://spec.commonmark.org/0.31.2/); raw HTML stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

CROSS_REFERENCE = "cross_reference"
_REFERENCE = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]+))?\]\]")
_OPENED = re.compile(r"(?<!\\)\[\[")
_CODE = re.compile(r"(?<!`)(`++)[^`]+\1")
_MARKUP = re.compile(r"[`*_\\\[]")
"""Text without any of these characters means itself."""
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n")

Link = Callable[[str, str | None], str]
"""Renders a cross-reference: identifier and label (None: the record's own name) -> HTML."""
_Segment = tuple[str | None, str]
"""A stretch of a text: the identifier and the label of a cross-reference, or None and the words that a reader sees."""


def _cross_reference_rule(state: StateInline, silent: bool) -> bool:
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push(CROSS_REFERENCE, "", 0)
        token.meta["id"], token.content = _reference(match)
    state.pos = match.end()
    return True


def _render_cross_reference(_: object, tokens: list[Token], index: int, __: object, env: Mapping[str, Link]) -> str:
    return env["link"](tokens[index].meta["id"], tokens[index].content or None)


@cache
def _markdown(all_links: bool = False) -> MarkdownIt:
    """The parser. Unless `all_links` is set, it leaves links that could run a script as text."""
    # Imported here because most sentences have no markup, and the import would delay every check.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    markdown = MarkdownIt("zero", {"html": False}).enable(["backticks", "emphasis", "escape", "link"])
    markdown.inline.ruler.before("link", CROSS_REFERENCE, _cross_reference_rule)
    markdown.add_render_rule(CROSS_REFERENCE, _render_cross_reference)
    if all_links:
        markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    return markdown


def render_inline(text: str, link: Link) -> str:
    """Prose as HTML without paragraphs, for a place within a line."""
    return " ".join(_render(paragraph, link) for paragraph in _paragraphs(text))


def render_block(text: str, link: Link) -> str:
    """Prose as HTML paragraphs; blank lines separate them."""
    return "".join(f"<p>{_render(paragraph, link)}</p>\n" for paragraph in _paragraphs(text))


def _render(paragraph: str, link: Link) -> str:
    if _MARKUP.search(_REFERENCE.sub("", paragraph)):
        return str(_markdown().renderInline(paragraph, {"link": link}))
    return "".join(
        # Words are escaped as markdown-it escapes them.
        escape(words, quote=False).replace('"', "&quot;") if record is None else link(record, words or None)
        for record, words in _text_and_references(paragraph)
    )


def _text_and_references(paragraph: str) -> Iterator[_Segment]:
    """The segments of a text whose only markup is cross-references, which takes no parser."""
    position = 0
    for match in _REFERENCE.finditer(paragraph):
        yield None, paragraph[position : match.start()]
        yield _reference(match)
        position = match.end()
    yield None, paragraph[position:]


def _reference(match: re.Match[str]) -> tuple[str, str]:
    return match[1].strip(), (match[2] or "").strip()


def cross_references(text: str) -> Iterator[tuple[str, str | None]]:
    """Identifier and label of every cross-reference, in order."""
    for record, label in _segments(text) if "[[" in text else ():
        if record is not None:
            yield record, label or None


def renamed(text: str, old: str, new: str) -> str:
    """The text with another identifier in its cross-references to a record."""

    def replace(match: re.Match[str]) -> str:
        label = f"|{match[2]}" if match[2] else ""
        return f"[[{new}{label}]]" if match[1].strip() == old else match[0]

    return _REFERENCE.sub(replace, text)


def link_targets(text: str) -> Iterator[str]:
    """The address of every Markdown link, in order, including those that are not rendered as links."""
    for paragraph in _paragraphs(text) if "](" in text else ():
        yield from (str(token.attrs["href"]) for token in _tokens(paragraph, True) if token.type == "link_open")


def has_unclosed_reference(text: str) -> bool:
    """Whether `[[` stands in the text, outside code, without making a cross-reference."""
    return "[[" in text and _OPENED.search(_CODE.sub("", _REFERENCE.sub("", text))) is not None


def plain_text(text: str, label: Callable[[str], str]) -> str:
    """The words that a reader sees; `label` names the record behind an identifier."""
    if not _MARKUP.search(text):
        return " ".join(text.split())
    shown = "".join(words or ("" if record is None else label(record)) for record, words in _segments(text))
    return " ".join(shown.split())


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs, each in one line: line breaks within a paragraph mean nothing."""
    for paragraph in _PARAGRAPHS.split(text):
        if words := paragraph.split():
            yield " ".join(words)


@lru_cache(maxsize=50_000)
def _segments(text: str) -> tuple[_Segment, ...]:
    """The segments of a text, or none where it has no markup. Cached, because several stages ask for the same text."""
    segments: list[_Segment] = []
    for paragraph in _paragraphs(text) if _MARKUP.search(text) else ():
        if _MARKUP.search(_REFERENCE.sub("", paragraph)):
            segments += ((token.meta.get("id"), token.content) for token in _tokens(paragraph))
        else:
            segments += _text_and_references(paragraph)
        segments.append((None, " "))
    return tuple(segments)


def _tokens(paragraph: str, all_links: bool = False) -> Iterator[Token]:
    for top in _markdown(all_links).parseInline(paragraph, {}):
        yield from top.children or ()
