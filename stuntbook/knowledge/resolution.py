"""Records -> resolved records: every reference leads to a record, every citation to its span.

What can't be resolved goes to the report and is left out, so that later stages see the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, partial
from itertools import accumulate, pairwise
from typing import Any

from stuntbook.diagnostics import Location, Report, closest, did_you_mean
from stuntbook.memo import Memo
from stuntbook.reading.sources import Library
from stuntbook.records.article import Article
from stuntbook.records.citable import Model, Stated
from stuntbook.records.fields import UNKNOWN
from stuntbook.records.kinds import (
    RECORD_KINDS,
    StatementField,
    identifiers_in,
    prose_fields,
    reference_fields,
    statement_fields,
)
from stuntbook.records.model import AnyRecord
from stuntbook.records.places import Place
from stuntbook.records.stated import Quote, Reference
from stuntbook.text import prose
from stuntbook.text.article_text import ArticleText, Ends, Span


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

    @property
    def told_by(self) -> tuple[str | int, ...]:
        """All of it but its place, as JSON can hold it."""
        return self.source, *self.span.ends, self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article with its text prepared and the parts that are declared in its front matter found."""

    article: Article
    text: ArticleText
    boilerplate: tuple[Span, ...]
    sic: tuple[Span, ...]
    left_out: tuple[Span | None, ...]
    """Per entry of the article's `left_out`; None where its words were not found."""

    @property
    def told_by(self) -> object:
        """The article, of which all else is made."""
        return self.article


_MOST_PLACES = 10
"""How many of the places are shown at which words stand."""


def prepare_each(articles: Mapping[str, Article], report: Report, memo: Memo) -> dict[str, Source]:
    """Articles with the passages that their front matter declares found; what is not there goes to the report."""
    read, text_of = memo.tables.add("articles", articles), cache(lambda id_: ArticleText(articles[id_].body))

    def declared(id_: str, own: Report) -> list[Ends | None]:
        return _declared(read[id_], text_of(id_), own)

    def is_declared(id_: str, found: object) -> bool:
        return are_ends(found, len(_quoted(articles[id_])))

    found = memo.tables.add(
        "declared", memo.recall_each_checked("declared", [*articles], report, declared, is_declared)
    )

    def make(id_: str) -> Source:
        return _prepared(read[id_], text_of(id_), found[id_])

    return {id_: memo.recall("source", id_, partial(make, id_)) for id_ in articles}


def _quoted(article: Article) -> list[tuple[str, tuple[str | int, ...]]]:
    """The words that the front matter of an article quotes, key by key, each with its place there."""
    quoted: list[tuple[str, tuple[str | int, ...]]] = []
    for name in ("boilerplate", "sic"):
        quoted += ((words, (name, index)) for index, words in enumerate(getattr(article, name)))
    quoted += ((each.words, ("left_out", index, "words")) for index, each in enumerate(article.left_out))
    return quoted


def _declared(article: Article, text: ArticleText, report: Report) -> list[Ends | None]:
    """Where these words stand."""
    places = ((words, article.place.find(*path)) for words, path in _quoted(article))
    found = (_find_one(text, words, article, place, report) for words, place in places)
    return [span.ends if span else None for span in found]


def _prepared(article: Article, text: ArticleText, found: Sequence[Ends | None]) -> Source:
    spans, counts = [ends and Span(*ends) for ends in found], (len(article.boilerplate), len(article.sic))
    boilerplate, sic, left_out = (spans[start:end] for start, end in pairwise((0, *accumulate(counts), None)))
    return Source(
        article=article,
        text=text,
        boilerplate=tuple(filter(None, boilerplate)),
        sic=tuple(sorted(filter(None, sic))),
        left_out=tuple(left_out),
    )


_NUMBERS = len(fields(Span))


def are_ends(found: Any, count: int) -> bool:
    """Whether what was kept tells where so many words stand, or that they are not there."""
    return len(found) == count and all(each is None or len(each) == _NUMBERS for each in found)


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
        details = tuple(_in_context(text, span, article) for span in spans[:_MOST_PLACES])
        message = f"these words stand {len(spans)} times in {article.path}"
        advice = "cite more of the words around them, so that only one place fits"
        report.error(place.location, "passage-ambiguous", message, advice, details)
    else:
        details, replacement = ("nothing in that article is like it",), ""
        if not text.can_compare(words):
            details = ()
        elif nearest := text.nearest(words):
            span, in_article, cited = nearest
            where = f"paragraph {span.paragraph}, line {article.body_line + text.line(span) - 1}"
            details = (f"the article: {in_article}  ({where})", f"you cited:   {cited}")
            own = " ".join(text.text(span).split())
            replacement = own if text.are_alike(words, own) and text.find(own) == [span] else ""
        advice = "copy the words from the article; only white space, quotation marks and dashes may differ in form"
        report.error(place.location, code, f"these words are not in {article.path}", advice, details, replacement)
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
    found: tuple[tuple[Passage | None, ...], ...]
    """Per field that holds citations what they were found as; None where a citation was not found."""
    parts: tuple[Resolved, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What was found of those that carry it."""
        return tuple(filter(None, self.found[0]))


@dataclass(frozen=True, slots=True)
class Reach:
    """What a record with all its statements leads to, found or not: each once."""

    articles: tuple[str, ...]
    """Identifiers of those that it cites."""
    records: tuple[str, ...]
    """Identifiers that its fields and its prose refer to."""


CITING = ("cite", "also")
"""The fields that hold citations."""
SPEAKING = ("by", "speaker", "via")
"""The fields that say who says a thing."""


def children(value: Model) -> Iterator[tuple[StatementField, Stated, tuple[str | int, ...]]]:
    """The statements directly within a record or statement, each with its field and where it is within the value."""
    for own in statement_fields(type(value)):
        held = own.of(value)
        if not own.many:
            if held is not None:
                yield own, held, own.path
            continue
        for index, child in enumerate(held):
            if isinstance(child, Stated):
                yield own, child, (*own.path, index)


def resolving(
    library: Library, sources: Mapping[str, Source], memo: Memo
) -> Callable[[str, Report], tuple[Resolved, ...]]:
    """What finds all that a record cites and refers to, and gives its statements with their passages."""
    kinds = memo.tables.add("kinds", {identifier: found.noun for identifier, found in library.by_id.items()})

    def resolved(identifier: str, report: Report) -> tuple[Resolved, ...]:
        record, finder = library.record(identifier), _Finder(library, sources, kinds, report)
        finder.check_references(record, (), record.place)
        return tuple(finder.resolved(record, record, ()))

    return resolved


@dataclass(frozen=True, slots=True)
class _Finder:
    library: Library
    sources: Mapping[str, Source]
    kinds: Mapping[str, str]
    """Of what kind each record is; that is all that a reference to one depends on."""
    report: Report

    def resolved(self, record: AnyRecord, value: Model, path: tuple[str | int, ...]) -> Iterator[Resolved]:
        """The statements in a record, or in what stands in it at a path."""
        for own, child, within in children(value):
            here = (*path, *within)
            place = record.place.find(*here)
            self.check_references(child, own.refers_to, place)
            found = tuple(tuple(self._passages(child, name, place)) for name in CITING)
            yield Resolved(own.kind, record, child, here, found, tuple(self.resolved(record, child, here)))

    def _passages(self, value: Stated, name: str, place: Place) -> Iterator[Passage | None]:
        for index, citation in enumerate(vars(value).get(name, ())):
            pair = place.find(name, index, citation.article)
            if source := self.sources.get(citation.article):
                code = "misquotation" if isinstance(value, Quote) else "passage-not-found"
                span = _find_one(source.text, citation.words, source.article, pair, self.report, code)
                yield Passage(citation.article, span, source.text.text(span), pair) if span else None
                continue
            yield None
            if citation.article not in self.library.broken:
                known = ", ".join(self.sources) or "none"
                suggestion = did_you_mean(citation.article, self.sources) or f"the articles: {known}"
                message = f'there is no article "{citation.article}"'
                replacement = closest(citation.article, self.sources)
                self.report.error(pair.key, "unknown-article", message, suggestion, replacement=replacement)

    def check_references(self, value: Model, refers_to: tuple[str, ...], place: Place) -> None:
        """Report what a value names that does not exist; `refers_to` are the kinds of record of a `Reference`."""
        if isinstance(value, Reference):
            self._check_reference(value.id, refers_to, place.find("id"))
        kinds = reference_fields(type(value))
        for name, identifier in identifiers_in(value):
            self._check_reference(identifier, kinds[name], place.find(name))
        for name in SPEAKING:
            if UNKNOWN in _listed(vars(value).get(name)):
                self._ask_for_speaker(place.find(name))
        for name, text in prose_of(value):
            for identifier, _ in prose.cross_references(text):
                self._check_reference(identifier, (), place.find(name), text)

    def _ask_for_speaker(self, place: Place) -> None:
        advice = "name the person or organisation, or write how the article describes the speaker: a crew member"
        self.report.error(place.location, "speaker-unknown", "it is not said yet who says this", advice)

    def _check_reference(self, identifier: str, expected: tuple[str, ...], place: Place, text: str = "") -> None:
        """`expected` are the kinds of record that it may be; empty for any. `text` is the prose that it stands in."""
        noun = self.kinds.get(identifier)
        what = " or ".join(expected) or "record"
        # A reference to a broken record is left out without a word.
        if noun is None and identifier not in self.library.broken:
            known = [id_ for id_, other in self.library.records.items() if not expected or other.noun in expected]
            sections = " or ".join(f"{RECORD_KINDS[kind].section}:" for kind in expected)
            section = f"under {sections}" if sections else "to the section of its kind"
            renamed = (id_ for id_, other in self.library.by_id.items() if identifier in other.former_ids)
            now = next(renamed, "")
            advice = f"it is called {now} now" if now else did_you_mean(identifier, known) or f"add it {section}"
            meant, message = now or closest(identifier, known), f'there is no {what} "{identifier}"'
            replacement = prose.renamed(text, identifier, meant) if text and meant else meant
            self.report.error(place.location, "unknown-reference", message, advice, replacement=replacement)
        elif noun and expected and noun not in expected:
            kind = f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
            message = f'"{identifier}" is {kind}, and a {what} belongs here'
            self.report.error(place.location, "wrong-reference", message, f"name a {what}")


def _listed(held: object) -> tuple[object, ...]:
    return held if isinstance(held, tuple) else (held,)


def references_of(value: Model, kind: str) -> Iterator[tuple[str, str]]:
    """What a statement refers to by identifier: relation and identifier."""
    if isinstance(value, Reference):
        yield kind, value.id
    yield from identifiers_in(value)


def prose_of(value: Model) -> Iterator[tuple[str, str]]:
    """The fields of prose that a record or statement has: name and text."""
    return ((name, text) for name in prose_fields(type(value)) if (text := getattr(value, name)) is not None)


def links_of(value: Model, kind: str) -> Iterator[tuple[str, str]]:
    """What a record or statement refers to: as `references_of`, and in its prose, by the relation `mention`."""
    yield from references_of(value, kind)
    for _, text in prose_of(value):
        yield from (("mention", identifier) for identifier, _ in prose.cross_references(text))
