"""A place in a YAML file that may be half typed -> the value there, and the keys that lead to it.

Only the record around the place is parsed, and of that no more than is sound; where even this fails, the lines alone
that the place is indented below.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from stuntbook.reading.yaml_syntax import parse, start_of

_CARET = "\ue000"
"""Stands where an editor types; no file means anything by it."""
_ENDINGS = ("", '"', "'", ":")
"""What may still have to be typed before a parser sees that there is a value."""
_SECTION = re.compile(r"[A-Za-z]\w*:[^\S\n]*(?:#[^\n]*)?(?=\n|$)")
_KEY = re.compile(r"( *)((?:- +)*)[\w-]+:(.*)")
_LONGEST = 200_000
"""The most characters that are parsed at once, so that an answer never takes long."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A key, or a value that is neither a mapping nor a list."""

    path: tuple[str | int, ...]
    """The keys and indexes that lead to it; for a key, those that lead to its mapping."""
    is_key: bool
    value: str
    """What it says; where it is half typed, as far as the place that was asked for."""
    start: int
    """Offset in the file."""
    end: int
    """Offset behind it; where it is half typed, the place that was asked for."""
    style: str
    """The quotation mark that it stands in, `|` or `>`; empty for none."""


def typed_at(text: str, offset: int) -> Scalar | None:
    """The key or value that is being typed at an offset, and ends there."""
    whole = _typed(_lead_in(text, offset), offset)
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    # A mark that nobody has closed yet on a line above takes in this one too.
    if whole and not (whole.start < offset - len(line) and _KEY.fullmatch(line)):
        return whole
    return _typed(_lines_above(text, offset), offset) or whole


def _typed(lines: str, offset: int) -> Scalar | None:
    """The key or value that is being typed at the end of some lines, which is at an offset of their file."""
    for ending in _ENDINGS:
        found = next((each for each in _scalars(f"{lines}{_CARET}{ending}") if _CARET in each.value), None)
        if found is not None:
            value = found.value[: found.value.index(_CARET)]
            return Scalar(found.path, found.is_key, value, offset - len(lines) + found.start, offset, found.style)
    return None


def scalar_at(text: str, offset: int) -> Scalar | None:
    """The key or value at an offset, as far as the record is sound up to its end."""
    lead = _lead_in(text, offset)
    shift = offset - len(lead)
    found = (each for each in _scalars(lead + _rest(text, offset)) if each.start <= len(lead) <= each.end)
    # A value begins where nothing separates it from the one before: the later one is meant.
    last = max(found, key=lambda each: each.start, default=None)
    if last is None:
        return None
    return Scalar(last.path, last.is_key, last.value, last.start + shift, last.end + shift, last.style)


def scalar_of(text: str, offset: int, first: int = 0) -> Scalar | None:
    """The key or value that begins at an offset of a short YAML text; `first` is where the text begins in its file."""
    for each in _scalars(text[first:]):
        if each.start + first == offset:
            return Scalar(each.path, each.is_key, each.value, offset, each.end + first, each.style)
    return None


def identifiers_in(text: str) -> Iterator[tuple[str, str]]:
    """Section and identifier of every record that begins a line, whatever is wrong with it."""
    section, width = "", ""
    for match in re.finditer(r"^( *)([\w-]+):(?=\s|$)", text, re.MULTILINE):
        if not match[1]:
            section, width = match[2], ""
        elif section and match[1] == (width := width or match[1]):
            yield section, match[2]


def _lead_in(text: str, offset: int) -> str:
    """The line of the section, and the record up to an offset; all before it, in a file of another layout."""
    section = _line_above(text, offset, 0)
    header = _SECTION.match(text, section)
    if header is None or header.end() >= offset:
        return text[max(0, offset - _LONGEST) : offset]
    indented = re.compile(r"^( +)[^\s#]", re.MULTILINE).search(text, header.end(), offset)
    record = _line_above(text, offset, len(indented[1])) if indented else header.end()
    return f"{header[0]}\n{text[max(record, header.end() + 1) : offset]}"


def _line_above(text: str, offset: int, width: int) -> int:
    """Where the nearest line begins, from that of an offset upwards, that holds something in so narrow a column."""
    start = offset + 1
    while start > 0:
        start = text.rfind("\n", 0, start - 1) + 1
        content = text[start : start + width + 1].lstrip(" ")
        if content and content[0] not in "\r\n#-":
            break
    return start


def _rest(text: str, offset: int) -> str:
    """What follows an offset, as far as the next record can begin at the earliest."""
    section = _line_above(text, offset, 0)
    indented = re.compile(r"^( +)[^\s#]", re.MULTILINE).search(text, section)
    if _SECTION.match(text, section) is None or indented is None:
        return text[offset : offset + _LONGEST]
    next_one = re.compile(rf"\n {{0,{len(indented[1])}}}(?=[^\s#])").search(text, offset)
    return text[offset : min(next_one.start() if next_one else len(text), offset + _LONGEST)]


def _lines_above(text: str, offset: int) -> str:
    """The line of an offset up to there, and those above it below which it is indented, without what they hold."""
    start = text.rfind("\n", 0, offset) + 1
    lines = [text[start:offset]]
    width = len(lines[0]) - len(lines[0].lstrip(" "))
    while start > 0 and width > 0:
        end, start = start - 1, text.rfind("\n", 0, start - 1) + 1
        line = _KEY.fullmatch(text[start:end].rstrip("\r"))
        if line and len(line[1]) < width:
            width = len(line[1])
            lines.insert(0, f"{line[1]}{line[2]}x: 0" if line[3].strip() and line[2] else line[0])
    return "\n".join(lines)


def _scalars(text: str) -> Iterator[Scalar]:
    """The keys and values of a text, up to where it is no YAML."""
    path: list[str | int | None] = []
    """For each mapping that is open, the key whose value comes next, or None; for each list, the next index."""
    for event in parse(text)[0]:
        if isinstance(event, yaml.CollectionStartEvent):
            path.append(0 if isinstance(event, yaml.SequenceStartEvent) else None)
        elif isinstance(event, yaml.CollectionEndEvent):
            path.pop()
            _pass_over(path)
        elif isinstance(event, yaml.ScalarEvent):
            assert event.end_mark is not None
            is_key = bool(path) and path[-1] is None
            steps = tuple(step for step in path if step is not None)
            yield Scalar(steps, is_key, event.value, start_of(event), event.end_mark.index, event.style or "")
            if is_key:
                path[-1] = str(event.value)
            else:
                _pass_over(path)


def _pass_over(path: list[str | int | None]) -> None:
    """Note that a value has ended."""
    if path:
        step = path[-1]
        path[-1] = step + 1 if isinstance(step, int) else None
