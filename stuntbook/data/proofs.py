"""KnowledgeBase -> proofs that anybody can check: the words on which each statement rests, and digests of everything.

`verify.py`, which is published beside them, checks them against the articles.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import chain

from stuntbook.data.assembled import Assembled
from stuntbook.data.tables import statement_id
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Source
from stuntbook.knowledge.statements import Statement


def proofs_file(knowledge: KnowledgeBase) -> Assembled:
    """A line of JSON a statement, with the SHA-256 of all else in the line as `digest`."""

    def lines(record: str) -> bytes:
        statements = chain.from_iterable(knowledge.statements[record])
        return "".join(f"{_line(each, knowledge.sources)}\n" for each in statements).encode()

    return Assembled(lambda: (record.id for record in knowledge.records), lines)


def _line(statement: Statement, sources: Mapping[str, Source]) -> str:
    proof = {
        "statement": statement_id(statement.record, statement.anchor),
        "text": statement.text,
        "status": statement.evidence.status.value,
        "citations": list(_citations(statement, sources)),
    }
    return _json(proof | {"digest": sha256(_json(proof).encode()).hexdigest()})


def _citations(statement: Statement, sources: Mapping[str, Source]) -> Iterator[dict[str, object]]:
    for each in statement.every_passage:
        article, span = sources[each.source].article, each.span
        words = article.body[span.start : span.end]  # with the marks of Markdown, if there are any in them
        place = {"start": span.start, "end": span.end, "words": words}
        yield {"article": each.source, "sha256": article.body_digest, **place}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
