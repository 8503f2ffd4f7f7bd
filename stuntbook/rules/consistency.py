"""Judgements about records that do not fit together: values that contradict, records that look like one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, combinations, islice

from rapidfuzz import fuzz, process

from stuntbook.diagnostics import Diagnostic, Severity
from stuntbook.knowledge.base import Finding, KnowledgeBase
from stuntbook.knowledge.statements import Statement, Status
from stuntbook.records.model import AnyRecord, Person, Stunt
from stuntbook.records.quantities import convert, format_amount
from stuntbook.records.stated import Measure
from stuntbook.text.article_text import Span

LOOKS_ALIKE = 88
"""How alike two names are, of 100, when they may stand for one."""
_MOST_PAIRS = 1_000
"""How many differing values are told of at most in one record, or for one passage."""
SHARED_PASSAGES = 0.5
"""Which part of their passages two stunts share when they may be one."""


def measures_agree(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """Two values of one quantity in one record are a disagreement, and need one."""
    for first, second, quantity, one, other in _differing(knowledge.statements[record.id]):
        if Status.DISPUTED not in (first.evidence.status, second.evidence.status):
            message = f"{quantity} is {one} on line {first.location.line}, and {other} here"
            advice = "correct one of them, or write a disagreement that cites the words of both"
            if _spans(first) & _spans(second):
                advice = "both rest on the same words: keep what they say of one thing, and tell the rest in a sentence"
            yield Finding(second, Diagnostic(second.location, "values-differ", message, advice))


def passages_state_one_value(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """The same words do not carry two values of one quantity."""
    for passage in chain.from_iterable(knowledge.cited.values()):
        for first, second, _, one, other in _differing(passage.statements):
            if first.record != second.record:
                message = f"{first.record} cites these words for {one}, and {other} stands here"
                advice = "correct one of them, or cite other words"
                yield Finding(second, Diagnostic(second.location, "values-differ", message, advice))


def _differing(statements: Iterable[Statement]) -> Iterator[tuple[Statement, Statement, str, str, str]]:
    """Every two statements that give one quantity two values, up to a number, with the quantity and both in words."""
    measures = [(each, each.value) for each in statements if isinstance(each.value, Measure)]
    return islice(_differing_pairs(measures), _MOST_PAIRS)


def _differing_pairs(
    measures: Iterable[tuple[Statement, Measure]],
) -> Iterator[tuple[Statement, Statement, str, str, str]]:
    for (first, one), (second, other) in combinations(measures, 2):
        if (one.quantity, one.what) == (other.quantity, other.what) and not _is_alike(one, other):
            amounts = format_amount(one.value, one.unit), format_amount(other.value, other.unit)
            yield first, second, one.name, *amounts


def _is_alike(one: Measure, other: Measure) -> bool:
    """Whether two measures give one value, or sums in two currencies, of which it can't be told."""
    if one.quantity == "cost" and one.unit != other.unit:
        return True
    amount = (other.value, other.unit)
    return (one.value, one.unit) == amount or (one.unit is not None and convert(one.value, one.unit) == amount)


def people_are_recorded_once(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Two people with nearly the same name may be one."""
    by_last_name: dict[str, list[Person]] = defaultdict(list)
    for person in knowledge.people.values():
        by_last_name[person.name.split()[-1].casefold()].append(person)
    for people in by_last_name.values():
        for second, first in _called_alike([(person.name, *person.aliases) for person in people]).items():
            yield _alike_finding(people[first], people[second])


def stunts_are_recorded_once(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """Two stunts of one film with nearly the same name, or largely the same passages, may be one."""
    stunts = knowledge.stunts_of(record.id)
    alike = _citing_alike([_cited_spans(knowledge, stunt) for stunt in stunts])
    alike |= _called_alike([(stunt.title, *stunt.aliases) for stunt in stunts])
    for second, first in sorted(alike.items()):
        yield _alike_finding(stunts[first], stunts[second])


def _called_alike(names: Iterable[tuple[str, ...]]) -> dict[int, int]:
    """For each place with a name nearly as one before it, the first such place."""
    known: list[str] = []
    owners: list[int] = []
    alike: dict[int, int] = {}
    for place, own in enumerate(tuple(map(str.casefold, each)) for each in names):
        matches = (process.extract_iter(name, known, scorer=fuzz.ratio, score_cutoff=LOOKS_ALIKE) for name in own)
        if found := [owners[match[2]] for match in (next(each, None) for each in matches) if match]:
            alike[place] = min(found)
        known += own
        owners += [place] * len(own)
    return alike


def _citing_alike(spans: Iterable[set[tuple[str, Span]]]) -> dict[int, int]:
    """For each place that shares most passages with one before it, the first such place."""
    before: list[set[tuple[str, Span]]] = []
    holders: dict[tuple[str, Span], list[int]] = defaultdict(list)
    alike: dict[int, int] = {}
    for place, own in enumerate(spans):
        shared = Counter(chain.from_iterable(holders[span] for span in own))
        if found := [i for i, count in shared.items() if count >= SHARED_PASSAGES * min(len(own), len(before[i]))]:
            alike[place] = min(found)
        before.append(own)
        for span in own:
            holders[span].append(place)
    return alike


def _spans(statement: Statement) -> set[tuple[str, Span]]:
    return {(passage.source, passage.span) for passage in statement.passages}


def _cited_spans(knowledge: KnowledgeBase, stunt: Stunt) -> set[tuple[str, Span]]:
    return {span for each in knowledge.statements_of(stunt) for span in _spans(each)}


def _alike_finding(first: AnyRecord, second: AnyRecord) -> Finding:
    message = f"{second.display_name} may be the same as {first.display_name} ({first.id})"
    advice = "make them one record, or say in `silence` why they are two"
    return Finding(second, Diagnostic(second.place.key, "look-alike", message, advice, severity=Severity.WARNING))
