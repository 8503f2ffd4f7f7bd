"""Proofs: what they find is wrong, and nobody can silence them. One generator each."""

from collections.abc import Iterator
from itertools import pairwise

from stuntbook.diagnostics import Diagnostic, Severity
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Passage, prose_of
from stuntbook.knowledge.statements import Statement
from stuntbook.records.citable import Model
from stuntbook.records.model import AnyRecord
from stuntbook.records.places import Place
from stuntbook.records.stated import Quote
from stuntbook.rules.speakers import Speakers
from stuntbook.text import prose
from stuntbook.text.article_text import overlapping
from stuntbook.text.web_address import NO_ADDRESS, flaw_in


def _citations(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[tuple[Statement, Passage]]:
    for statement in knowledge.statements_of(record):
        for passage in statement.every_passage:
            yield statement, passage


def boilerplate_is_no_evidence(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """A banner or a share line is not the article's statement."""
    for _, passage in _citations(knowledge, record):
        source = knowledge.sources[passage.source]
        if hit := overlapping(passage.span, source.boilerplate):
            message = f"these words belong to what {source.article.path} declares as boilerplate"
            details = (f"boilerplate: {' '.join(source.text.text(hit).split())}",)
            yield Diagnostic(passage.location, "cited-boilerplate", message, "cite the article's own text", details)


def quotes_stand_in_quotation_marks(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """Direct words are what the article puts between quotation marks, or an answer of an interview."""
    for statement, passage in _citations(knowledge, record):
        source = knowledge.sources[passage.source]
        if isinstance(statement.value, Quote) and not (
            source.text.quotations_around(passage.span)
            or Speakers(source.text, knowledge.names).answering(passage.span)
        ):
            message = f"{source.article.path} does not put these words in quotation marks"
            advice = "cite only what stands between the marks, without them; make reported speech a sentence with `by`"
            yield Diagnostic(passage.location, "quote-not-quoted", message, advice)


def quote_parts_follow_each_other(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """The parts of an interrupted quotation come in the order of the article."""
    for statement in knowledge.statements_of(record):
        for before, after in pairwise(statement.passages if isinstance(statement.value, Quote) else ()):
            if after.span.start < before.span.end:
                message = "this part of the quote does not stand behind the one above it in the article"
                advice = "cite the parts of a quote in the order of the article"
                yield Diagnostic(after.location, "quote-order", message, advice)


def bodies_are_as_recorded(knowledge: KnowledgeBase) -> Iterator[Diagnostic]:
    """An article's text is what it was when its digest was taken."""
    for article in (source.article for source in knowledge.sources.values() if source.article.digest):
        digest = article.body_digest
        if article.digest != digest:
            message = "the text of this article is not the one that was recorded"
            advice = f"restore the text as it was published; or, if the new text is right, write digest: {digest}"
            yield Diagnostic(article.place.at("digest"), "body-changed", message, advice, replacement=digest)


def passages_are_cited_once(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """One statement does not gain weight by citing the same words twice."""
    for statement in knowledge.statements_of(record):
        seen = set()
        for passage in statement.every_passage:
            if (passage.source, passage.span) in seen:
                message = "this statement cites the same words already"
                yield Diagnostic(passage.location, "duplicate-citation", message, "remove one of the two citations")
            seen.add((passage.source, passage.span))


def statements_are_made_once(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """One statement of a record is one entry, with all its citations."""
    seen: dict[tuple[object, ...], Statement] = {}
    for statement in knowledge.statements_of(record):
        if not statement.text:
            continue  # a quote of which nothing was found
        # Two people may say the same, and one precaution may meet two risks.
        person = vars(statement.value).get("person")
        key = (statement.kind, statement.text, statement.path[:-2], statement.evidence.by, person)
        first = seen.setdefault(key, statement)
        if first is not statement:
            message = f"this {statement.kind} stands on line {first.location.line} already"
            advice = "make it one entry, with the citations of both"
            yield Diagnostic(statement.location, "duplicate-statement", message, advice)


def links_in_prose_are_web_addresses(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """Addresses within the site are written as `[[id]]`, which is checked."""
    written: list[tuple[Model, Place]] = [(each.value, each.place) for each in knowledge.statements_of(record)]
    for value, place in ((record, record.place), *written):
        for name, text in prose_of(value):
            for target in prose.link_targets(text):
                if flaw := flaw_in(target):
                    wrong, advice = flaw, "write the address of the page that is meant, as its site gives it"
                    if flaw is NO_ADDRESS:
                        wrong, advice = (
                            "is no web address",
                            "start it with https://, or write [[id]] to refer to a record",
                        )
                    yield Diagnostic(place.at(name), "prose-link", f'the link "{target}" {wrong}', advice)
            if prose.has_unclosed_reference(text):
                message = "a cross-reference is not complete"
                advice = "write [[id]] or [[id|words]], with two brackets on either side"
                yield Diagnostic(place.at(name), "prose-link", message, advice)


def articles_are_cited(knowledge: KnowledgeBase) -> Iterator[Diagnostic]:
    """An article that carries nothing is either not read yet or not needed."""
    for identifier, source in knowledge.sources.items():
        if not knowledge.cited[identifier]:
            location, message = source.article.place.location, "no statement cites this article"
            advice = "cite it, or remove it"
            yield Diagnostic(location, "uncited-article", message, advice, severity=Severity.WARNING)


def records_are_linked(knowledge: KnowledgeBase) -> Iterator[Diagnostic]:
    """A record that nothing refers to, and that says nothing, is an island."""
    for record in knowledge.records:
        refers = not knowledge.by_id.keys().isdisjoint(knowledge.reaches[record.id].records)
        if not (refers or knowledge.mentions[record.id] or knowledge.statements[record.id]):
            message = f"nothing refers to {record.display_name}"
            advice = "add what the articles say of it, or remove the record"
            yield Diagnostic(record.place.key, "unlinked-record", message, advice, severity=Severity.WARNING)
