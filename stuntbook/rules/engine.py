"""Editorial rules, one generator each: KnowledgeBase -> Diagnostics."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import cast

from stuntbook.diagnostics import Diagnostic, Report, closest, did_you_mean
from stuntbook.knowledge.base import Finding, KnowledgeBase
from stuntbook.knowledge.silence import Silenced, silenced, subject_of
from stuntbook.knowledge.statements import Statement
from stuntbook.memo import Memo
from stuntbook.records.model import AnyRecord
from stuntbook.rules import (
    addresses,
    attribution,
    consistency,
    corroboration,
    dating,
    identity,
    outcomes,
    particulars,
    proofs,
    wording,
)

Rule = Callable[[KnowledgeBase, AnyRecord], Iterator[Diagnostic]]
"""A proof about a record: what it finds is wrong."""
Judgement = Callable[[KnowledgeBase, AnyRecord], Iterator[Finding]]
"""What it finds is most likely wrong; an editor who knows better silences it there, with a reason."""


RULES: tuple[Rule, ...] = (
    proofs.boilerplate_is_no_evidence,
    proofs.quotes_stand_in_quotation_marks,
    proofs.quote_parts_follow_each_other,
    proofs.passages_are_cited_once,
    proofs.statements_are_made_once,
    proofs.links_in_prose_are_web_addresses,
    identity.identifiers_are_unique,
    identity.what_is_shown_is_there,
)

JUDGEMENTS: tuple[Judgement, ...] = (
    attribution.speakers_are_named_nearby,
    attribution.words_go_to_their_speaker,
    attribution.quoted_words_have_a_speaker,
    attribution.nested_quotes_name_their_teller,
    wording.sentences_are_carried,
    wording.remarks_state_nothing_new,
    particulars.amounts_stand_in_the_passages,
    particulars.what_is_measured_is_stated,
    dating.dates_stand_in_the_passages,
    particulars.people_are_named,
    particulars.roles_are_stated,
    particulars.body_parts_are_stated,
    particulars.body_parts_of_sentences_are_stated,
    outcomes.outcomes_are_stated,
    particulars.names_are_stated,
    corroboration.sentences_are_reworded,
    corroboration.articles_corroborate,
    consistency.measures_agree,
    consistency.stunts_are_recorded_once,
)
JUDGEMENTS_OF_WORDS: tuple[Judgement, ...] = (wording.sentences_are_carried, particulars.amounts_stand_in_the_passages)
"""Those that hold whatever else is wrong with a record: they look at its words and passages alone."""
WHOLE_JUDGEMENTS = (consistency.passages_state_one_value, consistency.people_are_recorded_once)
"""Judgements that compare records with each other."""
JUDGEMENT_CODES = (
    *("attribution", "body-part-not-cited", "corroboration", "date-not-cited", "guess-as-fact", "limit-not-cited"),
    *("look-alike", "name-in-text", "nested-quote", "not-reworded", "number-in-text", "number-not-cited"),
    *("outcome-not-cited", "person-not-named", "role-not-cited", "speaker-missing", "speaker-not-named"),
    *("unit-not-cited", "values-differ", "what-not-cited"),
)
"""The rules that can be silenced."""

COMPLETENESS_RULES = (proofs.articles_are_cited, proofs.records_are_linked, addresses.addresses_last)


_Verdict = tuple[tuple[Diagnostic, ...], tuple[Finding, ...], tuple[Silenced, ...]]
"""What the rules find about one record: proofs that fail, judgements, and what is silenced in it."""


def apply_rules(knowledge: KnowledgeBase, report: Report, memo: Memo) -> None:
    """Apply every rule. Only where there are no errors does it say what is missing."""
    report.extend(proofs.bodies_are_as_recorded(knowledge))
    findings: list[Finding] = []
    exceptions: list[Silenced] = []
    for problems, found, silent in _verdicts(knowledge, memo):
        report.extend(problems)
        findings += found
        exceptions += silent
    findings += (finding for judgement in WHOLE_JUDGEMENTS for finding in judgement(knowledge))
    report.extend(_unsilenced(findings, exceptions))
    if not report.has_errors:
        for rule in COMPLETENESS_RULES:
            report.extend(rule(knowledge))


def _verdicts(knowledge: KnowledgeBase, memo: Memo) -> Iterator[_Verdict]:
    """What the rules find about each record. What names no place stays true when the record moves within its file."""
    ids = [record.id for record in knowledge.records]

    def find_names() -> None:
        for source in knowledge.sources.values():
            knowledge.names.mentions(source.text)

    return memo.recall_each(
        "verdict",
        ids,
        partial(_judge, knowledge),
        keep=_is_empty,
        use=lambda _, found: _is_empty(found),
        before=find_names,
    )


def _is_empty(verdict: _Verdict) -> bool:
    problems, found, silent = verdict
    return not (problems or found or silent)


def _judge(knowledge: KnowledgeBase, identifier: str) -> _Verdict:
    record = cast(AnyRecord, knowledge.record(identifier))
    problems = tuple(problem for rule in RULES for problem in rule(knowledge, record))
    is_identified = knowledge.is_identified(record)
    judgements = JUDGEMENTS if is_identified else JUDGEMENTS_OF_WORDS
    findings = (finding for judgement in judgements for finding in judgement(knowledge, record))
    found = tuple(finding for finding in findings if not _rests_on_what_is_left(record, finding))
    keys = {_key(finding) for finding in found}
    # Whether any other silence is needless can't be told before the record is in order.
    silent = tuple(each for each in silenced(knowledge, record) if is_identified or each.key in keys)
    return problems, found, silent


_OF_SEVERAL_KEYS = frozenset({"attribution", "limit-not-cited", "unit-not-cited", "values-differ"})
"""What is found by these rules may be right when one reads a key that has an error of its own: `via`, `qualifier`."""


def _rests_on_what_is_left(record: AnyRecord, finding: Finding) -> bool:
    """Whether a finding can't be told, because of its statement, or of one beside it, not all keys are in order."""
    is_damaged = isinstance(finding.subject, Statement) and finding.subject.path[0] in record.damaged
    return is_damaged and finding.diagnostic.code in _OF_SEVERAL_KEYS


def _key(finding: Finding) -> tuple[str, tuple[str | int, ...], str]:
    """What a silence must name to set a finding aside."""
    return *subject_of(finding.subject), finding.diagnostic.code


def _unsilenced(findings: Iterable[Finding], exceptions: Iterable[Silenced]) -> Iterator[Diagnostic]:
    """What the judgements find, but for what is silenced with a reason."""
    needless = {exception.key: exception for exception in exceptions}
    silent = needless.keys() | set()
    for finding in findings:
        key = _key(finding)
        if key not in silent:
            yield finding.diagnostic
        needless.pop(key, None)
    for exception in needless.values():
        unknown = exception.code not in JUDGEMENT_CODES
        advice = did_you_mean(exception.code, JUDGEMENT_CODES) if unknown else ""
        yield Diagnostic(
            location=exception.location,
            code="needless-silence",
            message=f'no rule "{exception.code}" complains here',
            advice=advice or "remove the entry",
            replacement=closest(exception.code, JUDGEMENT_CODES) if unknown else "",
        )
