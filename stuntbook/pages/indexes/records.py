"""The index pages of films, stunts and people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.relations import Relations
from stuntbook.knowledge.statements import Statement, of_kind
from stuntbook.pages.figures.comparisons import STUNTS_LEAST, largest, stated_measures
from stuntbook.pages.figures.scales import measure_of, measures_among, name_of
from stuntbook.pages.indexes.listing import (
    Attribute,
    Listing,
    Order,
    Values,
    alphabetical,
    film_attribute,
    fold_name,
    letter_of,
    listing_of,
    mark,
    named_attribute,
    newest_first,
    people_attribute,
    searchable_names,
    slug,
)
from stuntbook.pages.views import year_in_words
from stuntbook.records.model import Film, Person, Stunt
from stuntbook.records.stated import Credit

PERFORMER = "performer"
"""The role of who performed a stunt."""
STUNTS_SHOWN = 12
"""How many of a film's stunts its entry names; it says how many more there are."""
FIGURES_SHOWN = 4
"""How many of a stunt's measures its entry shows; it says how many more there are."""


FACETS = (
    ("place", "places", "All places"),
    ("technique", "techniques", "All techniques"),
    ("equipment", "equipment", "All equipment"),
)
"""What stunts are narrowed by: the kind, the field that holds such, and all of them in words."""


class FilmRow(NamedTuple):
    """A film, with its stunts and how much is told of it and them."""

    film: Film
    stunts: tuple[Stunt, ...]
    people: tuple[str, ...]
    """Who worked on it."""
    counts: Mapping[str, int]
    """How many statements there are of each kind; kinds of which there are none give 0."""

    @property
    def shown(self) -> tuple[Stunt, ...]:
        """The stunts that the entry names."""
        return self.stunts[:STUNTS_SHOWN]


class StuntRow(NamedTuple):
    """A stunt, with its film and how much is told of it."""

    stunt: Stunt
    film: Film | None
    figures: tuple[Statement, ...]
    """At most `FIGURES_SHOWN`; those first of whose quantity there is an order."""
    more_figures: int
    injuries: tuple[Statement, ...]
    disagreements: tuple[Statement, ...]
    statements: int


def film_listing(knowledge: KnowledgeBase) -> Listing[FilmRow]:
    """The films by year."""
    return listing_of(
        [_film_row(knowledge, film) for film in knowledge.films.values()],
        "film",
        names=lambda row: searchable_names(row.film),
        attributes=(
            Attribute("year", "Year", "All years", lambda row: _year(knowledge, row.film)),
            named_attribute(
                "series", "Series", "All series", lambda row: [row.film.series.name] if row.film.series else []
            ),
            people_attribute(knowledge, "person", "Person", lambda row: row.people),
        ),
        orders=(
            Order("", "Oldest first", lambda row: 0),
            Order("newest", "Newest first", lambda row: newest_first(row.film)),
            Order("title", "Title, A–Z", lambda row: fold_name(row.film.title)),
            Order("stunts", "Most stunts first", lambda row: -len(row.stunts)),
        ),
    )


def _year(knowledge: KnowledgeBase, film: Film) -> Values:
    return ((str(film.year.value), year_in_words(knowledge, film)),) if film.year else ()


def _film_row(knowledge: KnowledgeBase, film: Film) -> FilmRow:
    stunts = knowledge.stunts_of(film.id)
    statements = [each for record in (film, *stunts) for item in knowledge.statements[record.id] for each in item]
    people = [each.value.person for each in statements if isinstance(each.value, Credit)]
    people += [performer.id for stunt in stunts for performer in stunt.performers]
    return FilmRow(film, stunts, tuple(dict.fromkeys(people)), Counter(each.kind for each in statements))


def stunt_listing(knowledge: KnowledgeBase) -> Listing[StuntRow]:
    """The stunts by the year of their film; in other orders by each quantity that is known of several."""
    quantities = {name: stunts for name, stunts in stated_measures(knowledge).items() if len(stunts) >= STUNTS_LEAST}
    return listing_of(
        [_stunt_row(knowledge, stunt, quantities) for stunt in knowledge.stunts.values()],
        "stunt",
        names=lambda row: searchable_names(row.stunt),
        attributes=(
            film_attribute(knowledge, lambda row: knowledge.films_of(row.stunt)),
            people_attribute(
                knowledge, "performer", "Performer", lambda row: [each.id for each in row.stunt.performers]
            ),
            *(
                named_attribute(kind, kind.capitalize(), everything, partial(_facets, field=field))
                for kind, field, everything in FACETS
            ),
            mark("injury", "Injury", lambda row: bool(row.injuries)),
            mark("differ", "Sources differ", lambda row: bool(row.disagreements)),
        ),
        orders=(
            Order("", "Oldest film first", lambda row: 0),
            Order("newest", "Newest film first", lambda row: newest_first(row.film)),
            Order("title", "Title, A–Z", lambda row: fold_name(row.stunt.title)),
            *(_by_quantity(quantity, stunts) for quantity, stunts in sorted(quantities.items())),
            Order("statements", "Most statements first", lambda row: -row.statements),
        ),
    )


def _facets(row: StuntRow, field: str) -> Iterator[str]:
    return (facet.name for facet in getattr(row.stunt, field))


def _stunt_row(knowledge: KnowledgeBase, stunt: Stunt, quantities: Mapping[str, object]) -> StuntRow:
    statements = knowledge.statements[stunt.id]
    figures = sorted(measures_among(statements), key=lambda each: name_of(measure_of(each)) not in quantities)
    return StuntRow(
        stunt=stunt,
        film=knowledge.film_of(stunt),
        figures=tuple(figures[:FIGURES_SHOWN]),
        more_figures=len(figures[FIGURES_SHOWN:]),
        injuries=tuple(of_kind(statements, "injury")),
        disagreements=tuple(of_kind(statements, "disagreement")),
        statements=sum(1 for each in statements for _ in each),
    )


def _by_quantity(quantity: str, stunts: Mapping[str, list[Statement]]) -> Order[StuntRow]:
    """Most of a quantity first; the stunts of which it is not known come last."""
    most = {stunt: largest(measures) for stunt, measures in stunts.items()}
    return Order(slug(quantity), f"{quantity.capitalize()}, most first", lambda row: -most.get(row.stunt.id, -1.0))


class PersonRow(NamedTuple):
    """A person, with what the person did, and how much."""

    person: Person
    roles: tuple[str, ...]
    films: tuple[Film, ...]
    stunts: int
    """How many the person performed."""
    quotes: int


def people_listing(knowledge: KnowledgeBase, relations: Relations) -> Listing[PersonRow]:
    """The people from A to Z by the last word of their names; other scripts follow."""
    return listing_of(
        [_person_row(knowledge, relations, person) for person in knowledge.people.values()],
        "person",
        names=lambda row: searchable_names(row.person),
        attributes=(
            named_attribute("role", "Role", "All roles", lambda row: row.roles),
            film_attribute(knowledge, lambda row: row.films),
        ),
        groups=Attribute("letter", "", "", lambda row: (letter_of(row.person.name),)),
        orders=(
            Order("", "Name, A–Z", lambda row: alphabetical(row.person.name), "letter"),
            Order("films", "Most films first", lambda row: -len(row.films)),
            Order("quotes", "Most quotes first", lambda row: -row.quotes),
        ),
    )


def _person_row(knowledge: KnowledgeBase, relations: Relations, person: Person) -> PersonRow:
    relation = Counter(mention.relation for mention in knowledge.mentions[person.id])
    films = relations.roles(person.id)
    values = [each.value for film in films for each in (*film.of_film, *film.of_stunts)]
    roles = {value.role if isinstance(value, Credit) else PERFORMER for value in values}
    return PersonRow(
        person=person,
        roles=tuple(sorted(roles, key=lambda role: (role == PERFORMER, fold_name(role), role))),
        films=tuple(role.film for role in films if role.film),
        stunts=relation["performer"],
        quotes=relation["speaker"],
    )
