"""Proofs about the identifiers of statements: each is one of a kind in its record, and what a story shows is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from stuntbook.diagnostics import Diagnostic, closest, did_you_mean
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.knowledge.story import HEADINGS, SHOWABLE, entries_of
from stuntbook.records.model import AnyRecord
from stuntbook.records.stated import Reference, Shown

_OF_PAGES = frozenset(
    (
        *("about", "aliases", "awards", "disagreements", "doubled", "figure", "injuries", "matrix", "mentions"),
        *("passages", "quotes", "references", "related", "relayed", "risks", "roles", "said", "spoken"),
        *("stunts", "top"),
        *("film", "organisation", "person", "source", "stunt", "website"),
    )
)
"""The anchors that pages of records have for parts of their own, besides those of the story; and, in the last line,
those by which linked data tell a thing from its page."""
_SHOWN_FIELDS = ("quotes", "injuries", "risks", "disagreements")
_NUMBERED = re.compile(r"(?:fig|sb|words)-.*")
"""The anchors of figures, of the words of articles, and of the theme."""


def _named(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[tuple[str, Statement]]:
    """The statements of a record that have an identifier of their own."""
    for statement in knowledge.statements_of(record):
        if statement.value.id and not isinstance(statement.value, Reference):
            yield statement.value.id, statement


def identifiers_are_unique(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """An anchor leads to one statement of a page."""
    first: dict[str, Statement] = {}
    named = list(_named(knowledge, record))
    count = Counter(identifier for identifier, _ in named)
    doubtful = [each for each in named if count[each[0]] > 1 or is_of_pages(each[0])]
    for identifier, statement in sorted(doubtful, key=lambda each: each[1].location):
        other, location = first.setdefault(identifier, statement), statement.place.at("id")
        if other is not statement:
            message = f'the {other.kind} on line {other.location.line} has the id "{identifier}" already'
            advice = "give the newer of the two another id: links from outside lead to the older"
            yield Diagnostic(location, "duplicate-id", message, advice)
        elif is_of_pages(identifier):
            message = f'a part of the page has the id "{identifier}" already'
            yield Diagnostic(location, "duplicate-id", message, "choose another id, such as a word of the statement")


def is_of_pages(identifier: str) -> bool:
    """Whether pages use an identifier as an anchor of their own."""
    return identifier in _OF_PAGES or identifier in HEADINGS or _NUMBERED.fullmatch(identifier) is not None


def what_is_shown_is_there(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
    """A story shows each quote, injury, risk or disagreement of its record at most once, and no other."""
    named = dict(_named(knowledge, record))
    shown: set[str] = set()
    for path, entry in entries_of(record):
        if isinstance(entry, Shown) and entry.show not in named and not record.damaged.isdisjoint(_SHOWN_FIELDS):
            continue  # an error may hide it
        if isinstance(entry, Shown) and (problem := _problem(entry.show, named, shown)):
            message, advice, replacement = problem
            place = record.place.at(*path, "show")
            yield Diagnostic(place, "cannot-show", message, advice, replacement=replacement)


def _problem(identifier: str, named: dict[str, Statement], shown: set[str]) -> tuple[str, str, str] | None:
    """What is wrong with showing a statement, what to do, and what to write instead; remembers what is shown."""
    showable = [id_ for id_, statement in named.items() if statement.kind in SHOWABLE]
    if identifier in shown:
        return f'the story shows "{identifier}" already', "show it once", ""
    shown.add(identifier)
    if identifier not in named:
        advice = did_you_mean(identifier, showable) or f"give the one that belongs here `id: {identifier}`"
        return (
            f'no quote, injury, risk or disagreement of this record has the id "{identifier}"',
            advice,
            closest(identifier, showable),
        )
    if identifier not in showable:
        advice = "show a quote, an injury, a risk or a disagreement; all else is told in a sentence"
        return f'a story can\'t show "{identifier}" ({named[identifier].kind})', advice, ""
    return None
