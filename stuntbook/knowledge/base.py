"""Statements -> KnowledgeBase: passages and mentions indexed, everything in order.

Everything derived is computed here once; later stages only read it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any, TypeVar, cast

from stuntbook.diagnostics import Diagnostic, Report
from stuntbook.knowledge.independence import text_groups
from stuntbook.knowledge.names import Names, names_in
from stuntbook.knowledge.resolution import CITING, Reach, Source, links_of, prepare_each, resolving
from stuntbook.knowledge.statements import Statement, of_kind
from stuntbook.knowledge.weighing import weigh
from stuntbook.memo import Memo
from stuntbook.reading.manifest import Published
from stuntbook.reading.sources import Library
from stuntbook.readings import Tables
from stuntbook.records.article import Article
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import Agent, AnyRecord, Film, Organisation, Person, Stunt
from stuntbook.text import prose
from stuntbook.text.article_text import Span

Key = TypeVar("Key")
Value = TypeVar("Value")


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


_IDENTITY = frozenset({"title", "name", "aliases", "film", "performers", "credits"})
"""The keys that say what a record is called and whom it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """Everything that is known, ready to be read. Mappings keep the order in which the site lists things."""

    sources: Mapping[str, Source]
    by_kind: Mapping[str, Mapping[str, AnyRecord]]
    """Per kind of record, its records."""
    agents: Mapping[str, Agent]
    """People and organisations."""
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
    labels: Mapping[str, tuple[str, str]]
    """Per record and article its section, and what it is called: all that a link to it shows."""
    reaches: Mapping[str, Reach]
    """Per record, what it cites and refers to."""
    whole: Mapping[str, Any]
    """What there is one of: the names, the publishers, the addresses."""
    tables: Tables
    """All of these, and what later stages derive of them."""
    _with_parts: dict[str, tuple[Statement, ...]] = field(init=False, default_factory=dict, repr=False, compare=False)
    """What `statements_of` has given: every rule asks for the same."""

    @property
    def names(self) -> Names:
        """What articles call people and organisations."""
        return cast(Names, self.whole["names"])

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who published the articles, each once."""
        return cast(tuple[str, ...], self.whole["publishers"])

    @property
    def published(self) -> tuple[Published, ...]:
        """The addresses that were published, as far as the editor has recorded them."""
        return cast(tuple[Published, ...], self.whole["published"])

    @property
    def films(self) -> Mapping[str, Film]:
        return cast(Mapping[str, Film], self.by_kind[Film.noun])

    @property
    def stunts(self) -> Mapping[str, Stunt]:
        return cast(Mapping[str, Stunt], self.by_kind[Stunt.noun])

    @property
    def people(self) -> Mapping[str, Person]:
        return cast(Mapping[str, Person], self.by_kind[Person.noun])

    @property
    def records(self) -> Iterator[AnyRecord]:
        """All records, kind by kind."""
        return chain.from_iterable(records.values() for records in self.by_kind.values())

    def record(self, identifier: str) -> AnyRecord | Article:
        """The film, person, stunt or article of that identifier. Raises KeyError where there is none."""
        return self.by_id[identifier]

    def name_of(self, identifier: str) -> str:
        """What the record or article of that identifier is called. Raises KeyError where there is none."""
        return self.labels[identifier][1]

    def address_of(self, identifier: str) -> str:
        """The address of its page, relative to the site's root. Raises KeyError where there is none."""
        return f"{self.labels[identifier][0]}/{identifier}/"

    def all_statements(self) -> Iterator[Statement]:
        """Every statement with its parts, record by record."""
        return chain.from_iterable(map(self.statements_of, self.records))

    def statements_of(self, record: AnyRecord) -> tuple[Statement, ...]:
        """The statements of one record with their parts."""
        own = self.statements[record.id]  # asked for each time, so that whoever asks depends on them
        if record.id not in self._with_parts:
            self._with_parts[record.id] = tuple(chain.from_iterable(own))
        return self._with_parts[record.id]

    def plain_text(self, text: str) -> str:
        """An editor's sentence in the words that a reader sees."""
        return prose.plain_text(text, self.name_of)

    def is_identified(self, record: AnyRecord) -> bool:
        """Whether no error hides what the record, and whatever it refers to, is called and whom it is about."""
        involved = (record, *(self.by_id.get(identifier) for identifier in self.reaches[record.id].records))
        return all(isinstance(each, Article) or (each and each.damaged.isdisjoint(_IDENTITY)) for each in involved)

    def films_of(self, stunt: Stunt) -> tuple[Film, ...]:
        """The films that a stunt was done for, as its record names them."""
        return tuple(self.films[each.id] for each in stunt.film if each.id in self.films)

    def film_of(self, stunt: Stunt) -> Film | None:
        """The film that a stunt is listed with: the first that its record names."""
        return next(iter(self.films_of(stunt)), None)

    def summary_of(self, record: AnyRecord) -> tuple[Statement, ...]:
        """The sentences of a record's summary."""
        return tuple(of_kind(self.statements[record.id], "summary"))

    def year_of(self, film: Film) -> Statement | None:
        """The year of a film, where it is known."""
        return next(of_kind(self.statements[film.id], "year"), None)

    def stunts_of(self, film: str) -> tuple[Stunt, ...]:
        """The stunts of a film in the order of the site; none of what is no film."""
        ids = [each.record for each in self.mentions[film] if each.relation == Film.noun]
        return tuple(sorted((self.stunts[id_] for id_ in ids if id_ in self.stunts), key=_order))


def build_knowledge(library: Library, report: Report, memo: Memo) -> KnowledgeBase:
    """Resolve every reference and citation of a library.

    What can't be resolved goes to the report and is left out, so that the checks that follow see the rest.
    """
    add, recall, ids = memo.tables.add, memo.recall, library.records
    sources = add("sources", prepare_each(library.articles, report, memo))
    groups = add(
        "groups",
        next(memo.recall_each("groups", ("",), lambda _: text_groups(sources), use=partial(_is_grouped, sources))),
    )
    resolved = resolving(library, sources, memo)
    statements = add("statements", weigh(library, resolved, sources, groups, report, memo))
    links = {id_: recall("links", id_, partial(_links_of, library, statements, id_)) for id_ in ids}
    by_kind = {kind: add(kind, own) for kind, own in _by_kind(library.records).items()}
    agents = add("agents", cast(Mapping[str, Agent], {**by_kind[Person.noun], **by_kind[Organisation.noun]}))
    uses = add("uses", _grouped(use for uses, _, _ in links.values() for use in uses))
    mentions = _grouped(link for _, mentions, _ in links.values() for link in mentions)
    return KnowledgeBase(
        sources=sources,
        by_kind=by_kind,
        agents=agents,
        by_id=library.by_id,
        groups=groups,
        statements=statements,
        cited=add("cited", {id_: recall("cited", id_, partial(_passages_of, sources, uses, id_)) for id_ in sources}),
        mentions=add("mentions", {id_: tuple(mentions[id_]) for id_ in library.by_id}),
        reaches=add("reaches", {id_: reach for id_, (_, _, reach) in links.items()}),
        labels=add("labels", {id_: (each.section, each.display_name) for id_, each in library.by_id.items()}),
        whole=add(
            "whole",
            {
                "names": recall("names", "", lambda: names_in(agents.values())),
                "publishers": recall("publishers", "", lambda: _publishers_of(sources.values())),
                "published": library.published,
            },
        ),
        tables=memo.tables,
    )


def _is_grouped(sources: Mapping[str, Source], _: str, groups: Mapping[str, str]) -> bool:
    return groups.keys() == sources.keys() and all(first in sources for first in groups.values())


def _publishers_of(sources: Iterable[Source]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source.article.publisher for source in sources))


_Citing = tuple[Span, Statement]
_Links = tuple[list[tuple[str, _Citing]], list[tuple[str, Mention]], Reach]
"""What leads from one record elsewhere: articles, each with the stretch that a statement rests on, identifiers, and
both without what leads there."""


def _links_of(library: Library, statements: Mapping[str, tuple[Statement, ...]], of: str) -> _Links:
    record, every = library.record(of), tuple(chain.from_iterable(statements[of]))
    spans = ((each, dict.fromkeys((passage.source, passage.span) for passage in each.every_passage)) for each in every)
    # Keyed by what makes a mention, so that the same one counts once.
    mentions: dict[tuple[str, str, str], Mention] = {}
    for statement in (None, *every):
        value, anchor, kind = (statement.value, statement.anchor, statement.kind) if statement else (record, "", "")
        for relation, identifier in links_of(value, kind):
            mentions.setdefault((identifier, anchor, relation), Mention(record.id, statement, relation))
    cited = (each.article for value in every for name in CITING for each in vars(value.value).get(name, ()))
    return (
        [(source, (span, each)) for each, places in spans for source, span in places],
        [(identifier, mention) for (identifier, _, _), mention in mentions.items()],
        Reach(tuple(dict.fromkeys(cited)), tuple(dict.fromkeys(identifier for identifier, _, _ in mentions))),
    )


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> defaultdict[Key, list[Value]]:
    """The second of each pair by the first."""
    groups: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def _passages_of(
    sources: Mapping[str, Source], uses: Mapping[str, list[_Citing]], identifier: str
) -> tuple[CitedPassage, ...]:
    """The cited passages of one article, in their order."""
    source, spans = sources[identifier], sorted(_grouped(uses.get(identifier, ())).items())
    return tuple(CitedPassage(span, source.text.text(span), tuple(statements)) for span, statements in spans)


def _by_kind(records: Mapping[str, AnyRecord]) -> dict[str, dict[str, AnyRecord]]:
    """Per kind its records in the order of the site: films by year, stunts by film, all others by name."""
    ordered = sorted(records.values(), key=lambda record: (record.noun, _position(record, records)))
    return {kind: {record.id: record for record in ordered if record.noun == kind} for kind in RECORD_KINDS}


def _position(record: AnyRecord, records: Mapping[str, AnyRecord]) -> tuple[int | str, ...]:
    if isinstance(record, Film):
        return record.year.value if record.year else 9998, *_order(record)
    if isinstance(record, Stunt):
        film = next((records.get(each.id) for each in record.film), None)
        return *(_position(film, records) if isinstance(film, Film) else (9999, "", "")), *_order(record)
    return _order(record)


def _order(record: AnyRecord) -> tuple[str, ...]:
    return *record.sort_name, record.id
