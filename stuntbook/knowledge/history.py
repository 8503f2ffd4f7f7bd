"""The revisions of a knowledge base -> what changed in each, and when what a page tells last changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase, build_knowledge
from stuntbook.knowledge.changes import Change, changes_between
from stuntbook.layout import CACHE
from stuntbook.memo import Memo
from stuntbook.reading.revisions import Revision, extract, is_committed, revisions
from stuntbook.reading.sources import load

MOST = 50
"""How many revisions are looked at."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A revision, and what it changed."""

    revision: Revision
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class History:
    """What is known of how the knowledge base came about."""

    edits: tuple[Edit, ...] = ()
    """The newest first. Those of which the files before can't be read today are left out, and all that came before."""
    date: str = ""
    """When what is there now was committed; empty where it was not."""
    changed: Mapping[str, str] = field(default_factory=dict)
    """When what is told of a record or an article last changed, where that is known of what is there now."""


NO_HISTORY = History()


def history_of(root: Path) -> History:
    """The history of a knowledge base's folder. What was compared once is kept."""
    known = revisions(root, MOST)
    edits = tuple(_edits(root, known))
    if not known or not is_committed(root):
        return History(edits)
    return History(edits, known[0].date, _changed(edits))


def _changed(edits: tuple[Edit, ...]) -> dict[str, str]:
    dates: dict[str, str] = {}
    for edit in edits:
        for change in edit.changes:
            for told in (change.record, *(article for article, _ in change.words)):
                dates.setdefault(told, edit.revision.date)
    return dates


def _edits(root: Path, known: tuple[Revision, ...]) -> Iterator[Edit]:
    past = _Past(root)
    for newer, older in pairwise(known):
        changes = past.changes(older, newer)
        if changes is None:
            return
        if changes:
            yield Edit(newer, changes)


class _Past:
    """Compares revisions. What two of them have in common is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._memo = Memo()
        self._read: dict[str, KnowledgeBase | None] = {}

    def changes(self, older: Revision, newer: Revision) -> tuple[Change, ...] | None:
        """What changed between two revisions; None where one of them can't be read."""
        file = self._root / CACHE / "changes" / f"{older.commit}-{newer.commit}.json"
        with suppress(OSError, ValueError, TypeError):
            return tuple(_change(each) for each in orjson.loads(file.read_bytes()))
        new, old = self._knowledge(newer), self._knowledge(older)
        if new is None or old is None:
            return None
        changes = changes_between(old, new)
        with suppress(OSError):  # it is found again
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(orjson.dumps([asdict(each) for each in changes]))
        return changes

    def _knowledge(self, revision: Revision) -> KnowledgeBase | None:
        if revision.commit not in self._read:
            self._read = dict([*self._read.items()][-1:])  # the next comparison needs the older of the two again
            self._read[revision.commit] = knowledge_at(self._root, revision.commit, self._memo)
        return self._read[revision.commit]


def _change(data: dict[str, object]) -> Change:
    words = tuple((article, passage) for article, passage in data.pop("words"))  # type: ignore[attr-defined]
    return Change(**data, words=words)  # type: ignore[arg-type]


def knowledge_at(root: Path, commit: str, memo: Memo, report: Report | None = None) -> KnowledgeBase | None:
    """The knowledge base as a revision has it; None where it has errors that hide some of it."""
    with TemporaryDirectory() as folder:
        extract(root, commit, Path(folder))
        return knowledge_in(Path(folder), memo, Report() if report is None else report)


def knowledge_in(folder: Path, memo: Memo, report: Report) -> KnowledgeBase | None:
    """The knowledge base in a folder, likewise; what is wrong stands in the report."""
    memo.begin()
    knowledge = build_knowledge(load(folder, report, memo), report, memo)
    return None if report.has_errors else knowledge
