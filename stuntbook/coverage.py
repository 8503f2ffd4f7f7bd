"""KnowledgeBase -> what of each article is used: sentences, quotations and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from stuntbook.evidence import PhraseIndex, Span, fold, overlapping
from stuntbook.knowledge import KnowledgeBase
from stuntbook.model import Film, Quote, Stunt
from stuntbook.resolution import Source, cross_references_of, references_of
from stuntbook.sentences import sentences
from stuntbook.statements import Statement


class Use(StrEnum):
    """What becomes of a sentence."""

    CITED = "cited"
    """A statement rests on some of its words."""
    LEFT_OUT = "left out"
    """The article's front matter declares it, with a reason."""
    BOILERPLATE = "boilerplate"
    """It is not the article."""
    UNUSED = "not used"
    """Nobody has accounted for it."""


@dataclass(frozen=True, slots=True)
class SentenceUse:
    """A sentence of an article and what becomes of it."""

    span: Span
    use: Use
    reason: str = ""
    """Why it is left out."""


@dataclass(frozen=True, slots=True)
class UnlinkedName:
    """A record whose name stands in a cited sentence, while no statement that cites the sentence refers to it."""

    record: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What of one article is used."""

    source: str
    sentences: tuple[SentenceUse, ...]
    missing_quotations: tuple[Span, ...]
    """What stands in quotation marks and is neither a quote of the knowledge base nor the name of a record."""
    unlinked_names: tuple[UnlinkedName, ...]

    def count(self, *uses: Use) -> int:
        return sum(1 for sentence in self.sentences if sentence.use in uses)

    @property
    def accounted(self) -> tuple[int, int]:
        """How many of the article's own sentences are cited or left out with a reason, and how many there are."""
        done = self.count(Use.CITED, Use.LEFT_OUT)
        return done, done + self.count(Use.UNUSED)


def accounted(results: Iterable[Coverage]) -> tuple[int, int]:
    """How many sentences of all the articles are accounted for, and how many there are."""
    numbers = [result.accounted for result in results]
    return sum(done for done, _ in numbers), sum(total for _, total in numbers)


def percent(done: int, total: int) -> int:
    """A share in whole per cent, rounded down: 100 means all. An article without sentences is covered."""
    return 100 * done // total if total else 100


@dataclass(frozen=True, slots=True)
class Written:
    """How articles may write the names of records."""

    names: Mapping[str, str]
    """Names, titles and aliases, folded, and the record of each."""
    index: PhraseIndex


def written_names(knowledge: KnowledgeBase) -> Written:
    """The names of all records."""
    names: dict[str, str] = {}
    for record in knowledge.records:
        for name in (record.display_name, *record.aliases):
            names.setdefault(fold(name), record.id)
    return Written(names, PhraseIndex(names))


def measure_coverage(knowledge: KnowledgeBase) -> Iterator[Coverage]:
    """The coverage of every article, in the order of the sources."""
    written = written_names(knowledge)
    return (coverage_of(knowledge, identifier, written) for identifier in knowledge.sources)


def coverage_of(knowledge: KnowledgeBase, identifier: str, written: Written) -> Coverage:
    """The coverage of one article."""
    source = knowledge.sources[identifier]
    spans = sentences(source.text)
    return Coverage(
        source=identifier,
        sentences=tuple(_use(span, source, knowledge) for span in spans),
        missing_quotations=tuple(_missing_quotations(knowledge, source, written.names)),
        unlinked_names=tuple(_unlinked_names(knowledge, source, spans, _named(source, written))),
    )


def _use(span: Span, source: Source, knowledge: KnowledgeBase) -> SentenceUse:
    cited = (passage.span for passage in knowledge.cited[source.article.id])
    if overlapping(span, cited):
        return SentenceUse(span, Use.CITED)
    for left_out, declared in zip(source.left_out, source.article.left_out, strict=True):
        if left_out and left_out.overlaps(span):
            return SentenceUse(span, Use.LEFT_OUT, declared.reason)
    # The boilerplate of a page may share a sentence with its article, as a date line does.
    own = _without(source.text.body, span, source.boilerplate)
    return SentenceUse(span, Use.UNUSED if any(char.isalnum() for char in own) else Use.BOILERPLATE)


def _without(body: str, span: Span, removed: tuple[Span, ...]) -> str:
    kept = (position for position in range(span.start, span.end))
    return "".join(body[each] for each in kept if not any(other.start <= each < other.end for other in removed))


def _missing_quotations(knowledge: KnowledgeBase, source: Source, names: Mapping[str, str]) -> Iterator[Span]:
    quoted = [
        passage.span
        for passage in knowledge.cited[source.article.id]
        if any(isinstance(statement.value, Quote) for statement in passage.statements)
    ]
    for quotation in source.text.quotations:
        words = fold(source.text.text(quotation)).rstrip(" ,.;:!?")
        if words not in names and not any(quotation.overlaps(span) and _same_depth(quotation, span) for span in quoted):
            yield quotation


def _same_depth(quotation: Span, span: Span) -> bool:
    """Whether a quote is this quotation or a part of it, rather than one that encloses it."""
    return quotation.contains(span)


def _named(source: Source, written: Written) -> list[tuple[Span, str]]:
    """Where an article names a record, and which."""
    found = ((span, name) for name in source.text.phrases(written.index) for span in source.text.find(name))
    return [(span, written.names[name]) for span, name in found]


def _unlinked_names(
    knowledge: KnowledgeBase, source: Source, spans: tuple[Span, ...], named: list[tuple[Span, str]]
) -> Iterator[UnlinkedName]:
    for sentence in spans:
        users = [passage for passage in knowledge.cited[source.article.id] if passage.span.overlaps(sentence)]
        linked = {
            record for passage in users for statement in passage.statements for record in _linked(knowledge, statement)
        }
        for span, record in named:
            if users and sentence.contains(span) and record not in linked:
                yield UnlinkedName(record, span)


def _linked(knowledge: KnowledgeBase, statement: Statement) -> Iterator[str]:
    """The records that a statement leads to: its own, those it names, and those that belong to them."""
    named = [statement.record, *(identifier for _, identifier in references_of(statement.value, statement.kind))]
    named += cross_references_of(statement.value)
    for identifier in named:
        yield identifier
        record = knowledge.record(identifier)
        if isinstance(record, Stunt):
            yield record.film.id
            yield from (performer.id for performer in record.performers)
        elif isinstance(record, Film):
            yield from (credit.person for credit in record.credits)
