"""KnowledgeBase -> the JSON Schema in the book's folder, from which editors complete."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from stuntbook.check import load_and_check
from stuntbook.data.reference import Known, json_schema, with_known
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.layout import SCHEMA_FILE
from stuntbook.memo import Memo
from stuntbook.progress import Progress
from stuntbook.reading.files import leads_out, load_bytes
from stuntbook.records.article import Article
from stuntbook.safe import Safe

_LARGEST = 50
"""In megabytes, as a book may be."""
_KEPT = "schema"
"""By this name it is kept, as far as the program alone makes it."""


def check_for_editors(
    root: Path, report: Report, progress: Progress | None = None, memo: Memo | None = None
) -> KnowledgeBase:
    """Load and check a book, and have its schema list what it holds now."""
    knowledge = load_and_check(root, report, progress, memo)
    _write_schema(root, knowledge, report)
    return knowledge


def _write_schema(root: Path, knowledge: KnowledgeBase, report: Report) -> None:
    """Have the schema list the identifiers that exist now.

    It is left as it is where nothing has changed, where no record could be read, and where the folder can't be written:
    nobody's check fails for it.
    """
    file = root / SCHEMA_FILE
    is_unread = report.has_errors and not any(knowledge.records)
    if leads_out(file, root) or (is_unread and file.exists()):
        return
    content = orjson.dumps(with_known(_plain_schema(), _known(knowledge)), option=orjson.OPT_APPEND_NEWLINE)
    with suppress(OSError):
        if not file.exists() or load_bytes(file, SCHEMA_FILE, _LARGEST, Report()) != content:
            _replace(file, content)


def _plain_schema() -> Any:
    """The schema without identifiers. It is made of the program alone, and kept for as long as that is the same."""
    safe = Safe.of(Path(__file__).parent)
    schema = safe and safe.get(_KEPT)
    if not schema:
        schema = json_schema()
        if safe:
            safe.put(_KEPT, schema)
    return schema


def _known(knowledge: KnowledgeBase) -> Known:
    names = {
        kind: {each.id: each.display_name for each in records.values()} for kind, records in knowledge.by_kind.items()
    }
    articles = (source.article for source in knowledge.sources.values())
    return {**names, Article.noun: {each.id: f"{each.display_name} ({each.publisher})" for each in articles}}


def _replace(file: Path, content: bytes) -> None:
    """Write a file at once, for an editor may read it at any time. Raises OSError."""
    file.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as beside:
            beside.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)
