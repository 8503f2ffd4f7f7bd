"""KnowledgeBase -> data files for other programs. The layout is documented in docs/data.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from stuntbook.data.annotations import annotation_data
from stuntbook.data.reference import json_schema
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Source
from stuntbook.knowledge.statements import Statement
from stuntbook.records.article import Article
from stuntbook.records.citable import Model
from stuntbook.records.kinds import RECORD_KINDS, statement_fields
from stuntbook.records.model import AnyRecord

FORMAT_VERSION = 1


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
    article: Article = source.article
    return {
        "address": address_of(article),
        **article.model_dump(include={"title", "label", "publisher", "author", "published", "url", "rights"}),
        "length": len(article.body),
        "passages": [
            {
                "start": cited.span.start,
                "end": cited.span.end,
                "paragraph": cited.span.paragraph,
                "text": cited.text,
                "statements": [f"{statement.record}#{statement.anchor}" for statement in cited.statements],
            }
            for cited in knowledge.cited[article.id]
        ],
    }


def _record(knowledge: KnowledgeBase, record: AnyRecord) -> dict[str, Any]:
    own = record.model_dump(exclude=_parts(record), exclude_none=True)
    return {
        "address": address_of(record),
        "name": record.display_name,
        **_set(own),
        "statements": [_statement(statement) for statement in knowledge.statements[record.id]],
        "mentioned_in": list(dict.fromkeys(mention.record for mention in knowledge.mentions[record.id])),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    evidence = statement.evidence
    fields = statement.value.model_dump(exclude={*_parts(statement.value), "cite", "text"}, exclude_none=True)
    return {
        "kind": statement.kind,
        "anchor": statement.anchor,
        "text": statement.text,
        "fields": _set(fields),
        "evidence": {
            "status": evidence.status.value,
            "articles": list(evidence.sources),
            "independent": evidence.independent,
            "by": evidence.by,
            "disagreement": "#".join(evidence.disagreement) if evidence.disagreement else None,
        },
        "citations": [
            {
                "article": passage.source,
                "passage": passage.text,
                "start": passage.span.start,
                "end": passage.span.end,
                "paragraph": passage.span.paragraph,
            }
            for passage in statement.passages
        ],
        "parts": [_statement(part) for part in statement.parts],
    }


def _parts(value: Model) -> set[str]:
    """The fields that hold statements, which are told by themselves."""
    return {field.name for field in statement_fields(type(value))}


def _set(fields: dict[str, Any]) -> dict[str, Any]:
    """Without the rules set aside, where there are none."""
    return {name: value for name, value in fields.items() if name != "silence" or value}


EXPORTS: Mapping[str, Callable[[KnowledgeBase], bytes]] = {
    "data/stuntbook.json": lambda knowledge: _json(knowledge_data(knowledge)),
    "data/annotations.jsonld": lambda knowledge: _json(annotation_data(knowledge)),
    "data/stunts.schema.json": lambda _: _json(json_schema()),
}
"""Path within the site of every data file, and how its content is made, in UTF-8."""
