"""KnowledgeBase -> data files for other programs. The layout is documented in docs/data.md."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import orjson

from stuntbook.data.annotations import annotation_data
from stuntbook.data.reference import json_schema
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import CITING, Source
from stuntbook.knowledge.statements import Statement
from stuntbook.knowledge.story import story_of
from stuntbook.records.citable import SENTENCE_FIELD, Judged
from stuntbook.records.kinds import RECORD_KINDS, statement_fields
from stuntbook.records.model import AnyRecord

FORMAT_VERSION = 2


def knowledge_data(knowledge: KnowledgeBase) -> dict[str, Any]:
    """The whole resolved knowledge base as plain data."""
    return {
        "format": FORMAT_VERSION,
        "articles": {id_: _article(knowledge, source) for id_, source in knowledge.sources.items()},
        **{
            kind.section: {id_: _record(knowledge, record) for id_, record in knowledge.by_kind[name].items()}
            for name, kind in RECORD_KINDS.items()
        },
    }


def _json(data: dict[str, Any]) -> bytes:
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _article(knowledge: KnowledgeBase, source: Source) -> dict[str, Any]:
    article = source.article
    return {
        "address": address_of(article),
        **article.model_dump(include={"title", "label", "publisher", "author", "published", "url", "rights"}),
        "length": len(article.body),
        "passages": [
            {
                **asdict(cited.span),
                "text": cited.text,
                "statements": [f"{statement.record}#{statement.anchor}" for statement in cited.statements],
            }
            for cited in knowledge.cited[article.id]
        ],
    }


def _record(knowledge: KnowledgeBase, record: AnyRecord) -> dict[str, Any]:
    return {
        "address": address_of(record),
        "name": record.display_name,
        **_fields(record),
        "story": {
            part.name: [each.anchor for each in part.statements]
            for part in story_of(record, knowledge.statements[record.id])
        },
        "statements": [_statement(statement) for statement in knowledge.statements[record.id]],
        "mentioned_in": list(dict.fromkeys(mention.record for mention in knowledge.mentions[record.id])),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    evidence = statement.evidence
    return {
        "kind": statement.kind,
        "anchor": statement.anchor,
        "text": statement.text,
        "fields": _fields(statement.value, *CITING, SENTENCE_FIELD),
        "evidence": {
            "status": evidence.status.value,
            "articles": list(evidence.sources),
            "independent": evidence.independent,
            "by": evidence.by,
            "disagreement": "#".join(evidence.disagreement) if evidence.disagreement else None,
        },
        "citations": [
            {"article": each.source, "passage": each.text, **asdict(each.span), "in_part": each in statement.also}
            for each in statement.every_passage
        ],
        "parts": [_statement(part) for part in statement.parts],
    }


def _fields(value: Judged, *told: str) -> dict[str, Any]:
    """What is set of a record or a statement, but for the statements in it, and for what is told elsewhere."""
    parts = {field.path[0] for field in statement_fields(type(value))}
    unset = () if value.silence else ("silence",)
    return value.model_dump(exclude={*parts, *told, *unset}, exclude_none=True)


def line_data(knowledge: KnowledgeBase) -> dict[str, dict[str, dict[str, int]]]:
    """File, record and anchor of every statement -> the line on which it begins."""
    lines: dict[str, dict[str, dict[str, int]]] = {}
    for record, statements in knowledge.statements.items():
        for each in (part for statement in statements for part in statement):
            lines.setdefault(each.location.path, {}).setdefault(record, {})[each.anchor] = each.location.line
    return lines


EXPORTS: Mapping[str, Callable[[KnowledgeBase], bytes]] = {
    "data/stuntbook.json": lambda knowledge: _json(knowledge_data(knowledge)),
    "data/lines.json": lambda knowledge: orjson.dumps(line_data(knowledge), option=orjson.OPT_APPEND_NEWLINE),
    "data/annotations.jsonld": lambda knowledge: _json(annotation_data(knowledge)),
    "data/stunts.schema.json": lambda _: _json(json_schema()),
}
"""Path within the site of every data file, and how its content is made, in UTF-8."""
