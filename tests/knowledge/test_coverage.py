"""What of each article is used, and what the `coverage` command says of it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from stuntbook.cli import main
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.coverage import Coverage, Use, accounted, measure_coverage, percent
from tests.support import BOOK, FRONT_MATTER, indented, sound_book

BODY = (
    "Share this. Mo Venn stood by. Dara Quill jumped.\n\nThe sky was blue. The jump took a day. "
    '"I never looked down," she said. "Nor up." It was for "Canal".\n'
)
FRONT = FRONT_MATTER.replace(
    "url:", 'boilerplate: [Share this.]\nleft_out: [{words: The sky was blue., reason: "No stunt."}]\nurl:'
)
LINES = """
summary:
  - {text: She jumped., cite: {weekly: Venn stood by. Dara Quill jumped}}
quotes:
  - {speaker: dara-quill, cite: {weekly: never looked down}}
"""


def book(folder: Path, lines: str = LINES) -> KnowledgeBase:
    return sound_book(folder, BOOK + indented(lines), weekly=FRONT + BODY)


def covered(folder: Path, lines: str = LINES) -> Coverage:
    (result,) = measure_coverage(book(folder, lines))
    return result


def test_what_becomes_of_each_sentence(tmp_path: Path) -> None:
    result = covered(tmp_path)
    assert [(each.use, each.reason) for each in result.sentences] == [
        (Use.BOILERPLATE, ""),
        (Use.CITED, ""),
        (Use.CITED, ""),
        (Use.LEFT_OUT, "No stunt."),
        (Use.UNUSED, ""),
        (Use.CITED, ""),
        (Use.UNUSED, ""),
        (Use.UNUSED, ""),
    ]
    assert result.accounted == (4, 7)


def test_a_link_in_the_text_links_a_name(tmp_path: Path) -> None:
    lines = LINES.replace("She jumped.", "'[[dara-quill]] jumped, [[mo-venn]] stood by.'")
    assert covered(tmp_path, lines).unlinked_names == ()


@pytest.mark.parametrize(
    ("done", "total", "share"), [(0, 0, 100), (0, 3, 0), (1, 3, 33), (2, 3, 66), (199, 200, 99), (3, 3, 100)]
)
def test_a_share_is_rounded_down(done: int, total: int, share: int) -> None:
    assert percent(done, total) == share


def test_all_articles_together(valid: KnowledgeBase) -> None:
    results = list(measure_coverage(valid))
    assert [result.source for result in results] == list(valid.sources)
    assert accounted(results) == (24, 24)


def test_the_command_shows_what_is_not_used(tmp_path: Path) -> None:
    book(tmp_path)
    result = CliRunner().invoke(main, ["coverage", "--root", str(tmp_path)])
    assert result.exit_code == 0
    first = FRONT.count("\n") + 1
    assert result.stdout.splitlines() == [
        "articles/weekly.md: 57 % accounted for (3 cited, 1 left out, 1 boilerplate, 3 not used)",
        f"  line {first + 2}: not used: The jump took a day.",
        f'  line {first + 2}: not used: "Nor up."',
        f'  line {first + 2}: not used: It was for "Canal".',
        f"  line {first + 2}: no quote of: Nor up.",
        f"  line {first}: no link to mo-venn: Mo Venn",
        f"  line {first}: no link to dara-quill: Dara Quill",
        "All articles: 57 % accounted for (4 of 7 sentences).",
    ]


@pytest.mark.parametrize(("limit", "code"), [(0, 0), (57, 0), (58, 1), (100, 1), (101, 2), (-1, 2)])
def test_too_little_coverage_can_fail(limit: int, code: int, tmp_path: Path) -> None:
    book(tmp_path)
    result = CliRunner().invoke(main, ["coverage", "--root", str(tmp_path), "--fail-under", str(limit)])
    assert result.exit_code == code
    assert ("That is less than" in result.stderr) is (code == 1)


def test_problems_come_before_coverage(tmp_path: Path) -> None:
    book(tmp_path)
    (tmp_path / "stunts.yaml").write_text(BOOK + indented("titel: x"), encoding="utf-8")
    result = CliRunner().invoke(main, ["coverage", "--root", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[unknown-key]" in result.stderr
