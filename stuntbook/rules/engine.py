"""Editorial rules, one generator each: KnowledgeBase -> Diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from stuntbook import parallel
from stuntbook.diagnostics import Diagnostic, Report, did_you_mean
from stuntbook.knowledge.base import Finding, KnowledgeBase
from stuntbook.knowledge.silence import Silenced, silenced, subject_of
from stuntbook.memo import Memo
from stuntbook.records.model import AnyRecord
from stuntbook.rules.attribution import (
    nested_quotes_name_their_teller,
    quoted_words_have_a_speaker,
    speakers_are_named_nearby,
    words_go_to_their_speaker,
)
from stuntbook.rules.consistency import (
    measures_agree,
    passages_state_one_value,
    people_are_recorded_once,
    stunts_are_recorded_once,
)
from stuntbook.rules.proofs import (
    articles_are_cited,
    bodies_are_as_recorded,
    boilerplate_is_no_evidence,
    links_in_prose_are_web_addresses,
    numbers_stand_in_the_passage,
    passages_are_cited_once,
    quote_parts_follow_each_other,
    quotes_stand_in_quotation_marks,
    records_are_linked,
    statements_are_made_once,
)
from stuntbook.rules.wording import wordings_are_carried

Rule = Callable[[KnowledgeBase, AnyRecord], Iterator[Diagnostic]]
"""A proof about a record: what it finds is wrong."""
Judgement = Callable[[KnowledgeBase, AnyRecord], Iterator[Finding]]
"""What it finds is most likely wrong; an editor who knows better silences it there, with a reason."""


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


def apply_rules(knowledge: KnowledgeBase, report: Report, memo: Memo) -> None:
    """Apply every rule. Only where there are no errors does it say what is missing."""
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
        """Whether it names no place, and so stays true when the record moves within its file."""
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
        key = (*subject_of(finding.subject), finding.diagnostic.code)
        if key not in silent:
            yield finding.diagnostic
        needless.pop(key, None)
    for exception in needless.values():
        spelling = "" if exception.code in JUDGEMENT_CODES else did_you_mean(exception.code, JUDGEMENT_CODES)
        message = f'no rule "{exception.code}" complains here'
        yield Diagnostic(exception.location, "needless-silence", message, spelling or "remove the entry")
