"""Records -> resolved records: every reference leads to a record, every citation to its span.

What can't be resolved goes to the report and is left out, so that later stages see the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from stuntbook.diagnostics import Location, Report, did_you_mean
from stuntbook.memo import Memo
from stuntbook.reading.sources import Library
from stuntbook.records.article import Article
from stuntbook.records.citable import Model, Stated
from stuntbook.records.kinds import (
    RECORD_KINDS,
    RecordKind,
    StatementField,
    prose_fields,
    reference_fields,
    statement_fields,
)
from stuntbook.records.model import AnyRecord, Quote, Reference
from stuntbook.records.places import Place
from stuntbook.text import prose
from stuntbook.text.article_text import ArticleText, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A citation that was found in its article."""

    source: str
    """The article's identifier."""
    span: Span
    text: str
    """The article's own characters."""
    place: Place = field(repr=False)
    """Where an editor cited it."""

    @property
    def location(self) -> Location:
        return self.place.location


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article with its text prepared and the parts that are declared in its front matter found."""

    article: Article
    text: ArticleText
    boilerplate: tuple[Span, ...]
    sic: tuple[Span, ...]
    left_out: tuple[Span | None, ...]
    """Per entry of the article's `left_out`; None where its words were not found."""


def prepare(article: Article, report: Report) -> Source:
    """An article with the passages that its front matter declares found; what is not there goes to the report."""
    text = ArticleText(article.body)

    def find(words: str, *path: str | int) -> Span | None:
        return _find_one(text, words, article, article.place.find(*path), report)

    def find_all(name: str) -> Iterator[Span]:
        spans = (find(words, name, index) for index, words in enumerate(getattr(article, name)))
        yield from (span for span in spans if span)

    return Source(
        article=article,
        text=text,
        boilerplate=tuple(find_all("boilerplate")),
        sic=tuple(sorted(find_all("sic"))),
        left_out=tuple(find(each.words, "left_out", index, "words") for index, each in enumerate(article.left_out)),
    )


def _find_one(  # noqa: PLR0913, PLR0917 - what is looked for, where, and where to say that it is not there
    text: ArticleText,
    words: str,
    article: Article,
    place: Place,
    report: Report,
    code: str = "passage-not-found",
) -> Span | None:
    """The one place where the words stand in an article, or None with the reason in the report."""
    spans = text.find(words)
    if len(spans) == 1:
        return spans[0]
    if spans:
        details = tuple(_in_context(text, span, article) for span in spans)
        message = f"these words stand {len(spans)} times in {article.path}"
        advice = "cite more of the words around them, so that only one place fits"
        report.error(place.location, "passage-ambiguous", message, advice, details)
        return None
    advice = "copy the words from the article; only white space, quotation marks and dashes may differ in form"
    details = ("nothing in that article is like it",)
    if nearest := text.nearest(words):
        span, in_article, cited = nearest
        where = f"paragraph {span.paragraph}, line {article.body_line + text.line(span) - 1}"
        details = (f"the article: {in_article}  ({where})", f"you cited:   {cited}")
    report.error(place.location, code, f"these words are not in {article.path}", advice, details)
    return None


def _in_context(text: ArticleText, span: Span, article: Article) -> str:
    line = article.body_line + text.line(span) - 1
    before, after = text.body[max(0, span.start - 30) : span.start], text.body[span.end : span.end + 30]
    return f"line {line}: …{' '.join(f'{before}[{text.text(span)}]{after}'.split())}…"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A statement whose passages are found and whose evidence is not weighed yet."""

    kind: str
    record: AnyRecord
    value: Stated
    path: tuple[str | int, ...]
    passages: tuple[Passage, ...]
    parts: tuple[Resolved, ...]

    def __iter__(self) -> Iterator[Resolved]:
        yield self
        for part in self.parts:
            yield from part


@dataclass(frozen=True, slots=True)
class Reach:
    """What a record with all its statements leads to, found or not: each once, in the order of its fields."""

    articles: tuple[str, ...]
    """Identifiers of those that it cites."""
    records: tuple[str, ...]
    """Identifiers that its fields and its prose refer to."""


def reach_of(record: AnyRecord) -> Reach:
    """What a record cites and refers to."""
    values = [("", record), *_descendants(record)]
    cited = (citation.article for _, value in values for citation in getattr(value, "cite", ()))
    named = (identifier for kind, value in values for _, identifier in references_of(value, kind))
    linked = (identifier for _, value in values for identifier in cross_references_of(value))
    return Reach(tuple(dict.fromkeys(cited)), tuple(dict.fromkeys((*named, *linked))))


def _children(value: Model) -> Iterator[tuple[StatementField, Stated, tuple[str | int, ...]]]:
    """The statements directly within a record or statement, each with its field and where it is within the value."""
    for own in statement_fields(type(value)):
        held = getattr(value, own.name)
        if own.many:
            yield from ((own, child, (own.name, index)) for index, child in enumerate(held))
        elif held is not None:
            yield own, held, (own.name,)


def _descendants(value: Model) -> Iterator[tuple[str, Model]]:
    for own, child, _ in _children(value):
        yield own.kind, child
        yield from _descendants(child)


def resolve(
    library: Library, sources: Mapping[str, Source], reaches: Mapping[str, Reach], report: Report, memo: Memo
) -> dict[str, tuple[Resolved, ...]]:
    """The statements of every record with their passages found."""
    resolved = {}
    # A reference to a broken record is left out without a word; one to a record that does not exist is an error.
    kinds = dict.fromkeys(library.broken, "broken") | {id_: type(found) for id_, found in library.by_id.items()}
    articles = dict.fromkeys(library.broken, "broken") | dict(sources)
    for record in library.records.values():
        reach = reaches[record.id]
        inputs = (record, *map(articles.get, reach.articles), *map(kinds.get, reach.records))
        make = partial(_resolve, library, sources, record)
        resolved[record.id] = memo.recall_checked(("resolved", record.id), inputs, report, make)
    return resolved


def _resolve(
    library: Library, sources: Mapping[str, Source], record: AnyRecord, report: Report
) -> tuple[Resolved, ...]:
    return _Resolver(library, sources, report).resolve(record)


@dataclass(frozen=True, slots=True)
class _Resolver:
    library: Library
    sources: Mapping[str, Source]
    report: Report

    def resolve(self, record: AnyRecord) -> tuple[Resolved, ...]:
        self._check_prose(record, record.place)
        return tuple(self._children(record, record, ()))

    def _children(self, record: AnyRecord, value: Model, path: tuple[str | int, ...]) -> Iterator[Resolved]:
        for own, child, within in _children(value):
            yield self._resolve(record, own, child, (*path, *within))

    def _resolve(self, record: AnyRecord, own: StatementField, value: Stated, path: tuple[str | int, ...]) -> Resolved:
        place = record.place.find(*path)
        self._check_references(value, own, place)
        self._check_prose(value, place)
        parts = tuple(self._children(record, value, path))
        return Resolved(own.kind, record, value, path, tuple(self._passages(value, place)), parts)

    def _passages(self, value: Stated, place: Place) -> Iterator[Passage]:
        for index, citation in enumerate(getattr(value, "cite", ())):
            pair = place.find("cite", index, citation.article)
            if citation.article in self.sources:
                source = self.sources[citation.article]
                code = "misquotation" if isinstance(value, Quote) else "passage-not-found"
                span = _find_one(source.text, citation.words, source.article, pair, self.report, code)
                if span:
                    yield Passage(citation.article, span, source.text.text(span), pair)
            elif citation.article not in self.library.broken:
                known = ", ".join(self.sources) or "none"
                suggestion = did_you_mean(citation.article, self.sources) or f"the articles: {known}"
                message = f'there is no article "{citation.article}"'
                self.report.error(pair.key, "unknown-article", message, suggestion)

    def _check_references(self, value: Stated, own: StatementField, place: Place) -> None:
        if isinstance(value, Reference):
            self._check_reference(value.id, RECORD_KINDS[own.refers_to], place.find("id"))
        for name, kind in reference_fields(type(value)).items():
            identifier = getattr(value, name)
            if identifier is not None:
                self._check_reference(identifier, RECORD_KINDS[kind], place.find(name))

    def _check_prose(self, value: Model, place: Place) -> None:
        for name, text in prose_of(value):
            for identifier, _ in prose.cross_references(text):
                self._check_reference(identifier, None, place.find(name))

    def _check_reference(self, identifier: str, expected: RecordKind | None, place: Place) -> None:
        record = self.library.by_id.get(identifier)
        if record is None:
            if identifier not in self.library.broken:
                known = [
                    id_
                    for id_, other in self.library.records.items()
                    if expected is None or isinstance(other, expected.model)
                ]
                what = expected.name if expected else "record"
                section = f"under {expected.section}:" if expected else "to the section of its kind"
                advice = did_you_mean(identifier, known) or f"add it {section}"
                self.report.error(place.location, "unknown-reference", f'there is no {what} "{identifier}"', advice)
        elif expected and not isinstance(record, expected.model):
            message = f'"{identifier}" is a {record.kind}, and a {expected.name} belongs here'
            self.report.error(place.location, "wrong-reference", message, f"name a {expected.name}")


def references_of(value: Model, kind: str) -> Iterator[tuple[str, str]]:
    """What a statement refers to by identifier: relation and identifier."""
    if isinstance(value, Reference):
        yield kind, value.id
    for relation in reference_fields(type(value)):
        identifier = getattr(value, relation)
        if identifier is not None:
            yield relation, identifier


def prose_of(value: Model) -> Iterator[tuple[str, str]]:
    """The fields of prose that a record or statement has: name and text."""
    for name in prose_fields(type(value)):
        text = getattr(value, name)
        if text is not None:
            yield name, text


def cross_references_of(value: Model) -> Iterator[str]:
    """The identifiers that a record's or statement's prose refers to."""
    for _, text in prose_of(value):
        yield from (identifier for identifier, _ in prose.cross_references(text))
