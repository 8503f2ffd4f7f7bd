"""Proofs: what they find is wrong, and nobody can silence them. One generator each."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from stuntbook.diagnostics import Diagnostic, Severity
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Passage, prose_of
from stuntbook.knowledge.statements import Statement
from stuntbook.records.citable import Model
from stuntbook.records.model import AnyRecord, Measure, Quote, Step, Year
from stuntbook.records.places import Place
from stuntbook.records.quantities import nouns_of
from stuntbook.text import prose
from stuntbook.text.article_text import overlapping
from stuntbook.text.numerals import Number, states_number


def _citations(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[tuple[Statement, Passage]]:
    for statement in knowledge.statements_of(record):
        for passage in statement.passages:
            yield statement, passage


def boilerplate_is_no_evidence(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """A banner or a share line is not the article's statement."""
    for _, passage in _citations(knowledge, record):
        source = knowledge.sources[passage.source]
        if hit := overlapping(passage.span, source.boilerplate):
            yield Diagnostic(
                location=passage.location,
                code="cited-boilerplate",
                message=f"these words belong to what {source.article.path} declares as boilerplate",
                details=(f"boilerplate: {' '.join(source.text.text(hit).split())}",),
                advice="cite the article's own text",
            )


def quotes_stand_in_quotation_marks(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """Direct words are what the article puts between quotation marks."""
    for statement, passage in _citations(knowledge, record):
        source = knowledge.sources[passage.source]
        if isinstance(statement.value, Quote) and not source.text.quotations_around(passage.span):
            yield Diagnostic(
                location=passage.location,
                code="quote-not-quoted",
                message=f"{source.article.path} does not put these words in quotation marks",
                advice="cite only what stands between the marks, without them; make reported speech a claim with `by`",
            )


def quote_parts_follow_each_other(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """The parts of an interrupted quotation come in the order of the article."""
    for statement in knowledge.statements_of(record):
        if isinstance(statement.value, Quote):
            for before, after in zip(statement.passages, statement.passages[1:], strict=False):
                if after.span.start < before.span.end:
                    yield Diagnostic(
                        location=after.location,
                        code="quote-order",
                        message="this part of the quote does not stand behind the one above it in the article",
                        advice="cite the parts of a quote in the order of the article",
                    )


def numbers_stand_in_the_passage(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """The number of a measure, the height of a step, or a year, occurs in the words cited for it: in each of them."""
    for statement, passage in _citations(knowledge, record):
        wanted = _number_of(statement.value)
        if wanted and not states_number(passage.text, wanted[0], *wanted[1]):
            yield Diagnostic(
                location=passage.location,
                code="number-not-cited",
                message=f"these words do not state the number {wanted[0]}",
                advice="cite the words that hold the number, in figures or in words, or correct the number",
            )


def _number_of(value: Model) -> tuple[Number, tuple[str, ...]] | None:
    if isinstance(value, Measure):
        return value.value, nouns_of(value.quantity, value.unit)
    if isinstance(value, Step) and value.altitude:
        return value.altitude.value, nouns_of("altitude", value.altitude.unit)
    return (value.value, ("year",)) if isinstance(value, Year) else None


def bodies_are_as_recorded(knowledge: KnowledgeBase) -> Iterator[Diagnostic]:
    """An article's text is what it was when its digest was taken: SHA-256 (FIPS 180-4) of the body in UTF-8."""
    for article in (source.article for source in knowledge.sources.values() if source.article.digest):
        digest = sha256(article.body.encode()).hexdigest()
        if article.digest != digest:
            yield Diagnostic(
                location=article.place.at("digest"),
                code="body-changed",
                message="the text of this article is not the one that was recorded",
                advice=f"restore the text as it was published; or, if the new text is right, write digest: {digest}",
            )


def passages_are_cited_once(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """One statement does not gain weight by citing the same words twice."""
    for statement in knowledge.statements_of(record):
        seen = set()
        for passage in statement.passages:
            if (passage.source, passage.span) in seen:
                yield Diagnostic(
                    location=passage.location,
                    code="duplicate-citation",
                    message="this statement cites the same words already",
                    advice="remove one of the two citations",
                )
            seen.add((passage.source, passage.span))


def statements_are_made_once(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """One statement of a record is one entry, with all its citations."""
    seen: dict[tuple[object, ...], Statement] = {}
    for statement in knowledge.statements_of(record):
        if not statement.text:
            continue  # a quote of which nothing was found
        # Two people may say the same, and one precaution may meet two risks.
        person = getattr(statement.value, "person", None)
        key = (statement.kind, statement.text, statement.path[:-2], statement.evidence.by, person)
        first = seen.setdefault(key, statement)
        if first is not statement:
            yield Diagnostic(
                location=statement.location,
                code="duplicate-statement",
                message=f"this {statement.kind} stands on line {first.location.line} already",
                advice="make it one entry, with the citations of both",
            )


def links_in_prose_are_web_addresses(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """Addresses within the site are written as `[[id]]`, which is checked."""
    yield from _prose_links(record, record.place)
    for statement in knowledge.statements_of(record):
        yield from _prose_links(statement.value, statement.place)


def _prose_links(value: Model, place: Place) -> Iterator[Diagnostic]:
    for name, text in prose_of(value):
        for target in prose.link_targets(text):
            if not target.startswith(("https://", "http://")):
                yield Diagnostic(
                    location=place.at(name),
                    code="prose-link",
                    message=f'the link "{target}" is no web address',
                    advice="start it with https://, or write [[id]] to refer to a record",
                )
        if prose.has_unclosed_reference(text):
            yield Diagnostic(
                location=place.at(name),
                code="prose-link",
                message="a cross-reference is not complete",
                advice="write [[id]] or [[id|words]], with two brackets on either side",
            )


def articles_are_cited(knowledge: KnowledgeBase) -> Iterator[Diagnostic]:
    """An article that carries nothing is either not read yet or not needed."""
    for identifier, source in knowledge.sources.items():
        if not knowledge.cited[identifier]:
            yield Diagnostic(
                location=source.article.place.location,
                code="uncited-article",
                message="no statement cites this article",
                advice="cite it, or remove it",
                severity=Severity.WARNING,
            )


def records_are_linked(knowledge: KnowledgeBase) -> Iterator[Diagnostic]:
    """A record that nothing refers to, and that says nothing, is an island."""
    for record in knowledge.records:
        alone = not knowledge.mentions[record.id] and knowledge.by_id.keys().isdisjoint(
            knowledge.reaches[record.id].records
        )
        if alone and not knowledge.statements[record.id]:
            yield _unlinked(record)


def _unlinked(record: AnyRecord) -> Diagnostic:
    return Diagnostic(
        location=record.place.key,
        code="unlinked-record",
        message=f"nothing refers to {record.display_name}",
        advice="add what the articles say of it, or remove the record",
        severity=Severity.WARNING,
    )
