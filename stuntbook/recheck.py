"""The check of a knowledge base that may be what it was: one that was in order, and is the same, still is.

It imports what reads a knowledge base only where one has to be read.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from stuntbook.diagnostics import Report, plural
from stuntbook.layout import SCHEMA_FILE
from stuntbook.memo import Memo
from stuntbook.progress import Progress
from stuntbook.safe import Safe, digest, inputs_of

if TYPE_CHECKING:
    from stuntbook.knowledge.base import KnowledgeBase

_IN_ORDER = "checked"
"""By this name the last knowledge base is kept in which nothing was wrong."""


def memo_of(root: Path, *, fresh: bool) -> Memo:
    """What earlier runs have made of a knowledge base; nothing where it is to be fresh."""
    return Memo(keeping=False, safe=Safe.of(root, fresh=fresh))


def recheck(root: Path, fresh: bool, progress: Progress) -> tuple[Report, str]:
    """The problems of a knowledge base, and what it counts. Editors complete what it names from then on."""
    memo, inputs, report = memo_of(root, fresh=fresh), inputs_of(root), Report()
    match memo.safe and memo.safe.get(_IN_ORDER):
        case [str(kept), str(schema), str(counts)] if kept == inputs and schema == _schema_of(root):
            return report, counts
    from stuntbook.data.schema_file import check_for_editors  # noqa: PLC0415

    counts = counts_of(check_for_editors(root, report, progress, memo))
    if memo.safe and not report and inputs_of(root) == inputs:  # what was edited meanwhile was perhaps not seen
        memo.safe.put(_IN_ORDER, [inputs, _schema_of(root), counts])
    return report, counts


def _schema_of(root: Path) -> str | None:
    """The digest of what editors complete from; None where there is nothing."""
    with suppress(OSError):
        return digest((root / SCHEMA_FILE).read_bytes()).hex()
    return None


def counts_of(knowledge: KnowledgeBase) -> str:
    """How much there is of everything, in words."""
    statements = list(knowledge.all_statements())
    citations = sum(len(statement.passages) for statement in statements)
    counts = {**knowledge.by_kind, "article": knowledge.sources}
    listed = ", ".join(plural(len(each), kind) for kind, each in counts.items())
    return f"{listed}; {plural(len(statements), 'statement')}, {plural(citations, 'citation')} found word for word."
