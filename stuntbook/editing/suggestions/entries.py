"""What is suggested -> lines of YAML, each entry by itself, so that one that does not hold can be set aside."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from stuntbook.editing.articles import quoted
from stuntbook.records.model import StuntStory

_WIDTH = 110
_STORY = tuple(StuntStory.model_fields)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """An entry of a list in a record, as lines without indentation."""

    key: tuple[str, ...]
    """The keys of the list: `quotes`, or `story` and `background`."""
    lines: tuple[str, ...]
    instead: "Entry | None" = None
    """What is suggested where this does not hold; without it, the lines stand as a comment."""
    is_comment: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A record that is suggested."""

    section: str
    identifier: str
    lines: tuple[str, ...]
    """Its keys that are no lists of entries."""
    entries: tuple[Entry, ...] = ()


@dataclass(slots=True)
class Rendered:
    """Lines of YAML, and the entry that each belongs to."""

    lines: list[str] = field(default_factory=list)
    owners: dict[int, Entry] = field(default_factory=dict)
    """By the number of the line within the lines."""

    def add(self, lines: Iterable[str], depth: int, entry: Entry | None = None) -> None:
        for line in lines:
            if entry is not None:
                self.owners[len(self.lines)] = entry
            self.lines.append(f"{' ' * depth}{line}" if line else "")


def render(record: Proposal) -> Rendered:
    """A record as it stands in its section."""
    rendered = Rendered()
    rendered.add([f"{record.identifier}:"], 2)
    rendered.add(record.lines, 4)
    for key, entries in _grouped(record.entries):
        _render_list(rendered, key, entries)
    story = [(key, entries) for key, entries in _grouped(record.entries, in_story=True)]
    if any(not each.is_comment for _, entries in story for each in entries):
        rendered.add(["story:"], 4)
    for key, entries in sorted(story, key=lambda part: _STORY.index(part[0])):
        _render_list(rendered, key, entries, 6)
    return rendered


def _render_list(rendered: Rendered, key: str, entries: Sequence[Entry], depth: int = 4) -> None:
    is_empty = all(each.is_comment for each in entries)
    rendered.add([f"# {key}:" if is_empty else f"{key}:"], depth)
    for entry in entries:
        first, *rest = entry.lines
        lines = [f"- {first}", *(f"  {line}" for line in rest)]
        rendered.add([f"# {line}" for line in lines] if entry.is_comment else lines, depth + 2, entry)


def _grouped(entries: Iterable[Entry], *, in_story: bool = False) -> Iterator[tuple[str, list[Entry]]]:
    """The entries of each list, in the order in which its first one comes."""
    lists: dict[str, list[Entry]] = {}
    for each in entries:
        if (len(each.key) > 1) == in_story:
            lists.setdefault(each.key[-1], []).append(each)
    return iter(lists.items())


def text_lines(key: str, text: str) -> list[str]:
    """A key with a text, over several lines where it needs them, which YAML reads as one."""
    if _is_plain(text) and len(text) <= _WIDTH:
        return [f"{key}: {text}"]
    return [
        f"{key}: >-",
        *(f"  {line}" for line in textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)),
    ]


def value_line(key: str, text: str) -> str:
    """A key with a short text, in quotation marks where YAML needs them."""
    return f"{key}: {text if _is_plain(text) else quoted(text)}"


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and text.casefold() not in _SURPRISES


_PLAIN = re.compile(r"[^\W\d_](?:[\w .,'’()&/-]*[\w.)])?")
"""A text that means itself in YAML."""
_SURPRISES = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def cite_line(article: str, passages: Sequence[str]) -> list[str]:
    """The citation of one article, or of several passages of it."""
    if len(passages) == 1:
        return [f"cite: {{{article}: {quoted(passages[0])}}}"]
    return ["cite:", *(f"  - {article}: {quoted(each)}" for each in passages)]
