"""Editorial rules, one generator each: KnowledgeBase -> Diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from stuntbook import parallel, prose
from stuntbook.attribution import (
    nested_quotes_name_their_teller,
    quoted_words_have_a_speaker,
    speakers_are_named_nearby,
    words_go_to_their_speaker,
)
from stuntbook.consistency import (
    measures_agree,
    passages_state_one_value,
    people_are_recorded_once,
    stunts_are_recorded_once,
)
from stuntbook.diagnostics import Diagnostic, Location, Report, Severity, did_you_mean
from stuntbook.evidence import overlapping
from stuntbook.fields import Place
from stuntbook.knowledge import Finding, KnowledgeBase, build
from stuntbook.memo import Memo
from stuntbook.model import AnyRecord, Measure, Model, Quote, Step, Year
from stuntbook.progress import Progress
from stuntbook.quantities import Number, nouns_of, states_number
from stuntbook.resolution import Passage, prose_of
from stuntbook.sources import load
from stuntbook.statements import Statement
from stuntbook.wording import wordings_are_carried

Rule = Callable[[KnowledgeBase, AnyRecord], Iterator[Diagnostic]]
"""A proof about a record: what it finds is wrong."""
Judgement = Callable[[KnowledgeBase, AnyRecord], Iterator[Finding]]
"""What it finds is most likely wrong; an editor who knows better silences it there, with a reason."""


def check(knowledge: KnowledgeBase, report: Report, memo: Memo) -> None:
    """Apply every rule. What is missing is told once what is there is sound."""
    report.extend(bodies_are_as_recorded(knowledge))
    verdicts = list(_verdicts(knowledge, memo))
    report.extend(problem for verdict in verdicts for problem in verdict.problems)
    findings = [finding for verdict in verdicts for finding in verdict.findings]
    findings += (finding for judgement in WHOLE_JUDGEMENTS for finding in judgement(knowledge))
    report.extend(_unsilenced(findings, (each for verdict in verdicts for each in verdict.exceptions)))
    if not report.has_errors:
        for rule in COMPLETENESS_RULES:
            report.extend(rule(knowledge))


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What the rules find about one record."""

    problems: tuple[Diagnostic, ...]
    findings: tuple[Finding, ...]
    exceptions: tuple[Silenced, ...]

    def holds_no_places(self) -> bool:
        """Whether it stays true when the record moves within its file."""
        return not (self.problems or self.findings or self.exceptions)


def _verdicts(knowledge: KnowledgeBase, memo: Memo) -> Iterator[_Verdict]:
    """What the rules find about each record."""
    records = list(knowledge.records)
    if not memo.keeping:
        yield from parallel.each(lambda number: _judge(knowledge, records[number]), len(records))
        return
    for record in records:
        inputs = tuple(_read_by_rules(knowledge, record))
        make = partial(_judge, knowledge, record)
        yield memo.recall(("verdict", record.id), inputs, make, _Verdict.holds_no_places)


def _judge(knowledge: KnowledgeBase, record: AnyRecord) -> _Verdict:
    return _Verdict(
        problems=tuple(problem for rule in RULES for problem in rule(knowledge, record)),
        findings=tuple(finding for judgement in JUDGEMENTS for finding in judgement(knowledge, record)),
        exceptions=tuple(silenced(knowledge, record)),
    )


def _read_by_rules(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[object]:
    """All that the rules about one record look at."""
    mentions = knowledge.mentions[record.id]
    reach = knowledge.reaches[record.id]
    yield from (record, knowledge.statements[record.id], knowledge.names)
    yield from mentions
    yield from map(knowledge.sources.get, reach.articles)
    yield from map(knowledge.by_id.get, reach.records)
    yield from (knowledge.by_id[mention.record] for mention in mentions)
    for stunt in knowledge.stunts_of(record.id):
        yield from (stunt, knowledge.statements[stunt.id])


def _unsilenced(findings: Iterable[Finding], exceptions: Iterable[Silenced]) -> Iterator[Diagnostic]:
    """What the judgements find, but for what is silenced with a reason."""
    needless = {exception.key: exception for exception in exceptions}
    silent = needless.keys() | set()
    for finding in findings:
        key = (*_place_of(finding.subject), finding.diagnostic.code)
        if key not in silent:
            yield finding.diagnostic
        needless.pop(key, None)
    for exception in needless.values():
        yield Diagnostic(
            location=exception.location,
            code="needless-silence",
            message=f'no rule "{exception.code}" complains here',
            advice=_spelling(exception.code) or "remove the entry",
        )


def _spelling(code: str) -> str:
    return "" if code in JUDGEMENT_CODES else did_you_mean(code, JUDGEMENT_CODES)


@dataclass(frozen=True, slots=True)
class Silenced:
    """A rule that an editor has set aside, and why."""

    subject: Statement | AnyRecord
    code: str
    reason: str
    location: Location

    @property
    def of_record(self) -> bool:
        """Whether it is set aside for a whole record."""
        return not isinstance(self.subject, Statement)

    @property
    def key(self) -> tuple[str, tuple[str | int, ...], str]:
        return (*_place_of(self.subject), self.code)


def silenced(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Silenced]:
    """Every rule that is set aside in a record."""
    for subject in (record, *knowledge.statements_of(record)):
        _, path = _place_of(subject)
        value = subject.value if isinstance(subject, Statement) else subject
        for code, reason in value.silence.items():
            place = record.place.find(*path, "silence", code)
            yield Silenced(subject, code, reason, place.key)


def _place_of(subject: Statement | AnyRecord) -> tuple[str, tuple[str | int, ...]]:
    """The record, and where in it."""
    return (subject.record, subject.path) if isinstance(subject, Statement) else (subject.id, ())


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


RULES: tuple[Rule, ...] = (
    boilerplate_is_no_evidence,
    quotes_stand_in_quotation_marks,
    quote_parts_follow_each_other,
    numbers_stand_in_the_passage,
    passages_are_cited_once,
    statements_are_made_once,
    links_in_prose_are_web_addresses,
)

JUDGEMENTS: tuple[Judgement, ...] = (
    speakers_are_named_nearby,
    words_go_to_their_speaker,
    quoted_words_have_a_speaker,
    nested_quotes_name_their_teller,
    wordings_are_carried,
    measures_agree,
    stunts_are_recorded_once,
)
WHOLE_JUDGEMENTS = (passages_state_one_value, people_are_recorded_once)
"""Judgements that compare records with each other."""
JUDGEMENT_CODES = (
    *("attribution", "guess-as-fact", "look-alike", "name-in-text", "nested-quote", "number-in-text"),
    *("speaker-missing", "speaker-not-named", "values-differ"),
)
"""The rules that can be silenced."""

COMPLETENESS_RULES = (articles_are_cited, records_are_linked)


def load_and_check(
    root: Path, report: Report, progress: Progress | None = None, memo: Memo | None = None
) -> KnowledgeBase:
    """Files -> KnowledgeBase, with every problem in the report. What `memo` holds is not made again."""
    progress, memo = progress or Progress(), memo or Memo(keeping=False)
    memo.begin()
    with progress.stage("Reading the files"):
        library = load(root, report, memo)
    with progress.stage("Finding the citations"):
        knowledge = build(library, report, memo)
    with progress.stage("Applying the rules"):
        check(knowledge, report, memo)
    return knowledge
