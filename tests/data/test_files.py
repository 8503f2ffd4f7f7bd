"""The data files: which there are, and that each tells the same facts as the knowledge base."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown import markdown  # type: ignore[import-untyped]

from benchmarks.generate import generate
from stuntbook.data.csv_files import FORMAT_VERSION
from stuntbook.data.files import FORMATS, exports
from stuntbook.data.json_files import data_schema, record_data
from stuntbook.data.reference import json_schema
from stuntbook.data.tables import tables
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.records.kinds import RECORD_KINDS, statement_kinds
from tests.site_tools import ROOT, parse, text_of
from tests.support import checked, edition_of, exported

SECTIONS = tuple(kind.section for kind in RECORD_KINDS.values())
Fact = tuple[object, ...]
"""What a format says of a statement: record, anchor, kind, words, status, and its citations."""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A made-up book, as the benchmarks make it."""
    root = tmp_path_factory.mktemp("generated")
    generate(root, pages=60)
    return checked(root)


@pytest.fixture(scope="module", params=["valid", "knowledge", "generated"])
def every_book(request: pytest.FixtureRequest) -> KnowledgeBase:
    found: KnowledgeBase = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def files(every_book: KnowledgeBase) -> dict[str, bytes]:
    return exported(every_book)


@pytest.fixture(scope="module")
def facts(every_book: KnowledgeBase) -> set[Fact]:
    """What the knowledge base itself says."""
    return {
        (
            *(each.record, each.anchor, each.kind, each.text, each.evidence.status.value),
            tuple(
                (cited.source, cited.text, cited.span.start, cited.span.end, cited in each.also)
                for cited in each.every_passage
            ),
        )
        for each in every_book.all_statements()
    }


def rows(files: dict[str, bytes], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/{table}.csv"].decode(), newline="")))


def fact(row: Any, citations: Iterable[Any]) -> Fact:
    """What a row and those of its citations say, whatever the types of a format."""
    told = (
        (each["article"], each["passage"], int(each["start"]), int(each["end"]), each["in_part"] in (True, 1, "true"))
        for each in citations
    )
    return *(row[name] for name in ("record", "anchor", "kind", "text", "status")), tuple(told)


def nested(record: dict[str, Any], statements: list[dict[str, Any]]) -> Iterator[Fact]:
    for each in statements:
        yield fact({**each, "record": record["id"]}, each["citations"])
        yield from nested(record, each["parts"])


def test_csv(files: dict[str, bytes], facts: set[Fact]) -> None:
    cited: dict[str, list[dict[str, str]]] = {}
    for row in rows(files, "citations"):
        cited.setdefault(row["statement"], []).append(row)
    told = [fact(row, cited.get(row["id"], ())) for row in rows(files, "statements")]
    assert set(told) == facts
    assert len(told) == len(facts), "a statement has more than one row"


def test_sqlite(files: dict[str, bytes], facts: set[Fact]) -> None:
    database = opened(files)
    told = {
        fact(row, database.execute("SELECT * FROM citations WHERE statement = ? ORDER BY number", (row["id"],)))
        for row in database.execute("SELECT * FROM statements").fetchall()
    }
    assert told == facts
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_json(files: dict[str, bytes], facts: set[Fact]) -> None:
    data = json.loads(files["data/stuntbook.json"])
    assert {
        each for section in SECTIONS for record in data[section] for each in nested(record, record["statements"])
    } == facts
    Draft202012Validator(data_schema()).validate(data)


def test_a_file_a_record(files: dict[str, bytes], facts: set[Fact], every_book: KnowledgeBase) -> None:
    schema = data_schema()
    told = set()
    for name in ("articles", *SECTIONS):
        own = every_book.by_kind.get({kind.section: noun for noun, kind in RECORD_KINDS.items()}.get(name, ""), {})
        for record in own.values() or [source.article for source in every_book.sources.values() if name == "articles"]:
            data = json.loads(files[f"{address_of(record)}index.json"])
            Draft202012Validator(schema | schema["$defs"][name]).validate(data)
            told |= set(nested(data, data.get("statements", [])))
    assert told == facts


def test_proofs(files: dict[str, bytes], every_book: KnowledgeBase) -> None:
    proofs = [json.loads(line) for line in files["data/proofs.jsonl"].decode().splitlines()]
    told = {(each["statement"], each["text"], each["status"], tuple(place(each))) for each in proofs}
    assert told == {
        (
            *(f"{each.record}#{each.anchor}", each.text, each.evidence.status.value),
            tuple((cited.source, cited.span.start, cited.span.end) for cited in each.every_passage),
        )
        for each in every_book.all_statements()
    }


def place(proof: Any) -> Iterator[tuple[str, int, int]]:
    for each in proof["citations"]:
        yield each["article"], each["start"], each["end"]


def test_annotations(files: dict[str, bytes], every_book: KnowledgeBase) -> None:
    items = json.loads(files["data/annotations.jsonld"])["items"]
    told = [(each["body"]["id"], each["body"]["value"], each["target"][0]["selector"]["exact"]) for each in items]
    assert told == [
        (f"https://book.example/{address_of(every_book.record(each.record))}#{each.anchor}", each.text, passage.text)
        for each in every_book.all_statements()
        for passage in each.passages
    ]


def test_markdown(files: dict[str, bytes], every_book: KnowledgeBase) -> None:
    """As generators show it, it says each statement in its place, and the words on which that rests, as they stand."""
    for record in every_book.records:
        _, _, page = files[f"{address_of(record)}index.md"].decode().removeprefix("---\n").partition("\n---\n")
        shown = parse(markdown(page))
        items = {link.get("id"): text_of(each) for each in shown.iter("li") for link in each.findall("a[@id]")}
        for statement in every_book.statements_of(record):
            assert " ".join(statement.text.split()) in items[statement.anchor]
            for passage in statement.every_passage:
                assert f": “{' '.join(passage.text.split())}”" in items[statement.anchor]


def test_the_graph(files: dict[str, bytes], every_book: KnowledgeBase) -> None:
    """Whatever rests on an article is in it: as a claim or a quotation of these words, or as a property."""
    graph = json.loads(files["data/graph.jsonld"])["@graph"]
    by_id = {node["@id"]: node for node in graph}
    for record in every_book.records:
        node = by_id[f"https://book.example/{address_of(record)}#{record.noun}"]
        assert node["name"] == record.display_name
        claims = node.get("subjectOf", [])
        told = {each["@id"]: each["text"] for each in (claims if isinstance(claims, list) else [claims])}
        for statement in every_book.statements_of(record):
            id_ = f"https://book.example/{address_of(record)}#{statement.anchor}"
            assert told.pop(id_, statement.text) == statement.text
        assert told == {}


def test_mentions_stories_and_exceptions(files: dict[str, bytes], every_book: KnowledgeBase) -> None:
    data = json.loads(files["data/stuntbook.json"])
    for table in ("mentions", "stories", "exceptions"):
        in_json = sum(len(record.get(table, ())) for section in ("articles", *SECTIONS) for record in data[section])
        assert len(rows(files, table)) == in_json
        count = opened(files).execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        assert count == in_json
    assert len(rows(files, "mentions")) == sum(map(len, every_book.mentions.values()))


def opened(files: dict[str, bytes]) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.deserialize(files["data/stuntbook.db"])
    database.row_factory = sqlite3.Row
    return database


# --- What tables hold


def test_every_field_of_a_statement_has_a_column(valid: KnowledgeBase) -> None:
    told: dict[str, set[str]] = {}
    for row in tables()["statements"].rows(valid):
        told.setdefault(row["kind"], set()).update(row)
    assert set(told) == set(statement_kinds())
    assert {"quantity", "value", "unit", "qualifier"} <= told["measure"]
    assert {"event_kind", "when"} <= told["event"]
    assert {"catalogue", "identifier_value"} <= told["identifier"]
    assert {"altitude_value", "altitude_unit", "note"} <= told["story"]
    assert {"via", "context", "said_by"} <= told["quote"]
    assert {"person", "body_part"} <= told["injury"]
    assert "reference_id" in told["performer"]
    columns = {column.name for column in tables()["statements"].columns}
    ranges = {"altitude_value_from", "altitude_value_to"}  # of which the small book has none
    assert columns - set().union(*told.values()) == ranges


def test_values_have_their_types(valid: KnowledgeBase) -> None:
    database = opened(exported(valid))
    measure = database.execute("SELECT * FROM statements WHERE quantity = 'altitude'").fetchone()
    assert (measure["value"], measure["unit"]) == (25000, "ft")
    assert json.loads(database.execute("SELECT via FROM statements WHERE via IS NOT NULL").fetchone()[0]) == [
        "bartholomew-placeholder"
    ]
    film = database.execute("SELECT * FROM films WHERE id = 'lantern-and-tide'").fetchone()
    assert json.loads(film["aliases"])[2] == "المنارة"


def test_parts_lead_to_the_statement_that_they_belong_to(valid: KnowledgeBase) -> None:
    found = opened(exported(valid)).execute(
        "SELECT whole.kind, part.text FROM statements part JOIN statements whole ON part.part_of = whole.id"
        " WHERE part.text = 'A second rope hung behind it.'"
    )
    assert [tuple(row) for row in found] == [("risk", "A second rope hung behind it.")]


def test_words_are_found_in_the_full_text(valid: KnowledgeBase) -> None:
    found = opened(exported(valid)).execute(
        "SELECT s.text FROM statements_fts f JOIN statements s ON s.rowid = f.rowid"
        " WHERE statements_fts MATCH 'rope AND hung'"
    )
    assert [row["text"] for row in found] == ["A second rope hung behind it."]


def test_the_views(valid: KnowledgeBase) -> None:
    database = opened(exported(valid))
    told = database.execute("SELECT * FROM cited_statements WHERE text = 'She stopped counting.'").fetchall()
    assert [(row["passage"], row["in_part"]) for row in told] == [
        ("and then I stopped counting.", 0),
        ("I counted to three,", 1),
    ]
    passages = database.execute("SELECT count(*) FROM passages").fetchone()[0]
    assert passages == sum(map(len, valid.cited.values()))


def test_no_article_is_exported_in_full(valid: KnowledgeBase) -> None:
    for path, content in exported(valid).items():
        for source in valid.sources.values():
            if source.article.rights != "full":
                assert source.article.body.strip() not in content.decode("utf-8", "replace"), path


def test_the_real_book_answers_what_the_docs_ask(knowledge: KnowledgeBase) -> None:
    _, queries = (ROOT / "docs/data.md").read_text(encoding="utf-8").split("## SQLite")
    asked = re.findall(r"```sql\n(.*?);\n```", queries, re.DOTALL)
    assert len(asked) == 3
    assert all(opened(exported(knowledge)).execute(query).fetchall() for query in asked)


# --- Which files there are


def test_licence_address_date_and_version_stand_once(valid: KnowledgeBase) -> None:
    package = json.loads(exported(valid)["data/datapackage.json"])
    assert (package["version"], package["created"]) == (FORMAT_VERSION, "2021-04-01T12:00:00+00:00")
    assert package["homepage"] == "https://book.example/"
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    for path in ("data/stuntbook.json", "data/statements.csv"):
        content = exported(valid)[path].decode()
        assert not any(
            words in content for words in (FORMAT_VERSION, "2021-04-01T12:00:00+00:00", "CC-BY", "book.example")
        )


def test_text_is_readable(valid: KnowledgeBase) -> None:
    for path in ("data/stuntbook.json", "data/stunts.csv", "data/graph.jsonld"):
        assert "قفزة المنارة" in exported(valid)[path].decode(), "it is escaped"


def test_the_schema_for_editors(valid: KnowledgeBase) -> None:
    assert json.loads(exported(valid)["data/stunts.schema.json"]) == json.loads(json.dumps(json_schema()))


def test_the_same_bytes_each_time(valid: KnowledgeBase) -> None:
    assert exported(valid) == exported(valid)


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_can_be_switched_off(name: str, valid: KnowledgeBase) -> None:
    edition = edition_of(valid)
    whole, rest = (
        exports(edition),
        exports(type(edition)(knowledge=valid, address=edition.address, without=frozenset({name}))),
    )
    assert whole.keys() - rest.keys() or name == "feed", "which needs a history"
    assert rest.keys() < whole.keys() or name == "feed"


def test_what_crawlers_read(valid: KnowledgeBase) -> None:
    files = exported(valid)
    assert files["robots.txt"].decode().endswith("Sitemap: https://book.example/sitemap.xml\n")
    assert b"Sitemap" not in exports(edition_of(valid, address=""))["robots.txt"](), "which has to be absolute"
    llms = files["llms.txt"].decode()
    assert llms.startswith("# Book\n")
    for record in (*valid.records, *(source.article for source in valid.sources.values())):
        assert f"](https://book.example/{address_of(record)}index.md)" in llms


def test_a_record_is_told_with_all_that_belongs_to_it(valid: KnowledgeBase) -> None:
    stunt = record_data(valid, valid.record("lighthouse-jump"))
    (risk,) = (each for each in stunt["statements"] if each["kind"] == "risk")
    assert list(risk)[:3] == ["id", "anchor", "kind"]
    assert risk["said_by"] == "bartholomew-placeholder"
    assert [part["text"] for part in risk["parts"]] == ["A second rope hung behind it."]
    assert {(each["part"], each["statement"]) for each in stunt["stories"]} >= {("accident", "lighthouse-jump#knee")}
    assert {each["rule"] for each in stunt["exceptions"]} == {"values-differ", "person-not-named"}
