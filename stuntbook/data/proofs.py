"""KnowledgeBase -> proofs that anybody can check: the words on which each statement rests, and digests of everything.

`verify.py`, which is published beside them, checks them against the articles.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from stuntbook.data.edition import Edition
from stuntbook.data.tables import statement_id
from stuntbook.knowledge.statements import Statement


def proofs_file(edition: Edition) -> bytes:
    """A line of JSON a statement, with the SHA-256 of all else in the line as `digest`."""
    articles = {
        id_: _Recorded(source.article.body, source.article.body_digest)
        for id_, source in edition.knowledge.sources.items()
    }
    lines = (_line(statement, articles) for statement in edition.knowledge.all_statements())
    return "".join(f"{line}\n" for line in lines).encode()


@dataclass(frozen=True, slots=True)
class _Recorded:
    body: str
    digest: str


def _line(statement: Statement, articles: Mapping[str, _Recorded]) -> str:
    proof = {
        "statement": statement_id(statement.record, statement.anchor),
        "text": statement.text,
        "status": statement.evidence.status.value,
        "citations": list(_citations(statement, articles)),
    }
    return _json(proof | {"digest": sha256(_json(proof).encode()).hexdigest()})


def _citations(statement: Statement, articles: Mapping[str, _Recorded]) -> Iterator[dict[str, object]]:
    for each in statement.every_passage:
        article, span = articles[each.source], each.span
        words = article.body[span.start : span.end]  # with the marks of Markdown, if there are any in them
        place = {"start": span.start, "end": span.end, "words": words}
        yield {"article": each.source, "sha256": article.digest, **place}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
