"""Results are kept for as long as all that they depend on is the same, and no longer."""

from functools import partial
from pathlib import Path

import pytest

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Location, Report
from stuntbook.memo import Memo
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
