"""What git knows of how a knowledge base came about, and what is said where it knows nothing."""

import json
import os
import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest

from stuntbook.knowledge.history import NO_HISTORY, history_of
from stuntbook.safe import Safe
from tests.site_tools import replace_in
from tests.support import BOOK, write_book

BODY = "Dara Quill jumped over the canal three times. The jump took all day.\n"


def git(root: Path, *arguments: str, date: str = "2031-04-01T12:00:00+00:00") -> str:
    """Run git as an editor of no name would."""
    who = {f"GIT_{role}_{what}": "editor@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    known = {name: value for name, value in os.environ.items() if name != "GIT_DIR"}
    env = known | who | {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, env=env, capture_output=True, check=True, encoding="utf-8").stdout


def commit(root: Path, day: int) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "An edit", date=f"2031-04-{day:02}T12:00:00+00:00")


@pytest.fixture(autouse=True)
def history(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git tells what it knows."""
    monkeypatch.delenv("GIT_DIR")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book with three revisions, and one in between that can't be read today."""
    root = write_book(tmp_path / "book", BOOK.replace("Canal jump", "Old jump"), gazette=BODY)
    git(root, "init", "--quiet")
    commit(root, 1)
    (root / "stunts.yaml").write_text("stunts: [\n", encoding="utf-8")
    commit(root, 2)
    summary = '    summary: [{text: "It took a day.", cite: {gazette: The jump took all day.}}]\n'
    (root / "stunts.yaml").write_text(BOOK + summary, encoding="utf-8")
    commit(root, 3)
    replace_in(root / "stunts.yaml", "It took a day.", "It took a whole day.")
    commit(root, 4)
    (root / "README.md").write_text("What is no part of the knowledge is no revision of it.\n", encoding="utf-8")
    commit(root, 5)
    replace_in(root / "stunts.yaml", "name: Mo Venn", "name: Mo Venn\n    note: Called Mo.")
    commit(root, 6)
    return root


def test_what_each_revision_changed(root: Path) -> None:
    history = history_of(root)
    told = [(edit.revision.date, [(each.what, each.before) for each in edit.changes]) for edit in history.edits]
    assert told == [("2031-04-04T12:00:00+00:00", [("reworded", "It took a day.")])]


def test_when_what_is_there_now_last_changed(root: Path) -> None:
    history = history_of(root)
    assert history.date == "2031-04-06T12:00:00+00:00"
    assert history.changed == dict.fromkeys(("canal-jump", "gazette"), "2031-04-04T12:00:00+00:00")


def test_of_what_is_not_committed_no_date_is_known(root: Path) -> None:
    replace_in(root / "stunts.yaml", "whole day", "long day")
    history = history_of(root)
    assert (history.date, history.changed) == ("", {})
    assert len(history.edits) == 1


def test_what_was_compared_once_is_kept(root: Path) -> None:
    safe = Safe.of(root)
    first = history_of(root, safe)
    with patch("stuntbook.knowledge.history.knowledge_at", side_effect=lambda *_: None):
        assert history_of(root, safe) == first != NO_HISTORY
    assert safe
    for file in safe.folder.glob("changes.json"):
        file.write_bytes(b"{")
    assert history_of(root, safe) == first, "what is broken is made again"
    for wrong in ("[]", '{"a": [{"what": 1}]}', '{"a": 3}'):
        safe.put("changes", json.loads(wrong))
        assert history_of(root, safe) == first


def test_a_part_of_the_history_is_none(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), "shallow")
    assert history_of(tmp_path / "shallow") == NO_HISTORY
    git(tmp_path, "clone", "--quiet", root.as_uri(), "whole")
    assert history_of(tmp_path / "whole") == history_of(root)


def test_without_git_there_is_none(root: Path, tmp_path: Path) -> None:
    assert history_of(write_book(tmp_path / "plain", BOOK, gazette=BODY)) == NO_HISTORY
    with patch.dict(os.environ, PATH=""):
        assert history_of(root) == NO_HISTORY
