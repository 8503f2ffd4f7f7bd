"""Results are kept for as long as all that they depend on is the same, and no longer."""

from functools import partial
from pathlib import Path

import pytest

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Location, Report
from stuntbook.memo import Memo
from stuntbook.rules.engine import JUDGEMENT_CODES
from tests.support import BOOK, FRONT_MATTER, codes, indented, write_book

BODY = "Quill leapt over the canal, 25 feet wide, on a grey morning in May, while the whole town looked on."


@pytest.mark.parametrize(
    ("runs", "keep", "expected"),
    [
        ([1, 1, 2, 1], True, [1, 2, 1]),
        ([1, None, 1], True, [1, 1]),  # what a run does not ask for is forgotten
        ([1, 1], False, [1, 1]),
    ],
)
def test_equal_inputs_give_what_was_made_where_it_is_kept(
    runs: list[int | None], keep: bool, expected: list[int]
) -> None:
    memo, made = Memo(), list[int]()

    def make(number: int) -> int:
        made.append(number)
        return number

    for asked in runs:
        memo.begin()
        if asked:
            assert memo.recall("a", (asked,), partial(make, asked), keep=lambda _: keep) == asked
    assert made == expected


def test_what_was_there_before_errors_is_there_when_they_are_mended() -> None:
    memo, made = Memo(), list[int]()

    def run(number: int | None, *, broken: bool) -> None:
        memo.begin()
        if number:
            memo.recall("a", (number,), lambda: made.append(number))
        memo.end(broken=broken)

    run(1, broken=False)
    for hidden in (None, 2, None):  # a second error, and one that changes what is left
        run(hidden, broken=True)
    run(1, broken=False)
    assert made == [1, 2]
    run(None, broken=False)
    run(None, broken=True)
    run(1, broken=False)
    assert made == [1, 2, 1]


def test_an_error_costs_nothing_that_is_not_its_own(tmp_path: Path) -> None:
    root, memo = write_book(tmp_path, BOOK, weekly=BODY), Memo()
    before = load_and_check(root, Report(), memo=memo)
    load_and_check(root, Report(), memo=memo, texts={"stunts.yaml": "films: [\n"})
    assert load_and_check(root, Report(), memo=memo).statements["canal-jump"] is before.statements["canal-jump"]


def test_a_result_with_problems_is_made_again_and_told_again() -> None:
    def make(report: Report) -> None:
        report.error(Location("a.yaml"), "wrong", "this is wrong", "mend it")

    memo = Memo()
    for _ in range(2):
        memo.begin()
        report = Report()
        memo.recall_checked("a", (), report, make)
        assert codes(report) == ["wrong"]


# --- Dependencies that seldom show


def test_two_articles_count_as_two_once_they_are_no_copies(tmp_path: Path) -> None:
    claims = "summary:\n  - text: Somebody leapt.\n    cite:\n      - weekly: Quill leapt\n      - gazette: Quill leapt"
    memo = Memo()
    root = write_book(tmp_path, BOOK + indented(claims), weekly=BODY, gazette=BODY)
    for gazette, independent in ((BODY, 1), ("Quill leapt, says the Gazette, and that is all.", 2), (BODY, 1)):
        write_book(root, BOOK + indented(claims), gazette=gazette)
        knowledge = load_and_check(root, Report(), memo=memo)
        (claim,) = (each for each in knowledge.statements["canal-jump"] if each.kind == "summary")
        assert claim.evidence.independent == independent


@pytest.mark.parametrize(
    ("note", "other"), [("See the jump of Canal.", ("dara-quill", "Example")), ("Not in Example.", ("mo-venn", "Some"))]
)
def test_a_note_may_name_what_mentions_its_record_and_every_publisher(
    note: str, other: tuple[str, str], tmp_path: Path
) -> None:
    knowledge = BOOK.replace("name: Mo Venn", f"name: Mo Venn\n    note: {note}")
    memo = Memo()
    for (performer, publisher), found in ((("mo-venn", "Example"), 0), (other, 1), (("mo-venn", "Example"), 0)):
        article = f"{FRONT_MATTER}{BODY}".replace("publisher: Example", f"publisher: {publisher}")
        root = write_book(tmp_path, knowledge + indented(f"performers: [{performer}]"), weekly=article)
        report = Report()
        load_and_check(root, report, memo=memo)
        assert codes(report).count("name-in-text") == found


def found_in_turns(root: Path, *books: tuple[str, str]) -> list[list[str]]:
    """What is found in a book, and an article, after each of several edits."""
    memo, found = Memo(), list[list[str]]()
    for knowledge, article in books:
        report = Report()
        load_and_check(write_book(root, knowledge, weekly=article), report, memo=memo)
        found.append([code for code in codes(report) if code in JUDGEMENT_CODES])
    return found


def test_numbers_are_read_in_the_language_that_the_article_has_now(tmp_path: Path) -> None:
    book = BOOK + indented("measures: [{quantity: height, value: 2.5, unit: m, cite: {weekly: 'fell 2,5 m'}}]")
    english = f"{FRONT_MATTER}She fell 2,5 m.\n"
    german = english.replace("url:", "language: de\nurl:")
    other = english.replace("2,5", "2.5")
    turns = found_in_turns(tmp_path, (book, german), (book.replace("2,5", "2.5"), other), (book, german))
    assert turns == [[], [], []]
    value = book.replace("2.5", "25")
    assert found_in_turns(tmp_path, (value, german), (value, english.replace("2,5 m", "2,5 m or 25 m")))[0] != []


@pytest.mark.parametrize(
    ("lines", "body", "other", "expected"),
    [  # each time the words around the passage change, and the passage does not
        (
            "injuries: [{person: mo-venn, body_part: wrist, text: It hurt., cite: {weekly: broke a wrist}}]",
            "Mo Venn broke a wrist.",
            "Dara Quill broke a wrist.",
            "person-not-named",
        ),
        (
            "quotes: [{speaker: mo-venn, cite: {weekly: It was high}}]",
            '"It was high," Mo Venn said. Dara Quill left.',
            '"It was high," Dara Quill said. Mo Venn left.',
            "attribution",
        ),
        (
            "awards: [{name: Golden Rope, text: It was given a prize., cite: {weekly: won a prize}}]",
            "It won a prize, the Golden Rope.",
            "It won a prize, the Golden Net.",
            "name-in-text",
        ),
    ],
)
def test_words_around_a_passage_are_read_again(
    lines: str, body: str, other: str, expected: str, tmp_path: Path
) -> None:
    book = BOOK + indented(lines)
    assert found_in_turns(tmp_path, (book, body), (book, other), (book, body)) == [[], [expected], []]


def test_a_name_between_that_is_new_in_the_book_is_seen(tmp_path: Path) -> None:
    book = BOOK + indented("credits: [{person: mo-venn, role: director, cite: {weekly: He directed}}]")
    with_other = book.replace("  mo-venn:", "  bo-tann:\n    name: Bo Tann\n  mo-venn:")
    body = "Mo Venn came first. Bo Tann stood beside him. He directed the scene."
    assert found_in_turns(tmp_path, (book, body), (with_other, body), (book, body)) == [[], ["person-not-named"], []]
