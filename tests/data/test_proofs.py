"""The portable proof: a program that needs the standard library alone finds whatever is changed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from tests.site_tools import ROOT, replace_in
from tests.support import SITES, exported


@pytest.fixture
def folder(valid: KnowledgeBase, tmp_path: Path) -> Path:
    """What somebody has who downloads both files, and the articles."""
    for name in ("proofs.jsonl", "verify.py"):
        (tmp_path / name).write_bytes(exported(valid)[f"data/{name}"])
    shutil.copytree(SITES / "valid/articles", tmp_path / "articles")
    return tmp_path


def verify(folder: Path) -> tuple[int, list[str]]:
    """Exit code and lines of the program, which finds no package but the standard library (`-I -S`)."""
    command = [sys.executable, "-I", "-S", "-X", "utf8", "verify.py", "proofs.jsonl", "articles"]
    finished = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert finished.stderr == ""
    return finished.returncode, finished.stdout.splitlines()


def test_what_is_as_it_was_published_is_proved(folder: Path, valid: KnowledgeBase) -> None:
    assert verify(folder) == (0, [f"{len(list(valid.all_statements()))} statements, 0 problems"])


def test_of_the_real_book_too(knowledge: KnowledgeBase, folder: Path) -> None:
    (folder / "proofs.jsonl").write_bytes(exported(knowledge)["data/proofs.jsonl"])
    shutil.rmtree(folder / "articles")
    shutil.copytree(ROOT / "articles", folder / "articles")
    assert verify(folder) == (0, [f"{len(list(knowledge.all_statements()))} statements, 0 problems"])


def test_a_byte_of_an_article(folder: Path) -> None:
    replace_in(folder / "articles/tide-weekly.md", "The film opens", "The Film opens")
    code, lines = verify(folder)
    assert code == 1
    assert f"{Path('articles/tide-weekly.md')} is not as it was recorded" in lines
    assert any("the words of lantern-and-tide#" in line for line in lines)


def test_a_byte_of_an_article_that_nobody_cites(folder: Path) -> None:
    with (folder / "articles/tide-weekly.md").open("ab") as file:
        file.write(b" ")
    assert verify(folder) == (1, [f"{Path('articles/tide-weekly.md')} is not as it was recorded", last_line(folder, 1)])


def test_the_front_matter_is_no_part_of_it(folder: Path) -> None:
    replace_in(folder / "articles/tide-weekly.md", "publisher: Tide Weekly", "publisher: Somebody Else")
    assert verify(folder)[0] == 0


@pytest.mark.parametrize(
    ("old", "new"), [("She stopped counting.", "He stopped counting."), ("then I stop", "than I stop")]
)
def test_a_word_of_a_proof(folder: Path, old: str, new: str) -> None:
    replace_in(folder / "proofs.jsonl", old, new)
    code, lines = verify(folder)
    assert code == 1
    assert "is not as it was published" in lines[0]


def test_an_article_that_is_missing(folder: Path) -> None:
    (folder / "articles/tide-weekly.md").unlink()
    assert verify(folder) == (1, [f"{Path('articles/tide-weekly.md')} is missing", last_line(folder, 1)])


def test_the_program_is_short(folder: Path) -> None:
    lines = (folder / "verify.py").read_text(encoding="utf-8").partition('"""\n\nimport')[2].splitlines()
    assert len(lines) <= 35


def last_line(folder: Path, problems: int) -> str:
    count = len((folder / "proofs.jsonl").read_text(encoding="utf-8").splitlines())
    return f"{count} statements, {problems} problems"
