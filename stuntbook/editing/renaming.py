"""A record or an article gets another identifier, in every place that names it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Location, Report
from stuntbook.editing.files import Draft, draft
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.layout import ARTICLES_FOLDER, DOCS_FOLDER, KNOWLEDGE_FILE
from stuntbook.reading.settings_file import settings_file
from stuntbook.records.article import Article
from stuntbook.records.citable import Citation, Model
from stuntbook.records.kinds import reference_fields
from stuntbook.records.model import AnyRecord
from stuntbook.records.places import Place
from stuntbook.records.stated import Reference


class RenamingError(Exception):
    """Why an identifier is not changed."""


def rename(root: Path, knowledge: KnowledgeBase, old: str, new: str) -> list[Draft]:
    """What changes where the identifier `old` becomes `new`. Raises RenamingError, and OSError.

    The record keeps the old one in `former_ids`. Of the pages that people wrote, the links are changed.
    """
    record = knowledge.by_id.get(old)
    if record is None:
        raise RenamingError(f'there is nothing called "{old}" here')
    book = draft(root, KNOWLEDGE_FILE)
    changes = [_within_book(book, knowledge, record, old, new)]
    if isinstance(record, Article):
        article = draft(root, record.path)
        article = article.turned(_with_former(article.before, record, old, new))
        changes.append(replace(article, moves_to=f"{ARTICLES_FOLDER}/{new}.md"))
    changes += _of_pages(root, record.section, old, new)
    _refuse_what_breaks(root, changes)
    return [each for each in changes if each.changes]


def _refuse_what_breaks(root: Path, changes: list[Draft]) -> None:
    """Raise RenamingError where the knowledge base would not be in order afterwards."""
    moved = {each.path: None for each in changes if each.moves_to}
    texts = {each.moves_to or each.path: each.after for each in changes}
    report = Report()
    load_and_check(root, report, texts={**moved, **texts})
    if report.has_errors:
        raise RenamingError(f"nothing is changed, because this would follow:\n\n{report.render()}")


def _within_book(book: Draft, knowledge: KnowledgeBase, record: AnyRecord | Article, old: str, new: str) -> Draft:
    text = book.before
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    places = {_offset(starts, place) for each in knowledge.records for place in _named(each, each.place, old)}
    if not isinstance(record, Article):
        places.add(_offset(starts, record.place.key))
    for place in sorted(places, reverse=True):
        text = _replaced(text, place, old, new)
    text = re.sub(rf"\[\[(\s*){re.escape(old)}(?=\s*[\]|])", rf"[[\g<1>{new}", text)
    if not isinstance(record, Article):
        text = _with_former(text, _again(book, text, record, new), old, new)
    return book.turned(text)


def _again(book: Draft, text: str, record: AnyRecord, new: str) -> AnyRecord:
    """The record as it stands in the changed text."""
    found = load_and_check(book.root, Report(), texts={KNOWLEDGE_FILE: text}).by_kind[record.noun].get(new)
    if found is None:
        raise RenamingError(f'"{new}" can\'t be its identifier: it is taken, or not in kebab-case')
    return found


def _named(value: Model, place: Place, identifier: str) -> Iterator[Location]:
    """Where an identifier stands in a value and in all that it holds, outside of sentences."""
    if isinstance(value, Reference) and value.id == identifier:
        yield place.at("id")
    if isinstance(value, Citation) and value.article == identifier:
        yield place.find(identifier).key
    for name in type(value).model_fields:
        held = getattr(value, name)
        for index, each in enumerate(held) if isinstance(held, tuple) else [(None, held)]:
            path = (name,) if index is None else (name, index)
            if isinstance(each, Model):
                yield from _named(each, place.find(*path), identifier)
            elif each == identifier and name in reference_fields(type(value)):
                yield place.at(*path)


def _offset(starts: list[int], location: Location) -> int:
    return starts[location.line - 1] + location.column - 1


def _replaced(text: str, place: int, old: str, new: str) -> str:
    start = place + (text[place] in "\"'")
    if not text.startswith(old, start):
        raise RenamingError(f'"{old}" is written in an unusual way near {text[place : place + 40]!r}')
    return f"{text[:start]}{new}{text[start + len(old) :]}"


def _with_former(text: str, record: AnyRecord | Article, old: str, new: str) -> str:
    """The text of a file with the old identifier among the record's former ones."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    if new in record.former_ids:
        place = record.place.at("former_ids", record.former_ids.index(new))
        return _replaced(text, _offset(starts, place), new, old)
    if record.former_ids:
        start = _offset(starts, record.place.at("former_ids"))
        indentation = " " * (record.place.at("former_ids").column - 1)
        added = f"[{old}, " if text[start] == "[" else f"- {old}\n{indentation}"
        return f"{text[:start]}{added}{text[start + (text[start] == '[') :]}"
    keys = sorted(place.key_offset for place in record.place.position.parts.values())
    # Behind the first key, which is the name or the title as a rule.
    location = record.place.stretch.location(keys[min(1, len(keys) - 1)])
    start = _offset(starts, location)
    is_flow = text[_offset(starts, record.place.location)] == "{"
    return (
        f"{text[:start]}former_ids: [{old}]{', ' if is_flow else chr(10) + ' ' * (location.column - 1)}{text[start:]}"
    )


def _of_pages(root: Path, section: str, old: str, new: str) -> Iterator[Draft]:
    """The pages that people wrote, and the navigation, with links to the record's new address."""
    link = re.compile(rf"(?<![\w-]){section}/{re.escape(old)}(?![\w-])")
    pages = (path.relative_to(root).as_posix() for path in sorted((root / DOCS_FOLDER).rglob("*.md")))
    for path in (*pages, settings_file(root).name):
        page = draft(root, path)
        yield page.turned(link.sub(f"{section}/{new}", page.before))
