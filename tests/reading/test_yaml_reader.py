"""YAML as editors may write it: plain data out, the place of everything known, and every surprise refused."""

from unittest.mock import patch

import pytest

from stuntbook.diagnostics import Location, Report
from stuntbook.reading import yaml_syntax
from stuntbook.reading.yaml_reader import Data, Parsed, read_yaml


def read(text: str) -> Parsed:
    report = Report()
    parsed = read_yaml(text, "a.yaml", report)
    assert not report.has_errors, report.render()
    assert parsed
    return parsed


def problems(text: str) -> list[tuple[str, int, int]]:
    report = Report()
    read_yaml(text, "a.yaml", report)
    return [(d.code, d.location.line, d.location.column) for d in report]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: text\nb: 12\nc: -3\nd: 4.50\n", {"a": "text", "b": 12, "c": -3, "d": 4.5}),
        ("a: true\nb: false\n", {"a": True, "b": False}),
        ("a: [x, y]\nb:\n  - z\n", {"a": ("x", "y"), "b": ("z",)}),
        ("a: {b: {c: d}}\n", {"a": {"b": {"c": "d"}}}),
        ("a: \"no\"\nb: '1:30'\nc: \"1917\"\nd: '~'\n", {"a": "no", "b": "1:30", "c": "1917", "d": "~"}),
        ("a: |\n  one\n  two\nb: >-\n  one\n  two\n", {"a": "one\ntwo\n", "b": "one two"}),
        ("a: |\n  no\nb: >-\n  1917\n", {"a": "no\n", "b": "1917"}),
        ("'1917': a\n\"no\": b\n", {"1917": "a", "no": "b"}),
        ("a: Rock & Roll * 2\nb: 10% off\n", {"a": "Rock & Roll * 2", "b": "10% off"}),
        ("a: 'q & a: &x *y'\n", {"a": "q & a: &x *y"}),
        ("a: {}\nb: []\nc: ''\n", {"a": {}, "b": (), "c": ""}),
        ("a: قناة 🎬\n", {"a": "قناة 🎬"}),
        ("- a\n- b\n", ("a", "b")),
        ("just text", "just text"),
    ],
)  # fmt: skip
def test_data(text: str, data: Data) -> None:
    assert read(text).data == data


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", "---\n"])
def test_no_data(text: str) -> None:
    report = Report()
    parsed = read_yaml(text, "a.yaml", report)
    assert parsed is None or parsed.data is None


TEXT = """\
title: A
"é 🎬": {b: [運河, x, y]}
list:
  - one
  - two: "2"
    three: 3
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("title",), 1, 8),
        (("é 🎬",), 2, 8),
        (("é 🎬", "b"), 2, 12),
        (("é 🎬", "b", 0), 2, 13),
        (("é 🎬", "b", 1), 2, 17),
        (("é 🎬", "b", 2), 2, 20),
        (("list",), 4, 3),
        (("list", 0), 4, 5),
        (("list", 1), 5, 5),
        (("list", 1, "two"), 5, 10),
        (("list", 1, "three"), 6, 12),
    ],
)
def test_the_place_of_a_value(path: tuple[str | int, ...], line: int, column: int, line_end: str) -> None:
    parsed = read(TEXT.replace("\n", line_end))
    assert parsed.place.at(*path) == Location("a.yaml", line, column)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("title",), 1, 1),
        (("é 🎬",), 2, 1),
        (("é 🎬", "b"), 2, 9),
        (("list", 1), 5, 5),
        (("list", 1, "three"), 6, 5),
    ],
)
def test_the_place_of_a_key(path: tuple[str | int, ...], line: int, column: int) -> None:
    assert read(TEXT).place.find(*path).key == Location("a.yaml", line, column)


def test_a_place_that_is_not_there_is_that_of_the_value_above() -> None:
    place = read(TEXT).place
    assert place.at("list", 1, "four") == place.at("list", 1)


def test_places_move_with_their_lines() -> None:
    place = read("a:\n  b: c\n").place
    place.stretch.first_line = 10
    assert place.at("a", "b") == Location("a.yaml", 11, 6)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_only_line_feeds_count_as_lines(separator: str) -> None:
    assert problems(f'a: "x{separator}y"\nb: no\n') == [("yaml-surprise", 2, 4)]


@pytest.mark.parametrize(
    "value",
    ["no", "Yes", "on", "OFF", "1:30", "2018-07-27", "~", "null", "0x1F", "0755", "1_000", "+5", ".5", ".inf"],
)  # fmt: skip
def test_a_surprise(value: str) -> None:
    assert problems(f"a: {value}\n") == [("yaml-surprise", 1, 4)]
    assert problems(f"a: [x, {value}]\n") == [("yaml-surprise", 1, 8)]


@pytest.mark.parametrize("key", ["no", "1917", "1.5", "true", "2018-07-27", "~", "0x1F", "<<"])
def test_no_key_is_dropped_in_silence(key: str) -> None:
    assert ("yaml-surprise", 2, 1) in problems(f"a: b\n{key}: {{c: d}}\n")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: x\nb: y\na: z\n", ("yaml-duplicate-key", 3, 1)),
        ("a: {b: 1, b: 2}\n", ("yaml-duplicate-key", 1, 11)),
        ("a: x\n'a': z\n", ("yaml-duplicate-key", 2, 1)),
        ("a: &b x\n", ("yaml-anchor", 1, 4)),
        ("a: {b: &c x}\n", ("yaml-anchor", 1, 8)),
        ("a:\tx\n", ("yaml-tab", 1, 3)),
        ("a: !b x\n", ("yaml-tag", 1, 4)),
        ("a: !!binary eA==\n", ("yaml-tag", 1, 4)),
        ("a: !b [x]\n", ("yaml-tag", 1, 4)),
        ("? [a]\n: b\n", ("yaml-key", 1, 3)),
        ("a:\n", ("empty-value", 1, 3)),
        ("a:\n  -\n", ("empty-value", 2, 4)),
        ("a: b: c\n", ("yaml-syntax", 1, 5)),
        ("a: x\n---\nb: y\n", ("yaml-syntax", 2, 1)),
        ('a:\n  b: "x\n', ("yaml-syntax", 2, 6)),
        ("a: x\nb: \x01\n", ("yaml-syntax", 2, 4)),
    ],
)
def test_a_problem_and_its_place(text: str, problem: tuple[str, int, int]) -> None:
    assert problems(text) == [problem]


def test_an_alias_is_not_followed() -> None:
    for text, data, places in (
        ("a: &x [1]\nb: *x\nc: *x\n", {"a": (1,), "b": None, "c": None}, [(1, 4), (2, 4), (3, 4)]),
        ("a: *x\nb: [y]\n", {"a": None, "b": ("y",)}, [(1, 4)]),  # an alias of nothing
    ):
        parsed = read_yaml(text, "a.yaml", Report())
        assert parsed
        assert parsed.data == data
        assert problems(text) == [("yaml-anchor", *place) for place in places]


def test_where_things_stand_is_read_when_it_is_asked_for() -> None:
    with patch("stuntbook.reading.yaml_reader.parse", wraps=yaml_syntax.parse) as parse:
        place = read(f"{TEXT}# Nobody else has read this.\n").place.find("list", 1)
        assert parse.call_count == 1
        assert place.location.line == place.key.line
        assert parse.call_count == 2
