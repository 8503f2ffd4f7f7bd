"""YAML text -> the parser's events, and what is wrong where they end early.

Slips that editors often make are told in our words, all others in the parser's. libyaml and PyYAML's own parser stop at
the same places, and of their words only those that both share are looked at.
"""

import re
from typing import NamedTuple

import yaml

DEEPEST = 32
"""How many mappings and lists may stand one within the other; a record needs about ten."""

_MOST_EVENTS = 500_000
"""How much a text may hold: about two events to a value. What holds more would take gigabytes of memory."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no YAML text may hold: https://yaml.org/spec/1.1/#c-printable"""
_WITHIN_MARKS = {'"': 'within "…" write \\" for a mark', "'": "within '…' write '' for a mark"}
_STARTS_NO_TEXT = frozenset("@`%&*!?|>,]}")
_ADVICE = {
    "simple key": "a key needs a colon and a space behind it; indent a text of several lines",
    "quoted scalar": "within \"…\" write \\\\ for a backslash, or put the text in '…'",
    "flow": "write commas between the entries, close every bracket, and put texts in quotation marks",
    "block": "let the keys of a record, and the entries of a list, begin in the same column",
}
"""By what the parser was reading."""


class SyntaxProblem(NamedTuple):
    """Why a text can't be read as YAML."""

    offset: int
    """In code points from the start of the text."""
    message: str
    advice: str


def parse(text: str) -> tuple[list[yaml.Event], SyntaxProblem | None]:
    """The events of a text; they end early where there is a problem."""
    events, problem = _parse(text, LOADER)
    if problem and _open_brackets(text[: problem.offset]) > DEEPEST:
        # libyaml has a limit of its own since 0.2.6, and meets it before it gives the events of the first brackets.
        return _parse(text, yaml.SafeLoader)
    return events, problem


def _open_brackets(text: str) -> int:
    return sum(map(text.count, "[{")) - sum(map(text.count, "]}"))


def _parse(text: str, loader: type[yaml.SafeLoader]) -> tuple[list[yaml.Event], SyntaxProblem | None]:
    events: list[yaml.Event] = []
    depth = 0
    try:
        for event in iter(loader(text).get_event, None):
            events.append(event)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    advice = "check the brackets and the indentation"
                    return events, SyntaxProblem(start_of(event), "this is nested too deeply", advice)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif len(events) > _MOST_EVENTS:
                message = "up to here stand more values than one record, or a file of this size, may have"
                return events, SyntaxProblem(start_of(event), message, "divide it into several records")
            elif isinstance(event, yaml.DocumentStartEvent) and len(events) > 2:
                advice = "keep one document per file: remove the second ---"
                return events, SyntaxProblem(start_of(event), "a second document begins here", advice)
    except yaml.reader.ReaderError:
        found = _UNPRINTABLE.search(text)
        message = "a character that no YAML file may hold"
        return events, SyntaxProblem(found.start() if found else 0, message, "remove the invisible character here")
    except yaml.MarkedYAMLError as error:
        return events, _problem_of(error, text, events[-1])
    return events, None


def start_of(event: yaml.Event) -> int:
    """The offset of an event's first character, in code points from the start of the text."""
    assert event.start_mark is not None
    return event.start_mark.index


def _problem_of(error: yaml.MarkedYAMLError, text: str, last: yaml.Event) -> SyntaxProblem:
    """Why the parser stopped behind its last event."""
    stop = error.problem_mark.index if error.problem_mark else 0
    start = error.context_mark.index if error.context_mark else stop
    context, char, opening = error.context or "", text[stop : stop + 1], text[start : start + 1]
    if "quoted scalar" in context and (not char or text.startswith(("---", "..."), stop)):
        advice = f"write it again where the text ends; {_WITHIN_MARKS[opening]}"
        return SyntaxProblem(start, "the quotation mark that opens here is not closed", advice)
    if opening in _STARTS_NO_TEXT and (start == stop or isinstance(error, yaml.scanner.ScannerError)):
        return SyntaxProblem(start, f"a text can't start with {opening}", "put the text in quotation marks")
    if behind := _text_behind(text, last, stop, "flow" in context):
        return behind
    line = text[text.rfind("\n", 0, stop) + 1 : stop].rstrip(" ")
    if char == ":" and line and line[-1] not in "[{,":
        advice = 'put the text in quotation marks: "Mission: Impossible"; or check indentation and brackets'
        return SyntaxProblem(stop, "a colon in a text without quotation marks", advice)
    offset = start if not char or "simple key" in context else stop
    message = f"this is not YAML: {error.problem}" + (f" ({context})" if context else "")
    otherwise = "check the indentation, colons and quotation marks here and on the line above"
    return SyntaxProblem(offset, message, next((_ADVICE[each] for each in _ADVICE if each in context), otherwise))


def _text_behind(text: str, last: yaml.Event, stop: int, in_brackets: bool) -> SyntaxProblem | None:
    """The problem that a line goes on behind a quoted text or a bracket that has ended."""
    assert last.end_mark is not None
    start, end = start_of(last), last.end_mark.index
    if text[stop : stop + 1] in ("", "]", "}") or text[end:stop].strip(" "):
        return None
    marks = _WITHIN_MARKS.get(text[start]) if isinstance(last, yaml.ScalarEvent) else None
    if marks and "\n" in text[start:end]:
        message = "the quotation mark that opens here is closed on a later line, where more text follows"
        return SyntaxProblem(start, message, f"close it where the text ends; {marks}")
    if marks and not in_brackets:
        advice = f"put the whole text in quotation marks; {marks}"
        return SyntaxProblem(stop, "more text follows the closing quotation mark", advice)
    if text[end - 1] in "]}" and not in_brackets:
        advice = "a text that starts with [ or { needs quotation marks"
        return SyntaxProblem(stop, "more text follows the closing bracket", advice)
    return None
