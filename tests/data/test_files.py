"""The data files: their layout, and that everything in them can be followed to the articles."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from stuntbook.data.files import EXPORTS, FORMAT_VERSION, knowledge_data
from stuntbook.data.reference import json_schema
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import StuntStory

SECTIONS = tuple(kind.section for kind in RECORD_KINDS.values())


@pytest.fixture
def data(valid: KnowledgeBase) -> dict[str, Any]:
    """What another program reads."""
    loaded: dict[str, Any] = json.loads(EXPORTS["data/stuntbook.json"](valid))
    return loaded


def records(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for section in SECTIONS:
        yield from data[section].items()


def statements(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield item
        yield from statements(item["parts"])


def test_the_files(valid: KnowledgeBase) -> None:
    files = {path: export(valid) for path, export in EXPORTS.items()}
    assert sorted(files) == [
        "data/annotations.jsonld",
        "data/lines.json",
        "data/stuntbook.json",
        "data/stunts.schema.json",
    ]
    assert json.loads(files["data/stunts.schema.json"]) == json_schema()
    assert json.loads(files["data/stuntbook.json"]) == json.loads(json.dumps(knowledge_data(valid)))
    assert "قفزة المنارة" in files["data/stuntbook.json"].decode(), "it is escaped"
    assert all(content.endswith(b"}\n") for content in files.values())


def test_the_sections(data: dict[str, Any], valid: KnowledgeBase) -> None:
    assert list(data) == ["format", "articles", *SECTIONS]
    assert data["format"] == FORMAT_VERSION
    assert list(data["articles"]) == list(valid.sources)
    assert list(data["films"]) == ["glass-canal", "lantern-and-tide"]
    assert list(data["stunts"]) == list(valid.stunts)
    assert list(data["people"]) == list(valid.people)


def test_an_article(data: dict[str, Any], valid: KnowledgeBase) -> None:
    article = data["articles"]["tide-weekly"]
    assert {
        key: article[key] for key in ("address", "title", "label", "publisher", "author", "published", "rights")
    } == {
        "address": "sources/tide-weekly/",
        "title": None,
        "label": "Tide Weekly on the lighthouse jump",
        "publisher": "Tide Weekly",
        "author": None,
        "published": "2031-04~",
        "rights": "excerpts",
    }
    assert article["length"] == len(valid.sources["tide-weekly"].article.body)


def test_no_article_is_exported_in_full(data: dict[str, Any], valid: KnowledgeBase) -> None:
    for id_, source in valid.sources.items():
        assert source.article.body not in json.dumps(data["articles"][id_], ensure_ascii=False)
        assert "body" not in data["articles"][id_]


def test_spans_give_the_passages(data: dict[str, Any], valid: KnowledgeBase) -> None:
    for id_, article in data["articles"].items():
        body = valid.sources[id_].article.body
        assert article["passages"]
        for passage in article["passages"]:
            assert body[passage["start"] : passage["end"]] == passage["text"]
    for _, record in records(data):
        for statement in statements(record["statements"]):
            for citation in statement["citations"]:
                body = valid.sources[citation["article"]].article.body
                assert body[citation["start"] : citation["end"]] == citation["passage"]


def test_passages_and_statements_lead_to_each_other(data: dict[str, Any]) -> None:
    forward = {
        (f"{id_}#{statement['anchor']}", citation["article"], citation["start"], citation["end"])
        for id_, record in records(data)
        for statement in statements(record["statements"])
        for citation in statement["citations"]
    }
    back = {
        (statement, id_, passage["start"], passage["end"])
        for id_, article in data["articles"].items()
        for passage in article["passages"]
        for statement in passage["statements"]
    }
    assert forward == back


def test_a_record(data: dict[str, Any]) -> None:
    film = data["films"]["lantern-and-tide"]
    assert film["address"] == "films/lantern-and-tide/"
    assert film["name"] == film["title"] == "Lantern & Tide: {{ the <b>\"first\"</b> }} 'film' {of} two"
    assert film["aliases"] == ["Lantern & Tide", "Lantern\u00a0& Tide", "المنارة"]
    assert [each["text"] for each in film["statements"] if each["kind"] == "series"] == ["Series: Lantern & Tide"]
    assert film["mentioned_in"] == ["lighthouse-jump", "skate-crossing"]
    assert not {"id", "place", "year", "summary", "credits", "events"} & film.keys()


def test_a_statement_with_parts(data: dict[str, Any]) -> None:
    (risk,) = (each for each in data["stunts"]["lighthouse-jump"]["statements"] if each["kind"] == "risk")
    assert list(risk) == ["kind", "anchor", "text", "fields", "evidence", "citations", "parts"]
    assert risk["text"] == "The rope could have snapped."
    assert risk["fields"] == {"id": risk["anchor"], "by": "bartholomew-placeholder", "note": "It did not."}
    assert [each["in_part"] for each in risk["citations"]] == [False]
    assert risk["evidence"] == {
        "status": "said",
        "articles": ["lantern-gazette"],
        "independent": 1,
        "by": "bartholomew-placeholder",
        "disagreement": None,
    }
    assert [part["text"] for part in risk["parts"]] == ["A second rope hung behind it."]


def test_what_carries_a_sentence_in_part_is_told_apart(data: dict[str, Any]) -> None:
    (sentence,) = (
        each for each in data["stunts"]["lighthouse-jump"]["statements"] if each["text"] == "She stopped counting."
    )
    told = [(each["passage"], each["in_part"]) for each in sentence["citations"]]
    assert told == [("and then I stopped counting.", False), ("I counted to three,", True)]
    assert sentence["evidence"]["articles"] == ["lantern-gazette"]


def test_a_story_is_told_by_the_anchors_of_its_parts(data: dict[str, Any]) -> None:
    stunt = data["stunts"]["lighthouse-jump"]
    told = {each["anchor"]: each["text"] for each in stunt["statements"]}
    assert list(stunt["story"]) == list(StuntStory.model_fields)
    assert stunt["story"]["accident"] == ["knee", "whose-knee"]
    assert [told[anchor] for anchor in stunt["story"]["preparation"]] == ["A rope was bought.", told["snapped"]]
    assert data["films"]["glass-canal"]["story"] == {}


def test_the_fields_of_a_measure(data: dict[str, Any]) -> None:
    measures = [each for each in data["stunts"]["lighthouse-jump"]["statements"] if each["kind"] == "measure"]
    assert measures[0]["fields"] == {"quantity": "altitude", "value": 25000, "unit": "ft"}
    assert measures[0]["citations"][0]["passage"] == "She fell 25,000\u00a0feet –"


def test_references_lead_to_records_and_disagreements(data: dict[str, Any]) -> None:
    known = dict(records(data))
    anchors = {
        f"{id_}#{statement['anchor']}"
        for id_, record in known.items()
        for statement in statements(record["statements"])
    }
    disputed, speakers = 0, {None, *data["people"], *data["organisations"], "a member of the crew"}
    for record in known.values():
        assert set(record["mentioned_in"]) <= known.keys()
        for statement in statements(record["statements"]):
            assert statement["evidence"]["by"] in speakers
            if target := statement["evidence"]["disagreement"]:
                disputed += 1
                assert target in anchors
    assert disputed
