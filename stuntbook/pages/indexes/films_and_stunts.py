"""The index pages of films and of stunts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from stuntbook.diagnostics import plural
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.figures.comparisons import largest, stated_measures
from stuntbook.pages.figures.scales import name_of
from stuntbook.pages.indexes.listing import Attribute, Listing, ListingPlan, Order, fold_name, mark, slug
from stuntbook.pages.indexes.values import (
    Values,
    film_attribute,
    named,
    newest_first,
    people_attribute,
    searchable_names,
)
from stuntbook.records.model import Credit, Film, Measure, Stunt

STUNTS_SHOWN = 12
"""How many of a film's stunts its entry names; it says how many more there are."""
FIGURES_SHOWN = 4
"""How many of a stunt's measures its entry shows; it says how many more there are."""


@dataclass(frozen=True, slots=True)
class FilmRow:
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


@dataclass(frozen=True, slots=True)
class StuntRow:
    """A stunt, with its film and how much is told of it."""

    stunt: Stunt
    film: Film | None
    figures: tuple[Measure, ...]
    """At most `FIGURES_SHOWN`; those first of whose quantity there is an order."""
    more_figures: int
    injuries: tuple[Statement, ...]
    disagreements: int
    statements: int


def film_listing(knowledge: KnowledgeBase) -> Listing[FilmRow]:
    """The films by year."""
    stunts: dict[str, list[Stunt]] = defaultdict(list)
    for stunt in knowledge.stunts.values():
        stunts[stunt.film.id].append(stunt)
    rows = [_film_row(knowledge, film, tuple(stunts[film.id])) for film in knowledge.films.values()]
    plan: ListingPlan[FilmRow] = ListingPlan(
        names=lambda row: searchable_names(row.film),
        attributes=(
            Attribute(
                "series", "Series", "All series", lambda row: named(row.film.series.name) if row.film.series else ()
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
    return plan.listing(rows, plural(len(rows), "film"))


def _film_row(knowledge: KnowledgeBase, film: Film, stunts: tuple[Stunt, ...]) -> FilmRow:
    statements = [each for record in (film, *stunts) for item in knowledge.statements[record.id] for each in item]
    people = [each.value.person for each in statements if isinstance(each.value, Credit)]
    people += [performer.id for stunt in stunts for performer in stunt.performers]
    return FilmRow(film, stunts, tuple(dict.fromkeys(people)), Counter(each.kind for each in statements))


def stunt_listing(knowledge: KnowledgeBase) -> Listing[StuntRow]:
    """The stunts by the year of their film; in other orders by each quantity that is known of several."""
    quantities = {name: stunts for name, stunts in stated_measures(knowledge).items() if len(stunts) > 1}
    rows = [_stunt_row(knowledge, stunt, quantities) for stunt in knowledge.stunts.values()]
    plan: ListingPlan[StuntRow] = ListingPlan(
        names=lambda row: searchable_names(row.stunt),
        attributes=(
            film_attribute(knowledge, lambda row: row.film),
            people_attribute(
                knowledge, "performer", "Performer", lambda row: [each.id for each in row.stunt.performers]
            ),
            Attribute("technique", "Technique", "All techniques", _techniques),
            mark("injury", "Injury", lambda row: bool(row.injuries)),
            mark("differ", "Sources differ", lambda row: row.disagreements > 0),
        ),
        orders=(
            Order("", "Oldest film first", lambda row: 0),
            Order("newest", "Newest film first", lambda row: newest_first(row.film)),
            Order("title", "Title, A–Z", lambda row: fold_name(row.stunt.title)),
            *(_by_quantity(quantity, stunts) for quantity, stunts in sorted(quantities.items())),
            Order("statements", "Most statements first", lambda row: -row.statements),
        ),
    )
    return plan.listing(rows, plural(len(rows), "stunt"))


def _stunt_row(knowledge: KnowledgeBase, stunt: Stunt, quantities: Mapping[str, object]) -> StuntRow:
    statements = knowledge.statements[stunt.id]
    figures = sorted(stunt.measures, key=lambda measure: name_of(measure) not in quantities)
    return StuntRow(
        stunt=stunt,
        film=knowledge.films.get(stunt.film.id),
        figures=tuple(figures[:FIGURES_SHOWN]),
        more_figures=len(figures[FIGURES_SHOWN:]),
        injuries=tuple(each for each in statements if each.kind == "injury"),
        disagreements=sum(each.kind == "disagreement" for each in statements),
        statements=sum(1 for statement in statements for _ in statement),
    )


def _techniques(row: StuntRow) -> Values:
    return (pair for technique in row.stunt.techniques for pair in named(technique.name))


def _by_quantity(quantity: str, stunts: Mapping[str, list[Statement]]) -> Order[StuntRow]:
    """Most of a quantity first; the stunts of which it is not known come last."""
    most = {stunt: largest(measures) for stunt, measures in stunts.items()}
    return Order(slug(quantity), f"{quantity.capitalize()}, most first", lambda row: -most.get(row.stunt.id, -1.0))
