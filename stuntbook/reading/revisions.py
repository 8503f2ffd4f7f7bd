"""Git -> the revisions of a knowledge base, and its files as they were: the one module that asks git.

Where there is no git, no repository, or only a part of its history, there are no revisions.
"""

import io
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from stuntbook.layout import ARTICLES_FOLDER, KNOWLEDGE_FILE

_INPUTS = (KNOWLEDGE_FILE, ARTICLES_FOLDER)


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit that changed the knowledge base."""

    commit: str
    date: str
    """When it was committed, as RFC 3339 has it."""


def revisions(root: Path, most: int) -> tuple[Revision, ...]:
    """The newest revisions of a knowledge base's folder, the newest first."""
    if (_git(root, "rev-parse", "--is-shallow-repository") or b"true").strip() != b"false":
        return ()
    log = _git(root, "log", "--first-parent", f"--max-count={most}", "--format=%H %cI", "--", *_INPUTS)
    return tuple(Revision(*line.split()) for line in (log or b"").decode().splitlines())


def is_committed(root: Path) -> bool:
    """Whether the knowledge base is as the newest revision has it."""
    return _git(root, "status", "--porcelain", "--", *_INPUTS) == b""


def is_repository(root: Path) -> bool:
    """Whether git knows of a repository that a folder belongs to."""
    return _git(root, "rev-parse", "--git-dir") is not None


def commit_of(root: Path, revision: str) -> str | None:
    """The commit that a branch, a tag or another name of a revision stands for; None for what is no such name."""
    # With what follows it, no name is an option.
    named = _git(root, "rev-parse", "--verify", f"{revision}^{{commit}}")
    return named.decode().strip() if named else None


def extract(root: Path, commit: str, folder: Path) -> None:
    """Put the files of a revision into a folder. Nothing is there where git can't give them."""
    paths = [path for path in _INPUTS if _git(root, "ls-tree", commit, "--", path)]
    if archive := _git(root, "archive", "--format=tar", commit, "--", *paths):
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            # Python 3.11.3 and older know no filters; without links, nothing leads out of the folder.
            files.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
            files.extractall(folder, [member for member in files if member.isreg()])  # noqa: S202


def _git(root: Path, *arguments: str) -> bytes | None:
    """What git answers; None where it can't."""
    try:
        command = ["git", "-C", str(root), *arguments]
        return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
