"""Statements -> KnowledgeBase: passages and mentions indexed, everything in order.

Everything derived is computed here once; later stages only read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stuntbook.article import Article
from stuntbook.diagnostics import Diagnostic, Report
from stuntbook.evidence import Span
from stuntbook.model import AnyRecord, Film, Person, Stunt
from stuntbook.resolution import Source, cross_references_of, prepare, references_of, resolve
from stuntbook.sources import Library
from stuntbook.statements import Statement, weigh


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A stretch of an article with the statements that rest on it."""

    span: Span
    text: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that refers to a record: a statement, or the summary or note of another record."""

    record: str
    statement: Statement | None
    relation: str
    """`by`, `speaker`, `via`, `person`, `performer`, `film`, or `mention` for a cross-reference in prose."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a judgement holds against a statement or a record. Unlike a proof, it can be silenced, with a reason."""

    subject: Statement | AnyRecord
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """Everything that is known, ready to be read. Mappings keep the order in which the site lists things."""

    sources: Mapping[str, Source]
    films: Mapping[str, Film]
    people: Mapping[str, Person]
    stunts: Mapping[str, Stunt]
    statements: Mapping[str, tuple[Statement, ...]]
    """Per record, in the order of its fields."""
    cited: Mapping[str, tuple[CitedPassage, ...]]
    """Per article, in the order of its text."""
    mentions: Mapping[str, tuple[Mention, ...]]
    """Per record, what refers to it."""
    by_film: Mapping[str, tuple[Stunt, ...]]
    """The stunts of each film that has any."""

    @property
    def records(self) -> Iterator[AnyRecord]:
        yield from self.films.values()
        yield from self.stunts.values()
        yield from self.people.values()

    def record(self, identifier: str) -> AnyRecord | Article:
        """The film, person, stunt or article of that identifier. Raises KeyError where there is none."""
        for records in (self.films, self.people, self.stunts):
            if identifier in records:
                return records[identifier]
        return self.sources[identifier].article

    def find(self, identifier: str) -> AnyRecord | Article | None:
        """As `record`, but None where there is none."""
        try:
            return self.record(identifier)
        except KeyError:
            return None

    def all_statements(self) -> Iterator[Statement]:
        """Every statement with its parts, record by record."""
        for record in self.records:
            for statement in self.statements[record.id]:
                yield from statement

    def stunts_of(self, film: str) -> tuple[Stunt, ...]:
        return self.by_film.get(film, ())


def build(library: Library, report: Report) -> KnowledgeBase:
    """Resolve every reference and citation of a library.

    What can't be resolved goes to the report and is left out, so that the checks that follow see the rest.
    """
    sources = {id_: prepare(article, report) for id_, article in library.articles.items()}
    statements = weigh(library, sources, resolve(library, sources, report))
    films, people, stunts = _ordered(library)
    return KnowledgeBase(
        sources=sources,
        films=films,
        people=people,
        stunts=stunts,
        statements=statements,
        cited=_cited_passages(sources, statements),
        mentions=_mentions(library, statements),
        by_film=_by_film(stunts.values()),
    )


def _by_film(stunts: Iterable[Stunt]) -> dict[str, tuple[Stunt, ...]]:
    films: dict[str, list[Stunt]] = defaultdict(list)
    for stunt in stunts:
        films[stunt.film.id].append(stunt)
    return {film: tuple(own) for film, own in films.items()}


def _cited_passages(
    sources: Mapping[str, Source], statements: Mapping[str, tuple[Statement, ...]]
) -> dict[str, tuple[CitedPassage, ...]]:
    uses: dict[str, dict[Span, list[Statement]]] = {id_: defaultdict(list) for id_ in sources}
    for statement in (each for items in statements.values() for item in items for each in item):
        for source, span in dict.fromkeys((passage.source, passage.span) for passage in statement.passages):
            uses[source][span].append(statement)
    return {
        id_: tuple(CitedPassage(span, sources[id_].text.text(span), tuple(spans[span])) for span in sorted(spans))
        for id_, spans in uses.items()
    }


def _mentions(library: Library, statements: Mapping[str, tuple[Statement, ...]]) -> dict[str, tuple[Mention, ...]]:
    # Keyed by what makes a mention, so that the same one counts once.
    mentions: dict[str, dict[tuple[str, str, str], Mention]] = defaultdict(dict)

    def add(identifier: str, mention: Mention) -> None:
        anchor = mention.statement.anchor if mention.statement else ""
        mentions[identifier].setdefault((mention.record, anchor, mention.relation), mention)

    for id_, record in library.records.items():
        for identifier in cross_references_of(record):
            add(identifier, Mention(id_, None, "mention"))
        for statement in (each for item in statements[id_] for each in item):
            for relation, identifier in references_of(statement.value, statement.kind):
                add(identifier, Mention(id_, statement, relation))
            for identifier in cross_references_of(statement.value):
                add(identifier, Mention(id_, statement, "mention"))
    return {id_: tuple(mentions[id_].values()) for id_ in (*library.records, *library.articles)}


def _ordered(library: Library) -> tuple[dict[str, Film], dict[str, Person], dict[str, Stunt]]:
    """Films by year, stunts by film, people by the last word of the name."""
    records = library.records.values()
    films = [record for record in records if isinstance(record, Film)]
    films.sort(key=lambda film: (film.year.value if film.year else 9999, film.title.casefold(), film.id))
    position = {film.id: index for index, film in enumerate(films)}
    people = [record for record in records if isinstance(record, Person)]
    people.sort(key=lambda person: (person.name.split()[-1].casefold(), person.name.casefold(), person.id))
    stunts = [record for record in records if isinstance(record, Stunt)]
    stunts.sort(key=lambda stunt: (position.get(stunt.film.id, len(films)), stunt.title.casefold(), stunt.id))
    return (
        {film.id: film for film in films},
        {person.id: person for person in people},
        {stunt.id: stunt for stunt in stunts},
    )
