"""Editors' sentences: a little Markdown, and `[[id]]` or `[[id|label]]` for a cross-reference.

The syntax is CommonMark's emphasis, links, code and escapes (https://spec.commonmark.org/0.31.2/); raw HTML stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

CROSS_REFERENCE = "cross_reference"
_PATTERN = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")

Link = Callable[[str, str | None], str]
"""Renders a cross-reference: identifier and label (None: the record's own name) -> HTML."""


def _cross_reference_rule(state: StateInline, silent: bool) -> bool:
    match = _PATTERN.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push(CROSS_REFERENCE, "", 0)
        token.meta = {"id": match[1].strip()}
        token.content = (match[2] or "").strip()
    state.pos = match.end()
    return True


def _render_cross_reference(
    renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    link: Link = env["link"]
    return link(tokens[index].meta["id"], tokens[index].content or None)


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": False}).enable(["backticks", "emphasis", "escape", "link", "newline"])
    markdown.inline.ruler.before("link", CROSS_REFERENCE, _cross_reference_rule)
    markdown.add_render_rule(CROSS_REFERENCE, _render_cross_reference)
    return markdown


_MARKDOWN = _markdown()


def render_inline(text: str, link: Link) -> str:
    """One sentence as HTML, without a paragraph around it."""
    return str(_MARKDOWN.renderInline(" ".join(text.split()), {"link": link}))


def render_block(text: str, link: Link) -> str:
    """Paragraphs, separated by blank lines, as HTML."""
    return str(_MARKDOWN.render(text, {"link": link}))


def cross_references(text: str) -> Iterator[tuple[str, str | None]]:
    """Identifier and label of every cross-reference, in order."""
    for token in _inline_tokens(text):
        if token.type == CROSS_REFERENCE:
            yield token.meta["id"], token.content or None


def link_targets(text: str) -> Iterator[str]:
    """The address of every Markdown link, in order."""
    for token in _inline_tokens(text):
        if token.type == "link_open":
            yield str(token.attrs["href"])


def plain_text(text: str, label: Callable[[str], str]) -> str:
    """The words that a reader sees; `label` names the record behind an identifier."""
    words = []
    for token in _inline_tokens(text):
        if token.type == CROSS_REFERENCE:
            words.append(token.content or label(token.meta["id"]))
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        else:
            words.append(token.content)
    return " ".join("".join(words).split())


def _inline_tokens(text: str) -> Iterator[Token]:
    for token in _MARKDOWN.parse(text, {}):
        if token.type == "inline":
            yield from token.children or ()
            yield Token("softbreak", "br", 0)
