"""HTML as our templates write it -> Markdown that says the same, for generators that start from Markdown.

It keeps text, order, headings, lists, definition lists, tables, links, emphasis and anchors. Elements and classes that
only arrange things are left out; drawings stay as they are, since Markdown has no form for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(r"<!--.*?-->|<(?P<end>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>[^>]*)>|[^<]+", re.DOTALL)
_ATTRIBUTE = re.compile(r'\b(href|id)="([^"]*)"')
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_DROPPED = frozenset({"script", "style", "template"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = {"ul": "-   ", "ol": "1.  "}
_CONTAINERS = frozenset(
    {"article", "aside", "div", "figcaption", "figure", "footer", "header", "main", "nav", "section", "details", "form"}
)
_BLOCKS = frozenset({"p", "summary", "caption", "li", "blockquote", "dl", "dt", "dd", "table", *_LISTS, *_HEADINGS})
_INLINE = {"b": ("**", "**"), "strong": ("**", "**"), "em": ("*", "*"), "i": ("*", "*"), "q": ("“", "”")}
_INLINE |= {"sup": ("<sup>", "</sup>"), "mark": ("<mark>", "</mark>"), "cite": ("<cite>", "</cite>")}

Link = Callable[[str], str]
"""What a link's address becomes."""


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, str]
    raw: str = ""
    children: list[_Node | str] = field(default_factory=list)


def to_markdown(html: str, link: Link) -> str:
    """The Markdown of well-formed HTML, with the addresses of its links as `link` gives them."""
    return "\n\n".join(_Conversion(link).blocks(_parse(html))) + "\n"


def _parse(html: str) -> _Node:
    root = _Node("div", {})
    open_nodes = [root]
    drawing = 0
    for token in _TOKEN.finditer(html):
        tag = (token["tag"] or "").lower()
        if not tag or drawing:
            # A drawing is taken over whole, into the node that its first tag has made.
            if not token[0].startswith("<!--"):
                open_nodes[-1].children.append(token[0])
            drawing += (tag == "svg") * (-1 if token["end"] else 1)
            if tag == "svg" and not drawing:
                open_nodes.pop()
        elif token["end"]:
            if open_nodes[-1].tag == tag and len(open_nodes) > 1:
                open_nodes.pop()
        else:
            node = _Node(tag, dict(_ATTRIBUTE.findall(token["attributes"])), token[0])
            open_nodes[-1].children.append(node)
            if tag not in _VOID:
                open_nodes.append(node)
            drawing = int(tag == "svg")
    return root


@dataclass(slots=True)
class _Conversion:
    link: Link
    pending: str = ""
    """Anchors of elements that have begun, for the next piece of text."""
    term: str = ""
    """The term that waits for its first definition."""

    def blocks(self, node: _Node, *, nested: bool = False) -> list[str]:
        """The blocks of a node's content. Within a list or a definition, headings are bold paragraphs."""
        found: list[str] = []
        run: list[str] = []
        for child in node.children:
            if isinstance(child, _Node) and (child.tag in _BLOCKS or child.tag in _CONTAINERS):
                found += self.paragraph(run)
                run = []
                found += self.block(child, nested)
            else:
                run.append(self.inline(child))
        return [*found, *self.paragraph(run)]

    def block(self, node: _Node, nested: bool) -> list[str]:
        level = _HEADINGS.get(node.tag)
        if level and not nested:
            mark = f" {{#{node.attributes['id']}}}" if "id" in node.attributes else ""
            return [f"{'#' * level} {self.text(node)}{mark}"]
        self.begin(node)
        if level:
            return [f"**{self.text(node)}**"]
        if node.tag in _LISTS:
            return self.items(node)
        if node.tag == "dl":
            return [*self.definitions(node)]
        if node.tag == "table":
            return self.table(node)
        inner = self.blocks(node, nested=nested)
        return ["\n>\n".join(_prefixed("> ", each) for each in inner)] if node.tag == "blockquote" and inner else inner

    def items(self, node: _Node) -> list[str]:
        items = []
        for child in node.children:
            if isinstance(child, _Node):
                self.begin(child)
                inner = self.blocks(child, nested=True) or [""]
                items.append(_hanging(_LISTS[node.tag], "\n\n".join(inner)))
        loose = any("\n" in item for item in items)
        return [("\n\n" if loose else "\n").join(items)] if items else []

    def definitions(self, node: _Node) -> Iterator[str]:
        for child in node.children:
            if isinstance(child, _Node):
                if child.tag == "dt":
                    self.begin(child)
                    self.term = self.text(child)
                elif child.tag == "dd":
                    self.begin(child)
                    content = _hanging(":   ", "\n\n".join(self.blocks(child, nested=True)))
                    yield f"{self.term}\n{content}" if self.term else content
                    self.term = ""
                else:
                    yield from self.definitions(child)

    def table(self, node: _Node) -> list[str]:
        captions = [block for each in _all(node, "caption") for block in self.paragraph([self.text(each)])]
        rows = [list(self.cells(row)) for row in _all(node, "tr")]
        width = max(map(len, rows), default=0)
        if not width:
            return captions
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
        return [*captions, "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]

    def cells(self, row: _Node) -> Iterator[str]:
        self.begin(row)
        for child in row.children:
            if isinstance(child, _Node):
                self.begin(child)
                yield self.text(child)

    def begin(self, node: _Node) -> None:
        if "id" in node.attributes:
            self.pending += f'<a id="{node.attributes["id"]}"></a>'

    def text(self, node: _Node) -> str:
        """All of a node's text on one line."""
        pending, self.pending = self.pending, ""
        return pending + " ".join("".join(map(self.inline, node.children)).split())

    def paragraph(self, run: list[str]) -> list[str]:
        text = " ".join("".join(run).split())
        if not text:
            return []
        pending, self.pending = self.pending, ""
        return [pending + re.sub(r"^(\d+)(?=[.)])|^(?=[-+#=>:])", r"\1\\", text)]

    def inline(self, child: _Node | str) -> str:
        if isinstance(child, str):
            return re.sub(r"([\\`*_{}\[\]|])", r"\\\1", child)
        if child.tag in _DROPPED:
            return ""
        if child.tag == "svg":
            drawing = child.raw + "".join(each for each in child.children if isinstance(each, str))
            return re.sub(r"\s*\n\s*", " ", drawing)
        anchor = f'<a id="{child.attributes["id"]}"></a>' if "id" in child.attributes else ""
        inner = "".join(map(self.inline, child.children))
        if child.tag in _BLOCKS or child.tag in _CONTAINERS:
            return f" {anchor}{inner} "
        if child.tag == "a" and "href" in child.attributes and inner.strip():
            return f"{anchor}[{inner.strip()}]({self.link(child.attributes['href'])})"
        opening, closing = _INLINE.get(child.tag, ("", ""))
        return f"{anchor}{opening}{inner.strip()}{closing}" if opening and inner.strip() else anchor + inner


def _all(node: _Node, tag: str) -> Iterator[_Node]:
    for child in node.children:
        if isinstance(child, _Node):
            if child.tag == tag:
                yield child
            yield from _all(child, tag)


def _prefixed(prefix: str, text: str) -> str:
    return "\n".join(f"{prefix}{line}".rstrip() for line in text.split("\n"))


def _hanging(mark: str, text: str) -> str:
    """A list item: the mark before the first line, the others as far in as the mark is wide."""
    first, *rest = text.split("\n")
    return "\n".join([f"{mark}{first}", *(f"{' ' * len(mark)}{line}".rstrip() for line in rest)])
