"""Files -> records: what the knowledge base's files say.

A knowledge base is a folder with `stunts.yaml` and `articles/*.md`. Everything wrong with them goes to the report; what
is sound is returned, so that later stages can find more in the same run.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import cast

from frontmatter.default_handlers import YAMLHandler

from stuntbook.diagnostics import Diagnostic, Location, Report, Severity
from stuntbook.layout import ADDRESSES_FILE, ARTICLES_FOLDER, KNOWLEDGE_FILE
from stuntbook.memo import Memo
from stuntbook.reading.files import leads_out, load_text
from stuntbook.reading.manifest import Published, read_manifest
from stuntbook.reading.pieces import RecordText, split
from stuntbook.reading.validation import build_record, unknown_key
from stuntbook.reading.yaml_reader import Data, as_read, read_yaml, stretch_of
from stuntbook.records.article import Article
from stuntbook.records.fields import ID_LENGTH, ID_PATTERN, RESERVED_NAMES, UNKNOWN
from stuntbook.records.model import RECORD_TYPES, AnyRecord
from stuntbook.records.places import Place
from stuntbook.safe import digest
from stuntbook.text.folding import DOUBLE_MARKS, SINGLE_MARKS

RESERVED_IDS = frozenset({"index"})
"""Identifiers whose page would have the address of an index page."""

_FRONT_MATTER = YAMLHandler()
_BEFORE_FRONT_MATTER = re.compile(r"\A(?:[\s\ufeff]*[\n\ufeff])?")
_NONCHARACTERS = tuple(
    map(chr, (*range(0xFDD0, 0xFDF0), *(plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF))))
)
_LARGEST_ARTICLE, _LARGEST_KNOWLEDGE = 2, 50
"""In megabytes: what is larger would hold up every check."""
_LARGEST_WHOLE = 10
"""The most megabytes of a `stunts.yaml` whose records can't be read one by one."""
_MEGABYTE = 1_000_000
_MOST_RECORDS = 200_000
_MOST_MARKS = 500_000
"""How many quotation marks an article may hold: a long book has a tenth of it."""
_MOST_PARAGRAPHS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All sound records, by identifier, in the order of their files."""

    articles: Mapping[str, Article]
    records: Mapping[str, AnyRecord]
    broken: Mapping[str, bool]
    """Identifiers whose record has errors. A reference to one of them is not reported as a second error."""

    by_id: Mapping[str, AnyRecord | Article]
    """Records and articles alike."""
    published: tuple[Published, ...] = ()
    """The addresses that were published, as far as the editor has recorded them."""

    def record(self, identifier: str) -> AnyRecord:
        """The record of that identifier, which is none of an article."""
        return cast(AnyRecord, self.by_id[identifier])


_Where = Callable[[], Location]
"""Tells where an identifier stands. A function, because finding out takes time and is seldom needed."""


Texts = Mapping[str, str | None]
"""What is not saved yet, by path, relative to the folder; None for a file that is to go."""
NOTHING_UNSAVED: Texts = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Folder:
    """A knowledge base's folder, with what an editor has not saved in it yet."""

    root: Path
    texts: Texts
    read_texts: dict[str, str | None] = field(default_factory=dict)
    """What was read, by path."""

    def articles(self) -> list[str]:
        """The paths of all articles."""
        files = {f"{ARTICLES_FOLDER}/{file.name}" for file in (self.root / ARTICLES_FOLDER).glob("*.md")}
        unsaved = {path for path in self.texts if path.startswith(f"{ARTICLES_FOLDER}/")}
        return sorted(path for path in files | unsaved if self.texts.get(path, "") is not None)

    def read(self, path: str, report: Report) -> str | None:
        """The text of a file; None where it can't be read, with the reason in the report."""
        self.read_texts[path] = text = self._read(path, report)
        return text

    def _read(self, path: str, report: Report) -> str | None:
        if (unsaved := self.texts.get(path)) is not None:
            report.remember_text(path, unsaved)
            return unsaved
        self._tell_link(path, report)
        most = _LARGEST_ARTICLE if path.startswith(ARTICLES_FOLDER) else _LARGEST_KNOWLEDGE
        return load_text(self.root / path, path, most, report)

    def _tell_link(self, path: str, report: Report) -> None:
        """Warn CI of a link that leads out of the folder; only an editor's own machine may be laid out so."""
        if os.environ.get("CI") and leads_out(self.root / path, self.root):
            message = f"{path} stands behind a link that leads out of the knowledge base's folder"
            advice = "put what the link leads to in its place"
            report.add(Diagnostic(Location(path), "link", message, advice, severity=Severity.WARNING))


def load(root: Path, report: Report, memo: Memo, texts: Texts = NOTHING_UNSAVED) -> Library:
    """Read a knowledge base's folder. Raises nothing for bad or missing files.

    `texts` are read in place of the files at these paths, relative to the folder.
    """
    folder = _Folder(root, texts)
    seen: dict[str, _Where] = {}
    articles = dict(_load_articles(folder, seen, report, memo))
    records = dict(_load_records(folder, seen, report, memo))
    by_id = articles | records
    broken = dict.fromkeys(seen.keys() - by_id.keys(), True)
    _check_former_ids(by_id.values(), seen, report)
    return Library(
        articles=articles,
        records=records,
        broken=memo.tables.add("broken", broken),
        by_id=memo.tables.add("by id", by_id),
        published=_load_manifest(folder, report),
    )


def _load_manifest(folder: _Folder, report: Report) -> tuple[Published, ...]:
    text = folder.read(ADDRESSES_FILE, report) if os.path.lexists(folder.root / ADDRESSES_FILE) else None
    return tuple(read_manifest(text or "", report))


_RawRecord = tuple[type[AnyRecord], str, Data, Place]
"""What a file says of a record: its type, identifier, data and place."""
_SECTIONS = {record_type.section: record_type for record_type in RECORD_TYPES}


def _check_former_ids(found: Iterable[AnyRecord | Article], seen: dict[str, _Where], report: Report) -> None:
    """Report every identifier of old that is in use, or that two claim."""
    for each in found:
        for index, identifier in enumerate(each.former_ids):
            _check_id(identifier, partial(each.place.at, "former_ids", index), seen, report)


def _load_records(
    folder: _Folder, seen: dict[str, _Where], report: Report, memo: Memo
) -> Iterator[tuple[str, AnyRecord]]:
    text = folder.read(KNOWLEDGE_FILE, report)
    if text is None:
        return
    found = {f"{raw[0].section} {raw[1]}": raw for raw in _read_records(text, report, memo)}
    lines = memo.tables.add("lines", {name: (place.path, place.stretch.text) for name, (*_, place) in found.items()})

    def make(name: str, report: Report) -> AnyRecord | None:
        _ = lines[name]  # of which all of a record is made
        model, identifier, data, place = found[name]
        return build_record(model, identifier, as_read(data), place, report)

    for name, (_, identifier, _, place) in found.items():
        if _check_id(identifier, partial(getattr, place, "key"), seen, report):
            record = memo.recall_checked("record", name, report, partial(make, name))
            if record is not None:
                record.place.stretch.first_line = place.stretch.first_line
                yield identifier, record


def _read_records(text: str, report: Report, memo: Memo) -> Iterable[_RawRecord]:
    """The records of a file, each read by itself where it is laid out so plainly that this says the same."""
    records, own = split(text), Report()
    if records and len(records) > _MOST_RECORDS:
        message = f"{KNOWLEDGE_FILE} holds {len(records):,} records, and {_MOST_RECORDS:,} are the most"
        report.error(Location(KNOWLEDGE_FILE), "large-file", message, "make two books of it")
        return ()
    found = _read_each(records or (), own, memo)
    distinct = {(model.section, identifier) for model, identifier, _, _ in filter(None, found)}
    if records and len(distinct) == len(records):
        report.extend(own)
        return filter(None, found)
    if len(text) <= _LARGEST_WHOLE * _MEGABYTE:
        broken = next((record for record, each in zip(records or (), found, strict=True) if each is None), None)
        return () if broken and _stops(text, broken, own, report) else _read_whole(text, report)
    # To read all of it at once would take gigabytes of memory.
    report.extend(own)
    message = f"more than {_LARGEST_WHOLE} MB can't be read at once, and not all records can be read one by one"
    advice = (
        "let each section and each record begin a line of its own, in a section that there is, under a key of its own"
    )
    report.error(Location(KNOWLEDGE_FILE), "large-file", message, advice)
    return ()


def _stops(text: str, broken: RecordText, own: Report, report: Report) -> bool:
    """Whether a file stops being YAML in a record or behind it, which is reported then.

    It says what reading all of the file would say, as long as nothing is wrong above: in a large file, and to somebody
    who is typing in it, that takes too long.
    """
    lines = range(broken.first_line, broken.first_line + broken.text.count("\n") + 1)
    is_syntax = any(each.code == "yaml-syntax" and each.location.line in lines for each in own)
    if not is_syntax or "\t" in text or any(each.location.line < broken.first_line for each in own):
        return False
    problems = Report()
    *_, rest = text.split("\n", broken.first_line - 1)
    parsed = read_yaml(f"{broken.section}:\n{rest}", KNOWLEDGE_FILE, problems, first_line=broken.first_line - 1)
    if parsed is not None or not problems:
        return False
    report.extend(problems)
    return True


def _read_each(records: Sequence[RecordText], report: Report, memo: Memo) -> list[_RawRecord | None]:
    """What the lines of each record say; None for one whose lines are no record by themselves."""
    names = [digest(record.text.encode("utf-8", "surrogatepass")).hex() for record in records]
    named = dict(zip(names, records, strict=True))

    def make(name: str, own: Report) -> Data:
        parsed = read_yaml(named[name].text, KNOWLEDGE_FILE, own, named[name].first_line)
        return parsed.data if parsed else None

    read = memo.recall_each_checked("lines", [*named], report, make)
    return [_raw_record(record, read[name]) for name, record in zip(names, records, strict=True)]


def _raw_record(record: RecordText, data: Data) -> _RawRecord | None:
    if record.section not in _SECTIONS or not isinstance(data, dict) or len(data) != 1:
        return None
    ((identifier, own),) = data.items()
    stretch = stretch_of(KNOWLEDGE_FILE, record.text, record.first_line)
    return _SECTIONS[record.section], identifier, own, Place(stretch, (identifier,))


def _read_whole(text: str, report: Report) -> Iterator[_RawRecord]:
    """The records of a file; whatever is wrong with it goes to the report."""
    problems = Report()
    parsed = read_yaml(text, KNOWLEDGE_FILE, problems)
    if parsed is None and not problems:
        advice = "start with the sections films:, people: and stunts:"
        report.error(Location(KNOWLEDGE_FILE), "empty-file", "there is nothing in this file", advice)
    report.extend(problems)
    for section, data, place in _entries(*parsed, "the file", report) if parsed else ():
        if section in _SECTIONS:
            entries = _entries(data, place, f'"{section}"', report)
            yield from ((_SECTIONS[section], *entry) for entry in entries)
        else:
            unknown_key(report, place.key, section, _SECTIONS)


def _entries(data: Data, place: Place, what: str, report: Report) -> Iterator[tuple[str, Data, Place]]:
    """What stands in a mapping: key, value and place."""
    if isinstance(data, dict):
        yield from ((name, value, place.find(name)) for name, value in data.items())
    elif data is not None:  # None was reported by the reader
        advice = "write a key, a colon and what belongs to it, indented, on the lines below"
        report.error(place.location, "wrong-type", f"{what} must be a mapping of keys and values", advice)


def _check_id(identifier: str, where: _Where, seen: dict[str, _Where], report: Report) -> bool:
    if not re.fullmatch(ID_PATTERN, identifier):
        plain = unicodedata.normalize("NFKD", identifier).encode("ascii", "ignore").decode()
        suggestion = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
        advice = "use lower-case letters, digits and single hyphens" + (f': "{suggestion}"' if suggestion else "")
        message = f'"{identifier}" is not a kebab-case identifier'
        report.error(where(), "bad-id", message, advice, replacement=suggestion)
    elif len(identifier) > ID_LENGTH:
        message = f'"{identifier[:20]}…" is {len(identifier)} characters long, and {ID_LENGTH} are the most'
        report.error(where(), "bad-id", message, "choose a shorter one: it is the address of the page for ever")
    elif identifier in RESERVED_NAMES:
        message = f'"{identifier}" is a name that Windows keeps for itself'
        report.error(where(), "bad-id", message, "choose another identifier")
    elif identifier == UNKNOWN:
        message = f'"{identifier}" stands for a speaker who is still to be named'
        report.error(where(), "bad-id", message, "choose another identifier")
    elif identifier in RESERVED_IDS:
        report.error(where(), "bad-id", f'"{identifier}" is the address of a list', "choose another identifier")
    elif identifier in seen:
        first = seen[identifier]()
        advice = "identifiers are unique across films, people, stunts and articles: choose another"
        report.error(where(), "id-clash", f'"{identifier}" is taken by {first.path}, line {first.line}', advice)
    else:
        seen[identifier] = where
        return True
    return False


def _load_articles(
    folder: _Folder, seen: dict[str, _Where], report: Report, memo: Memo
) -> Iterator[tuple[str, Article]]:
    paths, texts = folder.articles(), memo.tables.add("files", folder.read_texts)
    if not paths:
        advice = "put each source there as a Markdown file with front matter"
        report.error(Location(ARTICLES_FOLDER), "no-articles", "there are no articles (articles/*.md)", advice)
    for path in paths:
        identifier = Path(path).stem
        text = folder.read(path, report)
        if _check_id(identifier, partial(Location, path), seen, report) and text is not None:
            make = partial(_read_article, identifier, path, texts)
            article = memo.recall_checked("article", path, report, make)
            if article is not None:
                yield identifier, article


def _read_article(identifier: str, path: str, texts: Mapping[str, str | None], report: Report) -> Article | None:
    """The article, or None with its problems in a report of its own."""
    text = texts[path] or ""
    if "\r" in text and "\n" not in text:
        message = "the lines of this file end with a carriage return alone"
        report.error(Location(path), "front-matter", message, "save the file with line feeds at the ends of its lines")
        return None
    if bad := next((char for char in _NONCHARACTERS if char in text), None):
        before = text[: text.index(bad)]
        message = f"the file holds U+{ord(bad):04X}, which is no character and will never be one"
        location = Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        report.error(location, "bad-value", message, "remove it")
        return None
    # The lines keep their numbers.
    text = _BEFORE_FRONT_MATTER.sub(lambda before: "\n" * before[0].count("\n"), text, count=1)
    opening = _FRONT_MATTER.FM_BOUNDARY.match(text, len(text) - len(text.lstrip("\n")))
    closing = _FRONT_MATTER.FM_BOUNDARY.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        problem = "the front matter is not closed" if opening else "the article has no front matter"
        advice = "start the file with ---, the keys publisher and url, and --- again"
        if opening:
            advice = "write --- on a line of its own behind its keys"
        report.error(Location(path), "front-matter", problem, f"{advice}; the text follows as published")
        return None
    # The boundary's pattern takes blank lines with it; the body begins right behind the closing line.
    line_end = text.find("\n", closing.start())
    start = len(text) if line_end < 0 else line_end + 1
    if not _can_be_checked(text, path, report):
        return None
    # Blank lines stand for what is above, so that lines count from the start of the file.
    first = text.find("\n", opening.start()) + 1
    parsed = read_yaml("\n" * text.count("\n", 0, first) + text[first : closing.start()], path, report)
    if parsed is None or not isinstance(parsed.data, dict):
        if not report:
            advice = "write at least the keys title, publisher and url between the two lines of ---"
            report.error(Location(path), "front-matter", "the front matter holds no keys", advice)
        return None
    injected = {"body": text[start:], "body_line": text.count("\n", 0, start) + 1}
    return build_record(Article, identifier, parsed.data, parsed.place, report, **injected)


def _can_be_checked(text: str, path: str, report: Report) -> bool:
    """Whether an article holds no more than takes seconds to look at."""
    marks = sum(map(text.count, SINGLE_MARKS + DOUBLE_MARKS)) if len(text) > _MOST_MARKS else 0
    counts = (("quotation marks", marks, _MOST_MARKS), ("paragraphs", text.count("\n\n"), _MOST_PARAGRAPHS))
    for what, count, most in counts:
        if count > most:
            message = f"{path} holds {count:,} {what}, and {most:,} are the most"
            report.error(Location(path), "large-file", message, "divide it into several")
            return False
    return True
