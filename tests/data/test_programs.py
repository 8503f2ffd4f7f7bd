"""The data files in the programs that they are for, and what checkers of their formats say of the real ones.

A weekly job installs all that is needed; elsewhere, what is missing skips its test.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT4

from stuntbook.data.feed import feed_file
from stuntbook.knowledge.base import KnowledgeBase
from tests.data.test_feed import edition_with_history
from tests.site_tools import ROOT
from tests.support import exported

pytestmark = pytest.mark.filterwarnings("ignore")
QUERIES = re.findall(r"```sql\n(SELECT.*?);\n```", (ROOT / "docs/data.md").read_text(encoding="utf-8"), re.DOTALL)
ANNOTATION_TESTS = ROOT / "build/web-annotation-tests"
FEED_VALIDATOR = ROOT / "build/feedvalidator/src"
"""Where the weekly job puts github.com/w3c/web-annotation-tests and github.com/w3c/feedvalidator."""


def needs(name: str) -> ModuleType:
    found: ModuleType = pytest.importorskip(name)
    return found


def needs_folder(path: Path) -> Path:
    if not path.is_dir() and "STUNTBOOK_THOROUGH" not in os.environ:
        pytest.skip(f"there is no {path}")
    return path


@pytest.fixture(scope="module")
def folder(book: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a site."""
    target = tmp_path_factory.mktemp("site")
    for path, content in exported(book).items():
        if path.startswith("data/"):
            (target / Path(path).name).write_bytes(content)
    return target


@pytest.fixture(scope="session", params=["valid", "knowledge"])
def book(request: pytest.FixtureRequest) -> KnowledgeBase:
    found: KnowledgeBase = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("query", QUERIES[1:], ids=range(1, len(QUERIES)))
def test_datasette_answers_what_the_docs_ask(query: str, folder: Path, book: KnowledgeBase) -> None:
    needs("datasette")
    address = f"/stuntbook.json?_shape=array&sql={quote(query)}"
    command = [sys.executable, "-m", "datasette", str(folder / "stuntbook.db"), "--get", address]
    finished = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    rows = json.loads(finished.stdout)
    if "MATCH" not in query or "halo-jump" in book.stunts:
        assert rows


def test_datasette_finds_keys_views_and_the_full_text_index(folder: Path) -> None:
    needs("datasette")
    command = [sys.executable, "-m", "datasette", str(folder / "stuntbook.db"), "--get"]
    told = json.loads(subprocess.run([*command, "/stuntbook.json"], capture_output=True, check=True).stdout)
    tables = {table["name"]: table for table in told["tables"]}
    assert tables["statements"]["fts_table"] == "statements_fts"
    assert {"column": "record", "other_table": "records", "other_column": "id"} in [
        {key: each[key] for key in ("column", "other_table", "other_column")}
        for each in tables["statements"]["foreign_keys"]["outgoing"]
    ]
    assert {each["name"] for each in told["views"]} == {"cited_statements", "passages"}


def test_duckdb_reads_a_row_a_statement(folder: Path, book: KnowledgeBase) -> None:
    duckdb = needs("duckdb")
    count = len(list(book.all_statements()))
    (counted,) = duckdb.sql(f"SELECT count(*) FROM '{folder}/statements.csv'").fetchall()
    assert counted == (count,)
    by_kind = duckdb.sql(QUERIES[0].replace("statements.csv", f"{folder}/statements.csv")).fetchall()
    assert sum(number for _, number in by_kind) == count
    (records,) = duckdb.sql(f"SELECT count(*) FROM (SELECT unnest(stunts) FROM '{folder}/stuntbook.json')").fetchall()
    assert records == (len(book.stunts),)


def test_pandas_reads_a_row_a_statement(folder: Path, book: KnowledgeBase) -> None:
    frame = needs("pandas").read_csv(folder / "statements.csv")
    assert list(frame["text"]) == [each.text for each in book.all_statements()]
    assert frame["id"].is_unique


def test_frictionless_accepts_the_package(folder: Path) -> None:
    report = needs("frictionless").validate(str(folder / "datapackage.json"))
    assert report.flatten(["type", "note"]) == []
    assert report.valid


def test_rdflib_reads_the_graph(folder: Path, book: KnowledgeBase) -> None:
    rdflib = needs("rdflib")
    graph = rdflib.Graph().parse(folder / "graph.jsonld", format="json-ld")
    films = graph.query(
        "SELECT DISTINCT ?film WHERE { ?film a <http://schema.org/Movie>; <http://schema.org/name> [] }"
    )
    names = "SELECT DISTINCT ?name WHERE { ?stunt a <http://schema.org/Event>; <http://schema.org/name> ?name }"
    assert {str(row.name) for row in graph.query(names)} == {stunt.title for stunt in book.stunts.values()}
    assert len(films) == sum(film.kind == "film" for film in book.films.values())
    same = {str(each) for each in graph.objects(None, rdflib.URIRef("http://schema.org/sameAs"))}
    assert same == {each.url for record in book.records for each in record.identifiers}
    relative = [node for triple in graph for node in triple if isinstance(node, rdflib.URIRef) and ":" not in node]
    assert relative == []


def test_the_tests_of_the_w3c_accept_every_annotation(folder: Path) -> None:
    tests = needs_folder(ANNOTATION_TESTS)
    page = json.loads((folder / "annotations.jsonld").read_text(encoding="utf-8"))
    items = [{"@context": page["@context"], **item} for item in page["items"]]
    assert refused(tests, "annotations/annotationMusts.test", items) == []
    assert refused(tests, "collections/pages/pageMusts.test", [page]) == []
    assert refused(tests, "annotations/annotationMusts.test", [items[0] | {"id": "annotations.jsonld#1"}])


def refused(tests: Path, name: str, things: list[dict[str, Any]]) -> list[str]:
    """The assertions of a test of the W3C that do not come out as it expects."""
    known = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in schemas(tests)}
    for schema in known.values():
        schema.pop("id", None)  # they refer to each other by the names of their files
    registry: Registry[Any] = Registry().with_resources(
        (file, DRAFT4.create_resource(schema)) for file, schema in known.items()
    )
    found = []
    for assertion in json.loads((tests / name).read_text(encoding="utf-8"))["assertions"]:
        schema = known[Path(assertion).name]
        validator = Draft4Validator(schema, registry=registry, format_checker=FormatChecker())
        expected = schema.get("expectedResult", "valid") == "valid"
        found += [assertion for thing in things if validator.is_valid(thing) is not expected]
    return found


def schemas(tests: Path) -> Iterator[Path]:
    for folder in ("annotations", "collections", "definitions"):
        yield from (tests / folder).rglob("*.json")


def test_feeds_are_read_without_a_complaint(book: KnowledgeBase) -> None:
    read = needs("feedparser").parse(feed_file(edition_with_history(book)))
    assert not read.bozo
    assert [entry.title for entry in read.entries]


def test_the_feed_validator_of_the_w3c_says_nothing(book: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(needs_folder(FEED_VALIDATOR)))
    needs("lxml")
    validator, compatibility = needs("feedvalidator"), needs("feedvalidator.compatibility")
    feed = feed_file(edition_with_history(book))
    events = validator.validateString(feed, firstOccurrenceOnly=0, base="https://book.example/feed.xml")["loggedEvents"]
    assert [(type(each).__name__, each.params) for each in compatibility.AA(events)] == []
    broken = validator.validateString(feed.replace(b"<updated>", b"<updated>x"), base="https://book.example/feed.xml")
    assert compatibility.AA(broken["loggedEvents"])
