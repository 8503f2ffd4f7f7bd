"""Every citation as a Web Annotation: complete, true to the articles, and JSON-LD that can be processed."""

from typing import Any

import pytest
from pyld import jsonld  # type: ignore[import-untyped]

from stuntbook.data.annotations import ANNOTATION_CONTEXT, annotation_data
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from tests.support import json_ld_options, keys_in

OA = "http://www.w3.org/ns/oa#"
OF_OA = (
    *("Annotation", "TextualBody", "TextQuoteSelector", "TextPositionSelector", "describing", "assessing"),
    *("exact", "prefix", "suffix", "start", "end"),
)
"""The terms that Open Annotation calls the same."""
TERMS: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    "oa": OA,
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "AnnotationPage": "as:OrderedCollectionPage",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
} | {name: f"oa:{name}" for name in OF_OA}
"""The terms of the annotation context that are used, as the W3C defines them; nothing else is known."""


@pytest.fixture(scope="module")
def items(valid: KnowledgeBase) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = annotation_data(valid)["items"]
    return found


def cited(knowledge: KnowledgeBase) -> list[Statement]:
    """The statement of every citation."""
    return [statement for statement in knowledge.all_statements() for _ in statement.passages]


def test_every_citation_is_an_annotation_and_those_of_quotes_describe(
    items: list[dict[str, Any]], valid: KnowledgeBase
) -> None:
    assert [item["body"]["value"] for item in items] == [statement.text for statement in cited(valid)]
    motivations = ["describing" if statement.kind == "quote" else "assessing" for statement in cited(valid)]
    assert [item["motivation"] for item in items] == motivations
    assert len({item["id"] for item in items}) == len(items)


def test_the_selectors_agree_with_the_article(items: list[dict[str, Any]], valid: KnowledgeBase) -> None:
    bodies = {source.article.url: source.article.body for source in valid.sources.values()}
    rights = {source.article.url: source.article.rights for source in valid.sources.values()}
    assert set(rights.values()) == {"full", "excerpts"}
    for item in items:
        body = bodies[item["target"]["source"]]
        quote, position = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert quote["exact"] == body[start:end]
        if rights[item["target"]["source"]] == "full":
            assert body[:start].endswith(quote["prefix"])
            assert body[end:].startswith(quote["suffix"])
            assert len(quote["prefix"]) == min(32, start)
        else:
            assert quote.keys() == {"type", "exact"}


def test_each_annotation_has_one_body_and_one_target(items: list[dict[str, Any]], valid: KnowledgeBase) -> None:
    options = json_ld_options(ANNOTATION_CONTEXT, TERMS, "https://book.example/data/annotations.jsonld")
    (page,) = jsonld.expand(annotation_data(valid), options)
    (listed,) = page["http://www.w3.org/ns/activitystreams#items"]
    assert len(listed["@list"]) == len(items)
    for annotation in listed["@list"]:
        assert annotation["@type"] == [f"{OA}Annotation"]
        assert len(annotation[f"{OA}hasBody"]) == 1
        (target,) = annotation[f"{OA}hasTarget"]
        assert len(target[f"{OA}hasSelector"]) == 2
        assert target[f"{OA}hasSource"][0]["@id"].startswith("http")
        assert annotation[f"{OA}hasBody"][0]["@id"].startswith("https://book.example/")


def test_no_key_gets_lost(valid: KnowledgeBase) -> None:
    """What the context does not define would vanish when the data are processed."""
    data = annotation_data(valid)
    back = jsonld.compact(data, {"@context": TERMS}, json_ld_options(ANNOTATION_CONTEXT, TERMS, ""))
    back.pop("@context")
    assert keys_in(back) == keys_in(data) - {"@context"}
