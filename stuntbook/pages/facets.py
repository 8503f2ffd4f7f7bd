"""KnowledgeBase -> what the search filters by: films, people, and how well statements are carried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import references_of
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.views import STATUS_NAMES
from stuntbook.records.model import AnyRecord, Film, Person, Stunt

Facet = tuple[str, str]
"""Name and value, as Pagefind's filters have them: https://pagefind.app/docs/filtering/."""


def facets_of(knowledge: KnowledgeBase, record: AnyRecord) -> tuple[Facet, ...]:
    """The facets of the page of a film, stunt or person, each once."""
    return tuple(dict.fromkeys(_facets(knowledge, record)))


def facets_of_statements(knowledge: KnowledgeBase, statements: Iterable[Statement]) -> tuple[Facet, ...]:
    """The facets of a page that shows statements of several records."""
    films: dict[str, None] = {}
    people: dict[str, None] = {}
    for statement in statements:
        films |= dict.fromkeys(_films_of(knowledge, knowledge.record(statement.record)))
        people |= dict.fromkeys(_people_of(statement))
    return (*(("film", knowledge.films[id_].title) for id_ in films), *_names(knowledge, people))


def statement_index(statements: Iterable[Statement]) -> str:
    """Anchor and evidence status of every statement of a page, as the search reads them: `claim-1a2b:said;…`."""
    return ";".join(f"{part.anchor}:{part.evidence.status}" for statement in statements for part in statement)


def _facets(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Facet]:
    statements = [part for statement in knowledge.statements[record.id] for part in statement]
    for film in _films_of(knowledge, record):
        yield "film", knowledge.films[film].title
    if isinstance(record, Person):
        yield "person", record.name
    yield from _names(knowledge, (person for statement in statements for person in _people_of(statement)))
    for statement in statements:
        yield "status", STATUS_NAMES[statement.evidence.status]


def _films_of(knowledge: KnowledgeBase, record: object) -> Iterator[str]:
    if isinstance(record, Film):
        yield record.id
    elif isinstance(record, Stunt) and record.film.id in knowledge.films:
        yield record.film.id
    elif isinstance(record, Person):
        for mention in knowledge.mentions[record.id]:
            if mention.relation != "mention":
                yield from _films_of(
                    knowledge, knowledge.stunts.get(mention.record, knowledge.films.get(mention.record))
                )


def _people_of(statement: Statement) -> Iterator[str]:
    for relation, identifier in references_of(statement.value, statement.kind):
        if relation != "film":
            yield identifier


def _names(knowledge: KnowledgeBase, people: Iterable[str]) -> Iterator[Facet]:
    return (("person", knowledge.people[id_].name) for id_ in people)
