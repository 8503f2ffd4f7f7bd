"""Two knowledge bases -> what has changed from one to the other, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement, Status

_ALIKE = 0.6
"""How alike two sentences are, of 1, when one is the other reworded."""


class What(StrEnum):
    """What has become of a statement."""

    NEW = "new"
    REMOVED = "removed"
    REWORDED = "reworded"
    DISPUTED = "now disputed"
    SETTLED = "no longer disputed"
    BETTER = "better supported"
    WORSE = "less supported"
    ATTRIBUTED = "said by somebody else"
    RECITED = "cites other words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A statement that changed."""

    what: str
    record: str
    anchor: str
    """On its record's page; of what was removed, where it was."""
    name: str
    """What the record is called."""
    text: str
    """The statement in plain words; of what was removed, what it said."""
    before: str = ""
    """What it said before, where it says something else now."""
    words: tuple[tuple[str, str], ...] = ()
    """The passages that carry it, or carried it: article and words."""


_Pair = tuple[Statement | None, Statement | None]


def changes_between(old: KnowledgeBase, new: KnowledgeBase) -> tuple[Change, ...]:
    """Every statement that is not what it was, record by record."""
    renamed = {former: record.id for record in new.records for former in record.former_ids}
    before = {renamed.get(record.id, record.id): record for record in old.records}
    found: list[Change] = []
    for id_ in dict.fromkeys((*(record.id for record in new.records), *before)):
        here = before.get(id_)
        earlier = old.statements[here.id] if here else ()
        later = new.statements.get(id_, ())
        if earlier is not later:  # what was read once for both is the same
            shown = new.by_id.get(id_) or here
            name = shown.display_name if shown else id_
            pairs = _pairs([*chain.from_iterable(earlier)], [*chain.from_iterable(later)])
            found += filter(None, (_change(id_, name, *pair) for pair in pairs))
    return tuple(found)


def _pairs(old: Sequence[Statement], new: Sequence[Statement]) -> Iterator[_Pair]:
    """The statements of a record, each with what it was or is: by its anchor, or else by its words."""
    by_anchor = {each.anchor: each for each in old}
    kept = {each.anchor for each in new}
    gone = [each for each in old if each.anchor not in kept]
    for each in new:
        earlier = by_anchor.get(each.anchor) or _earlier(each, gone)
        if earlier in gone:
            gone.remove(earlier)
        yield earlier, each
    yield from ((each, None) for each in gone)


def _earlier(statement: Statement, gone: Sequence[Statement]) -> Statement | None:
    """The statement that was most likely reworded to this one."""
    alike = (each for each in gone if each.kind == statement.kind)
    ratios = [(SequenceMatcher(None, each.text, statement.text, autojunk=False).ratio(), each) for each in alike]
    best = max(ratios, key=lambda rated: rated[0], default=None)
    return best[1] if best and best[0] >= _ALIKE else None


def _change(record: str, name: str, old: Statement | None, new: Statement | None) -> Change | None:
    what, shown = _what(old, new), new or old
    if what is None or shown is None:
        return None
    return Change(
        what=what.value,
        record=record,
        anchor=shown.anchor,
        name=name,
        text=shown.text,
        before=old.text if old and new and old.text != new.text else "",
        words=tuple(dict.fromkeys((each.source, each.text) for each in shown.passages)),
    )


def _what(old: Statement | None, new: Statement | None) -> What | None:  # noqa: PLR0911 - a case a line
    if old is None or new is None:
        return What.NEW if old is None else What.REMOVED
    disputed = [each.evidence.status is Status.DISPUTED for each in (old, new)]
    if disputed == [False, True] and new.kind != "disagreement":
        return What.DISPUTED
    if old.text != new.text:
        return What.REWORDED
    if old.evidence.by != new.evidence.by:
        return What.ATTRIBUTED
    if disputed == [True, False]:
        return What.SETTLED
    if old.evidence.independent != new.evidence.independent:
        return What.BETTER if old.evidence.independent < new.evidence.independent else What.WORSE
    if [(each.source, each.text) for each in old.every_passage] != [(e.source, e.text) for e in new.every_passage]:
        return What.RECITED
    return None
