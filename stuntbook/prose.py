"""Editors' sentences: a little Markdown, and `[[id]]` or `[[id|label]]` for a cross-reference.

The syntax is CommonMark's emphasis, links, code and escapes (https://spec.commonmark.org/0.31.2/); raw HTML stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

CROSS_REFERENCE = "cross_reference"
_PATTERN = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]+))?\]\]")
_OPENED = re.compile(r"(?<!\\)\[\[")
_CODE = re.compile(r"(`+)[^`]+\1")
_MARKUP = re.compile(r"[`*_\\\[]")
"""Text without any of these characters means itself."""
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n")

Link = Callable[[str, str | None], str]
"""Renders a cross-reference: identifier and label (None: the record's own name) -> HTML."""


def _cross_reference_rule(state: StateInline, silent: bool) -> bool:
    match = _PATTERN.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        found = _reference(match)
        token = state.push(found.type, found.tag, found.nesting)
        token.meta, token.content = found.meta, found.content
    state.pos = match.end()
    return True


def _render_cross_reference(
    renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    link: Link = env["link"]
    return link(tokens[index].meta["id"], tokens[index].content or None)


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": False}).enable(["backticks", "emphasis", "escape", "link"])
    markdown.inline.ruler.before("link", CROSS_REFERENCE, _cross_reference_rule)
    markdown.add_render_rule(CROSS_REFERENCE, _render_cross_reference)
    return markdown


_MARKDOWN = _markdown()
# The renderer leaves out links that could run a script; a check that is to report them has to see them.
_ALL_LINKS = _markdown()
_ALL_LINKS.validateLink = lambda url: True  # type: ignore[method-assign]


def render_inline(text: str, link: Link) -> str:
    """Prose as HTML without paragraphs, for a place within a line."""
    return " ".join(_render(paragraph, link) for paragraph in _paragraphs(text))


def render_block(text: str, link: Link) -> str:
    """Prose as HTML paragraphs; blank lines separate them."""
    return "".join(f"<p>{_render(paragraph, link)}</p>\n" for paragraph in _paragraphs(text))


def _render(paragraph: str, link: Link) -> str:
    if _MARKUP.search(_PATTERN.sub("", paragraph)):
        return str(_MARKDOWN.renderInline(paragraph, {"link": link}))
    return "".join(
        link(token.meta["id"], token.content or None) if token.type == CROSS_REFERENCE else escapeHtml(token.content)
        for token in _text_and_references(paragraph)
    )


def _text_and_references(paragraph: str) -> Iterator[Token]:
    """What a text without other markup consists of, for which no parser is needed."""
    position = 0
    for match in _PATTERN.finditer(paragraph):
        yield Token("text", "", 0, content=paragraph[position : match.start()])
        yield _reference(match)
        position = match.end()
    yield Token("text", "", 0, content=paragraph[position:])


def _reference(match: re.Match[str]) -> Token:
    return Token(CROSS_REFERENCE, "", 0, content=(match[2] or "").strip(), meta={"id": match[1].strip()})


def cross_references(text: str) -> Iterator[tuple[str, str | None]]:
    """Identifier and label of every cross-reference, in order."""
    for token in _tokens(text) if "[[" in text else ():
        if token.type == CROSS_REFERENCE:
            yield token.meta["id"], token.content or None


def link_targets(text: str) -> Iterator[str]:
    """The address of every Markdown link, in order, those that are not rendered included."""
    for token in _tokens(text, _ALL_LINKS) if "](" in text else ():
        if token.type == "link_open":
            yield str(token.attrs["href"])


def has_unclosed_reference(text: str) -> bool:
    """Whether brackets of a cross-reference are left that make none."""
    return "[[" in text and _OPENED.search(_CODE.sub("", _PATTERN.sub("", text))) is not None


def plain_text(text: str, label: Callable[[str], str]) -> str:
    """The words that a reader sees; `label` names the record behind an identifier."""
    if not _MARKUP.search(text):
        return " ".join(text.split())
    words = [
        token.content or label(token.meta["id"]) if token.type == CROSS_REFERENCE else token.content
        for token in _tokens(text)
    ]
    return " ".join("".join(words).split())


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs, each in one line: how a text is broken into lines means nothing."""
    for paragraph in _PARAGRAPHS.split(text):
        if words := paragraph.split():
            yield " ".join(words)


@lru_cache(maxsize=100_000)
def _tokens(text: str, markdown: MarkdownIt = _MARKDOWN) -> tuple[Token, ...]:
    """What marked-up text consists of; nothing where it has no markup. Remembered: every stage asks for it."""
    tokens: list[Token] = []
    for paragraph in _paragraphs(text) if _MARKUP.search(text) else ():
        if _MARKUP.search(_PATTERN.sub("", paragraph)):
            for token in markdown.parseInline(paragraph, {}):
                tokens += token.children or ()
        else:
            tokens += _text_and_references(paragraph)
        tokens.append(Token("text", "", 0, content=" "))
    return tuple(tokens)
