"""Resolved records -> statements: each gets its words, its permanent anchor and what carries it.

What is worked out of a record is kept as JSON can hold it, and statements are made of that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b, sha256
from itertools import chain
from typing import Any

import orjson
from orjson import Fragment

from stuntbook.diagnostics import Report
from stuntbook.knowledge.resolution import CITING, Passage, Resolved, Source, are_ends, children
from stuntbook.knowledge.statements import Evidence, Statement, Status
from stuntbook.memo import Memo
from stuntbook.reading.sources import Library
from stuntbook.records.citable import Citation, Model, Stated
from stuntbook.records.kinds import statement_fields
from stuntbook.records.model import AnyRecord
from stuntbook.records.places import Place
from stuntbook.records.stated import Account, Disagreement, Injury, Quote, Reference, Series, Year
from stuntbook.records.stated_dates import is_worked_out, missing_part
from stuntbook.text.article_text import Ends, Span
from stuntbook.text.directions import isolated


def weigh(  # noqa: PLR0913, PLR0917 - what is weighed, with what, and where its problems and results go
    library: Library,
    resolved: Callable[[str, Report], tuple[Resolved, ...]],
    sources: Mapping[str, Source],
    groups: Mapping[str, str],
    report: Report,
    memo: Memo,
) -> dict[str, tuple[Statement, ...]]:
    """The statements of every record, each with what carries it. What can't be resolved goes to the report.

    `groups` gives for each article the first one whose text it shares.
    """
    add, ids = memo.tables.add, [*library.records]
    scales = _Scales(
        add("names", {identifier: found.display_name for identifier, found in library.by_id.items()}),
        groups,
        add("published", {id_: (found.published, found.language) for id_, found in library.articles.items()}),
        add("disputed", _disputed(library, resolved, memo)),
    )

    def make(id_: str, own: Report) -> list[_Weighed]:
        return scales.weighed(resolved(id_, own))

    def is_weighed(id_: str, every: object) -> bool:
        return _is_weighed(every, library.records[id_])

    weighed = add("weighed", memo.recall_each_checked("weighed", ids, report, make, is_weighed))

    def statements(id_: str) -> tuple[Statement, ...]:
        record = library.record(id_)
        return tuple(_statements(record, record, (), weighed[id_], sources))

    return {id_: memo.recall("statements", id_, partial(statements, id_)) for id_ in ids}


_Weighed = tuple[list[list[Ends | None]], str, str, tuple[Any, ...], list[Any], str]
"""What is worked out of a statement, as JSON can hold it: per field of citations where their words stand, its anchor,
its text, its evidence, all that of its parts, and a digest of all that the statement is."""


def _is_weighed(every: Any, value: Model) -> bool:
    """Whether it is of the statements of a value."""
    within = list(children(value))
    if not isinstance(every, list) or len(every) != len(within):
        return False
    return all(
        len(each) == 6
        and len(each[0]) == len(CITING)
        and all(are_ends(ends, len(vars(child).get(name, ()))) for name, ends in zip(CITING, each[0], strict=True))
        and _is_weighed(each[4], child)
        for each, (_, child, _) in zip(every, within, strict=True)
    )


def _statements(
    record: AnyRecord,
    value: Model,
    path: tuple[str | int, ...],
    every: Iterable[_Weighed],
    sources: Mapping[str, Source],
) -> Iterator[Statement]:
    """The statements in a record, or in what stands in it at a path, of which this was worked out."""
    for (own, child, within), (found, anchor, text, told, parts, digest) in zip(children(value), every, strict=True):
        here = (*path, *within)
        place = record.place.find(*here)
        status, articles, independent, by, via, disagreement, worked_out = told
        passages, also = (
            tuple(_passages(vars(child).get(name, ()), ends, place, name, sources))
            for name, ends in zip(CITING, found, strict=True)
        )
        yield Statement(
            kind=own.kind,
            record=record.id,
            value=child,
            path=here,
            place=place,
            anchor=anchor,
            text=text,
            passages=passages,
            also=also,
            evidence=Evidence(
                status=Status(status),
                sources=tuple(articles),
                independent=independent,
                by=by,
                via=tuple(via),
                disagreement=disagreement and tuple(disagreement),
                worked_out=worked_out,
            ),
            parts=tuple(_statements(record, child, here, parts, sources)),
            told_by=digest,
        )


def _passages(
    citations: Iterable[Citation], found: Iterable[Ends | None], place: Place, name: str, sources: Mapping[str, Source]
) -> Iterator[Passage]:
    """What the citations in a field of a statement were found as."""
    for index, (citation, ends) in enumerate(zip(citations, found, strict=True)):
        if ends:
            span = Span(*ends)
            text = sources[citation.article].text.text(span)
            yield Passage(citation.article, span, text, place.find(name, index, citation.article))


_Disputed = tuple[Ends, tuple[str, str]]
"""A span that an account cites, and the record and the anchor of its disagreement."""


def _disputed(
    library: Library, resolved: Callable[[str, Report], tuple[Resolved, ...]], memo: Memo
) -> dict[str, list[_Disputed]]:
    """Per article, what accounts cite of it."""

    def make(id_: str) -> list[tuple[str, _Disputed | None]]:
        every = (each for each in resolved(id_, Report()) if isinstance(each.value, Disagreement))
        found = ((passage, _anchor(each)) for each in every for account in each.parts for passage in account.found[0])
        return [(each.source, (each.span.ends, (id_, anchor))) if each else ("", None) for each, anchor in found]

    def are_disputed(id_: str, every: Any) -> bool:
        accounts = (account for each in library.record(id_).disagreements for account in each.accounts)
        cited = sum(len(account.cite) for account in accounts)
        return len(every) == cited and all(_is_disputed(*each) for each in every)

    disputed: dict[str, list[_Disputed]] = defaultdict(list)
    ids = [id_ for id_, record in library.records.items() if record.disagreements]
    for source, cited in chain.from_iterable(memo.recall_each("disputes", ids, make, use=are_disputed)):
        if cited:
            disputed[source].append(cited)
    return disputed


def _is_disputed(source: Any, cited: Any) -> bool:
    return isinstance(source, str) and (cited is None or (are_ends([cited[0]], 1) and len(cited[1]) == 2))


@dataclass(frozen=True, slots=True)
class _Scales:
    names: Mapping[str, str]
    """Per record and article, what it is called."""
    groups: Mapping[str, str]
    """For each article the first one whose text it shares."""
    published: Mapping[str, tuple[str | None, str]]
    """The day on which each article was published, and its language."""
    disputed: Mapping[str, list[_Disputed]]
    """Per article, what accounts cite of it."""

    def weighed(self, items: tuple[Resolved, ...]) -> list[_Weighed]:
        """What is worked out of the statements of one record."""
        taken: Counter[str] = Counter()

        def weighed(item: Resolved) -> _Weighed:
            anchor = _anchor(item)
            taken[anchor] += 1
            own = anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"
            text, evidence, parts = self.text(item), self.evidence(item).told_by, list(map(weighed, item.parts))
            ends = [[each.span.ends if each else None for each in found] for found in item.found]
            return ends, own, text, evidence, parts, _digest(item, own, text, evidence, parts)

        return list(map(weighed, items))

    def text(self, item: Resolved) -> str:
        """A statement in plain words. A quote is told in the article's own characters, whatever the editor typed."""
        if isinstance(item.value, Quote):
            # The comma behind a quotation is the article's sentence going on.
            return " … ".join(isolated(passage.text.removesuffix(",")) for passage in item.passages)
        return item.value.told(item.kind, lambda identifier: self.names.get(identifier, identifier))

    def evidence(self, item: Resolved) -> Evidence:
        value = item.value
        passages = _accounts(item) if isinstance(value, Disagreement) else item.passages
        sources = tuple(dict.fromkeys(passage.source for passage in passages))
        independent = len({self.groups[source] for source in sources})
        by, via = (value.speaker, value.via) if isinstance(value, Quote) else (vars(value).get("by"), ())
        disagreement = self.disagreement(item)
        if not sources:
            status = Status.UNSOURCED
        elif disagreement:
            status = Status.DISPUTED
        elif by:
            status = Status.SAID
        else:
            status = Status.ARTICLES if independent > 1 else Status.ARTICLE
        return Evidence(status, sources, independent, by, via, disagreement, self.is_worked_out(item))

    def is_worked_out(self, item: Resolved) -> bool:
        """Whether the date of a statement follows from that of an article, and no article states it."""
        when: str | None = str(item.value.value) if isinstance(item.value, Year) else vars(item.value).get("when")
        if not when:
            return False
        words: dict[str, str] = defaultdict(str)
        for passage in item.passages:
            words[passage.source] += f" | {passage.text}"
        stated = [(text, *self.published[source]) for source, text in words.items()]
        is_plain = any(not missing_part(when, text, language, None) for text, _, language in stated)
        return not is_plain and any(is_worked_out(when, text, language, day) for text, day, language in stated)

    def disagreement(self, item: Resolved) -> tuple[str, str] | None:
        """The first disagreement of which an account cites words that this statement cites too; of one, itself."""
        if isinstance(item.value, Disagreement):
            return item.record.id, _anchor(item)
        # A disagreement about the same words does not make these doubtful: that a quote was said, that an account was
        # given, which film a stunt is from, which series a film belongs to.
        if not isinstance(item.value, Account | Quote | Reference | Series):
            for passage in item.passages:
                for ends, (record, anchor) in self.disputed.get(passage.source, ()):
                    if passage.span.contains(Span(*ends)):
                        return record, anchor
        return None


def _accounts(disagreement: Resolved) -> Iterator[Passage]:
    """What the accounts of a disagreement cite."""
    return (passage for account in disagreement.parts for passage in account.passages)


def _digest(item: Resolved, *weighed: object) -> str:
    """That of a statement with all that belongs to it."""
    passages, also = ([each.told_by for each in found if each] for found in item.found)
    value = type(item.value).__name__, Fragment(item.value.model_dump_json())
    content = (item.record.id, item.kind, item.path, passages, also, value, weighed)
    return blake2b(orjson.dumps(content), digest_size=12).hexdigest()


@cache
def _changing(model: type[Stated]) -> set[str]:
    """The fields of a statement that may change while it stays the same one."""
    return {*CITING, *(each.path[0] for each in statement_fields(model)), "context", "note", "silence"}


def _anchor(item: Resolved) -> str:
    """The statement's `id`, or a name that changes only when the statement itself does."""
    if item.value.id and not isinstance(item.value, Reference):
        return item.value.id
    content = item.value.model_dump(exclude_defaults=True, exclude=_changing(type(item.value)))
    if isinstance(item.value, Injury) and len(item.value.body_part) == 1:
        (content["body_part"],) = item.value.body_part  # as of old, when there was one at most: an anchor is for ever
    if isinstance(item.value, Quote):
        content["words"] = [citation.words for citation in item.value.cite]
    digest = sha256(repr(sorted(content.items())).encode()).hexdigest()[:8]
    return f"{item.kind}-{digest}"
