"""What tests of several modules share: small knowledge bases written on the spot."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stuntbook.check import load_and_check
from stuntbook.data.edition import Edition
from stuntbook.data.files import exports
from stuntbook.diagnostics import Diagnostic, Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.records.citable import Model
from stuntbook.rules.engine import JUDGEMENT_CODES

ROOT = Path(__file__).parent.parent
SITES = Path(__file__).parent / "sites"
THOROUGH = os.environ.get("STUNTBOOK_THOROUGH") == "1"
"""Whether tests that make their input by chance make many times more of it; a weekly job asks for this."""

PROGRAM_CODES = {"plugin", "template"}
"""Codes for mistakes in programs, the own and others' plugins, which no knowledge base can make."""
LARGE_CODES = {"large-file"}
"""Codes for knowledge bases that are too large to stand among the tests."""

FRONT_MATTER = (
    "---\ntitle: A jump over the canal\npublisher: Example Gazette\nurl: https://gazette.example/canal\n---\n"
)
"""The least that an article needs; five lines."""
ARTICLE = (
    f"{FRONT_MATTER}Dara Quill jumped over the canal three times. "
    '"I never looked down," she said. The jump took all day.\n'
)

FILM = "films:\n  canal:\n    title: Canal\n"
PEOPLE = "people:\n  dara-quill:\n    name: Dara Quill\n  mo-venn:\n    name: Mo Venn\n"
STUNT = "stunts:\n  canal-jump:\n    title: Canal jump\n    film: canal\n"
BOOK = FILM + PEOPLE + STUNT
"""A film, two people and a stunt; what is indented by four spaces goes on with the stunt."""


@dataclass(frozen=True)
class Case:
    """A knowledge base with something wrong, and the report that it must give, to the letter."""

    name: str
    files: dict[str, bytes]
    report: str

    @property
    def codes(self) -> list[str]:
        return re.findall(r": (?:error|warning)\[([a-z0-9-]+)\]: ", self.report)

    def write(self, folder: Path) -> Path:
        """Put the knowledge base into a folder, which need not be there."""
        folder.mkdir(exist_ok=True)
        for name, content in self.files.items():
            place, _, target = name.partition(" -> ")
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            if target:
                path.symlink_to(target)
            else:
                path.write_bytes(content)
        return folder


def cases() -> Iterator[Case]:
    """What stands in `sites/invalid`: a folder is a case, with its report in `expected.txt`; a file holds a group."""
    for path in sorted((SITES / "invalid").iterdir()):
        if path.is_dir():
            files = {each.relative_to(path).as_posix(): each.read_bytes() for each in path.rglob("*") if each.is_file()}
            report = files.pop("expected.txt")
            yield Case(path.name, files, report.decode())
        else:
            yield from _cases_of_group(path.read_bytes().decode())


def _cases_of_group(text: str) -> Iterator[Case]:
    """The cases of a text, each with a heading `=== name` and, but for the last, an empty line behind it.

    Under the name stands `stunts.yaml`, then other files, each below `--- path`, and last the `--- report`; nothing
    stands below `--- path -> target`, which is a link. The article
    `gazette-canal` is `ARTICLE` where nothing else is said; `--- body` gives it other words below that front matter.
    """
    _, *parts = re.split(r"^=== (.+)\n", f"{text}\n", flags=re.MULTILINE)
    for name, content in zip(parts[::2], parts[1::2], strict=True):
        knowledge, *rest = re.split(r"^--- (.+)\n", content.removesuffix("\n"), flags=re.MULTILINE)
        files = {
            "articles/gazette-canal.md": ARTICLE,
            "stunts.yaml": knowledge,
            **dict(zip(rest[::2], rest[1::2], strict=True)),
        }
        if body := files.pop("body", None):
            files["articles/gazette-canal.md"] = FRONT_MATTER + body
        report = files.pop("report")
        yield Case(name, {path: each.encode() for path, each in files.items()}, report)


def write_book(folder: Path, knowledge: str, **bodies: str) -> Path:
    """A knowledge base's folder with an article for each body, or for each text with front matter of its own.

    `_` in a name stands for `-`.
    """
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    for name, body in bodies.items():
        path = folder / "articles" / f"{name.replace('_', '-')}.md"
        path.write_bytes((body if body.startswith("---\n") else FRONT_MATTER + body).encode())
    (folder / "stunts.yaml").write_bytes(knowledge.encode())
    return folder


def read_book(folder: Path, knowledge: str, **bodies: str) -> tuple[KnowledgeBase, Report]:
    """The knowledge base that `write_book` writes, and all that is wrong with it."""
    report = Report()
    return load_and_check(write_book(folder, knowledge, **bodies), report), report


def checked(root: Path) -> KnowledgeBase:
    """The knowledge base of a folder, in which no proof fails. Whether made-up words are well judged is no matter."""
    report = Report()
    knowledge = load_and_check(root, report)
    assert proven(report) == [], report.render()
    return knowledge


def sound_book(folder: Path, knowledge: str, **bodies: str) -> KnowledgeBase:
    """The knowledge base that `write_book` writes."""
    return checked(write_book(folder, knowledge, **bodies))


def book_of(folder: Path, **sections: Mapping[str, Mapping[str, Any]]) -> KnowledgeBase:
    """A knowledge base of the records of each section, by their identifiers, and an article that says nothing."""
    return sound_book(folder, json.dumps(sections), weekly="Nothing.\n")


def edition_of(knowledge: KnowledgeBase, address: str = "https://book.example/") -> Edition:
    """A knowledge base as it is published, with nothing switched off."""
    return Edition(
        knowledge=knowledge, name="Book", address=address, licence="CC-BY-4.0", date="2021-04-01T12:00:00+00:00"
    )


def exported(knowledge: KnowledgeBase) -> dict[str, bytes]:
    """All that is made of a knowledge base for other programs."""
    return {path: make() for path, make in exports(edition_of(knowledge)).items()}


def judged(folder: Path, lines: str, body: str) -> list[str]:
    """What the editorial rules find in a stunt of the given lines and an article of the given words."""
    _, report = read_book(folder, BOOK + indented(lines), weekly=body)
    return [code for code in codes(report) if code in JUDGEMENT_CODES]


def proven(report: Report) -> list[Diagnostic]:
    """The errors of a report that no editor can silence."""
    return [each for each in report if each.severity == "error" and each.code not in JUDGEMENT_CODES]


def indented(lines: str) -> str:
    """Lines of a record, indented to stand below `BOOK`."""
    return "".join(f"    {line}\n" for line in lines.strip("\n").split("\n"))


def codes(report: Report) -> list[str]:
    """The codes of a report's diagnostics, in their order."""
    return [diagnostic.code for diagnostic in report]


def subclasses(model: type[Model]) -> Iterator[type[Model]]:
    """The models that derive from one, as far as they are the program's own: tests make more."""
    for child in model.__subclasses__():
        if child.__module__.startswith("stuntbook."):
            yield child
            yield from subclasses(child)


def json_ld_options(context: str, terms: Mapping[str, Any], base: str) -> dict[str, Any]:
    """What `pyld` needs to know the terms of a context, and no other, in a document at an address."""

    def load(url: str, _: object) -> dict[str, Any]:
        assert url == context
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": terms}}

    return {"documentLoader": load, "base": base}


def keys_in(value: object) -> set[str]:
    """All keys in JSON data."""
    if isinstance(value, dict):
        return set(value).union(*(keys_in(each) for each in value.values()))
    return set().union(*(keys_in(each) for each in value)) if isinstance(value, list) else set()
