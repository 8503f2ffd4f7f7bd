"""What tests of several modules share: small knowledge bases written on the spot."""

from __future__ import annotations

from pathlib import Path

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Diagnostic, Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.rules.engine import JUDGEMENT_CODES

ROOT = Path(__file__).parent.parent
SITES = Path(__file__).parent / "sites"

FRONT_MATTER = (
    "---\ntitle: A jump over the canal\npublisher: Example Gazette\nurl: https://gazette.example/canal\n---\n"
)
"""The least that an article needs; five lines."""

FILM = "films:\n  canal:\n    title: Canal\n"
PEOPLE = "people:\n  dara-quill:\n    name: Dara Quill\n  mo-venn:\n    name: Mo Venn\n"
STUNT = "stunts:\n  canal-jump:\n    title: Canal jump\n    film: canal\n"
BOOK = FILM + PEOPLE + STUNT
"""A film, two people and a stunt; what is indented by four spaces goes on with the stunt."""


def write_book(folder: Path, knowledge: str, **bodies: str) -> Path:
    """A knowledge base's folder with an article for each body; `_` in a name stands for `-`."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    for name, body in bodies.items():
        path = folder / "articles" / f"{name.replace('_', '-')}.md"
        path.write_bytes((FRONT_MATTER + body).encode())
    (folder / "stunts.yaml").write_bytes(knowledge.encode())
    return folder


def read_book(folder: Path, knowledge: str, **bodies: str) -> tuple[KnowledgeBase, Report]:
    """The knowledge base that `write_book` writes, and all that is wrong with it."""
    report = Report()
    return load_and_check(write_book(folder, knowledge, **bodies), report), report


def sound_book(folder: Path, knowledge: str, **bodies: str) -> KnowledgeBase:
    """A knowledge base in which no proof fails. Whether its made-up words are well judged is no matter."""
    book, report = read_book(folder, knowledge, **bodies)
    assert proven(report) == [], report.render()
    return book


def proven(report: Report) -> list[Diagnostic]:
    """The errors of a report that no editor can silence."""
    return [each for each in report if each.severity == "error" and each.code not in JUDGEMENT_CODES]


def indented(lines: str) -> str:
    """Lines of a record, indented to stand below `BOOK`."""
    return "".join(f"    {line}\n" for line in lines.strip("\n").split("\n"))


def codes(report: Report) -> list[str]:
    """The codes of a report's diagnostics, in their order."""
    return [diagnostic.code for diagnostic in report]
