"""The schema in a book's folder, in the language server that editors ask about YAML.

It is a program of Node.js: its exact version is in `yaml-language-server/package.json`; npm brings it into `.cache`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stuntbook.editing.starting import start
from tests.editing.language_client import CARET, Editor
from tests.editing.node_programs import find, installed

PROGRAM = Path(__file__).parent / "yaml-language-server"

AGENTS = {"hadewych-stroom", "kenzo-amatsuri", "teodor-morvane", "zorah-brenkel"}
FILMS = {"night-of-the-sluice"}
ARTICLES = {"courier-dam-drop", "lantern-awards"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book as `init` makes it, which nobody has built or checked."""
    folder = tmp_path_factory.mktemp("editors") / "book"
    start(folder)
    return folder


@pytest.fixture(scope="module")
def editor(book: Path) -> Iterator[Editor]:
    folder = installed("yaml-language-server", (PROGRAM / "package.json").read_text(encoding="utf-8"))
    program = folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    with Editor(book, find("node"), program, "--stdio") as asked:
        yield asked


def with_stunt(book: Path, lines: str) -> str:
    """The book's file with another stunt, of the given lines."""
    stunt = f"stunts:\n\n  new-one:\n    title: X\n    {lines.replace(chr(10), chr(10) + '    ')}\n"
    return (book / "stunts.yaml").read_text(encoding="utf-8").replace("stunts:\n", stunt, 1)


@pytest.mark.parametrize(
    ("lines", "offered"),
    [
        ("film: ¦", FILMS),
        ("film: [¦]", FILMS),
        ("film:\n  id: ¦", FILMS),
        ("film: {id: ¦}", FILMS),
        ("performers:\n  - ¦", AGENTS),
        ("performers: [¦]", AGENTS),
        ("quotes:\n  - speaker: ¦", AGENTS),
        ("quotes: [{speaker: ¦}]", AGENTS),
        ("quotes:\n  - speaker: x\n    via: ¦", AGENTS),
        ("quotes:\n  - speaker: x\n    via: [¦]", AGENTS),
        ("summary:\n  - text: X.\n    by: ¦", AGENTS),
        ("summary:\n  - text: X.\n    by: ha¦", AGENTS),
        ("summary: [{text: X., by: ¦}]", AGENTS),
        ("credits:\n  - person: ¦", AGENTS),
        ("credits: [{person: ¦}]", AGENTS),
        ("injuries:\n  - person: ¦", AGENTS),
        ("summary:\n  - text: X.\n    cite:\n      ¦", ARTICLES),
        ("summary:\n  - text: X.\n    cite:\n      - ¦", ARTICLES),
        ("summary:\n  - text: X.\n    cite: {l¦}", ARTICLES),  # between empty braces, this server offers no keys at all
        ("summary: [{text: X., also: {c¦}}]", ARTICLES),
        ("quotes:\n  - speaker: x\n    cite:\n      - c¦", ARTICLES),
    ],
)
def test_the_identifiers_that_exist_are_offered(editor: Editor, book: Path, lines: str, offered: set[str]) -> None:
    labels = {each.label for each in editor.complete("stunts.yaml", with_stunt(book, lines))}
    assert labels >= offered
    assert labels & (AGENTS | FILMS | ARTICLES) == offered
    assert "null" not in labels


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("summary: [{text: X., ci¦te: {lantern-awards: x}}]", "The passages that carry it, each article by itself"),
        ("summary: [{text: X., al¦so: {lantern-awards: x}}]", "Passages that carry it in part"),
        ("quotes: [{speaker: x, ci¦te: {lantern-awards: x}}]", "The words; several passages of one article"),
        (
            "summary: [{text: X., cite: {courier¦-dam-drop: x}}]",
            "Faller of Korven dam leaves hospital (Korven Courier)",
        ),
        ("summary: [{text: X., b¦y: zorah-brenkel}]", "Who asserts it"),
        ("summary: [{text: X., by: zorah¦-brenkel}]", "Zorah Brenkel"),
        ("fi¦lm: night-of-the-sluice", "The film or films that it was done for"),
    ],
)
def test_what_a_key_means_is_told(editor: Editor, book: Path, lines: str, told: str) -> None:
    assert told in editor.hover("stunts.yaml", with_stunt(book, lines))


def test_the_book_to_begin_with_and_new_identifiers_are_right(editor: Editor, book: Path) -> None:
    quote = "{speaker: a harbour pilot, via: new-person, cite: {new-article: x}}"
    lines = (
        f"film: new-film\nperformers: [new-person, {{id: another}}]\nquotes: [{quote}]\nsummary: [{{text: X., by: b}}]"
    )
    assert [each.message for each in editor.problems("stunts.yaml", with_stunt(book, lines))] == []


@pytest.mark.parametrize(
    "lines",
    ["film: New Film", "quotes: [{speaker: New Person, cite: {a: b}}]", "summary: [{text: X., cite: {a: b, c: d}}]"],
)
def test_what_is_no_identifier_is_wrong(editor: Editor, book: Path, lines: str) -> None:
    assert editor.problems("stunts.yaml", with_stunt(book, lines))
    assert CARET not in lines
