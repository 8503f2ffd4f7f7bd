"""Two revisions or folders -> what changed in the knowledge from one to the other, told as text, Markdown or JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from stuntbook.diagnostics import Report, plural, printable
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.changes import Change, What, changes_between
from stuntbook.knowledge.history import knowledge_at, knowledge_in
from stuntbook.layout import KNOWLEDGE_FILE
from stuntbook.memo import Memo
from stuntbook.reading.revisions import commit_of, is_repository

MOST = 500
"""How many changes are listed in Markdown, for GitHub takes no more than a megabyte of it."""
_SPECIAL = re.compile(r"[\\`*_\[\]<&~$]|:(?=\S)|(?<=www)\.", re.IGNORECASE)
"""What may mean something to GitHub within a line of Markdown: emphasis, code, links, HTML, formulas, `:names:`."""
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
"""Marks around words of another direction, which pages have and lists go without."""


class UnknownSideError(Exception):
    """What was named is neither a folder with a knowledge base nor a revision."""


class BrokenSideError(Exception):
    """What was named can't be compared, because it has errors."""


def compare(root: Path, old: str, new: str) -> tuple[Change, ...]:
    """What changed between two sides, each a folder of a knowledge base or a revision of that of `root`.

    Raises UnknownSideError and BrokenSideError.
    """
    memo = Memo()
    return changes_between(_knowledge(root, old, memo), _knowledge(root, new, memo))


def _knowledge(root: Path, side: str, memo: Memo) -> KnowledgeBase:
    report = Report()
    if (Path(side) / KNOWLEDGE_FILE).exists():
        knowledge = knowledge_in(Path(side), memo, report)
    else:
        knowledge = knowledge_at(root, _commit(root, side), memo, report)
    if knowledge is None:
        first = next(iter(report))
        raise BrokenSideError(
            f"{side} has {report.summary()}, and can't be compared; the first: {first.location}: {first.message}"
        )
    return knowledge


def _commit(root: Path, side: str) -> str:
    if not is_repository(root):
        what = f"no folder that holds {KNOWLEDGE_FILE}, and there is no repository of git to find it in"
        raise UnknownSideError(f'"{side}" is {what}')
    commit = commit_of(root, side)
    if commit is None:
        raise UnknownSideError(f'"{side}" is neither a revision nor a folder that holds {KNOWLEDGE_FILE}')
    return commit


def summary(changes: Sequence[Change]) -> str:
    """The counts in words."""
    counts = Counter(each.what for each in changes)
    listed = ", ".join(f"{counts[what]:,} {what}" for what in What if what in counts)
    return f"{plural(len(changes), 'change')}: {listed}." if changes else "Nothing changed in the knowledge."


def as_text(changes: Sequence[Change]) -> str:
    """The changes record by record, as a terminal shows them."""
    lines = [line for record, own in _by_record(changes) for line in (record, *map(_in_text, own), "")]
    return "\n".join([*lines, summary(changes)])


def _in_text(change: Change) -> str:
    before = [f"    before: {_plain(change.before)}"] if change.before else []
    words = [f'    {article}: "{_plain(passage)}"' for article, passage in change.words]
    return "\n".join([f"  {change.what}: {_plain(change.text)}", *before, *words])


def as_markdown(changes: Sequence[Change]) -> str:
    """The changes as a list in Markdown; nothing in their words means anything in it."""
    lines = ["## What changed in the knowledge", "", summary(changes)]
    for record, own in _by_record(changes[:MOST]):
        lines += ["", f"### {_escaped(record)}", "", *map(_in_markdown, own)]
    if len(changes) > MOST:
        lines += ["", f"{plural(len(changes) - MOST, 'change')} more."]
    return "\n".join(lines)


def _in_markdown(change: Change) -> str:
    before = [f"  - before: {_escaped(change.before)}"] if change.before else []
    words = [f"  - “{_escaped(passage)}” ({_escaped(article)})" for article, passage in change.words]
    return "\n".join([f"- **{change.what}**: {_escaped(change.text)}", *before, *words])


def as_json(changes: Sequence[Change]) -> str:
    """The changes as a JSON document."""
    counts = Counter(each.what for each in changes)
    listed = [asdict(each) | {"words": [_cited(*each_word) for each_word in each.words]} for each in changes]
    return json.dumps({"changes": listed, "counts": counts}, ensure_ascii=False, indent=2)


def _cited(article: str, words: str) -> dict[str, str]:
    return {"article": article, "words": words}


def _by_record(changes: Iterable[Change]) -> Iterator[tuple[str, Iterator[Change]]]:
    for (record, name), own in groupby(changes, key=lambda each: (each.record, each.name)):
        yield f"{_plain(name)} ({record})", own


def _plain(text: str) -> str:
    """A text on one line, which no terminal takes for a command."""
    return printable(" ".join(text.translate(_ISOLATES).split()))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", _plain(text))
