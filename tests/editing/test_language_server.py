"""`stuntbook lsp` as an editor finds it: a process that is spoken with on its standard streams."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from lsprotocol import types

from stuntbook.editing.language_server.books import Book
from stuntbook.editing.starting import start
from tests.editing.language_client import CARET, Editor, changed, offset
from tests.site_tools import ROOT
from tests.support import ARTICLE, BOOK, write_book

COMMAND = (sys.executable, "-m", "stuntbook", "lsp")
FILE = "stunts.yaml"
AGENTS = {"hadewych-stroom", "kenzo-amatsuri", "teodor-morvane", "zorah-brenkel"}
FILMS = {"night-of-the-sluice"}
ARTICLES = {"courier-dam-drop", "lantern-awards"}
DROP = "The drop was the last number of the live show Night of the Sluice."
PLATFORM = "Morvane stepped off a platform 180ft above the basin"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("server") / "book"
    start(folder)
    return folder


@pytest.fixture(scope="module")
def editor(book: Path) -> Iterator[Editor]:
    with Editor(book, *COMMAND) as asked:
        assert asked.problems(FILE, (book / FILE).read_text(encoding="utf-8")) == []
        yield asked


def with_stunt(book: Path, lines: str) -> str:
    """The book's file with another stunt, of the given lines."""
    stunt = f"stunts:\n\n  new-one:\n    title: X\n    {lines.replace(chr(10), chr(10) + '    ')}\n"
    return (book / FILE).read_text(encoding="utf-8").replace("stunts:\n", stunt, 1)


def completed(text: str, item: types.CompletionItem) -> str:
    """The lines of the new stunt with an offer taken."""
    assert isinstance(item.text_edit, types.TextEdit)
    _, _, made = changed(text.replace(CARET, ""), [item.text_edit]).partition("    title: X\n")
    return "\n".join(line.removeprefix("    ") for line in made.partition("\n\n")[0].split("\n"))


@pytest.mark.parametrize(
    ("lines", "offered"),
    [
        ("film: ¦", FILMS),
        ("film: {id: ¦}", FILMS),
        ("performers: [kenzo-amatsuri, ¦]", AGENTS),
        ("performers:\n  - zo¦", AGENTS),
        ("quotes:\n  - speaker: ¦", AGENTS),
        ("quotes: [{speaker: ¦", AGENTS),
        ('quotes: [{speaker: x, via: "¦', AGENTS),
        ("credits:\n  - person: x\n    doubled_for: ¦\n    role: y", AGENTS),
        ("injuries:\n  - {person: ¦, text: x}", AGENTS),
        ("summary:\n  - text: X.\n    cite:\n      ¦", ARTICLES),
        ("summary:\n  - text: X.\n    cite:\n      - ¦", ARTICLES),
        ("summary: [{text: X., cite: {¦}}]", ARTICLES),
        ("summary: [{text: X., cite: [{cou¦", ARTICLES),
        # what does not parse: a mark, a bracket and a key that somebody has not ended yet
        ('summary:\n  - text: "X.\n    by: ¦', AGENTS),
        ("credits: [{person: kenzo\nsummary:\n  - text: X.\n    by: ¦", AGENTS),
        ("events:\n  - kind premiere\n    when: x\nfilm: ¦", FILMS),
    ],
)
def test_identifiers_are_offered(editor: Editor, book: Path, lines: str, offered: set[str]) -> None:
    labels = {each.label for each in editor.complete(FILE, with_stunt(book, lines))}
    assert labels == offered


@pytest.mark.parametrize("lines", ["title¦: x", "note: ¦", "aliases: [¦]", "measures: [{value: ¦}]", "# film: ¦"])
def test_nothing_is_offered_where_no_identifier_belongs(editor: Editor, book: Path, lines: str) -> None:
    assert not editor.complete(FILE, with_stunt(book, lines))


@pytest.mark.parametrize("before", ["", "😀 ", "e\u0301 ", "\U0001f468\u200d\U0001f469 [[dam-drop]] "])
@pytest.mark.parametrize("form", ["text: {}", 'text: "{}', "text: '{}", "{{text: {}"])
def test_links_are_offered_in_sentences(editor: Editor, book: Path, before: str, form: str) -> None:
    text = with_stunt(book, f"summary:\n  - {form.format(f'{before}See [[zo¦')}")
    offers = {each.label: each for each in editor.complete(FILE, text)}
    assert offers.keys() >= AGENTS | FILMS | ARTICLES | {"dam-drop"}
    assert completed(text, offers["zorah-brenkel"]).endswith(f"{before}See [[zorah-brenkel]]")
    assert offers["zorah-brenkel"].detail == "Zorah Brenkel"


@pytest.mark.parametrize(
    ("lines", "label", "made"),
    [
        ("film: nig¦ht-of", "night-of-the-sluice", "film: night-of-the-sluice"),
        ('film: "nig¦"', "night-of-the-sluice", 'film: "night-of-the-sluice"'),
        ("summary: [{text: X., by: {¦}}]", "", ""),
        ("summary: [{text: See [[za¦|her]].}]", "zorah-brenkel", "summary: [{text: See [[zorah-brenkel|her]].}]"),
        ("risks: [{text: X., cite: {le¦}}]", "lantern-awards", "risks: [{text: X., cite: {lantern-awards: }}]"),
        ("risks: [{text: X., cite: {le¦: x}}]", "lantern-awards", "risks: [{text: X., cite: {lantern-awards: x}}]"),
        (
            "risks:\n  - text: X.\n    cite: ¦",
            "lantern-awards",
            'risks:\n  - text: X.\n    cite: {lantern-awards: ""}',
        ),
    ],
)
def test_an_offer_takes_the_place_of_what_is_typed(
    editor: Editor, book: Path, lines: str, label: str, made: str
) -> None:
    text = with_stunt(book, lines)
    offers = {each.label: each for each in editor.complete(FILE, text)}
    assert (completed(text, offers[label]) if label else "") == made


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ('"The drop w¦"', f'"{DROP}"'),
        ('"The drop w¦', f'"{DROP}"'),
        ("'The drop w¦'", f"'{DROP}'"),
        ("The drop w¦", f'"{DROP}"'),
        ('"the last number of the ¦"', f'"{DROP[13:]}"'),
        ('"the last number of the¦"', f'"{DROP[13:]}"'),
        ('"\\"The oats were¦"', '"\\"The oats were worse,\\" Morvane said."'),
        ("'\"The oats were¦'", "'\"The oats were worse,\" Morvane said.'"),
        ('"“The oats were¦"', '"“The oats were worse,\\" Morvane said."'),
    ],
)
def test_the_words_of_the_article_go_on_where_somebody_types(
    editor: Editor, book: Path, typed: str, first: str
) -> None:
    text = with_stunt(book, f"risks: [{{text: 😀, cite: {{courier-dam-drop: {typed}")
    offers = editor.complete(FILE, text)
    assert completed(text, offers[0]) == f"risks: [{{text: 😀, cite: {{courier-dam-drop: {first}"


def test_passages_go_on_sentence_by_sentence(editor: Editor, book: Path) -> None:
    text = with_stunt(book, 'risks:\n  - text: X.\n    cite:\n      - courier-dam-drop: "The drop¦"')
    labels = [each.label for each in editor.complete(FILE, text)]
    assert labels[0] == DROP
    assert labels[1].startswith(f"{DROP} {PLATFORM}")
    assert all(later.startswith(earlier) for earlier, later in pairwise(labels))


def test_before_anything_is_typed_each_sentence_is_offered(editor: Editor, book: Path) -> None:
    text = with_stunt(book, 'risks: [{text: X., cite: {courier-dam-drop: "¦"}}]')
    labels = [each.label for each in editor.complete(FILE, text)]
    assert DROP in labels
    assert len(labels) == len(set(labels)) > 10


def test_words_over_several_lines_go_on(editor: Editor, book: Path) -> None:
    text = with_stunt(
        book, 'risks:\n  - text: X.\n    cite:\n      courier-dam-drop: "The drop\n        was the last nu¦"'
    )
    made = completed(text, editor.complete(FILE, text)[0])
    assert made.endswith('"The drop\n        was the last number of the live show Night of the Sluice."')


@pytest.mark.parametrize("words", ["no such words¦", "rop was¦"])
def test_words_that_no_article_has_have_no_continuation(editor: Editor, book: Path, words: str) -> None:
    text = with_stunt(book, f'risks: [{{text: X., cite: {{courier-dam-drop: "{words}"}}}}]')
    assert not editor.complete(FILE, text)


@pytest.mark.parametrize(
    ("lines", "told", "path", "found"),
    [
        ("film: night-of¦-the-sluice", "**Night of the Sluice** (film)", FILE, "night-of-the-sluice"),
        ("performers: [{id: zorah-¦brenkel}]", "**Zorah Brenkel** (person)", FILE, "zorah-brenkel"),
        ("note: 😀 See [[dam-¦drop|it]].", "(stunt of Night of the Sluice)", FILE, "dam-drop"),
        (
            "risks: [{text: 😀, cite: {courier-¦dam-drop: x}}]",
            "Korven Courier, Osric Pell, 2031\\-04\\-09",
            "articles/courier-dam-drop.md",
            "",
        ),
        (
            'risks: [{text: 😀, cite: {courier-dam-drop: "the last¦ number of the live show"}}]',
            "> The drop was **the last number of the live show** Night of the Sluice. Morvane stepped off",
            "articles/courier-dam-drop.md",
            "the last number of the live show",
        ),
        (
            'risks:\n  - text: X.\n    cite:\n      courier-dam-drop: "the last number\n        of the ¦live show"',
            "**the last number of the live show**",
            "articles/courier-dam-drop.md",
            "the last number of the live show",
        ),
    ],
)
def test_what_stands_there_is_shown_and_found(  # noqa: PLR0917
    editor: Editor, book: Path, lines: str, told: str, path: str, found: str
) -> None:
    text = with_stunt(book, lines)
    assert told in editor.hover(FILE, text)
    target = editor.definition(FILE, text)
    assert target
    assert target.uri == editor.uri(path)
    if path != FILE:  # whose lines have moved, for the text is not saved
        content = (book / path).read_text(encoding="utf-8")
        start, end = (offset(content, place) for place in (target.range.start, target.range.end))
        assert content[start:end] == found


def test_a_record_is_found_in_the_text_that_is_not_saved(editor: Editor, book: Path) -> None:
    lines = "film: night-of-the-sluice\nperformers: [kenzo¦-amatsuri]"
    editor.problems(FILE, with_stunt(book, lines.replace(CARET, "") + "\nnote: x"))
    text = with_stunt(book, lines + "\nnote: x")
    target = editor.definition(FILE, text)
    assert target
    text = text.replace(CARET, "")
    assert text[offset(text, target.range.start) :].startswith("kenzo-amatsuri:\n")


@pytest.mark.parametrize("lines", ["title¦: x", "note: x¦y", "film: no-¦film", "note: See [[no-¦film]]."])
def test_of_all_else_nothing_is_told(editor: Editor, book: Path, lines: str) -> None:
    text = with_stunt(book, lines)
    assert editor.hover(FILE, text) == ""
    assert editor.definition(FILE, text) is None


def test_problems_are_told_as_somebody_types(editor: Editor, book: Path) -> None:
    wrong = 'summary: [{text: "😀 See [[no-one]].", cite: {courier-dam-drop: "no such words"}}]'
    text = with_stunt(book, wrong)
    problems = {str(each.code): each for each in editor.problems(FILE, text)}
    assert problems.keys() == {"unknown-reference", "passage-not-found"}
    words = problems["passage-not-found"]
    start, end = (offset(text, place) for place in (words.range.start, words.range.end))
    assert text[start:end] == '"no such words"'
    assert words.message.startswith("these words are not in articles/courier-dam-drop.md\n")
    assert "\nhelp: copy the words" in words.message
    assert (words.source, words.severity) == ("stuntbook", types.DiagnosticSeverity.Error)
    assert editor.problems(FILE, (book / FILE).read_text(encoding="utf-8")) == []


def test_half_a_line_hides_its_problem_alone_and_the_book_is_known_still(editor: Editor, book: Path) -> None:
    (problem,) = editor.problems(FILE, with_stunt(book, 'note: "x'))
    assert problem.code == "yaml-syntax"
    assert {each.label for each in editor.complete(FILE, with_stunt(book, 'note: "x\nfilm: ¦'))} == FILMS


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("film: night-of-the-sluicee", "film: night-of-the-sluice"),
        ("performers: [kenzo-amatsur]", "performers: [kenzo-amatsuri]"),
        ("performers: [{id: 'kenzo-amatsur'}]", "performers: [{id: 'kenzo-amatsuri'}]"),
        ('note: "😀 [[zora-brenkel|Zorah]] and [[dam-drop]]"', 'note: "😀 [[zorah-brenkel|Zorah]] and [[dam-drop]]"'),
        ("alias: [x]", "aliases: [x]"),
        ("silence: {corroborration: x}", "silence: {corroboration: x}"),
        (
            "story: {origin: [{show: flal}]}\nrisks: [{id: fall, text: He could fall.}]",
            "story: {origin: [{show: fall}]}\nrisks: [{id: fall, text: He could fall.}]",
        ),
        ("measures: [{quantity: hight, value: 3, unit: m}]", "measures: [{quantity: height, value: 3, unit: m}]"),
        (
            "risks: [{text: 😀, cite: {courier-dam-dorp: the last number}}]",
            "risks: [{text: 😀, cite: {courier-dam-drop: the last number}}]",
        ),
        (
            'risks: [{text: 😀, cite: {courier-dam-drop: "the last numbre of the live show"}}]',
            'risks: [{text: 😀, cite: {courier-dam-drop: "the last number of the live show"}}]',
        ),
        (
            "risks: [{text: 😀, cite: {courier-dam-drop: the last numbre of the live show}}]",
            'risks: [{text: 😀, cite: {courier-dam-drop: "the last number of the live show"}}]',
        ),
    ],
)
def test_what_is_sure_is_mended(editor: Editor, book: Path, wrong: str, right: str) -> None:
    assert with_stunt(book, right) in editor.fixes(FILE, with_stunt(book, wrong)).values()


@pytest.mark.parametrize(
    "wrong",
    [
        "film: quite-another",
        "risks: [{text: X., cite: {courier-dam-drop: the number}}]",  # it is there, but not so
        "risks: [{text: X., cite: {courier-dam-drop: he fell from a hot air balloon and was fine}}]",
        "risks: [{text: X., cite: {courier-dam-drop: the}}]",  # ambiguous
        'note: "x',
    ],
)
def test_what_is_not_sure_is_left_to_the_editor(editor: Editor, book: Path, wrong: str) -> None:
    assert editor.fixes(FILE, with_stunt(book, wrong)) == {}


def test_the_key_of_a_record_is_mended(editor: Editor, book: Path) -> None:
    text = with_stunt(book, "note: x")
    assert text in editor.fixes(FILE, text.replace("  new-one:\n", "  New One:\n")).values()


def test_an_article_is_checked_and_its_digest_mended(editor: Editor, book: Path) -> None:
    path = "articles/lantern-awards.md"
    sound = (book / path).read_text(encoding="utf-8")
    front, body = sound.rsplit("---\n", 1)
    wrong = f"{front}---\n{body}\nOne more line 😀.\n"
    digest = sha256(f"{body}\nOne more line 😀.\n".encode()).hexdigest()
    (made,) = editor.fixes(path, wrong).values()
    assert re.search(f'^digest: "?{digest}', made, re.MULTILINE)
    assert editor.problems(path, made) == []
    assert editor.problems(path, sound) == []


def test_a_book_that_is_broken_when_it_is_opened_has_identifiers(tmp_path: Path) -> None:
    write_book(tmp_path, f'{BOOK}    note: "x\n', weekly="x")
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    with Editor(tmp_path, *COMMAND) as editor:
        assert [each.code for each in editor.problems(FILE, text) if each.code != "uncited-article"] == ["yaml-syntax"]
        offers = editor.complete(FILE, text.replace('note: "x', "performers: [¦"))
        assert {each.label for each in offers} == {"dara-quill", "mo-venn"}


def test_columns_count_as_in_utf_16_behind_any_line_end(tmp_path: Path) -> None:
    lines = '    aliases: ["\u2028", "😀\u0085😀"]\r\n    note: 😀 [[dara-¦quill]]\r\n'
    write_book(tmp_path, (BOOK.replace("\n", "\r\n") + lines).replace(CARET, ""), weekly="x")
    with Editor(tmp_path, *COMMAND) as editor:
        text = BOOK.replace("\n", "\r\n") + lines
        editor.problems(FILE, text.replace(CARET, ""))
        target = editor.definition(FILE, text)
        assert target
        assert (target.range.start.line, target.range.start.character) == (4, 2)


def test_files_of_no_book_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("x", encoding="utf-8")
    with Editor(tmp_path, *COMMAND) as editor:
        assert not editor.complete("notes.md", "film: ¦")
        assert editor.hover("notes.md", "film: x¦") == ""


def test_the_real_book_is_answered_at_once() -> None:
    """Within 0.3 seconds each, of which a loaded machine may take three times as much."""
    text = (ROOT / FILE).read_text(encoding="utf-8")
    begun = text.replace("stunts:\n", "stunts:\n  new-one:\n    title: X\n    film: ¦\n", 1)
    with Editor(ROOT, *COMMAND) as editor:
        editor.problems(FILE, text)
        times = []
        for _ in range(5):
            started = time.perf_counter()
            assert editor.complete(FILE, begun)
            assert editor.hover(FILE, begun.replace("film: ¦", "film: fall¦out"))
            times.append((time.perf_counter() - started) / 2)
    assert sorted(times)[2] < 0.3


def test_it_ends_without_a_word(tmp_path: Path) -> None:
    """A client that goes away ends it; what it prints is the protocol and nothing else."""
    finished = subprocess.run(COMMAND, input=b"", capture_output=True, timeout=60, check=False, cwd=tmp_path)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, b"", b"")


def test_a_memory_of_checks_outlives_a_broken_text(tmp_path: Path) -> None:
    """What was found before a half-typed line is known behind it: nothing is made twice."""

    root = write_book(tmp_path, BOOK, weekly=ARTICLE)
    book = Book(root)
    book.check({})
    before = book.knowledge
    assert before
    book.check({FILE: f'{BOOK}    note: "x\n'})
    assert book.report.has_errors
    book.check({})
    assert book.knowledge
    assert book.knowledge.by_id["canal-jump"] is before.by_id["canal-jump"]
