"""The index page of people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from stuntbook.diagnostics import plural
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.relations import Relations
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.indexes.listing import Attribute, Listing, ListingPlan, Order, alphabetical, fold_name, letter_of
from stuntbook.pages.indexes.values import named, searchable_names
from stuntbook.records.model import Credit, Film, Person

PERFORMER = "performer"
"""The role of who performed a stunt."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, with what the person did, and how much."""

    person: Person
    roles: tuple[str, ...]
    films: tuple[Film, ...]
    stunts: int
    """How many the person performed."""
    quotes: int


def people_listing(knowledge: KnowledgeBase, relations: Relations) -> Listing[PersonRow]:
    """The people from A to Z by the last word of their names; other scripts follow."""
    rows = [_person_row(knowledge, relations, person) for person in knowledge.people.values()]
    films = Attribute[PersonRow](
        "film", "Film", "All films", lambda row: ((film.id, film.title) for film in row.films), knowledge.films
    )
    plan: ListingPlan[PersonRow] = ListingPlan(
        names=lambda row: searchable_names(row.person),
        attributes=(
            Attribute("role", "Role", "All roles", lambda row: (pair for role in row.roles for pair in named(role))),
            films,
        ),
        groups=Attribute("letter", "", "", lambda row: (letter_of(row.person.name),)),
        orders=(
            Order("", "Name, A–Z", lambda row: alphabetical(row.person.name), "letter"),
            Order("films", "Most films first", lambda row: -len(row.films)),
            Order("quotes", "Most quotes first", lambda row: -row.quotes),
        ),
    )
    return plan.listing(rows, plural(len(rows), "person"))


def _person_row(knowledge: KnowledgeBase, relations: Relations, person: Person) -> PersonRow:
    relation = Counter(mention.relation for mention in knowledge.mentions[person.id])
    films = relations.roles(person.id)
    roles = {_role(each) for film in films for each in (*film.of_film, *film.of_stunts)}
    return PersonRow(
        person=person,
        roles=tuple(sorted(roles, key=lambda role: (role == PERFORMER, fold_name(role), role))),
        films=tuple(role.film for role in films),
        stunts=relation["performer"],
        quotes=relation["speaker"],
    )


def _role(statement: Statement) -> str:
    return statement.value.role if isinstance(statement.value, Credit) else PERFORMER
