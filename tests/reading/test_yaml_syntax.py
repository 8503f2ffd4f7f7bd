"""What is wrong with a text that is not YAML, with either of PyYAML's parsers."""

import time

import pytest
import yaml

from stuntbook.reading import yaml_syntax
from stuntbook.reading.yaml_syntax import DEEPEST, parse

COLON = "a colon in a text without quotation marks"
MORE = "more text follows the closing"
QUOTATION = "the quotation mark that opens here is"
PARSER = "this is not YAML: "
"""What the parser's own words follow."""


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_syntax, "LOADER", getattr(yaml, request.param))


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("a: b: c", 4, COLON),
        ("a: ! b: c", 6, COLON),
        ("- {a: Note: the jump, b: c}", 10, COLON),
        ('- {a: "x",\n   b: Note: the jump}', 21, COLON),
        ("a: [x: y z: w]", 10, COLON),
        ("a:\n  b:c\n  d: e", 12, COLON),
        ('"a": "b": c', 8, f"{MORE} quotation mark"),
        ("a: 'it's'", 7, f"{MORE} quotation mark"),
        ('- {a: "Note" the jump}', 13, PARSER),
        ('a: ["x" "y"]', 8, PARSER),
        ("a: [[x]] is y", 9, f"{MORE} bracket"),
        ("a: {b: [x] c: d}", 11, PARSER),
        ('- {a: "Note the jump}\n- {a: "B"}', 6, f"{QUOTATION} closed on a later line"),
        ('- {a: "Note the jump}\n', 6, f"{QUOTATION} not closed"),
        ('a: "x\n---\nb"', 3, f"{QUOTATION} not closed"),
        ('a: "x\\xZZ"', 7, PARSER),
        ("a: [x, y\n", 3, PARSER),
        ("a: [x, y\nb:\n  - c", 10, COLON),
        ("a: {text:\n  Note: the jump, b: c}", 16, COLON),
        ("a: [x, {]", 8, "a text can't start with ]"),
        ("a: [x, , y]", 7, "a text can't start with ,"),
        ("a: {: b}", 4, PARSER),
        ("a:\n  b: c\n  : d", 12, PARSER),
        ("a: - b", 3, PARSER),
        ("a:\n  - b\n  c: d", 11, PARSER),
        ("a: > text", 3, "a text can't start with >"),
        ('a:\n  b: "c"\n    d: e', 16, PARSER),
        ("a:\n    b: c\n  d: e", 14, PARSER),
        ("a:\n  b: c\n  d", 12, PARSER),
        ('- b: c\n  "d"\n  e: f', 9, PARSER),
        ("a: x\n---\nb: y", 5, "a second document begins here"),
        ("a: é\x01", 4, "a character that no YAML file may hold"),
        *((f"a: {char} b", 3, f"a text can't start with {char}") for char in "@`%&*?],}"),
        *((f"[x, {char}b*c]", 4, f"a text can't start with {char}") for char in "@`%"),
        ("[a]\nb: c", 4, PARSER),
    ],
)
def test_a_problem_is_told_by_what_stands_there(text: str, where: int, message: str) -> None:
    _, problem = parse(text)
    assert problem
    assert (problem.offset, problem.message[: len(message)]) == (where, message)
    assert problem.advice


@pytest.mark.parametrize("depth", [DEEPEST + 1, 2_000, 100_000])
@pytest.mark.parametrize(
    ("opening", "closing", "step"), [("[", "]", 1), ("[{a: ", "}]", 2.5), ("- ", "", 2), ("[[ ", "]]", 1.5)]
)
def test_deep_nesting_is_a_problem(depth: int, opening: str, closing: str, step: float) -> None:
    levels = 2 if len(closing) == 2 else 1
    start = time.process_time()
    events, problem = parse(opening * (depth // levels + 1) + "x" + closing * (depth // levels + 1))
    assert problem
    assert problem.message == "this is nested too deeply"
    assert problem.offset == int(DEEPEST * step)
    assert len(events) < 4 * DEEPEST
    assert time.process_time() - start < 2


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("- ", "")])
def test_what_is_not_too_deep_is_read(opening: str, closing: str) -> None:
    assert parse(opening * DEEPEST + "x" + closing * DEEPEST)[1] is None


def test_collections_that_end_do_not_count() -> None:
    text = "\n".join("- [x, {a: [y]}]" for _ in range(1_000))
    assert parse(text)[1] is None


@pytest.mark.parametrize(
    "text", ["-" * 50_000 + ":", '"' + "\\" * 50_001, "'" * 50_001, "a: [" + " " * 50_000 + "x: y: z"]
)
def test_a_problem_takes_no_long_time(text: str) -> None:
    start = time.process_time()
    parse(text)
    assert time.process_time() - start < 2
