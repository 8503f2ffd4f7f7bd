"""Articles as CSL-JSON: valid by the schema of the Citation Style Language, and nothing in them but what is known."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from stuntbook.data.citation import csl_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.records.article import Article
from tests.support import read_book

SCHEMA = json.loads((Path(__file__).parent / "csl-data.json").read_text(encoding="utf-8"))
"""The schema of CSL-JSON 1.0.2, word for word from github.com/citation-style-language/schema (MIT licence)."""
LEAST = "publisher: Example Gazette\nurl: https://gazette.example/canal\n"


def article(folder: Path, front_matter: str) -> Article:
    knowledge, _ = read_book(folder, "", gazette=f"---\n{front_matter}---\nShe jumped.\n")
    return knowledge.sources["gazette"].article


def csl(folder: Path, front_matter: str) -> dict[str, Any]:
    return csl_of(article(folder, front_matter))


def test_every_article_is_valid(book: KnowledgeBase) -> None:
    items = [csl_of(source.article) for source in book.sources.values()]
    assert len(items) > 1
    Draft7Validator.check_schema(SCHEMA)
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(items)] == []


def test_the_least(tmp_path: Path) -> None:
    assert csl(tmp_path, f"label: Gazette on the jump\n{LEAST}") == {
        "id": "gazette",
        "type": "webpage",
        "container-title": "Example Gazette",
        "URL": "https://gazette.example/canal",
        "language": "en",
    }


def test_a_headline_an_author_and_a_language(tmp_path: Path) -> None:
    item = csl(tmp_path, f"title: Über den Kanal\nauthor: Ana M. de la Cruz and Bo Li\nlanguage: de-AT\n{LEAST}")
    assert item["title"] == "Über den Kanal"
    assert item["author"] == [{"literal": "Ana M. de la Cruz and Bo Li"}], "no name is taken apart"
    assert item["language"] == "de-AT"


@pytest.mark.parametrize(
    ("published", "issued"),
    [
        ("2031-04-05", {"date-parts": [[2031, 4, 5]]}),
        ("2031-04", {"date-parts": [[2031, 4]]}),
        ("2031", {"date-parts": [[2031]]}),
        ("2031-XX-05", {"date-parts": [[2031]]}),
        ("2031-04~", {"date-parts": [[2031, 4]], "circa": True}),
        ("2031?", {"date-parts": [[2031]], "circa": True}),
        ("XXXX-07-27", {"literal": "27 July, year not stated"}),
        ("203X", {"literal": "2030s"}),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(tmp_path: Path, published: str, issued: dict[str, Any]) -> None:
    item = csl(tmp_path, f'title: A jump\npublished: "{published}"\n{LEAST}')
    assert item["issued"] == issued
    assert list(Draft7Validator(SCHEMA).iter_errors([item])) == []
