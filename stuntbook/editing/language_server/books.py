"""A book that is open in an editor: what it says by its files and by what is not saved yet, checked again and again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.layout import ARTICLES_FOLDER, KNOWLEDGE_FILE
from stuntbook.memo import Memo
from stuntbook.reading.files import load_text

_LARGEST = 50
"""In megabytes, of a file that is looked into."""


@dataclass(slots=True)
class Book:
    """A knowledge base's folder, with what the latest checks have found in it."""

    root: Path
    unsaved: Mapping[str, str] = field(default_factory=dict)
    """The texts of the files that are open, by path, as the latest check has seen them."""
    report: Report = field(default_factory=Report)
    """What the latest check has found."""
    knowledge: KnowledgeBase | None = None
    """What the book said when its records could last be read."""
    _memo: Memo = field(default_factory=Memo)

    def check(self, unsaved: Mapping[str, str]) -> None:
        """Check the book, with the texts of files that are open in place of the files."""
        report, memo = Report(), self._memo.copy()
        knowledge = load_and_check(self.root, report, memo=memo, texts=unsaved)
        self.unsaved, self.report = unsaved, report
        # Where a half-typed line hides all records, what they said is still what an editor means.
        if self.knowledge is None or any(knowledge.records):
            self.knowledge, self._memo = knowledge, memo

    def text(self, path: str) -> str:
        """What a file holds, or is to hold; nothing where it can't be read."""
        unsaved = self.unsaved.get(path)
        return load_text(self.root / path, path, _LARGEST, Report()) or "" if unsaved is None else unsaved


def root_of(file: Path) -> Path | None:
    """The folder of the book that a file is one of; None for any other file."""
    if file.name == KNOWLEDGE_FILE:
        return file.parent
    if file.suffix == ".md" and file.parent.name == ARTICLES_FOLDER and (file.parent.parent / KNOWLEDGE_FILE).is_file():
        return file.parent.parent
    return None
