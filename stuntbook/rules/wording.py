"""Judgements about the editor's own words: do the passages hold the numbers and names, and is a guess put as one?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from babel import Locale

from stuntbook.diagnostics import Diagnostic, Location, Severity
from stuntbook.knowledge.base import Finding, KnowledgeBase
from stuntbook.knowledge.resolution import Passage, prose_of, references_of
from stuntbook.knowledge.statements import Statement
from stuntbook.records.amounts import Amount, agree, amounts_in, comes_to
from stuntbook.records.article import Article
from stuntbook.records.citable import SENTENCE_FIELD
from stuntbook.records.model import Agent, AnyRecord, Film, Person, Stunt
from stuntbook.text import prose
from stuntbook.text.folding import fold
from stuntbook.text.numerals import numbers_in

_WORD = re.compile(r"[^\W_][\w'-]*")
_BEGINS_SENTENCE = re.compile(r"(?:[.!?:;]['\")]*\s+|[\"(]\s*)$")
_NEAR = 20
"""In so many characters before a word it shows whether it begins a sentence."""
_NAME_WORDS = 5
"""So many words a name has at most where a sentence begins with it."""
_HEDGED = re.compile(
    r"\b(?:could be|may be|might|will|going to|slated|promises? to|reportedly|allegedly|apparently|rumou?red|seems?|"
    r"look to be|looks? like|sounds? like|I believe|I think|perhaps|probably|possibly|supposedly|legend has it|"
    r"(?:is|are|was|were) said to|(?:is|are|was|were) expected to|plans? to|planned to|(?:had )?hope[sd]? (?:to|for)|"
    r"claims?|insists?|soll(?:en)?|angeblich|vermutlich|wohl|offenbar|will|werden)\b",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(?:appears?|apparently|believes?|claim(?:s|ed)?|could|expect(?:s|ed)?|guess(?:es)?|hope[sd]?|impression|"
    r"insist(?:s|ed)?|is to|are to|likely|may|maybe|might|mean(?:s|t)? to|perhaps|plan(?:s|ned)?|possibly|"
    r"probably|promise[sd]?|reportedly|said|says?|intend(?:s|ed)?|seem(?:s|ed)?|supposed|thinks?|to be|"
    r"to come|was to|were to|will|would|yet to)\b",
    re.IGNORECASE,
)


_POINTER = re.compile(r"\b(?:see|see also|compare) \[\[[^\]]*\]\](?:(?:,| and| or) \[\[[^\]]*\]\])*", re.IGNORECASE)
"""Leads the reader elsewhere, and states nothing of what stands there."""


@dataclass(frozen=True)
class _Basis:
    """What an editor's words may rest on; texts are read only where there is something to look for in them."""

    knowledge: KnowledgeBase
    passages: tuple[Passage, ...]
    linked: frozenset[str]
    """The records that may be named."""
    publishers: tuple[str, ...]
    """The publishers that may be named."""
    called: str
    """What a message calls the passages."""
    uncounted: int
    """Up to here a number may count nothing: "one article says", and in a note "we take the two for one person"."""

    @cached_property
    def words(self) -> str:
        """The cited words, folded."""
        return "\n".join(fold(passage.text) for passage in self.passages)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Every amount that the passages state, each read in the language of its article."""
        languages = ((each.text, self.knowledge.sources[each.source].article.language) for each in self.passages)
        return tuple(amount for text, language in languages for amount in amounts_in(text, language))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every word of a name that may stand in the editor's words."""
        cited = (form for word in _WORD.findall(self.words) for form in (word, word.removesuffix("'s")))
        linked = (name for identifier in self.linked for name in _names_of(self.knowledge, identifier))
        named = (word for name in linked for word in _WORD.findall(name))
        return frozenset((*cited, *named)) | _words_of(self.publishers)


@dataclass(frozen=True)
class _Wording:
    """An editor's sentence or remark."""

    subject: Statement | AnyRecord
    name: str
    """The field in which it stands."""
    text: str
    """As the editor wrote it, with its cross-references."""
    basis: _Basis

    @property
    def location(self) -> Location:
        """Where the text begins."""
        return self.subject.place.at(self.name)

    @cached_property
    def words(self) -> str:
        """The text, folded, without its cross-references' own names; labels are the editor's words and stay."""
        return fold(prose.plain_text(self.text, lambda _: "…"))


def sentences_are_carried(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """An editor's sentence holds no number, no name and no certainty that its own passages lack."""
    has_names = knowledge.is_identified(record)
    for wording in _sentences(knowledge, record):
        yield from _uncited_numbers(wording)
        yield from _uncited_names(wording) if has_names else ()
        yield from _guesses_as_facts(wording)


def remarks_state_nothing_new(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """A note, or what is said about a quote, holds no number and no name that none of the record's passages has."""
    for wording in _remarks(knowledge, record):
        yield from _uncited_numbers(wording)
        yield from _uncited_names(wording)


def _uncited_numbers(wording: _Wording) -> Iterator[Finding]:
    """Every figure in an editor's sentence stands in the passages with its unit and limit, or comes to one there."""
    basis = wording.basis
    for amount in amounts_in(wording.words) if any(True for _ in numbers_in(wording.words)) else ():
        if amount.value > basis.uncounted and (problem := _amount_problem(amount, basis)):
            yield Finding(wording.subject, Diagnostic(wording.location, *problem))


def _amount_problem(amount: Amount, basis: _Basis) -> tuple[str, str, str] | None:
    """Code, message and advice for an amount that the passages do not carry."""
    alike = [each for each in basis.amounts if each.value == amount.value or comes_to(each, amount)]
    if not alike:
        message = f"{basis.called} do not state the number {amount.value}"
        return "number-in-text", message, "cite the words that hold it, or correct the number"
    same = [each for each in alike if comes_to(each, amount) or not (each.units and amount.units)]
    if not same:
        message = f"{basis.called} give the number {amount.value} another unit"
        return "number-in-text", message, "correct the unit"
    if not any(agree(each, amount) for each in same):
        message = f"{basis.called} put another limit to the number {amount.value}"
        return "number-in-text", message, "limit it as the article does"
    return None


def _uncited_names(wording: _Wording) -> Iterator[Finding]:
    """Every name in an editor's sentence stands in the passages, or belongs to what its record is about."""
    for name in (*_unnamed_references(wording), *_first_names(wording), *_capitalized(wording.words)):
        if not {name, name.removesuffix("'s")} & wording.basis.names:
            message = f'neither {wording.basis.called} nor what this record is about hold the name "{name}"'
            advice = "cite the words that hold it, or leave it out"
            yield Finding(wording.subject, Diagnostic(wording.location, "name-in-text", message, advice))


def _guesses_as_facts(wording: _Wording) -> Iterator[Finding]:
    """What a passage puts as a guess, a plan or hearsay is not told as a plain fact."""
    statement = wording.subject
    if isinstance(statement, Statement):
        hedge = _HEDGED.search(wording.basis.words)
        told = statement.evidence.by or vars(statement.value).get("note") or _HEDGES.search(wording.text)
        if hedge and not told and hedge[0].casefold() not in wording.words.casefold():
            message = f'the passage says "{hedge[0]}", and the statement puts it as a plain fact'
            advice = "name who says it in `by`, or say that it is expected, believed or guessed"
            location = wording.location
            warning = Diagnostic(location, "guess-as-fact", message, advice, severity=Severity.WARNING)
            yield Finding(statement, warning)


def _sentences(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[_Wording]:
    about = frozenset(_about(record))
    for statement in knowledge.statements_of(record):
        text = vars(statement.value).get(SENTENCE_FIELD)
        if text and statement.passages and statement.is_resolved:
            linked = about.union(identifier for _, identifier in references_of(statement.value, statement.kind))
            publishers = tuple(knowledge.sources[source].article.publisher for source in statement.evidence.sources)
            basis = _Basis(knowledge, statement.passages, linked, publishers, "the cited words", 1)
            yield _Wording(statement, SENTENCE_FIELD, text, basis)


def _remarks(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[_Wording]:
    statements = list(knowledge.statements_of(record))
    written = [(subject, name, text) for subject in (record, *statements) for name, text in _remarks_of(subject)]
    if written and not record.damaged and all(statement.is_resolved for statement in statements):
        named = (identifier for each in statements for _, identifier in references_of(each.value, each.kind))
        linked = frozenset((*_about(record), *named, *(mention.record for mention in knowledge.mentions[record.id])))
        passages = tuple(passage for statement in statements for passage in statement.every_passage)
        called = "the words that are cited for this record"
        basis = _Basis(knowledge, passages, linked, knowledge.publishers, called, 2)
        yield from (_Wording(*remark, basis) for remark in written)


def _remarks_of(subject: Statement | AnyRecord) -> Iterator[tuple[str, str]]:
    value = subject.value if isinstance(subject, Statement) else subject
    return ((name, text) for name, text in prose_of(value) if name != SENTENCE_FIELD)


def _about(record: AnyRecord) -> Iterator[str]:
    """The records that a record is about by its structure."""
    yield record.id
    if isinstance(record, Stunt):
        yield from (reference.id for reference in (*record.film, *record.performers))
    yield from (credit.person for credit in getattr(record, "credits", ()))


def _names_of(knowledge: KnowledgeBase, identifier: str) -> tuple[str, ...]:
    """What an article may call a record, folded: names, aliases and a person's last name."""
    record = knowledge.by_id.get(identifier)
    if record is None or isinstance(record, Article):
        return ()
    last = (record.name.split()[-1],) if isinstance(record, Person) else ()
    return tuple(fold(name) for name in (record.display_name, *record.aliases, *last))


def _unnamed_references(wording: _Wording) -> Iterator[str]:
    """Names of the agents and films that a sentence links to, while its passages do not name them.

    A stunt's title is the editor's own, and an article's is no part of its text: neither is looked for.
    """
    knowledge, basis = wording.basis.knowledge, wording.basis
    mentioned = (identifier for identifier, _ in prose.cross_references(_POINTER.sub("", wording.text)))
    for identifier in (each for each in mentioned if each not in basis.linked):
        record = knowledge.by_id.get(identifier)
        named = any(name in basis.words for name in _names_of(knowledge, identifier))
        if isinstance(record, Agent | Film) and not named:
            yield record.display_name


def _capitalized(text: str) -> Iterator[str]:
    """Words that are capitalized though they begin no sentence."""
    for word in _WORD.finditer(text):
        if word[0][0].isupper() and not _begins_sentence(text, word.start()) and word[0] not in _no_names():
            yield word[0]


def _begins_sentence(text: str, position: int) -> bool:
    before = text[max(0, position - _NEAR) : position]
    return bool(_BEGINS_SENTENCE.search(before)) or not (before.strip() or text[:position].strip())


def _first_names(wording: _Wording) -> Iterator[str]:
    """The first words of the book's people, organisations and publishers with whose names sentences begin.

    Any other word has its capital there from the sentence, and so has one that the passages hold without it.
    """
    text, knowledge = wording.words, wording.basis.knowledge
    words = list(_WORD.finditer(text))
    publishers = _folded_names(knowledge.publishers)
    for index, word in enumerate(words):
        if word[0][0].isupper() and _begins_sentence(text, word.start()):
            ends = (last.end() for last in words[index : index + _NAME_WORDS])
            names = {text[word.start() : end].removesuffix("'s") for end in ends}
            known = not publishers.isdisjoint(names) or any(name in knowledge.names.owners for name in names)
            if known and word[0].lower() not in wording.basis.names:
                yield word[0]


@lru_cache(maxsize=64)
def _folded_names(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, names))


@lru_cache(maxsize=64)
def _words_of(publishers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in _folded_names(publishers) for word in _WORD.findall(name))


@cache
def _no_names() -> frozenset[str]:
    """Words that English writes with a capital though they name nobody: "I", and languages."""
    return frozenset(("I", *(word for name in Locale("en").languages.values() for word in name.split())))
