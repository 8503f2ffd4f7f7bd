"""YAML text -> plain data, with the place of every key and value.

The subset is what an editor can read without knowing YAML's traps: mappings, lists, text, numbers and true/false.
Whatever YAML 1.1 (https://yaml.org/spec/1.1/) would turn into something else than it looks like is a diagnostic.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from stuntbook.diagnostics import Location, Report
from stuntbook.records.places import Place, Position, Stretch

Data = str | int | float | bool | None | tuple["Data", ...] | dict[str, "Data"]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_TEXT = f"{_TAG}str"
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,14}")
_MAYBE_ANCHOR = re.compile(r"(?:^|[\s\[{,:-])[&*]\S", re.MULTILINE)
_BEGINS_WITH_BRACKET = re.compile(r"[^:]*:\s+[\[{]")
_SURPRISES = {
    "bool": "true or false",
    "int": "a number in another notation",
    "float": "a number in another notation",
    "null": "nothing at all",
    "timestamp": "a date",
    "value": "an instruction",
}
_QUOTE_IT = 'to mean the text, put it in quotation marks: "{text}"'
_SYNTAX_ADVICE = {
    "mapping values are not allowed": (
        'check the indentation; a text that holds a colon needs quotation marks: "Mission: Impossible"'
    ),
    "could not find expected ':'": "a key needs a colon and a space behind it; indent a text of several lines",
    "did not find expected key": 'check quotation marks and indentation; within "…" write \\" for a mark',
    "did not find expected alphabetic": "a text that starts with * or & needs quotation marks",
    "did not find expected '-' indicator": "check the indentation: the entries of a list start in the same column",
    "did not find expected ',' or": "the bracket that opens here is not closed, or a comma is missing",
    "found unexpected end of stream": "the quotation mark that opens here is not closed",
    "found unknown escape character": "within \"…\" write \\\\ for a backslash, or put the text in '…'",
    "found character that cannot start any token": "a text that starts with this character needs quotation marks",
    "but found another document": "keep one document per file: remove the second ---",
}
_AT_CONTEXT = ("found unexpected end", "did not find expected ','", "could not find expected ':'")
"""Problems that YAML notices behind the place where they are."""


class Parsed(NamedTuple):
    """What a YAML text holds. Lists come as tuples."""

    data: Data
    place: Place


def read_yaml(text: str, path: str, report: Report) -> Parsed | None:
    """The data of a YAML text, or None where it holds none or can't be read; all problems go to the report.

    A value that was reported is None in the data: a problem is told once.
    """
    return _Reader(Stretch(path, text, _positions), report).read(text)


def _positions(text: str) -> Position:
    """The positions in a text that was read before, without a syntax problem."""
    node = yaml.compose(text, Loader=_Loader)
    assert node is not None
    position = _position(node, None, set())
    position.offset = position.key_offset = 0
    return position


def _position(node: yaml.Node, key: yaml.Node | None, seen: set[int]) -> Position:
    """`seen` holds the identities of the nodes met so far: an alias leads to the same node again."""
    start = node.start_mark.index
    position = Position(start, start if key is None else key.start_mark.index)
    if isinstance(node, yaml.ScalarNode):
        position.text = node.value
    elif id(node) not in seen:
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                if isinstance(name, yaml.ScalarNode) and name.tag == _TEXT:
                    position.parts.setdefault(name.value, _position(value, name, seen))
        else:
            position.parts.update((index, _position(item, None, seen)) for index, item in enumerate(node.value))
    return position


@dataclass(frozen=True, slots=True)
class _Reader:
    stretch: Stretch
    report: Report
    converted: set[int] = field(default_factory=set)
    """Identities of the nodes met so far: an alias leads to the same node again, and is not followed."""

    def read(self, text: str) -> Parsed | None:
        tabs = list(self._tabs(text))
        for location in tabs:
            self.report.error(location, "yaml-tab", "a tab character", "indent and separate with spaces")
        try:
            self._check_anchors(text)
            node = yaml.compose(text, Loader=_Loader)
            return None if node is None else Parsed(self._convert(node), Place(self.stretch))
        except yaml.YAMLError as error:
            if not tabs:
                self._syntax(error, text)
        except RecursionError:
            advice = "check the brackets and the indentation"
            self.report.error(self.stretch.location(0), "yaml-syntax", "this is nested too deeply", advice)
        return None

    def _tabs(self, text: str) -> Iterator[Location]:
        if "\t" in text:
            for line in re.finditer(r"^[^\t\n]*(\t)", text, re.MULTILINE):
                yield self.stretch.location(line.start(1))

    def _check_anchors(self, text: str) -> None:
        """Report anchors and aliases: a fact that stands in one place is edited in one place."""
        if ("&" in text or "*" in text) and _MAYBE_ANCHOR.search(text):
            for event in yaml.parse(text, Loader=_Loader):
                if getattr(event, "anchor", None) is not None:
                    sign, what = ("*", "an alias") if isinstance(event, yaml.AliasEvent) else ("&", "an anchor")
                    advice = f'write the value out; a text that starts with "{sign}" needs quotation marks'
                    self.report.error(self._location(event), "yaml-anchor", f"{what} is not used here", advice)

    def _convert(self, node: yaml.Node) -> Data:
        if id(node) in self.converted:
            return None
        self.converted.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        assert isinstance(node, yaml.SequenceNode)
        self._check_tag(node, "seq")
        return tuple([self._convert(item) for item in node.value])

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Data]:
        self._check_tag(node, "map")
        data: dict[str, Data] = {}
        for key_node, value_node in node.value:
            name = self._key(key_node)
            if name is None:
                continue
            if name in data:
                first = next(key for key, _ in node.value if key.value == name)
                message = f'"{name}" stands here already, on line {self._location(first).line}'
                advice = "merge the two, or rename one of them"
                self.report.error(self._location(key_node), "yaml-duplicate-key", message, advice)
                continue
            data[name] = self._convert(value_node)
        return data

    def _key(self, node: yaml.Node) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            advice = "remove the brackets or the question mark"
            self.report.error(self._location(node), "yaml-key", "a key must be plain text", advice)
            return None
        value = self._scalar(node)
        if isinstance(value, str):
            return sys.intern(value)  # the same few keys come again and again
        if value is not None:
            self._surprise(node, "true or false" if isinstance(value, bool) else "a number")
        return None

    def _scalar(self, node: yaml.ScalarNode) -> Data:
        text: str = node.value
        if node.tag == _TEXT:
            return text
        kind = node.tag.removeprefix(_TAG)
        if kind == "int" and _INTEGER.fullmatch(text):
            return int(text)
        if kind == "float" and _DECIMAL.fullmatch(text):
            return float(text)
        if kind == "bool" and text in ("true", "false"):
            return text == "true"
        if kind == "null" and not text:
            self.report.error(
                self._location(node), "empty-value", "there is no value here", "write one, or remove the key"
            )
        elif kind == "merge":
            message = f"{text} without quotation marks is read as an instruction to merge"
            self.report.error(self._location(node), "yaml-surprise", message, "write the keys out")
        elif kind in _SURPRISES:
            self._surprise(node, _SURPRISES[kind])
        else:
            self._check_tag(node, "str")
        return None

    def _surprise(self, node: yaml.ScalarNode, meaning: str) -> None:
        message = f"{node.value} without quotation marks is read as {meaning}"
        self.report.error(self._location(node), "yaml-surprise", message, _QUOTE_IT.format(text=node.value))

    def _check_tag(self, node: yaml.Node, expected: str) -> None:
        if node.tag != _TAG + expected:
            tag = node.tag.replace(_TAG, "!!")
            advice = "remove it; values need no tags"
            self.report.error(self._location(node), "yaml-tag", f"the tag {tag} is not used here", advice)

    def _syntax(self, error: yaml.YAMLError, text: str) -> None:
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "can't be read"
        if problem.startswith("found undefined alias"):
            return  # reported as an alias
        context = getattr(error, "context_mark", None)
        mark = getattr(error, "problem_mark", None) or context
        if problem.startswith(_AT_CONTEXT) and context is not None:
            mark = context
        if mark is None:
            # A reader error: it knows the offset of a character that no YAML file may hold.
            before = text[: getattr(error, "position", 0)]
            location = self.stretch.location(len(before))
            advice = "remove the invisible character here"
        else:
            location = self.stretch.location(mark.index)
            advice = next((advice for known, advice in _SYNTAX_ADVICE.items() if problem.startswith(known)), "")
        if any(each.code == "yaml-anchor" and each.location.line == location.line for each in self.report):
            return  # what looks like an alias here is the trouble, and is reported
        line = text.split("\n")[location.line - 1]
        if problem == "did not find expected key" and _BEGINS_WITH_BRACKET.match(line):
            advice = f"a text that starts with [ or {{ needs quotation marks; {advice}"
        advice = advice or "check the indentation, colons and quotation marks here and on the line above"
        self.report.error(location, "yaml-syntax", f"this is not YAML: {problem}", advice)

    def _location(self, node: yaml.Node | yaml.Event) -> Location:
        assert node.start_mark
        return self.stretch.location(node.start_mark.index)
