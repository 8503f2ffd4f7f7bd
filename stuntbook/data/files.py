"""Edition -> the files for other programs. Their layout is documented in docs/data.md."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson

from stuntbook.data.annotations import ANNOTATIONS, annotations_file
from stuntbook.data.assembled import Assembled, Part
from stuntbook.data.crawlers import llms_file, robots_file
from stuntbook.data.csv_files import csv_file, data_package
from stuntbook.data.edition import Edition
from stuntbook.data.feed import FEED, feed_file
from stuntbook.data.json_files import data_schema, knowledge_file, record_data
from stuntbook.data.linked_data import LinkedData
from stuntbook.data.markdown import FILE, markdown_page
from stuntbook.data.proofs import proofs_file
from stuntbook.data.reference import json_schema
from stuntbook.data.tables import tables
from stuntbook.data.texts import PublishedText, address_of_text
from stuntbook.knowledge.addresses import address_of, relative_address
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.redirects import redirects
from stuntbook.layout import KNOWLEDGE_FILE

ROBOTS, REDIRECTS = "robots.txt", "_redirects"
"""What is of use only at the root of a host."""
Make = Callable[[], bytes]
"""Reads all that it needs when it is called, so that what it depends on can be told."""
Files = Iterator[tuple[str, Make]]
"""Path within the site of each file, and how its content is made."""


def exports(edition: Edition) -> Mapping[str, Make]:
    """Every file for other programs that is asked for, and those that lead on from former addresses."""
    made = dict(_redirects(edition))
    made["data/stunts.schema.json"] = lambda: _json(json_schema())  # which editors' programs ask for
    made["data/lines.json"] = lines_file(edition.knowledge)
    for name, files in FORMATS.items():
        if name not in edition.without:
            made |= files(edition)
    return made


def is_of_edition(make: Make) -> bool:
    """Whether a file may say something of the edition, beside the knowledge base."""
    return not isinstance(make, partial) or any(isinstance(each, Edition) for each in make.args)


def _json(data: dict[str, Any]) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def lines_file(knowledge: KnowledgeBase) -> Assembled:
    """File, record and anchor of every statement -> the line on which it begins, for which pages ask."""
    places = {record.id: record.place.stretch.first_line for record in knowledge.records}
    first = knowledge.tables.add("first lines", places)

    def parts() -> Iterator[Part]:
        mark = f'{{"{KNOWLEDGE_FILE}":{{'.encode()
        for record in (id_ for id_, statements in knowledge.statements.items() if statements):
            yield mark
            yield record
            mark = b","
        yield b"{}\n" if mark != b"," else b"}}\n"

    def lines(identifier: str) -> bytes:
        _ = knowledge.record(identifier)  # whose lines tell where its statements stand in it
        every = chain.from_iterable(knowledge.statements[identifier])
        own = {each.anchor: first[identifier] + each.place.line for each in every}
        return f'"{identifier}":'.encode() + orjson.dumps(own)

    return Assembled(parts, lines)


def _json_files(edition: Edition) -> Files:
    yield "data/stuntbook.json", knowledge_file(edition.knowledge)
    yield "data/stuntbook.schema.json", lambda: _json(data_schema())


def _record_files(edition: Edition) -> Files:
    for record in edition.knowledge.by_id.values():
        yield f"{address_of(record)}index.json", partial(_record_file, edition.knowledge, record.id)


def _record_file(knowledge: KnowledgeBase, identifier: str) -> bytes:
    return _json(record_data(knowledge, knowledge.record(identifier)))


def _csv_files(edition: Edition) -> Files:
    for table in tables().values():
        yield f"data/{table.name}.csv", csv_file(edition.knowledge, table)
    yield "data/datapackage.json", lambda: _json(data_package(edition))


def _sqlite_files(edition: Edition) -> Files:
    def make() -> bytes:
        from stuntbook.data.sqlite_file import sqlite_file  # noqa: PLC0415 - not every Python has SQLite

        return sqlite_file(edition)

    yield "data/stuntbook.db", make


def _annotation_files(edition: Edition) -> Files:
    if edition.address:
        yield ANNOTATIONS, annotations_file(edition)
        for source in edition.knowledge.sources.values():
            yield address_of_text(source.article), partial(_text_file, edition.knowledge, source.article.id)


def _text_file(knowledge: KnowledgeBase, identifier: str) -> bytes:
    return PublishedText(knowledge, knowledge.sources[identifier].article).text.encode()


def _graph_files(edition: Edition) -> Files:
    linked = LinkedData(knowledge=edition.knowledge, site_name=edition.name, base=edition.address)
    yield "data/graph.jsonld", linked.everything()


def _proof_files(edition: Edition) -> Files:
    yield "data/proofs.jsonl", proofs_file(edition.knowledge)
    yield "data/verify.py", (Path(__file__).parent / "verify.py").read_bytes


def _feed_files(edition: Edition) -> Files:
    if edition.address and edition.history.edits:
        yield FEED, lambda: feed_file(edition)


def _robots_files(edition: Edition) -> Files:
    yield ROBOTS, lambda: robots_file(edition)


def _llms_files(edition: Edition) -> Files:
    yield "llms.txt", lambda: llms_file(edition)


def _markdown_files(edition: Edition) -> Files:
    for record in edition.knowledge.by_id.values():
        yield f"{address_of(record)}{FILE}", partial(_markdown_file, edition.knowledge, record.id)


def _markdown_file(knowledge: KnowledgeBase, identifier: str) -> bytes:
    return markdown_page(knowledge, knowledge.record(identifier))


FORMATS: Mapping[str, Callable[[Edition], Files]] = {
    "sqlite": _sqlite_files,  # which takes longest, while other processes make the rest
    "json": _json_files,
    "records": _record_files,
    "csv": _csv_files,
    "annotations": _annotation_files,
    "graph": _graph_files,
    "proofs": _proof_files,
    "feed": _feed_files,
    "robots": _robots_files,
    "llms": _llms_files,
    "markdown": _markdown_files,
}
"""What can be switched off, by the name that mkdocs.yml uses."""
OFF = frozenset({"markdown"})
"""The formats that a site has only where it asks for them."""


def _redirects(edition: Edition) -> Files:
    leads_to = redirects(edition.knowledge)
    for old in leads_to:
        yield f"{old}index.html", partial(_redirect, edition, old)
    if leads_to:
        yield REDIRECTS, partial(_redirect_rules, edition)


def _redirect_rules(edition: Edition) -> bytes:
    base = urlsplit(edition.address).path or f"/{edition.folder}"
    return "".join(f"{base}{old} {base}{new} 301\n" for old, new in redirects(edition.knowledge).items()).encode()


def _redirect(edition: Edition, old: str) -> bytes:
    """A page that leads to another, with the anchor that was asked for where scripts run."""
    base, new = edition.address, redirects(edition.knowledge)[old]
    way = escape(relative_address(old, new))
    script = f"{relative_address(old, '')}assets/stuntbook/moved.js"
    canonical = f'<link rel="canonical" href="{escape(base + new)}">\n' if base else ""
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' file:\">\n"
        f'<title>Moved</title>\n{canonical}<script src="{script}" data-way="{way}"></script>\n'
        f'<meta http-equiv="refresh" content="0; url={way}">\n<p>This page has moved: <a href="{way}">{way}</a></p>\n'
    ).encode()
