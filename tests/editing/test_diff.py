"""What `diff` tells of two revisions or folders, and what it says where they can't be compared."""

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from stuntbook.cli import main
from stuntbook.editing.comparing import MOST, as_markdown, as_text, summary
from stuntbook.knowledge.changes import Change
from tests.knowledge.test_history import commit, git
from tests.site_tools import replace_in
from tests.support import BOOK, write_book

BODY = "Dara Quill jumped over the canal three times. The jump took all day.\n"
TOOK = '    summary: [{text: "It took a day.", cite: {gazette: The jump took all day.}}]\n'
REWORDED = """Canal jump (canal-jump)
  reworded: It took a whole day.
    before: It took a day.
    gazette: "The jump took all day."

1 change: 1 reworded.
"""


@pytest.fixture(autouse=True)
def _git_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GIT_DIR")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book in a folder of a repository: one revision that can't be read, and two that differ in a sentence."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    root = write_book(tmp_path / "book", "films: [\n", gazette=BODY)
    commit(tmp_path, 1)
    git(tmp_path, "tag", "broken")
    write_book(root, BOOK + TOOK)
    commit(tmp_path, 2)
    replace_in(root / "stunts.yaml", "It took a day.", "It took a whole day.")
    commit(tmp_path, 3)
    return root


def diff(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", "--root", str(root), *arguments])


def test_two_revisions(root: Path) -> None:
    assert diff(root, "HEAD~1", "main").output == REWORDED
    told = diff(root, "main", "HEAD~1").stdout
    assert "  reworded: It took a day.\n    before: It took a whole day.\n" in told


def test_a_revision_and_a_folder(root: Path) -> None:
    assert diff(root, "HEAD", str(root)).output == "Nothing changed in the knowledge.\n"
    replace_in(root / "stunts.yaml", TOOK.replace("a day", "a whole day"), "")
    assert "  removed: It took a whole day.\n" in diff(root, "HEAD", str(root)).stdout


def test_two_folders_need_no_repository(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = write_book(tmp_path / "other", BOOK + TOOK, gazette=BODY)
    monkeypatch.setenv("GIT_DIR", os.devnull)
    assert diff(tmp_path, str(other), str(root)).output == REWORDED


def test_json(root: Path) -> None:
    told = json.loads(diff(root, "HEAD~1", "HEAD", "--format", "json").stdout)
    (change,) = told["changes"]
    assert told["counts"] == {"reworded": 1}
    assert (change["what"], change["record"], change["name"]) == ("reworded", "canal-jump", "Canal jump")
    assert (change["text"], change["before"]) == ("It took a whole day.", "It took a day.")
    assert change["words"] == [{"article": "gazette", "words": "The jump took all day."}]


def test_markdown(root: Path) -> None:
    shown = MarkdownIt().render(diff(root, "HEAD~1", "HEAD", "--format", "markdown").stdout)
    assert (
        "<h2>What changed in the knowledge</h2>\n<p>1 change: 1 reworded.</p>\n<h3>Canal jump (canal-jump)</h3>"
        in shown
    )
    assert "<strong>reworded</strong>: It took a whole day.\n<ul>\n<li>before: It took a day.</li>" in shown
    assert "<li>“The jump took all day.” (gazette)</li>" in shown


HOSTILE = [
    "# A heading\n\n# another\n- a list",
    "<img src=https://evil.example/x.png onerror=alert(1)> &lt; <!-- x -->",
    "![x](https://evil.example/x.png) [here](https://evil.example) https://evil.example www.evil.example",
    "`code` **strong** _so_ ~~gone~~ | a | b |\n|---|---|",
    "\\*so\\* \\",
    "1. one\n2) two",
    "$x$ :smile: @somebody #1 a@b.example",
    "::error file=a::b",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_a_text_means_anything_in_markdown(words: str) -> None:
    change = Change(
        what="reworded", record="a", anchor="b", name=words, text=words, before=words, words=((words, words),)
    )
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(as_markdown([change]))
    known = [each for each in tokens if each.type == "inline"]
    texts = ["".join(part.content for part in each.children or ()) for each in known]
    plain = " ".join(words.split())
    assert texts == [
        "What changed in the knowledge",
        "1 change: 1 reworded.",
        f"{plain} (a)",
        f"reworded: {plain}",
        f"before: {plain}",
        f"“{plain}” ({plain})",
    ]
    kinds = {part.type for each in known for part in each.children or ()}
    assert kinds <= {"text", "text_special", "strong_open", "strong_close"}
    assert not re.search(r"(?<!\\)\$|:(?<!\\:)\w", as_markdown([change]))  # formulas, and `:names:` of pictures
    assert not any(line.startswith("::") for line in as_markdown([change]).splitlines())


def test_nothing_in_a_text_commands_a_terminal() -> None:
    change = Change(
        what="new", record="a", anchor="b", name="A\x1b[2J", text="a\x1b]0;b\x07\u202ec", words=(("a", "\x9b1m"),)
    )
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(as_text([change]))


def test_of_very_many_changes_markdown_lists_the_first() -> None:
    many = [
        Change(what="new", record="a", anchor=f"b{number}", name="A", text=f"{number}") for number in range(MOST + 9)
    ]
    told = as_markdown(many)
    assert told.count("- **new**") == MOST
    assert told.endswith("\n\n9 changes more.")
    assert summary(many) == f"{MOST + 9} changes: {MOST + 9} new."


@pytest.mark.parametrize("name", ["no-such-branch", "--since=x", "-x", "HEAD:stunts.yaml", "HEAD~99", "", "."])
def test_what_is_no_revision_is_wrong_usage(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root.parent)  # where there is no book
    result = diff(root, "--", name, "HEAD")
    assert result.exit_code == 2
    assert result.stderr.endswith(f'Error: "{name}" is neither a revision nor a folder that holds stunts.yaml\n')


def test_without_a_repository_there_are_no_revisions(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", os.devnull)
    result = diff(root, "HEAD~1", "HEAD")
    assert result.exit_code == 2
    assert '"HEAD~1" is no folder that holds stunts.yaml, and there is no repository of git' in result.stderr


def test_what_has_errors_is_not_compared(root: Path) -> None:
    result = diff(root, "broken", "HEAD")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: broken has 1 error, and can't be compared; the first: stunts.yaml:")
    (root / "stunts.yaml").write_text("films: {\n", encoding="utf-8")
    assert diff(root, "HEAD", str(root)).exit_code == 1


def test_a_revision_without_a_book_has_an_error(root: Path) -> None:
    git(root.parent, "rm", "-r", "--quiet", "book")
    commit(root.parent, 4)
    root.mkdir(exist_ok=True)
    result = diff(root, "HEAD", "HEAD~1")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: HEAD has 2 errors, and can't be compared; the first: ")
