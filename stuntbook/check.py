"""Files -> a checked KnowledgeBase: what every command begins with."""

from pathlib import Path

from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase, build_knowledge
from stuntbook.memo import Memo
from stuntbook.progress import Progress
from stuntbook.reading.sources import NOTHING_UNSAVED, Texts, load
from stuntbook.rules.engine import apply_rules


def load_and_check(
    root: Path,
    report: Report,
    progress: Progress | None = None,
    memo: Memo | None = None,
    texts: Texts = NOTHING_UNSAVED,
) -> KnowledgeBase:
    """Files -> KnowledgeBase, with every problem in the report. What `memo` holds is not made again.

    `texts` are read in place of the files at these paths, relative to the folder: what is not saved yet.
    """
    progress, memo = progress or Progress(), memo or Memo(keeping=False)
    memo.begin()
    with progress.stage("Reading the files"):
        library = load(root, report, memo, texts)
    with progress.stage("Finding the citations"):
        knowledge = build_knowledge(library, report, memo)
    with progress.stage("Applying the rules"):
        apply_rules(knowledge, report, memo)
    memo.end(broken=report.has_errors)
    if not report.has_errors:  # what has errors says less, and may be mended at once
        memo.keep_safe()
    return knowledge
