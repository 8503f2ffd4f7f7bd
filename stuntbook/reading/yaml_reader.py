"""YAML text -> plain data, with the place of every key and value.

The subset is what an editor can read without knowing YAML's traps: mappings, lists, text, numbers and true/false.
Whatever YAML 1.1 (https://yaml.org/spec/1.1/) would turn into something else than it looks like is a diagnostic.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile
from typing import Any, NamedTuple

import yaml
from yaml.resolver import Resolver

from stuntbook.diagnostics import Report
from stuntbook.reading.yaml_syntax import parse, start_of
from stuntbook.records.places import Place, Position, Stretch

Data = str | int | float | bool | None | tuple["Data", ...] | dict[str, "Data"]

_TAG = "tag:yaml.org,2002:"
_TEXT_TAG = f"{_TAG}str"
_RECENT = 32
"""The positions in so many texts are remembered."""
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,14}")
_SURPRISES = {
    "bool": "true or false",
    "int": "a number in another notation",
    "float": "a number in another notation",
    "null": "nothing at all",
    "timestamp": "a date",
    "value": "an instruction",
}
_MOST_TABS = 1_000
"""How many are reported at most."""
_RESOLVER = Resolver()


class Parsed(NamedTuple):
    """What a YAML text holds. Lists come as tuples."""

    data: Data
    place: Place


def read_yaml(text: str, path: str, report: Report, first_line: int = 1) -> Parsed | None:
    """The data of a YAML text, or None where it holds none or can't be read; all problems go to the report.

    `first_line` is the line of the file on which the text begins. A value that was reported is None in the data, so
    that no later stage reports it again.
    """
    return _Reader(stretch_of(path, text, first_line), report).read(text)


def as_read(data: Any) -> Data:
    """Data that JSON has held, in which lists are lists."""
    if isinstance(data, dict):
        return {key: as_read(value) for key, value in data.items()}
    return tuple(map(as_read, data)) if isinstance(data, list | tuple) else data


def stretch_of(path: str, text: str, first_line: int = 1) -> Stretch:
    """A text of YAML, which has no syntax problem where the places of its values are asked for."""
    return Stretch(path, text, _positions, first_line)


@lru_cache(_RECENT)
def _positions(text: str) -> Position:
    """The positions of all values in a text that has no syntax problem.

    Those of all texts of a large book would fill the memory; who asks for one most often asks for others of the text.
    """
    events = iter(parse(text)[0][2:])  # behind the starts of the stream and of the document
    position = _position(next(events), None, events)
    position.offset = position.key_offset = 0
    return position


def _position(event: yaml.Event, key: yaml.Event | None, events: Iterator[yaml.Event]) -> Position:
    """The position of the value that begins with an event; takes the rest of the value from the events behind it."""
    start = start_of(event)
    position = Position(start, start if key is None else start_of(key))
    if isinstance(event, yaml.ScalarEvent):
        position.text = event.value
    elif isinstance(event, yaml.SequenceStartEvent):
        position.parts.update(enumerate(_position(item, None, events) for item in _within(events)))
    elif isinstance(event, yaml.MappingStartEvent):
        for name in _within(events):
            _position(name, None, events)
            value = _position(next(events), name, events)
            if isinstance(name, yaml.ScalarEvent) and _tag_of(name) == _TEXT_TAG:
                position.parts.setdefault(name.value, value)
    return position


def _within(events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    """The events up to the end of a list or mapping, when whoever asks for one takes all of its own."""
    return takewhile(lambda event: not isinstance(event, yaml.CollectionEndEvent), events)


def _tag_of(scalar: yaml.ScalarEvent) -> str:
    """What kind of value a scalar is, by its tag or by its looks."""
    if scalar.implicit[0]:
        return _tag_of_plain(scalar.value)
    return _TEXT_TAG if scalar.tag is None else str(scalar.tag)


@lru_cache(maxsize=1_000)
def _tag_of_plain(text: str) -> str:
    """The kind of value that a text without quotation marks is taken for. Cached, as the same few keys come again."""
    return str(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)))  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class _Reader:
    stretch: Stretch
    report: Report

    def read(self, text: str) -> Parsed | None:
        # The first tab of each line that has one.
        tabs = re.finditer(r"^[^\t\n]*(\t)", text, re.MULTILINE) if "\t" in text else ()
        for tab in islice(tabs, _MOST_TABS):
            location = self.stretch.location(tab.start(1))
            self.report.error(location, "yaml-tab", "a tab character", "indent and separate with spaces")
        events, problem = parse(text)
        anchors = set(self._report_anchors(events)) if "&" in text or "*" in text else set()
        if problem is not None:
            location = self.stretch.location(problem.offset)
            # A tab, or what is taken for an alias, is the likely cause, and has been reported.
            if "\t" not in text and location.line not in anchors:
                self.report.error(location, "yaml-syntax", problem.message, problem.advice)
            return None
        if len(events) < 3:  # nothing between the start and the end of the stream
            return None
        rest = iter(events[2:])
        return Parsed(self._value(next(rest), rest), Place(self.stretch))

    def _report_anchors(self, events: list[yaml.Event]) -> Iterator[int]:
        """Report anchors and aliases, and give their lines. A fact belongs in one place, so nothing needs them."""
        for event in events:
            if getattr(event, "anchor", None) is not None:
                sign, what = ("*", "an alias") if isinstance(event, yaml.AliasEvent) else ("&", "an anchor")
                advice = f'write the value out; a text that starts with "{sign}" needs quotation marks'
                self.error(event, "yaml-anchor", f"{what} is not used here", advice)
                yield self.stretch.location(start_of(event)).line

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Data:
        """The value that begins with an event; takes the rest of the value from the events behind it."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, events)
        if isinstance(event, yaml.SequenceStartEvent):
            self._check_tag(event, "seq")
            return tuple(self._value(item, events) for item in _within(events))
        return None  # an alias, which has been reported

    def _mapping(self, start: yaml.MappingStartEvent, events: Iterator[yaml.Event]) -> dict[str, Data]:
        self._check_tag(start, "map")
        data: dict[str, Data] = {}
        keys: dict[str, yaml.Event] = {}
        for key in _within(events):
            name = self._key(key, events)
            value = self._value(next(events), events)
            if name in keys:
                line = self.stretch.location(start_of(keys[name])).line
                advice = "merge the two, or rename one of them"
                self.error(key, "yaml-duplicate-key", f'"{name}" stands here already, on line {line}', advice)
            elif name is not None:
                data[name], keys[name] = value, key
        return data

    def _key(self, event: yaml.Event, events: Iterator[yaml.Event]) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            _position(event, None, events)  # passes over what belongs to the key
            if not isinstance(event, yaml.AliasEvent):
                advice = "remove the brackets or the question mark"
                self.error(event, "yaml-key", "a key must be plain text", advice)
            return None
        value = self._scalar(event)
        if isinstance(value, str):
            return sys.intern(value)  # saves memory: the same few keys come again and again
        if value is not None:
            self._surprise(event, "true or false" if isinstance(value, bool) else "a number")
        return None

    def _scalar(self, event: yaml.ScalarEvent) -> Data:
        text: str = event.value
        tag = _tag_of(event)
        if tag == _TEXT_TAG:
            return text
        kind = tag.removeprefix(_TAG)
        if kind == "int" and _INTEGER.fullmatch(text):
            return int(text)
        if kind == "float" and _DECIMAL.fullmatch(text):
            return float(text)
        if kind == "bool" and text in ("true", "false"):
            return text == "true"
        if kind == "null" and not text:
            self.error(event, "empty-value", "there is no value here", "write one, or remove the key")
        elif kind == "merge":
            message = f"{text} without quotation marks is read as an instruction to merge"
            self.error(event, "yaml-surprise", message, "write the keys out")
        elif kind in _SURPRISES:
            self._surprise(event, _SURPRISES[kind])
        else:
            self._check_tag(event, "str")
        return None

    def _surprise(self, event: yaml.ScalarEvent, meaning: str) -> None:
        message = f"{event.value} without quotation marks is read as {meaning}"
        advice = f'to mean the text, put it in quotation marks: "{event.value}"'
        self.error(event, "yaml-surprise", message, advice)

    def _check_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, expected: str) -> None:
        if event.tag not in (None, "!", _TAG + expected):
            tag = event.tag.replace(_TAG, "!!")
            self.error(event, "yaml-tag", f"the tag {tag} is not used here", "remove it; values need no tags")

    def error(self, event: yaml.Event, code: str, message: str, advice: str) -> None:
        self.report.error(self.stretch.location(start_of(event)), code, message, advice)
