"""A stylesheet without what applies to nothing.

Most of the theme's styles are for what only some sites show, or for what its own script adds.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import tinycss2
from tinycss2.ast import Node

_CONDITIONS = ("media", "supports", "layer", "container")
"""The at-rules that hold rules."""
_WORD = re.compile(r"[\w-]+")
_ASKED_FOR = re.compile(r"var\(\s*(--[\w-]+)")


def without_unused(css: str, markup: str) -> str:
    """The styles that may apply to elements, given all text of which a site's elements are made.

    Left out are comments, selectors with a class, an id, an element or a value of an attribute that is no word of the
    markup, and custom properties that nothing asks for.
    """
    rules = list(_used(_parsed(css), Words.of(markup)))
    asked_for = {*_ASKED_FOR.findall("".join(map(str, rules))), *_WORD.findall(markup)}
    return "".join(rule.text(asked_for) for rule in rules)


@lru_cache(maxsize=1)  # a server builds again and again with the same styles
def _parsed(css: str) -> Sequence[Node]:
    nodes: list[Node] = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return nodes


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, and the beginnings and ends of those that a template or a script puts together."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    ends: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        whole = frozenset(_WORD.findall(text))
        parts = [word for word in whole if word.strip("-_")]
        beginnings = tuple(word for word in parts if word[-1] in "-_")
        return cls(whole, beginnings, tuple(word for word in parts if word[0] in "-_"))

    def may_be(self, name: str) -> bool:
        """Whether a name is among them, or may be put together; of one with other characters nothing is known."""
        known = name in self.whole or name.startswith(self.beginnings) or name.endswith(self.ends)
        return known or not _WORD.fullmatch(name)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What stands before the braces, if there are any, and each declaration or rule within."""

    head: str
    body: "tuple[str | _Rule, ...] | None" = None
    separator: str = ""

    def text(self, properties: set[str] | None = None) -> str:
        """Without custom properties but these, where they are given; empty where nothing is left between the braces."""
        if self.body is None:
            return self.head
        parts = (each if isinstance(each, str) else each.text(properties) for each in self.body)
        kept = [each for each in parts if each and not _is_unused_property(each, properties)]
        return f"{self.head}{{{self.separator.join(kept)}}}" if kept else ""

    __str__ = text


def _is_unused_property(declaration: str, properties: set[str] | None) -> bool:
    name = declaration.partition(":")[0]
    return properties is not None and name.startswith("--") and name not in properties


def _used(nodes: Iterable[Node], words: Words) -> Iterator[_Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            heads = [_text(selector) for selector in _selectors(node.prelude) if _applies(selector, words)]
            if heads:
                yield _Rule(",".join(heads), tuple(_declarations(node.content)), ";")
        elif node.type == "at-rule" and node.lower_at_keyword in _CONDITIONS and node.content is not None:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield _Rule(f"@{node.lower_at_keyword} {_text(node.prelude)}", tuple(_used(inner, words)))
        elif node.type != "error":  # which browsers pass over
            yield _Rule(node.serialize())


def _declarations(content: Sequence[Node]) -> Iterator[str]:
    """And the rules that stand among them."""
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            yield f"{node.name}:{_text(node.value)}{'!important' if node.important else ''}"
        elif node.type != "error":
            yield node.serialize()


def _text(nodes: Sequence[Node]) -> str:
    for node in nodes:
        if node.type == "whitespace":
            node.value = " "
    return str(tinycss2.serialize([node for node in nodes if node.type != "comment"])).strip()


def _selectors(prelude: Iterable[Node]) -> Iterator[list[Node]]:
    """What stands between commas."""
    selector: list[Node] = []
    for node in prelude:
        if node == ",":
            yield selector
            selector = []
        else:
            selector.append(node)
    yield selector


def _applies(selector: Iterable[Node], words: Words) -> bool:
    """Whether all that a selector names may be there. What it says within `:not(…)` and the like is not looked at."""
    before = None
    for node in selector:
        if node.type == "ident" and before != ":" and not words.may_be(node.value):
            return False
        if node.type == "hash" and not words.may_be(node.value):
            return False
        if node.type == "[] block" and not all(map(words.may_be, _value(node.content))):
            return False
        before = node
    return True


def _value(attribute: Sequence[Node]) -> list[str]:
    """The words of a value that an attribute must have, as `[dir=rtl]` says; none where a part of it is enough."""
    known = len(attribute) == 3 and attribute[1] == "="
    return _WORD.findall(attribute[2].value) if known else []
