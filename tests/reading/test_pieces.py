"""A file read record by record gives what it gives as a whole, or is not taken apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stuntbook.diagnostics import Location, Report
from stuntbook.reading.pieces import split
from stuntbook.reading.yaml_reader import Data, read_yaml
from stuntbook.records.places import Place
from tests.site_tools import ROOT

PLAIN = 'films:\n  a:\n    title: A\n\n  # about b\n  b:\n    title: "B"\npeople: # all\n  c:\n    name: C\n'


def places(place: Place) -> Iterator[Location]:
    """Where everything stands, keys and values."""
    yield place.location
    yield place.key
    for name in place.position.parts:
        yield from places(place.find(name))


def in_pieces(text: str) -> dict[tuple[str, str], tuple[Data, list[Location]]] | None:
    """Data and places per section and key, read piece by piece; None where that can't be."""
    read: dict[tuple[str, str], tuple[Data, list[Location]]] = {}
    pieces = split(text)
    for piece in pieces or ():
        report = Report()
        parsed = read_yaml(piece.text, "a.yaml", report)
        if report or parsed is None or not isinstance(parsed.data, dict) or len(parsed.data) != 1:
            return None
        ((key, data),) = parsed.data.items()
        place = parsed.place.find(key)
        place.stretch.first_line = piece.first_line
        read[piece.section, key] = data, list(places(place))
    return read if pieces and len(read) == len(pieces) else None


def as_a_whole(text: str) -> dict[tuple[str, str], tuple[Data, list[Location]]] | None:
    """The same, read at once; None where anything is wrong."""
    report = Report()
    parsed = read_yaml(text, "a.yaml", report)
    if report or parsed is None or not isinstance(parsed.data, dict):
        return None
    return {
        (section, key): (data, list(places(parsed.place.find(section, key))))
        for section, entries in parsed.data.items()
        if isinstance(entries, dict)
        for key, data in entries.items()
    }


def test_every_record_is_a_piece_and_knows_its_line() -> None:
    pieces = split(PLAIN)
    assert pieces
    assert [(piece.section, piece.first_line) for piece in pieces] == [("films", 2), ("films", 6), ("people", 9)]
    assert [piece.text.split(":")[0].strip() for piece in pieces] == ["a", "b", "c"]
    assert in_pieces(PLAIN) == as_a_whole(PLAIN)


@pytest.mark.parametrize("path", [ROOT / "stunts.yaml", ROOT / "tests/sites/valid/stunts.yaml"])
def test_real_files_are_the_same_in_pieces(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = in_pieces(text)
    assert found
    assert found == as_a_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "films:\n",
        "films: {}\n",
        "films:\n  a: {title: A}\nfilms:\n  b: {title: B}\n",
        "films:\n  a:\n    title: A\n  a:\n    title: B\n",
        "films:\n  - a\n",
        "films:\n  a:\n    title: A\n b:\n    title: B\n",
        'films:\n  a:\n    title: "A\n  b: x"\n',
        "films:\n  a: [1,\n  2]\n",
        "films:\n  a: &x {title: A}\n  b: *x\n",
        "films:\n  a:\n    title: A\n---\n",
        "films:\n  a:\n    title: A\u2028...\n  b:\n    title: B\n",
        "films:\n  a:\n    title: A\rpeople:\n  b:\n    name: B\n",
        "films:\n  a:\n    title: A\n\tb: c\n",
    ],
)
def test_what_is_wrong_or_unusual_is_read_as_a_whole(text: str) -> None:
    assert in_pieces(text) is None


LINES = st.sampled_from(
    """
films:
people:
films: # x
  a:
  b:
  c: d
    title: A
    title: "A
    b"
  b'
    x: |
    x: >+
      text
   text
  # y
# z
    - 1
  - 2
    z: [1,
  2]
   odd: 1
    'q': "r"
...
---
%YAML 1.1
    t: x<LS>  y: z
    u: v<CR>
    w: &x 1
  ? k
  : v
    n: !!str 5
    m: {a: 1
  }
      deeper: 1
    e: 'it''s
  s: t'
""".replace("<LS>", "\u2028")
    .replace("<CR>", "\r")
    .split("\n")
)
"""Lines that YAML reads in one way or another according to what stands around them."""


@given(st.lists(LINES, max_size=9))
@example(["films:", "  a:", "    x: |", "      text", "", "", "  b:", "    title: A"])
@example(["films:", "  a:", "    x: >+", "      text", "", "# z", "  b:", "    title: A"])
def test_pieces_never_give_anything_else_than_the_whole(lines: list[str]) -> None:
    text = "\n".join(["films:", "  first:", "    title: F", *lines]) + "\n"
    found = in_pieces(text)
    assert found is None or found == as_a_whole(text)
