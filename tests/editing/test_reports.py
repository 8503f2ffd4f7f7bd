"""`check` for other programs: annotations on GitHub, JSON, and the files that pre-commit hands over."""

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from stuntbook.cli import main
from tests.support import BOOK, ROOT, indented, write_book


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with a wrong key and a wrong citation, below the folder in which the command runs."""
    monkeypatch.chdir(tmp_path)
    cited = 'quotes: [{speaker: dara-quill, cite: {weekly: "50% of it, said: twice"}}]'
    return write_book(tmp_path / "books" / "one", BOOK + indented(f"titel: x\n{cited}"), weekly="x")


def test_github_gets_a_command_for_each_problem(wrong: Path) -> None:
    result = run("--root", wrong, "--format", "github")
    first, second = result.stdout.splitlines()
    assert result.exit_code == 1
    assert first.startswith("::error file=books/one/stunts.yaml,line=13,col=5,title=unknown-key::there is no key")
    assert second.startswith("::error file=books/one/stunts.yaml,line=14,col=")
    assert "title=misquotation::these words are not in articles/weekly.md%0A" in second
    assert "help: " in second


def test_what_would_end_a_property_or_a_message_is_escaped(wrong: Path) -> None:
    (wrong / "articles" / "weekly.md").rename(wrong / "articles" / "50%,x.md")
    (command,) = [line for line in run("--root", wrong, "--format", "github").stdout.splitlines() if "bad-id" in line]
    assert command.startswith("::error file=books/one/articles/50%25%2Cx.md,line=1,col=1,title=bad-id::")
    assert '"50%25,x" is not' in command


def test_json_has_every_problem_with_its_place(wrong: Path) -> None:
    result = run("--root", wrong, "--format", "json")
    told = json.loads(result.stdout)
    assert (told["errors"], told["warnings"], result.exit_code) == (2, 0, 1)
    first = told["problems"][0]
    assert (first["path"], first["line"], first["column"]) == ("books/one/stunts.yaml", 13, 5)
    assert (first["rule"], first["severity"], first["source"]) == ("unknown-key", "error", "    titel: x")
    assert all(problem["message"] and problem["advice"] for problem in told["problems"])


@pytest.mark.parametrize("form", ["github", "json"])
def test_a_book_in_order_ends_with_0(form: str, tmp_path: Path) -> None:
    result = run("--root", write_book(tmp_path, BOOK, weekly="x"), "--format", form)
    assert result.exit_code == 0
    assert result.stdout.count("uncited-article") == 1


def test_the_books_of_the_files_are_checked_each_once(wrong: Path, tmp_path: Path) -> None:
    other = write_book(tmp_path / "books" / "two", BOOK, weekly="x")
    (tmp_path / "README.md").touch()
    files: list[str | Path] = [
        wrong / "stunts.yaml",
        wrong / "articles" / "weekly.md",
        other / "articles" / "weekly.md",
        "README.md",
    ]
    told = json.loads(run(*files, "--format", "json").stdout)
    assert (told["errors"], told["warnings"]) == (2, 3)
    assert {problem["path"].split("/")[1] for problem in told["problems"]} == {"one", "two"}
    result = run(*files, "--quiet")
    assert re.findall("^In (.+):$", result.stderr, re.MULTILINE) == ["books/one/", "books/two/"]
    assert result.exit_code == 1


def test_a_file_of_no_book_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "README.md").touch()
    assert run(tmp_path / "README.md").exit_code == 0


def test_the_hook_is_called_with_what_makes_a_book(wrong: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    matched = ["stunts.yaml", "articles/a-b.md", "books/one/stunts.yaml", "books/one/articles/x.md"]
    assert all(re.search(hook["files"], path) for path in matched)
    assert not any(re.search(hook["files"], path) for path in ("docs/edit.md", "articles/a/b.md", "my-stunts.yaml"))
    command, *arguments = hook["entry"].split()
    result = CliRunner().invoke(main, [*arguments, str(wrong / "stunts.yaml")])
    assert (command, result.exit_code, result.stdout) == ("stuntbook", 1, "")
