"""The revisions of a knowledge base -> what changed in each, and when what a page tells last changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase, build_knowledge
from stuntbook.knowledge.changes import Change, changes_between
from stuntbook.memo import Memo
from stuntbook.reading.revisions import Revision, extract, is_committed, revisions
from stuntbook.reading.sources import load
from stuntbook.safe import Safe

MOST = 50
"""How many revisions are looked at."""
_KEPT = "changes"


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


def history_of(root: Path, safe: Safe | None = None) -> History:
    """The history of a knowledge base's folder. What was compared once is kept safe."""
    known = revisions(root, MOST)
    edits = tuple(_edits(root, known, safe))
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


def _edits(root: Path, known: tuple[Revision, ...], safe: Safe | None) -> Iterator[Edit]:
    past, kept = _Past(root), _kept(safe)
    compared: dict[str, list[dict[str, object]]] = {}
    for newer, older in pairwise(known):
        name = f"{older.commit} {newer.commit}"
        changes = kept[name] if name in kept else past.changes(older, newer)
        if changes is None:
            break
        compared[name] = [asdict(each) for each in changes]
        if changes:
            yield Edit(newer, changes)
    if safe and compared.keys() != kept.keys():
        safe.put(_KEPT, compared)


def _kept(safe: Safe | None) -> dict[str, tuple[Change, ...]]:
    """What was compared before, by the commits."""
    try:
        found = safe.get(_KEPT) if safe else None
        return {name: tuple(map(_change, changes)) for name, changes in (found or {}).items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        return {}


class _Past:
    """Compares revisions. What two of them have in common is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._memo = Memo()
        self._read: dict[str, KnowledgeBase | None] = {}

    def changes(self, older: Revision, newer: Revision) -> tuple[Change, ...] | None:
        """What changed between two revisions; None where one of them can't be read."""
        new, old = self._knowledge(newer), self._knowledge(older)
        return None if new is None or old is None else changes_between(old, new)

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
