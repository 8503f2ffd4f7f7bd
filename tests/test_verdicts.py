"""What a check found is told again for as long as nothing has changed, and no longer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stuntbook import verdicts
from stuntbook.cli import main
from stuntbook.layout import CACHE
from tests.site_tools import ROOT, environment
from tests.support import BOOK, indented, write_book

WRONG = BOOK + indented("claims:\n  - {text: It was wet., cite: {weekly: not there}}")


def check(root: Path) -> Result:
    return CliRunner().invoke(main, ["check", "--root", str(root)])


@pytest.fixture
def no_checking(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it was checked")

    monkeypatch.setattr("stuntbook.checks.load_and_check", refuse)


@pytest.mark.parametrize(("knowledge", "code"), [(BOOK, 0), (WRONG, 1), ("films: [", 1)])
def test_the_same_is_told_without_a_check(
    knowledge: str, code: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    root = write_book(tmp_path, knowledge, weekly="Quill leapt.")
    first = check(root)
    request.getfixturevalue("no_checking")
    again = check(root)
    assert again.output == first.output
    assert again.exit_code == first.exit_code == code


def test_every_change_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    root = write_book(tmp_path, WRONG, weekly="Quill leapt.")
    assert check(root).exit_code == 1
    write_book(root, WRONG, weekly="It was not there.")
    assert check(root).exit_code == 0
    write_book(root, BOOK + indented("titel: x"))
    assert "unknown-key" in check(root).output
    write_book(root, BOOK)
    assert "2 articles" in check(write_book(root, BOOK, gazette="More.")).output
    (root / "articles/gazette.md").rename(root / "articles/Gazette.md")
    assert "bad-id" in check(root).output
    (root / "articles/Gazette.md").unlink()
    assert "1 article" in check(root).output
    (root / "stunts.yaml").unlink()
    assert "missing-file" in check(root).output
    write_book(root, BOOK)
    assert check(root).exit_code == 0
    monkeypatch.setattr(verdicts, "version", lambda name: f"another {name}")
    request.getfixturevalue("no_checking")
    assert str(check(root).exception) == "it was checked"


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"key": 1}', "\x00"])
def test_a_damaged_file_is_no_verdict(content: str, tmp_path: Path) -> None:
    root = write_book(tmp_path, WRONG, weekly="Quill leapt.")
    first = check(root)
    (root / CACHE / "verdict.json").write_text(content, encoding="utf-8")
    assert check(root).output == first.output


def test_a_verdict_on_files_that_changed_meanwhile_is_not_kept(tmp_path: Path) -> None:
    root = write_book(tmp_path, BOOK, weekly="Quill leapt.")
    before = verdicts.Verdicts(root)
    write_book(root, WRONG)
    before.keep(verdicts.Verdict(problems="", summary="", has_errors=False, counts=""))
    assert not (root / CACHE).exists()


def test_what_is_known_comes_without_loading_the_rules() -> None:
    code = "import sys; from stuntbook.cli import main; main(['check'], standalone_mode=False); print(*sys.modules)"
    for _ in range(2):
        finished = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
        )
    assert "No problems." in finished.stdout
    assert not {"pydantic", "yaml", "mkdocs"} & set(finished.stdout.split())
