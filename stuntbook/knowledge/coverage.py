"""KnowledgeBase -> what of each article is used: sentences, quotations and names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import links_of
from stuntbook.knowledge.statements import Statement
from stuntbook.records.model import Film, Stunt
from stuntbook.records.stated import Quote
from stuntbook.text.article_text import Span, Stretches
from stuntbook.text.folding import fold
from stuntbook.text.phrases import PhraseIndex
from stuntbook.text.sentences import sentences


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


@dataclass(frozen=True, slots=True)
class WrittenNames:
    """How articles may write the names of records: names, titles and aliases."""

    owners: dict[str, str]
    """Per name, folded, the identifier of the record."""
    index: PhraseIndex


def written_names(knowledge: KnowledgeBase) -> WrittenNames:
    """The names of all records."""
    owners: dict[str, str] = {}
    for record in knowledge.records:
        for name in (record.display_name, *record.aliases):
            owners.setdefault(fold(name), record.id)
    return WrittenNames(owners, PhraseIndex(owners))


class Coverage:
    """What of one article is used, each part of it measured when it is first asked for."""

    def __init__(self, knowledge: KnowledgeBase, identifier: str, names: WrittenNames) -> None:
        self.source = identifier
        self._knowledge = knowledge
        self._prepared = knowledge.sources[identifier]
        self._cited = knowledge.cited[identifier]
        self._names = names
        self._cited_stretches = Stretches(passage.span for passage in self._cited)
        self._boilerplate = Stretches(self._prepared.boilerplate)

    @cached_property
    def sentences(self) -> tuple[SentenceUse, ...]:
        """Every sentence of the article, in order."""
        return tuple(map(self._use, sentences(self._prepared.text)))

    def count(self, *uses: Use) -> int:
        return sum(sentence.use in uses for sentence in self.sentences)

    @property
    def accounted(self) -> tuple[int, int]:
        """How many of the article's own sentences are cited or left out with a reason, and how many there are."""
        done = self.count(Use.CITED, Use.LEFT_OUT)
        return done, done + self.count(Use.UNUSED)

    def _use(self, span: Span) -> SentenceUse:
        if self._cited_stretches.meet(span):
            return SentenceUse(span, Use.CITED)
        for left_out, declared in zip(self._prepared.left_out, self._prepared.article.left_out, strict=True):
            if left_out and left_out.overlaps(span):
                return SentenceUse(span, Use.LEFT_OUT, declared.reason)
        # The boilerplate of a page may share a sentence with its article, as a date line does.
        own = (self._prepared.text.body[start:end] for start, end in self._boilerplate.outside(span))
        is_own = any(char.isalnum() for part in own for char in part)
        return SentenceUse(span, Use.UNUSED if is_own else Use.BOILERPLATE)

    @cached_property
    def missing_quotations(self) -> tuple[Span, ...]:
        """What stands in quotation marks and is neither a quote of the knowledge base nor the name of a record."""
        quotes = [each.span for each in self._cited if any(isinstance(s.value, Quote) for s in each.statements)]
        missing = []
        for quotation in self._prepared.text.quotations:
            words = fold(self._prepared.text.text(quotation)).rstrip(" ,.;:!?")
            # A quotation counts as used if a quote is all or part of it, not if it stands within a longer quote.
            if words not in self._names.owners and not any(map(quotation.contains, quotes)):
                missing.append(quotation)
        return tuple(missing)

    @cached_property
    def unlinked_names(self) -> tuple[UnlinkedName, ...]:
        """The names of records in cited sentences that do not lead to the records."""
        text, owners = self._prepared.text, self._names.owners
        named = [(span, owners[name]) for name in self._names.index.within(text.folded) for span in text.find(name)]
        unlinked = []
        for sentence in (each.span for each in self.sentences if each.use is Use.CITED):
            users = (passage for passage in self._cited if passage.span.overlaps(sentence))
            statements = (statement for passage in users for statement in passage.statements)
            linked = {record for statement in statements for record in _linked(self._knowledge, statement)}
            unlinked += [
                UnlinkedName(record, span) for span, record in named if sentence.contains(span) and record not in linked
            ]
        return tuple(unlinked)


def accounted(results: Iterable[Coverage]) -> tuple[int, int]:
    """How many sentences of all the articles are accounted for, and how many there are."""
    numbers = [result.accounted for result in results]
    return sum(done for done, _ in numbers), sum(total for _, total in numbers)


def percent(done: int, total: int) -> int:
    """A share in whole per cent, rounded down: 100 means all. An article without sentences is covered."""
    return 100 * done // total if total else 100


def measure_coverage(knowledge: KnowledgeBase) -> Iterator[Coverage]:
    """The coverage of every article, in the order of the sources."""
    names = written_names(knowledge)
    return (Coverage(knowledge, identifier, names) for identifier in knowledge.sources)


def _linked(knowledge: KnowledgeBase, statement: Statement) -> Iterator[str]:
    """The records that a statement leads to: its own, those it names, and those that belong to them."""
    for identifier in (statement.record, *(each for _, each in links_of(statement.value, statement.kind))):
        yield identifier
        record = knowledge.record(identifier)
        if isinstance(record, Stunt):
            yield from (film.id for film in record.film)
            yield from (performer.id for performer in record.performers)
        elif isinstance(record, Film):
            yield from (credit.person for credit in record.credits)


def coverage_lines(knowledge: KnowledgeBase, result: Coverage) -> Iterator[str]:
    """What of an article is used, in words, and each place where something is not."""
    source = knowledge.sources[result.source]
    counts = ", ".join(f"{result.count(use)} {use}" for use in Use if result.count(use))
    yield f"{source.article.path}: {percent(*result.accounted)} % accounted for ({counts})"
    found = [(sentence.span, "not used") for sentence in result.sentences if sentence.use is Use.UNUSED]
    found += [(quotation, "no quote of") for quotation in result.missing_quotations]
    found += [(name.span, f"no link to {name.record}") for name in result.unlinked_names]
    for span, what in found:
        line = source.article.body_line + source.text.line(span) - 1
        yield f"  line {line}: {what}: {' '.join(source.text.text(span).split())}"
