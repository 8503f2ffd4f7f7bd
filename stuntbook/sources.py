"""Files -> records: the one module that opens the knowledge base's files.

A knowledge base is a folder with `stunts.yaml` and `articles/*.md`. Everything wrong with them goes to the report; what
is sound is returned, so that later stages can find more in the same run.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from frontmatter.default_handlers import YAMLHandler
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from stuntbook.diagnostics import Location, Report, did_you_mean
from stuntbook.model import ID_PATTERN, RECORD_TYPES, AnyRecord, Article, Model, Place, editable_fields, models_in
from stuntbook.yaml_reader import Data, read_yaml

KNOWLEDGE_FILE = "stunts.yaml"
ARTICLES_FOLDER = "articles"
RESERVED_IDS = frozenset({"index"})
"""Identifiers that would take the address of an index page."""

_FRONT_MATTER = YAMLHandler()
_TYPE_NAMES = {
    "string_type": "text in quotation marks",
    "int_type": "a whole number",
    "float_type": "a number",
    "tuple_type": "a list, with a dash before each entry",
    "model_type": "a mapping of keys and values",
    "dict_type": "a mapping of keys and values",
    "model_attributes_type": "a mapping of keys and values",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All sound records, by identifier, in the order of their files."""

    articles: Mapping[str, Article]
    records: Mapping[str, AnyRecord]
    broken: frozenset[str]
    """Identifiers whose record has errors: a reference to one of them is not a second error."""


def load(root: Path, report: Report) -> Library:
    """Read a knowledge base's folder. Raises nothing for bad or missing files."""
    seen: dict[str, Location] = {}
    articles = dict(_load_articles(root, seen, report))
    records = dict(_load_records(root, seen, report))
    return Library(articles=articles, records=records, broken=frozenset(seen) - articles.keys() - records.keys())


def _load_records(root: Path, seen: dict[str, Location], report: Report) -> Iterator[tuple[str, AnyRecord]]:
    text = _read_text(root / KNOWLEDGE_FILE, KNOWLEDGE_FILE, report)
    if text is None:
        return
    errors_before = report.has_errors
    parsed = read_yaml(text, KNOWLEDGE_FILE, report)
    if parsed is None:
        if report.has_errors == errors_before:
            advice = "start with the sections films:, people: and stunts:"
            report.error(Location(KNOWLEDGE_FILE), "empty-file", "there is nothing in this file", advice)
        return
    sections = {record_type.section: record_type for record_type in RECORD_TYPES}
    for section, place in _mapping_parts(parsed.data, parsed.place, "the file", report):
        if section not in sections:
            _unknown_key(report, place.key, section, sections)
            continue
        assert isinstance(parsed.data, dict)
        data = parsed.data[section]
        for identifier, record_place in _mapping_parts(data, place, f'"{section}"', report):
            assert isinstance(data, dict)
            if _check_id(identifier, record_place.key, seen, report):
                record = _build(sections[section], identifier, data[identifier], record_place, report)
                if record is not None:
                    yield identifier, record


def _mapping_parts(data: Data, place: Place, what: str, report: Report) -> Iterator[tuple[str, Place]]:
    if isinstance(data, dict):
        for name in data:
            yield name, place.parts[name]
    elif data is not None:  # None was reported by the reader
        advice = "write a key, a colon and what belongs to it, indented, on the lines below"
        report.error(place.location, "wrong-type", f"{what} must be a mapping of keys and values", advice)


def _check_id(identifier: str, location: Location, seen: dict[str, Location], report: Report) -> bool:
    if not re.fullmatch(ID_PATTERN, identifier):
        suggestion = re.sub(r"[^a-z0-9]+", "-", identifier.lower()).strip("-")
        advice = "use lower-case letters, digits and single hyphens" + (f': "{suggestion}"' if suggestion else "")
        report.error(location, "bad-id", f'"{identifier}" is not a kebab-case identifier', advice)
    elif identifier in RESERVED_IDS:
        report.error(location, "bad-id", f'"{identifier}" is the address of a list', "choose another identifier")
    elif identifier in seen:
        first = seen[identifier]
        advice = "identifiers are unique across films, people, stunts and articles: choose another"
        report.error(location, "id-clash", f'"{identifier}" is taken by {first.path}, line {first.line}', advice)
    else:
        seen[identifier] = location
        return True
    return False


def _load_articles(root: Path, seen: dict[str, Location], report: Report) -> Iterator[tuple[str, Article]]:
    folder = root / ARTICLES_FOLDER
    files = sorted(folder.glob("*.md"))
    if not files:
        advice = "put each source there as a Markdown file with front matter"
        report.error(Location(ARTICLES_FOLDER), "no-articles", "there are no articles (articles/*.md)", advice)
    for file in files:
        path = f"{ARTICLES_FOLDER}/{file.name}"
        text = _read_text(file, path, report)
        if _check_id(file.stem, Location(path), seen, report) and text is not None:
            article = _read_article(file.stem, path, text, report)
            if article is not None:
                yield file.stem, article


def _read_article(identifier: str, path: str, text: str, report: Report) -> Article | None:
    opening = _FRONT_MATTER.FM_BOUNDARY.match(text)
    closing = _FRONT_MATTER.FM_BOUNDARY.search(text, opening.end()) if opening else None
    if closing is None:
        advice = "start the file with ---, the keys publisher and url, and --- again; the text follows as published"
        report.error(Location(path), "front-matter", "the article has no front matter", advice)
        return None
    # The boundary's pattern takes blank lines with it; the body begins right behind the closing line.
    line_end = text.find("\n", closing.start())
    start = len(text) if line_end < 0 else line_end + 1
    # A blank line in place of the opening one keeps the line numbers.
    parsed = read_yaml("\n" + text[text.find("\n") + 1 : closing.start()], path, report)
    if parsed is None or not isinstance(parsed.data, dict):
        if not any(diagnostic.location.path == path for diagnostic in report):
            advice = "write at least the keys title, publisher and url between the two lines of ---"
            report.error(Location(path), "front-matter", "the front matter holds no keys", advice)
        return None
    injected = {"body": text[start:], "body_line": text.count("\n", 0, start) + 1}
    place = Place(Location(path), Location(path), parsed.place.parts)
    return _build(Article, identifier, parsed.data, place, report, **injected)


def _read_text(file: Path, path: str, report: Report) -> str | None:
    try:
        raw = file.read_bytes()
    except OSError as error:
        reason = "does not exist" if isinstance(error, FileNotFoundError) else f"can't be read: {error.strerror}"
        report.error(Location(path), "missing-file", f"{path} {reason}", "check the name and the folder (--root)")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        location = Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        report.remember_text(path, raw.decode("utf-8-sig", errors="replace"))
        message = f"the byte 0x{raw[error.start]:02X} is not UTF-8"
        report.error(location, "not-utf-8", message, "save the file in the encoding UTF-8")
        return None
    report.remember_text(path, text)
    return text


M = typing.TypeVar("M", bound=Model)


def _build(model: type[M], identifier: str, data: Data, place: Place, report: Report, **injected: object) -> M | None:
    """The record, or None with every problem of its data in the report."""
    if data is None:
        return None
    if not isinstance(data, dict):
        advice = f"write its keys on the lines below, indented: {', '.join(_required(model))}"
        report.error(place.location, "wrong-type", f'"{identifier}" must be a mapping of keys and values', advice)
        return None
    reserved = [key for key in data if key in model.model_fields and key not in editable_fields(model)]
    for key in reserved:
        _unknown_key(report, place.parts[key].key, key, editable_fields(model))
    values = {key: value for key, value in data.items() if key not in reserved}
    try:
        record = model.model_validate(values | injected | {"id": identifier, "place": place})
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _explain(model, details, place, report)
        return None
    return None if reserved else record


def _explain(model: type[Model], error: ErrorDetails, place: Place, report: Report) -> None:
    """Report one of pydantic's errors in the words of an editor."""
    path = error["loc"]
    here = place.find(*path)
    kind = error["type"]
    if error["input"] is None:
        return  # the reader has reported what is not there
    if kind == "missing":
        owner = _model_at(model, path[:-1])
        location = place.find(*path[:-1]).key
        advice = f"a {owner.__name__.lower()} needs {', '.join(_required(owner))}"
        report.error(location, "missing-key", f'the key "{path[-1]}" is missing', advice)
    elif kind == "extra_forbidden":
        _unknown_key(report, here.key, str(path[-1]), editable_fields(_model_at(model, path[:-1])))
    elif kind == "literal_error":
        expected = error.get("ctx", {}).get("expected", "")
        suggestion = did_you_mean(str(error["input"]), re.findall(r"'([^']+)'", expected))
        advice = " ".join(part for part in (suggestion, f"allowed: {expected.replace(chr(39), '')}") if part)
        report.error(here.location, "bad-value", f"{_shown(error['input'])} is not allowed here", advice)
    elif kind == "string_type" and isinstance(error["input"], int | float):
        meaning = "true or false" if isinstance(error["input"], bool) else "a number"
        message = f"{_shown(error['input'])} without quotation marks is read as {meaning}, and text belongs here"
        report.error(here.location, "yaml-surprise", message, "put it in quotation marks")
    elif kind in _TYPE_NAMES:
        if path[-1] == "int" and (*path[:-1], "float"):
            return  # a number may be either; the error about the other one says so
        message = f"{_shown(error['input'])} is not what belongs here"
        report.error(here.location, "wrong-type", message, f"write {_TYPE_NAMES[kind]}")
    elif kind == "string_pattern_mismatch":
        message = f"{_shown(error['input'])} is not a kebab-case identifier"
        report.error(here.location, "bad-id", message, "refer to a record by its key, such as tom-cruise")
    else:
        location = here.location if isinstance(error["input"], str | int | float) else here.key
        advice = "" if kind in ("edtf", "citation", "unit", "label", "blank", "http") else "correct the value"
        report.error(location, "bad-value", _lower_first(error["msg"]), advice)


def _unknown_key(report: Report, location: Location, key: str, allowed: typing.Iterable[str]) -> None:
    names = list(allowed)
    suggestion = did_you_mean(key, names)
    advice = " ".join(part for part in (suggestion, f"allowed: {', '.join(names)}") if part)
    report.error(location, "unknown-key", f'there is no key "{key}" here', advice)


def _model_at(model: type[Model], path: tuple[int | str, ...]) -> type[Model]:
    """The model of the value at a path of field names and list indexes."""
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = next(models_in(model.model_fields[step].annotation), model)
    return model


def _required(model: type[Model]) -> list[str]:
    return [name for name, field in editable_fields(model).items() if field.is_required()]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        text = str(value)
        return f'"{text if len(text) <= 40 else text[:39] + "…"}"' if isinstance(value, str) else text
    return "a mapping" if isinstance(value, dict) else "a list"


def _lower_first(message: str) -> str:
    return message[:1].lower() + message[1:]
