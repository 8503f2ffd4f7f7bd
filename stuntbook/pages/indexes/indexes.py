"""KnowledgeBase -> the listings of the index pages: films, stunts, people, quotes, injuries, disagreements, sources."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, get_args

from stuntbook.diagnostics import plural
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.relations import Relations
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.figures.comparisons import stated_measures
from stuntbook.pages.figures.marks import measure_of, name_of
from stuntbook.pages.figures.scales import magnitude
from stuntbook.pages.indexes.listings import (
    NONE,
    Axis,
    Listing,
    Order,
    Plan,
    alphabetical,
    fold_name,
    letter_of,
    mark,
    slug,
)
from stuntbook.records.article import Article
from stuntbook.records.dates import parse_edtf
from stuntbook.records.model import BodyPart, Credit, Film, Injury, Measure, Person, Quote, Record, Stunt

STUNTS_SHOWN = 12
"""How many of a film's stunts its entry names; it says how many more there are."""
FIGURES_SHOWN = 4
"""How many of a stunt's measures its entry shows; it says how many more there are."""
HARM = {"injury": "Injuries", "risk": "Risks"}
"""What happened, and what could have happened: never in one list."""
PERFORMER = "performer"
"""The role of who performed a stunt."""

T = TypeVar("T")
Values = Iterable[tuple[str, str]]


# --- Films and stunts


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
    plan: Plan[FilmRow] = Plan(
        names=lambda row: _names(row.film),
        axes=(
            Axis("series", "Series", "All series", lambda row: _named(row.film.series.name) if row.film.series else ()),
            _people_axis(knowledge, "person", "Person", lambda row: row.people),
        ),
        orders=(
            Order("", "Oldest first", lambda row: 0),
            Order("newest", "Newest first", lambda row: _newest(row.film)),
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
    plan: Plan[StuntRow] = Plan(
        names=lambda row: _names(row.stunt),
        axes=(
            _film_axis(knowledge, lambda row: row.film),
            _people_axis(knowledge, "performer", "Performer", lambda row: [each.id for each in row.stunt.performers]),
            Axis("technique", "Technique", "All techniques", _techniques),
            mark("injury", "Injury", lambda row: bool(row.injuries)),
            mark("differ", "Sources differ", lambda row: row.disagreements > 0),
        ),
        orders=(
            Order("", "Oldest film first", lambda row: 0),
            Order("newest", "Newest film first", lambda row: _newest(row.film)),
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
    return (pair for technique in row.stunt.techniques for pair in _named(technique.name))


def _by_quantity(quantity: str, stunts: Mapping[str, Sequence[Statement]]) -> Order[StuntRow]:
    """Most of a quantity first; the stunts of which it is not known come last."""
    largest = {id_: max(magnitude(measure_of(each)) for each in measures) for id_, measures in stunts.items()}
    label = f"{quantity.capitalize()}, most first"
    return Order(slug(quantity), label, lambda row: -largest.get(row.stunt.id, -1.0))


# --- People


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
    films = Axis[PersonRow](
        "film", "Film", "All films", lambda row: ((film.id, film.title) for film in row.films), knowledge.films
    )
    plan: Plan[PersonRow] = Plan(
        names=lambda row: _names(row.person),
        axes=(
            Axis("role", "Role", "All roles", lambda row: (pair for role in row.roles for pair in _named(role))),
            films,
        ),
        groups=Axis("letter", "", "", lambda row: (letter_of(row.person.name),)),
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


# --- Quotes, injuries, risks and disagreements


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement, with the film that it is about, where it is about one."""

    statement: Statement
    film: Film | None


def quote_listing(knowledge: KnowledgeBase) -> Listing[StatementRow]:
    """The quotes by speaker."""
    rows = list(_rows(knowledge, "quote"))
    people, films = _places(knowledge.people), _places(knowledge.films)
    sources = _places(row.article.id for row in _source_rows(knowledge))
    speakers = _people_axis(knowledge, "speaker", "Speaker", _speakers)
    plan: Plan[StatementRow] = Plan(
        axes=(
            speakers,
            _film_axis(knowledge, lambda row: row.film),
            Axis("source", "Source", "All sources", lambda row: _sources(knowledge, row), sources),
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
    kinds, parts = _places(HARM), _places(get_args(BodyPart))

    def in_kind(key: str, label: str, by: Callable[[StatementRow], int]) -> Order[StatementRow]:
        return Order(key, label, lambda row: (kinds[row.statement.kind], by(row)), "kind")

    plan: Plan[StatementRow] = Plan(
        axes=(
            _people_axis(knowledge, "person", "Person", lambda row: [each.person for each in _injury(row)]),
            _film_axis(knowledge, lambda row: row.film),
            Axis(
                "part",
                "Body part",
                "All parts",
                lambda row: [_named(each.body_part)[0] for each in _injury(row)],
                parts,
            ),
        ),
        groups=Axis("kind", "", "", lambda row: ((row.statement.kind, HARM[row.statement.kind]),)),
        orders=(
            in_kind("", "Oldest film first", lambda row: 0),
            in_kind("newest", "Newest film first", lambda row: _newest(row.film)),
            in_kind("part", "Body part, head to foot", lambda row: sum(parts[each.body_part] for each in _injury(row))),
        ),
    )
    return plan.listing(rows, "1 injury or risk" if len(rows) == 1 else f"{len(rows):,} injuries and risks")


def disagreement_listing(knowledge: KnowledgeBase) -> Listing[StatementRow]:
    """The disagreements by film."""
    rows = list(_rows(knowledge, "disagreement"))
    films = _places(knowledge.films)
    plan: Plan[StatementRow] = Plan(
        groups=_film_axis(knowledge, lambda row: row.film),
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


# --- Sources


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An article, with how much of this book rests on it."""

    article: Article
    passages: int
    statements: int


def source_listing(knowledge: KnowledgeBase) -> Listing[SourceRow]:
    """The sources by publisher."""
    rows = _source_rows(knowledge)
    plan: Plan[SourceRow] = Plan(
        names=lambda row: " ".join((row.article.display_name, row.article.publisher, row.article.author or "")),
        orders=(
            Order("", "Publisher, A–Z", lambda row: 0),
            Order("newest", "Newest first", lambda row: _latest(row.article)),
            Order("title", "Title, A–Z", lambda row: fold_name(row.article.display_name)),
            Order("passages", "Most cited first", lambda row: -row.passages),
        ),
    )
    return plan.listing(rows, plural(len(rows), "source"))


def _source_rows(knowledge: KnowledgeBase) -> list[SourceRow]:
    def row(article: Article) -> SourceRow:
        cited = knowledge.cited[article.id]
        statements = {(each.record, each.anchor) for passage in cited for each in passage.statements}
        return SourceRow(article, len(cited), len(statements))

    articles = (source.article for source in knowledge.sources.values())
    return [row(each) for each in sorted(articles, key=lambda each: (fold_name(each.publisher), each.display_name))]


def _latest(article: Article) -> tuple[int, int, int]:
    """The latest first, what has no date last."""
    date = parse_edtf(article.published) if article.published else None
    return (-(date.year or 0), -(date.month or 0), -(date.day or 0)) if date else (0, 0, 0)


# --- Values


def _named(text: str) -> tuple[tuple[str, str]]:
    return ((slug(text), f"{text[:1].upper()}{text[1:]}"),)


def _names(record: Record) -> str:
    return " ".join((record.display_name, *record.aliases))


def _people_axis(knowledge: KnowledgeBase, key: str, label: str, people: Callable[[T], Iterable[str]]) -> Axis[T]:
    def values(row: T) -> Values:
        return ((id_, knowledge.people[id_].name) for id_ in people(row))

    return Axis(key, label, "Everybody", values, knowledge.people)


def _film_axis(knowledge: KnowledgeBase, film_of: Callable[[T], Film | None]) -> Axis[T]:
    def values(row: T) -> Values:
        film = film_of(row)
        return ((film.id, film.title) if film else (NONE, "About people"),)

    return Axis("film", "Film", "All films", values, knowledge.films)


def _places(keys: Iterable[str]) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys)}


def _newest(film: Film | None) -> int:
    """The latest year first, what has none last."""
    return -film.year.value if film and film.year else 0
