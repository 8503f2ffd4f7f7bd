"""An article that is not worked in -> what a person would begin with, of which the checks refuse nothing.

Everything is suggested as it is found, and then checked as if it stood in the book. What the rules refuse is set aside
as a comment, or gives way to something that says less. What they say of the rest is what a person has to do: to reword
the article's sentences, and to find out who speaks where the article does not plainly tell.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Diagnostic, Report
from stuntbook.editing.files import Draft, draft
from stuntbook.editing.suggestions.entries import Entry, Proposal
from stuntbook.editing.suggestions.inserting import Inserted, insert
from stuntbook.editing.suggestions.proposing import newcomers, stunt_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.layout import KNOWLEDGE_FILE

LEFT_TO_DO = frozenset({"not-reworded", "speaker-unknown"})
"""What a person has to do."""
_ROUNDS = 12
"""After so many rounds of checking, what is still refused is left to the person too."""


class SuggestionError(Exception):
    """Why nothing is suggested."""


def suggest(root: Path, article: str) -> tuple[list[Proposal], Draft]:
    """The records that are suggested for an article, and the book with them. Raises SuggestionError and LayoutError."""
    book = draft(root, KNOWLEDGE_FILE)
    before, knowledge = _checked(root, book.before)
    if article not in knowledge.sources:
        raise SuggestionError(f'there is no article "{article}" here')
    new = newcomers(knowledge.sources[article], knowledge)
    _, knowing = _checked(root, insert(book.before, new).text)
    stunt = stunt_of(knowing.sources[article], knowing)
    if not stunt.entries:
        raise SuggestionError(f"all of {article} is worked in")
    proposals = [*new, stunt]
    for _ in range(_ROUNDS):
        inserted = insert(book.before, proposals)
        refused = _refused(root, inserted, before)
        if not refused:
            break
        proposals = _without(proposals, refused)
    return proposals, book.turned(insert(book.before, proposals).text)


def _checked(root: Path, text: str) -> tuple[list[Diagnostic], KnowledgeBase]:
    report = Report()
    knowledge = load_and_check(root, report, texts={KNOWLEDGE_FILE: text})
    return list(report), knowledge


def _refused(root: Path, inserted: Inserted, before: Iterable[Diagnostic]) -> set[Entry]:
    """The entries of which the checks say more than what is left to do."""
    known = {(each.code, each.message) for each in before}
    found, _ = _checked(root, inserted.text)
    new = (each for each in found if each.code not in LEFT_TO_DO and (each.code, each.message) not in known)
    return {owner for each in new if (owner := inserted.owners.get(each.location.line))}


def _without(proposals: Iterable[Proposal], refused: set[Entry]) -> list[Proposal]:
    """The records with what is refused set aside."""
    return [
        replace(each, entries=tuple(_set_aside(entry) if entry in refused else entry for entry in each.entries))
        for each in proposals
    ]


def _set_aside(entry: Entry) -> Entry:
    return entry.instead or replace(entry, is_comment=True)
