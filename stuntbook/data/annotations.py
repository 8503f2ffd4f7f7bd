"""KnowledgeBase -> W3C Web Annotations: every citation as a statement that is tied to words of an article.

The model is the W3C Recommendation "Web Annotation Data Model" of 23 February 2017
(https://www.w3.org/TR/annotation-model/), serialized as JSON-LD. A citation is an annotation whose body is the
statement. Its targets are the words in two places: at the article's publisher, found by themselves (TextQuoteSelector),
and in the text that the site publishes of the article, where positions can be counted (TextPositionSelector).
"""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import quote

from stuntbook.data.assembled import Assembled, Part, as_json, in_list
from stuntbook.data.edition import Edition
from stuntbook.data.texts import PublishedText, address_of_text
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.resolution import Passage, Source
from stuntbook.knowledge.statements import Statement
from stuntbook.text.markup import shown

ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
ANNOTATIONS = "data/annotations.jsonld"
_CONTEXT_LENGTH = 32
"""How many characters before and behind a passage are given to tell it from the same words elsewhere."""


def annotations_file(edition: Edition) -> Assembled:
    """An AnnotationPage of all citations. The edition must have an address: the ids of annotations are absolute."""

    def parts() -> Iterator[Part]:
        counts = Counter(each.record for each in edition.knowledge.all_statements() for _ in each.passages)
        yield as_json(_page(edition, counts.total())).removesuffix(b"\n}") + b',\n  "items": '
        yield from in_list(counts, 4)
        yield b"\n}\n"

    def items(record: str) -> bytes:
        return b",\n    ".join(as_json(each, 4) for each in _annotations(edition, record))

    return Assembled(parts, items)


def _page(edition: Edition, total: int) -> dict[str, Any]:
    address = f"{edition.address}{ANNOTATIONS}"
    collection = {"id": f"{address}#all", "type": "AnnotationCollection", "label": edition.name, "total": total}
    page = {"id": address, "type": "AnnotationPage", "partOf": collection, "startIndex": 0}
    return {"@context": ANNOTATION_CONTEXT, **page}


def _annotations(edition: Edition, record: str) -> Iterator[dict[str, Any]]:
    knowledge = edition.knowledge
    for statement in chain.from_iterable(knowledge.statements[record]):
        address = f"{edition.address}{address_of(knowledge.record(statement.record))}#{statement.anchor}"
        for number, passage in enumerate(statement.passages, start=1):
            source = knowledge.sources[passage.source]
            yield {
                "id": f"{edition.address}{ANNOTATIONS}#{statement.record}/{statement.anchor}/{number}",
                "type": "Annotation",
                "motivation": "describing" if statement.kind == "quote" else "assessing",
                "body": _body(statement, address),
                "target": [
                    _target(source.article.url, source, _quote_selector(source, passage)),
                    _target(
                        f"{edition.address}{address_of_text(source.article)}",
                        source,
                        _position_selector(PublishedText(knowledge, source.article), passage),
                    ),
                ],
            }


def _body(statement: Statement, address: str) -> dict[str, str]:
    words = {"value": statement.text, "format": "text/plain", "language": "en"}
    return {"id": address, "type": "TextualBody", **words}


def _uri(address: str) -> str:
    """A web address in ASCII, as RFC 3987 maps it (section 3.1)."""
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]")


def _target(address: str, source: Source, selector: dict[str, Any]) -> dict[str, Any]:
    text = {"id": _uri(address), "type": "Text", "language": source.article.language}
    return {"type": "SpecificResource", "source": text, "selector": selector}


def _quote_selector(source: Source, passage: Passage) -> dict[str, str]:
    selector = {"type": "TextQuoteSelector", "exact": passage.text}
    if source.article.rights == "full":
        # Of an article whose rights are `excerpts`, nothing is published but the passages.
        body, span = source.text.body, passage.span
        selector["prefix"] = shown(body[max(0, span.start - _CONTEXT_LENGTH) : span.start])
        selector["suffix"] = shown(body[span.end : span.end + _CONTEXT_LENGTH])
    return selector


def _position_selector(text: PublishedText, passage: Passage) -> dict[str, Any]:
    start, end = text.position(passage.span)
    return {"type": "TextPositionSelector", "start": start, "end": end}
