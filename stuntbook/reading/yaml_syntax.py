"""YAML text -> the parser's events, and what is wrong where they end early, in the words of an editor.

A problem is recognised by what stands where the parser stopped. The parser's own message is passed on only where that
tells nothing: libyaml and PyYAML's own parser stop at the same places but word their messages differently, and each may
change its words with any version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import yaml

DEEPEST = 32
"""How many mappings and lists may stand one within the other; a record needs about ten."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEPTH_CHANGES: dict[type[yaml.Event], int] = {
    yaml.MappingStartEvent: 1,
    yaml.SequenceStartEvent: 1,
    yaml.MappingEndEvent: -1,
    yaml.SequenceEndEvent: -1,
}
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no YAML text may hold: https://yaml.org/spec/1.1/#c-printable"""
_BRACKET = re.compile(r"[\[{]")
_QUOTED = re.compile(r"""(?s)"(?:[^"\\]++|\\.)*+"|'(?:[^']++|'')*+'""")
_KEY_OF_LINE = re.compile(r"""[ -]*+("[^"]*"|'[^']*'|[^\s:,\[\]{}"'][^:,\[\]{}]*)?""")
_WITHIN_MARKS = {'"': 'within "…" write \\" for a mark', "'": "within '…' write '' for a mark"}


class SyntaxProblem(NamedTuple):
    """Why a text can't be read as YAML."""

    offset: int
    """In code points from the start of the text."""
    message: str
    advice: str


def parse(text: str) -> tuple[list[yaml.Event], SyntaxProblem | None]:
    """The events of a text; they end early where there is a problem."""
    events: list[yaml.Event] = []
    depth = 0
    try:
        for event in iter(_LOADER(text).get_event, None):
            events.append(event)
            kind = type(event)
            if kind is yaml.ScalarEvent:
                continue
            depth += _DEPTH_CHANGES.get(kind, 0)
            if depth > DEEPEST:
                return events, _too_deep(start_of(event))
            if kind is yaml.DocumentStartEvent and len(events) > 2:
                advice = "keep one document per file: remove the second ---"
                return events, SyntaxProblem(start_of(event), "a second document begins here", advice)
    except yaml.reader.ReaderError:
        found = _UNPRINTABLE.search(text)
        message = "a character that no YAML file may hold"
        return events, SyntaxProblem(found.start() if found else 0, message, "remove the invisible character here")
    except yaml.YAMLError as error:
        return events, _problem_of(error, text, events)
    return events, None


def start_of(event: yaml.Event) -> int:
    """The offset of an event's first character, in code points from the start of the text."""
    assert event.start_mark is not None
    return event.start_mark.index


def end_of(event: yaml.Event) -> int:
    """The offset behind an event's last character."""
    assert event.end_mark is not None
    return event.end_mark.index


def _problem_of(error: yaml.YAMLError, text: str, events: list[yaml.Event]) -> SyntaxProblem:
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    stop = _Stop(text, events, mark.index if mark else 0, context.index if context else None)
    recognise = _scanner_problem if isinstance(error, yaml.scanner.ScannerError) else _parser_problem
    return recognise(stop) or stop.problem(
        f"this is not YAML: {getattr(error, 'problem', None) or error}",
        "check the indentation, colons and quotation marks here and on the line above",
    )


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where the parser stopped."""

    text: str
    events: list[yaml.Event]
    """What it saw before."""
    offset: int
    context: int | None
    """Where the key, text, mapping or list begins that it was reading; None where it does not say."""

    def problem(self, message: str, advice: str, offset: int | None = None) -> SyntaxProblem:
        return SyntaxProblem(self.offset if offset is None else offset, message, advice)

    @property
    def char(self) -> str:
        """The character there; empty at the end of the text."""
        return self.text[self.offset : self.offset + 1]

    @property
    def line(self) -> str:
        """What stands before it on its line."""
        return self.text[self.offset - self.column(self.offset) : self.offset]

    @property
    def follows_last(self) -> bool:
        """Whether it stands behind the last event, on the same line."""
        return not self.text[end_of(self.events[-1]) : self.offset].strip(" ")

    def column(self, offset: int) -> int:
        return offset - self.text.rfind("\n", 0, offset) - 1

    def has_line_end_since(self, offset: int) -> bool:
        return "\n" in self.text[offset : self.offset]

    def open_collections(self) -> list[yaml.CollectionStartEvent]:
        """The starts of the mappings and lists that have not ended, the outermost first."""
        starts: list[yaml.CollectionStartEvent] = []
        for event in self.events:
            if isinstance(event, yaml.CollectionStartEvent):
                starts.append(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                starts.pop()
        return starts

    def bracket(self) -> int | None:
        """The offset of the bracket around it, where there is one."""
        innermost = self.open_collections()[-1:]
        return start_of(innermost[0]) if innermost and innermost[0].flow_style else None


def _scanner_problem(stop: _Stop) -> SyntaxProblem | None:
    """Why the characters make no tokens."""
    if stop.context is None or stop.context == stop.offset:
        return _misplaced_character(stop)
    opening = stop.text[stop.context]
    if opening in _WITHIN_MARKS:
        return _quotation_problem(stop, stop.context)
    if opening in "*&!%":
        return _cannot_start(stop, stop.context)
    if opening in "|>":
        advice = f"begin the text on the line below; a text that starts with {opening} needs quotation marks"
        return stop.problem(f"more text follows {opening} on its line", advice)
    return _no_colon(stop, stop.context)


def _misplaced_character(stop: _Stop) -> SyntaxProblem | None:
    if stop.char == ":":
        return _colon_in_text(stop)
    if stop.char == "-":
        advice = "write its entries on the lines below; a text that starts with a dash needs quotation marks"
        return stop.problem("a list can't begin on the line of its key", advice)
    if _BRACKET.match(stop.char):
        # libyaml has a limit of its own since 0.2.6, and meets it before it gives the events of the first brackets.
        last = end_of(stop.events[-1])
        starts = [start_of(event) for event in stop.open_collections()]
        starts += [match.start() for match in _BRACKET.finditer(stop.text, last, stop.offset + 1)]
        return _too_deep(starts[: DEEPEST + 1][-1])
    return _cannot_start(stop, stop.offset) if stop.char and not stop.char.isalnum() else None


def _too_deep(offset: int) -> SyntaxProblem:
    return SyntaxProblem(offset, "this is nested too deeply", "check the brackets and the indentation")


def _cannot_start(stop: _Stop, offset: int) -> SyntaxProblem:
    return stop.problem(f"a text can't start with {stop.text[offset]}", "put the text in quotation marks", offset)


def _no_colon(stop: _Stop, key: int) -> SyntaxProblem | None:
    if stop.char and not stop.has_line_end_since(key):
        return None
    advice = "a key needs a colon and a space behind it; indent a text of several lines"
    return stop.problem("this line is neither a key nor part of the text above it", advice, key)


def _quotation_problem(stop: _Stop, opening: int) -> SyntaxProblem | None:
    backslash = stop.text.rfind("\\", opening, stop.offset + 1)
    if stop.text[opening] == '"' and 0 <= stop.offset - backslash <= 2 and backslash >= 0:
        advice = "within \"…\" write \\\\ for a backslash, or put the text in '…'"
        return stop.problem(f'{stop.text[backslash : backslash + 2]} means nothing within "…"', advice, backslash)
    quoted = _QUOTED.match(stop.text, opening)
    if quoted and quoted.end() <= stop.offset:
        return _no_colon(stop, opening)
    advice = f"write it again where the text ends; {_WITHIN_MARKS[stop.text[opening]]}"
    return stop.problem("the quotation mark that opens here is not closed", advice, opening)


def _colon_in_text(stop: _Stop) -> SyntaxProblem | None:
    last = stop.events[-1]
    if isinstance(last, yaml.ScalarEvent) and stop.has_line_end_since(start_of(last)):
        advice = 'check the indentation; a text that holds a colon needs quotation marks: "Mission: Impossible"'
        return stop.problem("this line is read as part of the text above it", advice)
    return _text_behind(stop) or stop.problem(
        "a colon in a text without quotation marks", 'put the text in quotation marks: "Mission: Impossible"'
    )


def _parser_problem(stop: _Stop) -> SyntaxProblem | None:
    """Why the tokens make no mappings, lists and texts."""
    bracket = stop.bracket()
    if bracket is not None:
        return _problem_in_brackets(stop, bracket)
    if stop.context == stop.offset and stop.char and stop.char in ",]}!":
        return _cannot_start(stop, stop.offset)
    if stop.line.strip(" -"):
        return _text_behind(stop)
    if stop.char == ":":
        return _no_key(stop)
    return None if stop.context is None else _indentation_problem(stop, stop.context)


def _indentation_problem(stop: _Stop, collection: int) -> SyntaxProblem:
    if stop.text[collection] == "-" and stop.column(collection) == stop.column(stop.offset):
        return stop.problem("an entry of a list without a dash", "write a dash before it, or check the indentation")
    advice = "let the keys of a record, and the entries of a list, begin in the same column"
    return stop.problem("the indentation of this line fits no line above it", advice)


def _problem_in_brackets(stop: _Stop, bracket: int) -> SyntaxProblem | None:
    begins_line = stop.has_line_end_since(bracket) and _KEY_OF_LINE.fullmatch(stop.line)
    if not stop.char or stop.char in "]}" or begins_line:
        message = "the bracket that opens here is not closed, or a comma is missing"
        return stop.problem(message, "close it, and write commas between its entries", bracket)
    if behind := _text_behind(stop):
        return behind
    if stop.char == ":":
        return _no_key(stop) if stop.line.rstrip(" ")[-1:] in ("", "[", "{", ",") else _colon_in_text(stop)
    if stop.char == ",":
        return stop.problem("there is nothing before this comma", "remove it")
    return None


def _no_key(stop: _Stop) -> SyntaxProblem:
    return stop.problem("there is no key before this colon", "write a key, or put the text in quotation marks")


def _text_behind(stop: _Stop) -> SyntaxProblem | None:
    """The problem that a line goes on behind a quoted text or a bracket that has ended."""
    last = stop.events[-1]
    start, end = start_of(last), end_of(last)
    if not stop.follows_last:
        return None
    commas = "" if stop.bracket() is None else "; write commas between entries"
    if isinstance(last, yaml.ScalarEvent) and last.style in _WITHIN_MARKS:
        advice = _WITHIN_MARKS[last.style]
        if "\n" in stop.text[start:end]:
            message = "the quotation mark that opens here is closed on a later line, where more text follows"
            return stop.problem(message, f"close it where the text ends; {advice}", start)
        advice = f"put the whole text in quotation marks; {advice}{commas}"
        return stop.problem("more text follows the closing quotation mark", advice)
    if stop.text[end - 1] in "]}":
        advice = f"a text that starts with [ or {{ needs quotation marks{commas}"
        return stop.problem("more text follows the closing bracket", advice)
    return None
