"""Judgements about the editor's own words: do the passages hold the numbers and names, and is a guess put as one?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stuntbook.diagnostics import Diagnostic, Severity
from stuntbook.knowledge.base import Finding, KnowledgeBase
from stuntbook.knowledge.resolution import references_of
from stuntbook.knowledge.statements import Statement
from stuntbook.records.article import Article
from stuntbook.records.model import AnyRecord, Film, Person, Stunt
from stuntbook.records.places import Place
from stuntbook.records.quantities import converted_numbers_in
from stuntbook.text import prose
from stuntbook.text.folding import fold
from stuntbook.text.numerals import numbers_in

_WORD = re.compile(r"[^\W_][\w'-]*")
_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?:;]['\")]*\s+|[\"(]\s*)$")
_HEDGED = re.compile(
    r"\b(?:could be|may be|might|will be|going to be|slated|promises to|reportedly|allegedly|apparently|rumou?red|"
    r"seems?|look to be|looks? like|sounds? like|I believe|I think|perhaps|probably|possibly|supposedly)\b",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(?:appears?|apparently|believes?|could|expects?|guess(?:es)?|hopes?|impression|is to|are to|likely|may|maybe|"
    r"might|perhaps|possibly|probably|promises?|reportedly|said to|seems?|supposed|thinks?|to be|to come|will|would)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Wording:
    """An editor's sentence and what it may rest on."""

    subject: Statement | AnyRecord
    text: str
    """As the editor wrote it, with its cross-references."""
    place: Place
    passages: str
    """The cited words, folded."""
    linked: frozenset[str]
    """The records that its own record is about."""

    @property
    def words(self) -> str:
        """The text, folded, without its cross-references' own names; labels are the editor's words and stay."""
        return fold(prose.plain_text(self.text, lambda _: "…"))


def wordings_are_carried(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """An editor's sentence holds no number, no name and no certainty that its passages lack."""
    for wording in _wordings(knowledge, record):
        yield from _uncited_numbers(wording)
        yield from _uncited_names(knowledge, wording)
        yield from _guesses_as_facts(wording)


def _uncited_numbers(wording: _Wording) -> Iterator[Finding]:
    """Every figure in an editor's sentence stands in the passages, as it is or in another unit."""
    # "One article says": this word counts nothing.
    numbers = [number for number in numbers_in(wording.words) if number != 1]
    stated = {*numbers_in(wording.passages), *converted_numbers_in(wording.passages)} if numbers else set()
    for number in numbers:
        if number not in stated:
            message = f"the cited words do not state the number {number}"
            advice = "cite the words that hold it, or correct the number"
            yield Finding(wording.subject, Diagnostic(wording.place.location, "number-in-text", message, advice))


def _uncited_names(knowledge: KnowledgeBase, wording: _Wording) -> Iterator[Finding]:
    """Every name in an editor's sentence stands in the passages, or belongs to what its record is about."""
    names = (*_unnamed_references(knowledge, wording), *_capitalized(wording.words))
    known = _known_words(knowledge, wording) if names else frozenset()
    for name in names:
        if name.removesuffix("'s") not in known and name not in known:
            message = f'neither the cited words nor what this record is about hold the name "{name}"'
            advice = "cite the words that hold it, or leave it out"
            yield Finding(wording.subject, Diagnostic(wording.place.location, "name-in-text", message, advice))


def _known_words(knowledge: KnowledgeBase, wording: _Wording) -> frozenset[str]:
    cited = (form for word in _WORD.findall(wording.passages) for form in (word, word.removesuffix("'s")))
    names = (name for identifier in wording.linked for name in _names_of(knowledge, identifier))
    return frozenset((*cited, *(word for name in names for word in _WORD.findall(name))))


def _guesses_as_facts(wording: _Wording) -> Iterator[Finding]:
    """What a passage puts as a guess, a plan or hearsay is not told as a plain fact."""
    statement = wording.subject
    if isinstance(statement, Statement):
        hedge = _HEDGED.search(wording.passages)
        told = statement.evidence.by or getattr(statement.value, "note", None) or _HEDGES.search(wording.text)
        if hedge and not told:
            message = f'the passage says "{hedge[0]}", and the statement puts it as a plain fact'
            advice = "name who says it in `by`, or say that it is expected, believed or guessed"
            location = wording.place.location
            warning = Diagnostic(location, "guess-as-fact", message, advice, severity=Severity.WARNING)
            yield Finding(statement, warning)


def _wordings(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[_Wording]:
    statements = list(knowledge.statements_of(record))
    about = frozenset(_about(record))
    if record.summary and all(statement.is_resolved for statement in statements):
        # A summary may rest on whatever its record, and the statements that refer to it, cite.
        mentioned = (mention.statement for mention in knowledge.mentions[record.id] if mention.statement)
        passages = _folded(*statements, *mentioned)
        linked = about | {mention.record for mention in knowledge.mentions[record.id]}
        yield _Wording(record, record.summary, record.place.find("summary"), passages, linked)
    for statement in statements:
        text = getattr(statement.value, "text", None)
        if text and statement.passages and statement.is_resolved:
            named = {identifier for _, identifier in references_of(statement.value, statement.kind)}
            yield _Wording(statement, text, statement.place.find("text"), _folded(statement), about | named)


def _folded(*statements: Statement) -> str:
    return "\n".join(fold(passage.text) for statement in statements for passage in statement.passages)


def _about(record: AnyRecord) -> Iterator[str]:
    """The records that a record is about by its structure."""
    yield record.id
    if isinstance(record, Stunt):
        yield from (reference.id for reference in (record.film, *record.performers))
    yield from (credit.person for credit in getattr(record, "credits", ()))


def _names_of(knowledge: KnowledgeBase, identifier: str) -> tuple[str, ...]:
    """What an article may call a record, folded: names, aliases and a person's last name."""
    record = knowledge.by_id.get(identifier)
    if record is None or isinstance(record, Article):
        return ()
    last = (record.name.split()[-1],) if isinstance(record, Person) else ()
    return tuple(fold(name) for name in (record.display_name, *record.aliases, *last))


def _unnamed_references(knowledge: KnowledgeBase, wording: _Wording) -> Iterator[str]:
    """Names of the people and films that a sentence links to, while its passages do not name them.

    A stunt's title is the editor's own, and an article's is no part of its text: neither is looked for.
    """
    for identifier, _ in prose.cross_references(wording.text):
        record = knowledge.by_id.get(identifier)
        named = any(name in wording.passages for name in _names_of(knowledge, identifier))
        if isinstance(record, Person | Film) and not (named or identifier in wording.linked):
            yield record.display_name


def _capitalized(text: str) -> Iterator[str]:
    """Words that are capitalized though they begin no sentence."""
    for word in _WORD.finditer(text):
        if word[0][0].isupper() and word[0] != "I" and not _BEGINS_SENTENCE.search(text[: word.start()]):
            yield word[0]
