"""Resolved records -> statements: each with its words, its permanent anchor and how well it is carried."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, partial
from hashlib import blake2b, sha256
from itertools import chain
from typing import Any

import orjson
from orjson import Fragment

from stuntbook.diagnostics import Location
from stuntbook.knowledge.resolution import CITING, Passage, Resolved, children
from stuntbook.memo import Memo
from stuntbook.reading.sources import Library
from stuntbook.records.citable import Model, Stated
from stuntbook.records.kinds import statement_fields
from stuntbook.records.places import Place
from stuntbook.records.stated import Account, Disagreement, Injury, Quote, Reference, Series, Year
from stuntbook.records.stated_dates import is_worked_out, missing_part
from stuntbook.text.article_text import Span
from stuntbook.text.directions import isolated


class Status(StrEnum):
    """How well a statement is carried. Computed, never typed in."""

    ARTICLES = "articles"
    """Several articles state it."""
    ARTICLE = "article"
    """One article states it."""
    SAID = "said"
    """Somebody says it, as the articles report."""
    DISPUTED = "disputed"
    """A passage of it holds the words that an account of a disagreement cites."""
    UNSOURCED = "unsourced"
    """No article states it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What carries a statement."""

    status: Status
    sources: tuple[str, ...] = ()
    """Identifiers of the articles that carry it, each once."""
    independent: int = 0
    """How many of them are texts of their own: copies of one text count once."""
    by: str | None = None
    """Who says it: a record's identifier, or how an article describes somebody whom it does not name."""
    via: tuple[str, ...] = ()
    """Who tells that they said it, likewise."""
    disagreement: tuple[str, str] | None = None
    """Record and anchor of the disagreement that it is part of."""
    worked_out: bool = False
    """Whether its date follows only from the day on which an article was published: `last month`."""

    @property
    def told_by(self) -> tuple[Any, ...]:
        """All of it, as JSON can hold it."""
        support = (self.status.value, self.sources, self.independent, self.by, self.via)
        return *support, self.disagreement, self.worked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that the site states, with all that supports it."""

    kind: str
    record: str
    """The identifier of the film, person or stunt that it belongs to."""
    value: Stated
    path: tuple[str | int, ...]
    """Where it stands in its record."""
    place: Place = field(repr=False)
    anchor: str
    """Unique on its record's page: the statement's `id`, or a name that depends on its own content alone."""
    text: str
    """The statement in plain words; those of an article so that no direction reaches beyond them."""
    passages: tuple[Passage, ...]
    also: tuple[Passage, ...] = ()
    """The passages that carry it in part."""
    evidence: Evidence
    parts: tuple[Statement, ...] = ()
    """The consequences of an injury, the precautions of a risk, the accounts of a disagreement."""
    told_by: str = field(repr=False, compare=False)
    """A digest of all of it."""

    @property
    def location(self) -> Location:
        """Where its key, or its dash, stands."""
        return self.place.key

    @property
    def every_passage(self) -> tuple[Passage, ...]:
        """The passages that carry it, and those that do so in part."""
        return self.passages + self.also

    @property
    def is_resolved(self) -> bool:
        """Whether every citation was found."""
        (cite, also), cited = CITING, vars(self.value)
        return len(self.passages) == len(cited.get(cite, ())) and len(self.also) == len(cited.get(also, ()))

    def __iter__(self) -> Iterator[Statement]:
        """The statement and its parts."""
        yield self
        for part in self.parts:
            yield from part


def of_kind(statements: Iterable[Statement], *kinds: str) -> Iterator[Statement]:
    """The statements of the given kinds, in their order."""
    return (statement for statement in statements if statement.kind in kinds)


def weigh(
    library: Library, resolved: Callable[[str], tuple[Resolved, ...]], groups: Mapping[str, str], memo: Memo
) -> dict[str, tuple[Statement, ...]]:
    """The statements of every record, each with what carries it.

    `groups` gives for each article the first one whose text it shares.
    """
    add, ids = memo.tables.add, [*library.records]
    disputed = (id_ for id_, record in library.records.items() if record.disagreements)
    scales = _Scales(
        add("names", {identifier: found.display_name for identifier, found in library.by_id.items()}),
        groups,
        add("published", {id_: (found.published, found.language) for id_, found in library.articles.items()}),
        add("disputed", _disputed(chain.from_iterable(map(resolved, disputed)))),
    )

    def is_weighed(id_: str, found: object) -> bool:
        return _is_weighed(found, library.records[id_])

    weighed = memo.recall_each("weighed", ids, lambda id_: scales.weighed(resolved(id_)), use=is_weighed)
    told = add("weighed", dict(zip(ids, weighed, strict=True)))

    def make(id_: str) -> tuple[Statement, ...]:
        return tuple(_statement(*each) for each in zip(resolved(id_), told[id_], strict=True))

    return {id_: memo.recall("statements", id_, partial(make, id_)) for id_ in ids}


_Weighed = tuple[str, str, tuple[Any, ...], list[Any], str]
"""What is worked out of a statement, as JSON can hold it: its anchor, its text, its evidence, all that of its parts,
and a digest of all that the statement is."""


def _is_weighed(found: Any, value: Model) -> bool:
    """Whether it is of the statements of a value."""
    within = list(children(value))
    if not isinstance(found, list) or len(found) != len(within):
        return False
    return all(
        len(each) == 5 and _is_weighed(each[3], child) for each, (_, child, _) in zip(found, within, strict=True)
    )


def _statement(item: Resolved, weighed: _Weighed) -> Statement:
    anchor, text, (status, sources, independent, by, via, disagreement, worked_out), parts, told = weighed
    return Statement(
        kind=item.kind,
        record=item.record.id,
        value=item.value,
        path=item.path,
        place=item.record.place.find(*item.path),
        anchor=anchor,
        text=text,
        passages=item.passages,
        also=item.also,
        evidence=Evidence(
            status=Status(status),
            sources=tuple(sources),
            independent=independent,
            by=by,
            via=tuple(via),
            disagreement=disagreement and tuple(disagreement),
            worked_out=worked_out,
        ),
        parts=tuple(_statement(*each) for each in zip(item.parts, parts, strict=True)),
        told_by=told,
    )


_Disputed = Mapping[str, list[tuple[Span, tuple[str, str]]]]
"""Per article, the spans that accounts cite, each with the record and the anchor of its disagreement."""


def _disputed(items: Iterable[Resolved]) -> _Disputed:
    disputed: dict[str, list[tuple[Span, tuple[str, str]]]] = defaultdict(list)
    for item in (each for each in items if isinstance(each.value, Disagreement)):
        key = (item.record.id, _anchor(item))
        for passage in _accounts(item):
            disputed[passage.source].append((passage.span, key))
    return disputed


@dataclass(frozen=True, slots=True)
class _Scales:
    names: Mapping[str, str]
    """Per record and article, what it is called."""
    groups: Mapping[str, str]
    """For each article the first one whose text it shares."""
    published: Mapping[str, tuple[str | None, str]]
    """The day on which each article was published, and its language."""
    disputed: _Disputed

    def weighed(self, items: tuple[Resolved, ...]) -> list[_Weighed]:
        """What is worked out of the statements of one record."""
        taken: Counter[str] = Counter()

        def weighed(item: Resolved) -> _Weighed:
            anchor = _anchor(item)
            taken[anchor] += 1
            own = anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"
            text, evidence, parts = self.text(item), self.evidence(item).told_by, list(map(weighed, item.parts))
            return own, text, evidence, parts, _digest(item, own, text, evidence, parts)

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
                for span, key in self.disputed.get(passage.source, ()):
                    if passage.span.contains(span):
                        return key
        return None


def _accounts(disagreement: Resolved) -> Iterator[Passage]:
    """What the accounts of a disagreement cite."""
    return (passage for account in disagreement.parts for passage in account.passages)


def _digest(item: Resolved, *weighed: object) -> str:
    """That of a statement with all that belongs to it."""
    passages, also = ([each.told_by for each in found] for found in (item.passages, item.also))
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
