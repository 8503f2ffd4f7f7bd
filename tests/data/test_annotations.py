"""Every citation as a Web Annotation: complete, true to the articles, and JSON-LD that can be processed."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from pyld import jsonld  # type: ignore[import-untyped]

from stuntbook.data.annotations import ANNOTATION_CONTEXT, annotations_file
from stuntbook.data.files import exports
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Passage
from stuntbook.knowledge.statements import Statement
from stuntbook.text.markup import shown
from tests.support import edition_of, exported, json_ld_options, keys_in

OA = "http://www.w3.org/ns/oa#"
OF_OA = (
    *(
        "Annotation",
        "SpecificResource",
        "TextualBody",
        "TextQuoteSelector",
        "TextPositionSelector",
        "describing",
        "assessing",
    ),
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
    "Text": "http://purl.org/dc/dcmitype/Text",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "label": {"@id": "http://www.w3.org/2000/01/rdf-schema#label"},
    "partOf": {"@id": "as:partOf", "@type": "@id"},
    "startIndex": "as:startIndex",
    "total": "as:totalItems",
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


def annotations_of(knowledge: KnowledgeBase) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(annotations_file(edition_of(knowledge))())
    return found


@pytest.fixture(scope="module")
def items(valid: KnowledgeBase) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = annotations_of(valid)["items"]
    return found


def passages(knowledge: KnowledgeBase) -> list[Passage]:
    """The passage of every citation."""
    return [passage for statement in knowledge.all_statements() for passage in statement.passages]


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


def test_the_words_are_found_at_the_publishers(items: list[dict[str, Any]], valid: KnowledgeBase) -> None:
    bodies = {source.article.url: source.article.body for source in valid.sources.values()}
    rights = {source.article.url: source.article.rights for source in valid.sources.values()}
    assert set(rights.values()) == {"full", "excerpts"}
    for item, passage in zip(items, passages(valid), strict=True):
        address, quote = unquote(item["target"][0]["source"]["id"]), item["target"][0]["selector"]
        body, (start, end) = bodies[address], (passage.span.start, passage.span.end)
        assert quote["exact"] == shown(body[start:end])
        if rights[address] == "full":
            assert shown(body[:start]).endswith(quote["prefix"])
            assert shown(body[end:]).startswith(quote["suffix"])
        else:
            assert quote.keys() == {"type", "exact"}


def test_positions_count_in_the_text_that_is_published(items: list[dict[str, Any]], book: KnowledgeBase) -> None:
    files = exported(book)
    for item, passage in zip(annotations_of(book)["items"], passages(book), strict=True):
        target = item["target"][1]
        text = files[target["source"]["id"].removeprefix("https://book.example/")].decode()
        words = text[target["selector"]["start"] : target["selector"]["end"]]
        assert words == book.sources[passage.source].article.body[passage.span.start : passage.span.end]


def test_of_an_article_with_excerpts_the_cited_words_alone_are_published(valid: KnowledgeBase) -> None:
    for source in valid.sources.values():
        article = source.article
        text = exported(valid)[f"sources/{article.id}/text.txt"].decode()
        if article.rights == "full":
            assert text == article.body
        else:
            cited = {index for each in valid.cited[article.id] for index in range(each.span.start, each.span.end)}
            assert len(text.replace("\n\n", "")) <= len(cited)
            assert all(piece in article.body for piece in text.split("\n\n"))


def test_without_an_address_there_are_none(valid: KnowledgeBase) -> None:
    """A relative id is none: https://www.w3.org/TR/annotation-model/#annotations."""
    files = exports(edition_of(valid, address=""))
    assert not {path for path in files if path.endswith((".txt", "annotations.jsonld"))} - {"robots.txt", "llms.txt"}


def test_each_annotation_has_one_body_and_two_targets(items: list[dict[str, Any]], valid: KnowledgeBase) -> None:
    data = annotations_of(valid)
    (page,) = jsonld.expand(data, json_ld_options(ANNOTATION_CONTEXT, TERMS, ""))
    (listed,) = page["http://www.w3.org/ns/activitystreams#items"]
    assert len(listed["@list"]) == len(items)
    for annotation in listed["@list"]:
        assert annotation["@type"] == [f"{OA}Annotation"]
        assert len(annotation[f"{OA}hasBody"]) == 1
        assert len(annotation[f"{OA}hasTarget"]) == 2
        for target in annotation[f"{OA}hasTarget"]:
            assert len(target[f"{OA}hasSelector"]) == 1
            assert len(target[f"{OA}hasSource"]) == 1


def test_every_id_is_absolute(valid: KnowledgeBase) -> None:
    """A relative one would stay relative where nothing says where the file was found."""
    ids = list(ids_in(jsonld.expand(annotations_of(valid), json_ld_options(ANNOTATION_CONTEXT, TERMS, ""))))
    assert len(ids) > 100
    assert [each for each in ids if not re.match(r"https?://[^/]+/", each)] == []


def ids_in(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        yield from ids_in(each)
    if isinstance(value, dict) and "@id" in value:
        yield value["@id"]


def test_no_key_gets_lost(valid: KnowledgeBase) -> None:
    """What the context does not define would vanish when the data are processed."""
    data = annotations_of(valid)
    back = jsonld.compact(data, {"@context": TERMS}, json_ld_options(ANNOTATION_CONTEXT, TERMS, ""))
    back.pop("@context")
    assert keys_in(back) == keys_in(data) - {"@context"}
