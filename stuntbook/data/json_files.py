"""Tables -> JSON: a file of everything and one a record, their rows nested, and the JSON Schema of both."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from stuntbook.data.assembled import Assembled, Part, as_json, in_list
from stuntbook.data.columns import Column, Row
from stuntbook.data.tables import (
    citation_rows,
    exception_rows,
    mention_rows_of,
    record_row,
    span_row,
    statement_id,
    statement_row,
    story_rows,
    tables,
)
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.records.article import Article
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import AnyRecord

_WITHIN: Mapping[str, tuple[str, ...]] = {
    "statements": ("record", "part_of", "position"),
    "citations": ("statement", "number"),
    "stories": ("record", "position"),
    "exceptions": ("record",),
    "mentions": ("mentioned",),
}
"""The columns that a nested row does without: where it stands says the same."""


def knowledge_file(knowledge: KnowledgeBase) -> Assembled:
    """The whole knowledge base: a list of the articles, and one of each kind of record."""

    def parts() -> Iterator[Part]:
        lists: dict[str, Iterable[str]] = {"articles": knowledge.sources}
        lists |= {kind.section: knowledge.by_kind[name] for name, kind in RECORD_KINDS.items()}
        for number, (section, things) in enumerate(lists.items()):
            yield f'{"," if number else "{"}\n  "{section}": '.encode()
            yield from in_list(things, 4)
        yield b"\n}\n"

    return Assembled(parts, lambda id_: as_json(record_data(knowledge, knowledge.record(id_)), 4))


def record_data(knowledge: KnowledgeBase, record: AnyRecord | Article) -> dict[str, Any]:
    """A record with all that is stated of it, or an article with the passages that are cited from it."""
    row = record_row(record)
    if isinstance(record, Article):
        row["passages"] = list(_passages(knowledge, record))
    else:
        row["statements"] = [_statement(each) for each in knowledge.statements[record.id]]
        row["stories"] = [_nested("stories", each) for each in story_rows(knowledge, record)]
        row["exceptions"] = [_nested("exceptions", each) for each in exception_rows(knowledge, record)]
    row["mentions"] = [_nested("mentions", each) for each in mention_rows_of(knowledge, record)]
    return row


def _statement(statement: Statement) -> Row:
    return _nested("statements", statement_row(statement, 0)) | {
        "citations": [_nested("citations", each) for each in citation_rows(statement)],
        "parts": list(map(_statement, statement.parts)),
    }


def _nested(table: str, row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in _WITHIN[table]}


def _passages(knowledge: KnowledgeBase, article: Article) -> Iterator[Row]:
    for cited in knowledge.cited[article.id]:
        statements = [statement_id(each.record, each.anchor) for each in cited.statements]
        yield {"passage": cited.text, **span_row(cited.span), "statements": statements}


def data_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of both: `$defs` has one for a file of each kind."""
    sections = [*(kind.section for kind in RECORD_KINDS.values()), "articles"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "stuntbook.json",
        **_object({name: _list_of(name) for name in sections}),
        "$defs": dict(_definitions(sections)),
    }


def _definitions(sections: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    parts = {"citations": _list_of("citations"), "parts": _list_of("statements")}
    yield "statements", _schema_of("statements", parts)
    for name in ("citations", "stories", "exceptions", "mentions"):
        yield name, _schema_of(name)
    spans = [
        column for column in tables()["citations"].columns if column.name in ("passage", "start", "end", "paragraph")
    ]
    statements = {"statements": {"type": "array", "items": {"type": "string"}}}
    yield "passages", _object({column.name: _property(column) for column in spans} | statements)
    within = {name: _list_of(name) for name in ("statements", "stories", "exceptions", "mentions")}
    for name in sections:
        own = {each: _list_of(each) for each in ("passages", "mentions")} if name == "articles" else within
        yield name, _schema_of(name, own)


def _schema_of(table: str, more: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    columns = [column for column in tables()[table].columns if column.name not in _WITHIN.get(table, ())]
    optional = {column.name for column in columns if not column.required}
    schema = _object({column.name: _property(column) for column in columns} | dict(more), optional)
    return {"description": tables()[table].description, **schema}


def _object(properties: dict[str, Any], optional: Collection[str] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list_of(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _property(column: Column) -> dict[str, Any]:
    values = {"enum": list(column.values)} if column.values else {}
    own = {"items": {"type": "string", **values}} if column.type == "array" else values
    return {"type": column.type, "description": column.description, **own}
