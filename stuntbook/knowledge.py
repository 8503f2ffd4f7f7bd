"""Resolved records -> KnowledgeBase: evidence weighed, passages and mentions indexed, everything in order.

Everything derived is computed here once; later stages only read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from stuntbook import prose
from stuntbook.dates import parse_edtf
from stuntbook.diagnostics import Location, Report
from stuntbook.evidence import Span
from stuntbook.model import (
    Account,
    AnyRecord,
    Article,
    Claim,
    Credit,
    Disagreement,
    Event,
    Facet,
    Film,
    Injury,
    Measure,
    Model,
    Person,
    Quote,
    Reference,
    Risk,
    Stunt,
    Year,
)
from stuntbook.quantities import format_amount
from stuntbook.resolution import Passage, Resolved, Source, Statable, prepare, prose_of, references_of, resolve
from stuntbook.sources import Library


class Status(StrEnum):
    """How well a statement is carried. Computed, never typed in."""

    ARTICLES = "articles"
    """Several articles state it."""
    ARTICLE = "article"
    """One article states it."""
    SAID = "said"
    """Somebody says it, as the articles report."""
    DISPUTED = "disputed"
    """It rests on the very words that an account of a disagreement rests on."""
    UNSOURCED = "unsourced"
    """No article states it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What carries a statement."""

    status: Status
    sources: tuple[str, ...] = ()
    """Identifiers of the articles that carry it, each once."""
    by: str | None = None
    """The person who says it."""
    disagreement: tuple[str, str] | None = None
    """Record and anchor of the disagreement that it is part of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that the site states, with all that supports it."""

    kind: str
    record: str
    """The identifier of the film, person or stunt that it belongs to."""
    value: Statable
    path: tuple[str | int, ...]
    """Where it stands in its record."""
    location: Location
    anchor: str
    """Unique on its record's page; depends on the statement's own content alone."""
    text: str
    """The statement in plain words."""
    passages: tuple[Passage, ...]
    evidence: Evidence
    parts: tuple[Statement, ...] = ()
    """The consequences of an injury, the precautions of a risk, the accounts of a disagreement."""

    def __iter__(self) -> Iterator[Statement]:
        """The statement and its parts."""
        yield self
        for part in self.parts:
            yield from part


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

    def all_statements(self) -> Iterator[Statement]:
        """Every statement with its parts, record by record."""
        for record in self.records:
            for statement in self.statements[record.id]:
                yield from statement

    def stunts_of(self, film: str) -> tuple[Stunt, ...]:
        return tuple(stunt for stunt in self.stunts.values() if stunt.film.id == film)


def build(library: Library, report: Report) -> KnowledgeBase:
    """Resolve every reference and citation of a library.

    What can't be resolved goes to the report and is left out, so that the checks that follow see the rest.
    """
    sources = {id_: prepare(article, report) for id_, article in library.articles.items()}
    statements = _weigh(library, resolve(library, sources, report))
    films, people, stunts = _ordered(library)
    return KnowledgeBase(
        sources=sources,
        films=films,
        people=people,
        stunts=stunts,
        statements=statements,
        cited=_cited_passages(sources, statements),
        mentions=_mentions(library, statements),
    )


def _weigh(library: Library, resolved: Mapping[str, tuple[Resolved, ...]]) -> dict[str, tuple[Statement, ...]]:
    """Turn what was resolved into statements with their evidence."""
    disputed: dict[str, list[tuple[Span, tuple[str, str]]]] = defaultdict(list)
    for id_, items in resolved.items():
        for item in items:
            if isinstance(item.value, Disagreement):
                key = (id_, _anchor(item, {}))
                for part in item.parts:
                    for passage in part.passages:
                        disputed[passage.source].append((passage.span, key))
    return {id_: _statements(library, items, disputed) for id_, items in resolved.items()}


def _statements(
    library: Library,
    items: tuple[Resolved, ...],
    disputed: Mapping[str, list[tuple[Span, tuple[str, str]]]],
) -> tuple[Statement, ...]:
    taken: dict[str, int] = {}

    def statement(item: Resolved) -> Statement:
        return Statement(
            kind=item.kind,
            record=item.record.id,
            value=item.value,
            path=item.path,
            location=item.record.place.find(*item.path).key,
            anchor=_anchor(item, taken),
            text=_text(item, library),
            passages=item.passages,
            evidence=_evidence(item, disputed),
            parts=tuple(statement(part) for part in item.parts),
        )

    return tuple(statement(item) for item in items)


def _anchor(item: Resolved, taken: dict[str, int]) -> str:
    """A name that moves only when the statement itself changes; a repeated statement gets a number."""
    content = item.value.model_dump(exclude={"cite", "note", "context", "consequences", "precautions", "accounts"})
    if isinstance(item.value, Quote):
        content["words"] = [citation.words for citation in item.value.cite]
    digest = sha256(repr(sorted(content.items())).encode()).hexdigest()[:8]
    anchor = f"{item.kind}-{digest}"
    taken[anchor] = taken.get(anchor, 0) + 1
    return anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"


def _evidence(item: Resolved, disputed: Mapping[str, list[tuple[Span, tuple[str, str]]]]) -> Evidence:
    value = item.value
    if isinstance(value, Disagreement):
        passages = tuple(passage for part in item.parts for passage in part.passages)
        return Evidence(Status.DISPUTED, _source_ids(passages), None, (item.record.id, _anchor(item, {})))
    sources = _source_ids(item.passages)
    by = value.speaker if isinstance(value, Quote) else getattr(value, "by", None)
    key = None if isinstance(value, Account | Quote | Reference) else _disagreement(item, disputed)
    if not sources:
        status = Status.UNSOURCED
    elif key:
        status = Status.DISPUTED
    elif by:
        status = Status.SAID
    else:
        status = Status.ARTICLE if len(sources) == 1 else Status.ARTICLES
    return Evidence(status, sources, by, key)


def _source_ids(passages: tuple[Passage, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(passage.source for passage in passages))


def _disagreement(item: Resolved, disputed: Mapping[str, list[tuple[Span, tuple[str, str]]]]) -> tuple[str, str] | None:
    for passage in item.passages:
        for span, key in disputed.get(passage.source, ()):
            if passage.span.contains(span):
                return key
    return None


def _text(item: Resolved, library: Library) -> str:  # noqa: PLR0911 - a line for each kind of statement
    """A statement in plain words, as lists and search show it."""

    def name(identifier: str) -> str:
        record = library.records.get(identifier) or library.articles.get(identifier)
        return record.display_name if record else identifier

    value = item.value
    match value:
        case Quote():
            return " … ".join(passage.text for passage in item.passages)
        case Disagreement():
            return value.about
        case Measure():
            limit = f"{value.qualifier} " if value.qualifier else ""
            return f"{value.quantity.capitalize()}: {limit}{format_amount(value.value, value.unit)}"
        case Credit():
            return f"{name(value.person)}: {value.role}"
        case Facet():
            return f"{item.kind.capitalize()}: {value.name}"
        case Event():
            return f"{parse_edtf(value.when)}: {prose.plain_text(value.text, name)}"
        case Year():
            return f"Year of release: {value.value}"
        case Reference():
            return f"{item.kind.capitalize()}: {name(value.id)}"
        case Claim() | Injury() | Risk() | Account():
            return prose.plain_text(value.text, name)
    raise TypeError(f"a {type(value).__name__} is no statement")


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
        for identifier in _cross_references(record):
            add(identifier, Mention(id_, None, "mention"))
        for statement in (each for item in statements[id_] for each in item):
            for relation, identifier in references_of(statement.value, statement.kind):
                add(identifier, Mention(id_, statement, relation))
            for identifier in _cross_references(statement.value):
                add(identifier, Mention(id_, statement, "mention"))
    return {id_: tuple(mentions[id_].values()) for id_ in (*library.records, *library.articles)}


def _cross_references(value: Model) -> Iterator[str]:
    for _, text in prose_of(value):
        yield from (identifier for identifier, _ in prose.cross_references(text))


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
