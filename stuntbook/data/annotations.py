"""KnowledgeBase -> W3C Web Annotations: every citation as a statement that is tied to words of an article.

The model is the W3C Recommendation "Web Annotation Data Model" of 23 February 2017
(https://www.w3.org/TR/annotation-model/), serialized as JSON-LD. A citation is an annotation whose body is the
statement and whose target is the passage, found by its words (TextQuoteSelector) and by its place in the article's
body (TextPositionSelector).
"""

from typing import Any

from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Passage, Source
from stuntbook.knowledge.statements import Statement
from stuntbook.text.markup import shown

ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_CONTEXT_LENGTH = 32
"""How many characters before and behind a passage are given to tell it from the same words elsewhere."""


def annotation_data(knowledge: KnowledgeBase) -> dict[str, Any]:
    """An AnnotationPage of all citations. Its addresses are relative to the file's own, `data/annotations.jsonld`."""
    items = [
        _annotation(knowledge, statement, passage, number)
        for statement in knowledge.all_statements()
        for number, passage in enumerate(statement.passages, start=1)
    ]
    return {"@context": ANNOTATION_CONTEXT, "id": "annotations.jsonld", "type": "AnnotationPage", "items": items}


def _annotation(knowledge: KnowledgeBase, statement: Statement, passage: Passage, number: int) -> dict[str, Any]:
    source = knowledge.sources[passage.source]
    address = f"../{address_of(knowledge.record(statement.record))}"
    return {
        "id": f"annotations.jsonld#{statement.record}/{statement.anchor}/{number}",
        "type": "Annotation",
        "motivation": "describing" if statement.kind == "quote" else "assessing",
        "body": {
            "id": f"{address}#{statement.anchor}",
            "type": "TextualBody",
            "value": statement.text,
            "format": "text/plain",
            "language": "en",
        },
        "target": {
            "source": source.article.url,
            "selector": [
                _quote_selector(source, passage),
                {"type": "TextPositionSelector", "start": passage.span.start, "end": passage.span.end},
            ],
        },
    }


def _quote_selector(source: Source, passage: Passage) -> dict[str, str]:
    selector = {"type": "TextQuoteSelector", "exact": passage.text}
    if source.article.rights == "full":
        # Of an article whose rights are `excerpts`, nothing is published but the passages.
        body, span = source.text.body, passage.span
        selector["prefix"] = shown(body[max(0, span.start - _CONTEXT_LENGTH) : span.start])
        selector["suffix"] = shown(body[span.end : span.end + _CONTEXT_LENGTH])
    return selector
