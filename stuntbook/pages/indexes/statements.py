"""The index pages of statements: quotes, injuries and risks, disagreements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import get_args

from stuntbook.diagnostics import plural
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.indexes.listing import Attribute, Listing, ListingPlan, Order
from stuntbook.pages.indexes.sources import source_rows
from stuntbook.pages.indexes.values import Values, film_attribute, named, newest_first, people_attribute, positions
from stuntbook.records.model import BodyPart, Film, Injury, Quote, Stunt

HARM = {"injury": "Injuries", "risk": "Risks"}
"""What happened, and what could have happened: never in one list."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement, with the film that it is about, where it is about one."""

    statement: Statement
    film: Film | None


def quote_listing(knowledge: KnowledgeBase) -> Listing[StatementRow]:
    """The quotes by speaker."""
    rows = list(_rows(knowledge, "quote"))
    people, films = positions(knowledge.people), positions(knowledge.films)
    sources = positions(row.article.id for row in source_rows(knowledge))
    speakers = people_attribute(knowledge, "speaker", "Speaker", _speakers)
    plan: ListingPlan[StatementRow] = ListingPlan(
        attributes=(
            speakers,
            film_attribute(knowledge, lambda row: row.film),
            Attribute("source", "Source", "All sources", lambda row: _sources(knowledge, row), sources),
        ),
        groups=speakers,
        orders=(
            Order("", "Speaker", lambda row: people[_speakers(row)[0]], "speaker"),
            Order("film", "Film", lambda row: films[row.film.id] if row.film else len(films), "film"),
            Order("source", "Source", lambda row: sources[row.statement.passages[0].source], "source"),
            Order("longest", "Longest first", lambda row: -len(row.statement.text)),
            Order("shortest", "Shortest first", lambda row: len(row.statement.text)),
        ),
    )
    return plan.listing(rows, plural(len(rows), "quote"))


def harm_listing(knowledge: KnowledgeBase) -> Listing[StatementRow]:
    """The injuries, then the risks, by the year of the film."""
    rows = [row for kind in HARM for row in _rows(knowledge, kind)]
    kinds, parts = positions(HARM), positions(get_args(BodyPart))

    def in_kind(key: str, label: str, by: Callable[[StatementRow], int]) -> Order[StatementRow]:
        return Order(key, label, lambda row: (kinds[row.statement.kind], by(row)), "kind")

    plan: ListingPlan[StatementRow] = ListingPlan(
        attributes=(
            people_attribute(knowledge, "person", "Person", lambda row: [each.person for each in _injury(row)]),
            film_attribute(knowledge, lambda row: row.film),
            Attribute(
                "part",
                "Body part",
                "All parts",
                lambda row: [named(each.body_part)[0] for each in _injury(row)],
                parts,
            ),
        ),
        groups=Attribute("kind", "", "", lambda row: ((row.statement.kind, HARM[row.statement.kind]),)),
        orders=(
            in_kind("", "Oldest film first", lambda row: 0),
            in_kind("newest", "Newest film first", lambda row: newest_first(row.film)),
            in_kind("part", "Body part, head to foot", lambda row: sum(parts[each.body_part] for each in _injury(row))),
        ),
    )
    return plan.listing(rows, "1 injury or risk" if len(rows) == 1 else f"{len(rows):,} injuries and risks")


def disagreement_listing(knowledge: KnowledgeBase) -> Listing[StatementRow]:
    """The disagreements by film."""
    rows = list(_rows(knowledge, "disagreement"))
    films = positions(knowledge.films)
    plan: ListingPlan[StatementRow] = ListingPlan(
        groups=film_attribute(knowledge, lambda row: row.film),
        orders=(Order("", "Film", lambda row: films[row.film.id] if row.film else len(films), "film"),),
    )
    return plan.listing(rows, plural(len(rows), "disagreement"))


def _rows(knowledge: KnowledgeBase, kind: str) -> Iterator[StatementRow]:
    """The statements of a kind: those about films by year, those about stunts by year, then those about people."""
    for record in knowledge.records:
        film = knowledge.films.get(record.film.id if isinstance(record, Stunt) else record.id)
        for statement in knowledge.statements[record.id]:
            if statement.kind == kind:
                yield StatementRow(statement, film)


def _speakers(row: StatementRow) -> tuple[str, ...]:
    return (row.statement.value.speaker,) if isinstance(row.statement.value, Quote) else ()


def _injury(row: StatementRow) -> tuple[Injury, ...]:
    return (row.statement.value,) if isinstance(row.statement.value, Injury) else ()


def _sources(knowledge: KnowledgeBase, row: StatementRow) -> Values:
    articles = (knowledge.sources[source].article for source in row.statement.evidence.sources)
    return ((each.id, f"{each.publisher}: {each.display_name}") for each in articles)
