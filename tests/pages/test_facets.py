"""What the search filters by: each page's films, people and evidence statuses."""

from __future__ import annotations

import json

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.facets import facets_of, facets_of_statements, statement_index
from tests.support import sound_book

BODY = 'It was high. "Higher than the tower," said Mo. It was wet.\n'
KNOWLEDGE = {
    "films": {
        "canal": {"title": "Canal", "credits": [{"person": "ada", "role": "director"}]},
        "tower": {"title": "Tower"},
    },
    "people": {"dara": {"name": "Dara Quill"}, "mo": {"name": "Mo Venn"}, "ada": {"name": "Ada Lint"}},
    "stunts": {
        "jump": {
            "title": "Jump",
            "film": "canal",
            "performers": [{"id": "dara"}],
            "claims": [
                {"text": "It was high.", "cite": {"weekly": "It was high."}},
                {"text": "It was wet.", "cite": {"weekly": "It was wet."}},
                {"text": "It was higher than the tower.", "by": "mo", "cite": {"weekly": "Higher than the tower,"}},
            ],
        },
        "fall": {"title": "Fall", "film": "tower", "summary": "Like the [[jump]] of [[mo]]."},
    },
}


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return sound_book(tmp_path_factory.mktemp("facets"), json.dumps(KNOWLEDGE), weekly=BODY)


def test_a_stunt_has_its_film_its_people_and_each_status_once(knowledge: KnowledgeBase) -> None:
    assert facets_of(knowledge, knowledge.stunts["jump"]) == (
        ("film", "Canal"),
        ("person", "Dara Quill"),
        ("person", "Mo Venn"),
        ("status", "not in the sources"),  # film and performer
        ("status", "one article"),
        ("status", "said by somebody"),
    )


def test_a_film_has_itself_and_its_own_people(knowledge: KnowledgeBase) -> None:
    assert facets_of(knowledge, knowledge.films["canal"]) == (
        ("film", "Canal"),
        ("person", "Ada Lint"),
        ("status", "not in the sources"),
    )
    assert facets_of(knowledge, knowledge.films["tower"]) == (("film", "Tower"),)


def test_a_person_has_themselves_and_the_films_they_had_to_do_with(knowledge: KnowledgeBase) -> None:
    assert facets_of(knowledge, knowledge.people["dara"]) == (("film", "Canal"), ("person", "Dara Quill"))
    assert facets_of(knowledge, knowledge.people["ada"]) == (("film", "Canal"), ("person", "Ada Lint"))


def test_a_mention_in_prose_makes_no_facet(knowledge: KnowledgeBase) -> None:
    assert ("film", "Tower") not in facets_of(knowledge, knowledge.people["mo"])
    assert ("person", "Mo Venn") not in facets_of(knowledge, knowledge.stunts["fall"])


def test_a_page_of_statements_has_the_films_and_people_of_those(knowledge: KnowledgeBase) -> None:
    claims = [each for each in knowledge.statements["jump"] if each.kind == "claim"]
    credits_ = [each for each in knowledge.statements["canal"] if each.kind == "credit"]
    assert facets_of_statements(knowledge, claims) == (("film", "Canal"), ("person", "Mo Venn"))
    assert facets_of_statements(knowledge, [*credits_, *claims]) == (
        ("film", "Canal"),
        ("person", "Ada Lint"),
        ("person", "Mo Venn"),
    )
    assert facets_of_statements(knowledge, []) == ()


def test_the_statement_index_has_every_statement_and_its_parts(valid: KnowledgeBase) -> None:
    disagreement = next(each for each in valid.statements["sam-oplaceholder"] if each.kind == "disagreement")
    parts = [disagreement, *disagreement.parts]
    assert len(parts) == 3
    expected = ";".join(f"{part.anchor}:{part.evidence.status.value}" for part in parts)
    assert statement_index([disagreement]) == expected
    assert ":disputed" in expected
    assert statement_index([]) == ""
