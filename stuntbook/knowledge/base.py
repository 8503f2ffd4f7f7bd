"""Statements -> KnowledgeBase: passages and mentions indexed, everything in order.

Everything derived is computed here once; later stages only read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import cast

from stuntbook.diagnostics import Diagnostic, Report
from stuntbook.knowledge.independence import text_groups
from stuntbook.knowledge.names import Names, unambiguous
from stuntbook.knowledge.resolution import Reach, Source, cross_references_of, prepare, reach_of, references_of, resolve
from stuntbook.knowledge.statements import Statement, weigh
from stuntbook.memo import Memo
from stuntbook.reading.sources import Library
from stuntbook.records.article import Article
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import AnyRecord, Film, Person, Stunt
from stuntbook.text import prose
from stuntbook.text.article_text import Span


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
    by_kind: Mapping[str, Mapping[str, AnyRecord]]
    """Per kind of record, its records."""
    by_id: Mapping[str, AnyRecord | Article]
    """Records and articles alike."""
    groups: Mapping[str, str]
    """Per article, the first one whose text it shares; itself where it shares none."""
    statements: Mapping[str, tuple[Statement, ...]]
    """Per record, in the order of its fields."""
    cited: Mapping[str, tuple[CitedPassage, ...]]
    """Per article, in the order of its text."""
    mentions: Mapping[str, tuple[Mention, ...]]
    """Per record, what refers to it."""
    reaches: Mapping[str, Reach]
    """Per record, what it cites and refers to."""
    names: Names
    """What articles call people."""
    by_film: Mapping[str, tuple[Stunt, ...]]
    """The stunts of each film that has any."""

    @property
    def films(self) -> Mapping[str, Film]:
        return cast(Mapping[str, Film], self.by_kind[Film.kind])

    @property
    def stunts(self) -> Mapping[str, Stunt]:
        return cast(Mapping[str, Stunt], self.by_kind[Stunt.kind])

    @property
    def people(self) -> Mapping[str, Person]:
        return cast(Mapping[str, Person], self.by_kind[Person.kind])

    @property
    def records(self) -> Iterator[AnyRecord]:
        """All records, kind by kind."""
        for records in self.by_kind.values():
            yield from records.values()

    def record(self, identifier: str) -> AnyRecord | Article:
        """The film, person, stunt or article of that identifier. Raises KeyError where there is none."""
        return self.by_id[identifier]

    def find(self, identifier: str) -> AnyRecord | Article | None:
        """As `record`, but None where there is none."""
        return self.by_id.get(identifier)

    def all_statements(self) -> Iterator[Statement]:
        """Every statement with its parts, record by record."""
        for record in self.records:
            yield from self.statements_of(record)

    def statements_of(self, record: AnyRecord) -> Iterator[Statement]:
        """The statements of one record with their parts."""
        for statement in self.statements[record.id]:
            yield from statement

    def plain_text(self, text: str) -> str:
        """An editor's sentence in the words that a reader sees."""
        return prose.plain_text(text, lambda identifier: self.record(identifier).display_name)

    def stunts_of(self, film: str) -> tuple[Stunt, ...]:
        return self.by_film.get(film, ())


def build_knowledge(library: Library, report: Report, memo: Memo) -> KnowledgeBase:
    """Resolve every reference and citation of a library.

    What can't be resolved goes to the report and is left out, so that the checks that follow see the rest.
    """
    sources = _sources(library, report, memo)
    records = library.records
    reaches = {
        id_: memo.recall(("reach", id_), (record,), partial(reach_of, record)) for id_, record in records.items()
    }
    resolved = resolve(library, sources, reaches, report, memo)
    groups = memo.recall("groups", tuple(sources.items()), partial(text_groups, sources))
    statements = weigh(library, reaches, resolved, groups, memo)
    links = [
        memo.recall(("links", id_), (record, statements[id_]), partial(_links_of, record, statements[id_]))
        for id_, record in records.items()
    ]
    by_kind = _by_kind(records)
    people = cast(Mapping[str, Person], by_kind[Person.kind])
    return KnowledgeBase(
        sources=sources,
        by_kind=by_kind,
        by_id=library.by_id,
        groups=groups,
        statements=statements,
        cited=_cited_passages(sources, links, memo),
        mentions=_mentions(library, links),
        reaches=reaches,
        names=memo.recall("names", tuple(people.items()), partial(unambiguous, people.values())),
        by_film=_by_film(cast(Mapping[str, Stunt], by_kind[Stunt.kind]).values()),
    )


def _sources(library: Library, report: Report, memo: Memo) -> dict[str, Source]:
    return {
        id_: memo.recall_checked(("source", id_), (article,), report, partial(prepare, article))
        for id_, article in library.articles.items()
    }


def _by_film(stunts: Iterable[Stunt]) -> dict[str, tuple[Stunt, ...]]:
    films: dict[str, list[Stunt]] = defaultdict(list)
    for stunt in stunts:
        films[stunt.film.id].append(stunt)
    return {film: tuple(own) for film, own in films.items()}


_Citing = tuple[Span, Statement]


@dataclass(frozen=True, slots=True)
class _Links:
    """What leads from one record elsewhere, each once."""

    uses: tuple[tuple[str, _Citing], ...]
    """Articles, with the stretch of each that a statement rests on."""
    mentions: tuple[tuple[str, Mention], ...]
    """Identifiers, with what refers to them."""


def _links_of(record: AnyRecord, statements: tuple[Statement, ...]) -> _Links:
    every = [each for item in statements for each in item]
    spans = ((each, dict.fromkeys((passage.source, passage.span) for passage in each.passages)) for each in every)
    # Keyed by what makes a mention, so that the same one counts once.
    mentions: dict[tuple[str, str, str], Mention] = {}
    for identifier in cross_references_of(record):
        mentions.setdefault((identifier, "", "mention"), Mention(record.id, None, "mention"))
    for statement in every:
        named = references_of(statement.value, statement.kind)
        linked = (("mention", identifier) for identifier in cross_references_of(statement.value))
        for relation, identifier in (*named, *linked):
            mention = Mention(record.id, statement, relation)
            mentions.setdefault((identifier, statement.anchor, relation), mention)
    return _Links(
        uses=tuple((source, (span, each)) for each, places in spans for source, span in places),
        mentions=tuple((identifier, mention) for (identifier, _, _), mention in mentions.items()),
    )


def _cited_passages(
    sources: Mapping[str, Source], links: Iterable[_Links], memo: Memo
) -> dict[str, tuple[CitedPassage, ...]]:
    uses: dict[str, list[_Citing]] = {id_: [] for id_ in sources}
    for source, use in (each for link in links for each in link.uses):
        uses[source].append(use)
    return {
        id_: memo.recall(("cited", id_), (source, *uses[id_]), partial(_passages_of, source, uses[id_]))
        for id_, source in sources.items()
    }


def _passages_of(source: Source, uses: Iterable[_Citing]) -> tuple[CitedPassage, ...]:
    """The cited passages of one article, in their order."""
    spans: dict[Span, list[Statement]] = defaultdict(list)
    for span, statement in uses:
        spans[span].append(statement)
    return tuple(CitedPassage(span, source.text.text(span), tuple(spans[span])) for span in sorted(spans))


def _mentions(library: Library, links: Iterable[_Links]) -> dict[str, tuple[Mention, ...]]:
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for identifier, mention in (each for link in links for each in link.mentions):
        mentions[identifier].append(mention)
    return {id_: tuple(mentions[id_]) for id_ in (*library.records, *library.articles)}


def _by_kind(records: Mapping[str, AnyRecord]) -> dict[str, dict[str, AnyRecord]]:
    """Per kind its records in the order of the site: films by year, stunts by film, all others by name."""
    own = {kind: [record for record in records.values() if record.kind == kind] for kind in RECORD_KINDS}
    return {
        kind: {record.id: record for record in sorted(each, key=lambda record: _position(record, records))}
        for kind, each in own.items()
    }


def _position(record: AnyRecord, records: Mapping[str, AnyRecord]) -> tuple[int | str, ...]:
    own = (*record.sort_name, record.id)
    if isinstance(record, Film):
        return record.year.value if record.year else 9998, *own
    if isinstance(record, Stunt):
        film = records.get(record.film.id)
        return *(_position(film, records) if isinstance(film, Film) else (9999, "", "")), *own
    return own
