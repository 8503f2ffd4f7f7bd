"""Judgements about an editor's sentence beside its passages: does each article carry it, and is it in our own words?"""

import re
from collections.abc import Collection, Iterator
from itertools import accumulate, groupby

from rapidfuzz.distance import Indel

from stuntbook.diagnostics import Diagnostic
from stuntbook.knowledge.base import Finding, KnowledgeBase
from stuntbook.knowledge.resolution import Passage
from stuntbook.knowledge.statements import Statement
from stuntbook.records.citable import SENTENCE_FIELD
from stuntbook.records.model import AnyRecord
from stuntbook.text import prose
from stuntbook.text.folding import fold
from stuntbook.text.numerals import numbers_in

FEWEST_WORDS = 7
"""A shorter sentence may be an article's own: some things can be said in one way alone."""
OWN_WORDS = 0.85
"""How alike a sentence and its passage are, of 1, when the one is the other with a few words changed."""
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a about after all also an and are as at be been before but by could did do for from had has have he her him "
        "his how if in into is it its more not of off on one or our out over she so some than that the their them then "
        "there they this to under up was were what when where which while who whom will with would",
    )
)


_ENDING = re.compile(r"(?:ings?|edly|ed|ies|es|s|ly|ers?|en)$")


def sentences_are_reworded(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """A sentence is not its own passage with a few words changed, but for what it puts in quotation marks."""
    for statement in _sentences(knowledge, record):
        # The names of records that the sentence links to are nobody's words.
        told = prose.plain_text(getattr(statement.value, SENTENCE_FIELD), lambda _: "…")
        own = _WORD.findall(_QUOTED.sub(" ", fold(told)).casefold())
        for passage in statement.passages if len(own) >= FEWEST_WORDS else ():
            if _is_taken_from(own, _WORD.findall(fold(passage.text).casefold())):
                message = "this sentence is the article's own, but for a few words"
                advice = "tell it in your words, or put the article's between quotation marks"
                yield Finding(
                    statement, Diagnostic(statement.place.at(SENTENCE_FIELD), "not-reworded", message, advice)
                )
                break


def _is_taken_from(own: list[str], words: list[str]) -> bool:
    """Whether a stretch of a passage, about as long as a sentence, is that sentence but for a few words."""
    every = frozenset(own)
    shared = [0, *accumulate(word in every for word in words)]
    for start in range(max(1, len(words) - len(own) + 1)):
        for end in range(start + len(own), start + len(own) + 3):
            # Most stretches share too few words to be worth a comparison.
            end_there = min(end, len(words))
            alike = 2 * (shared[end_there] - shared[start]) / (len(own) + end_there - start)
            if alike >= OWN_WORDS and Indel.normalized_similarity(own, words[start:end]) >= OWN_WORDS:
                return True
    return False


def articles_corroborate(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """Of several articles cited for a sentence, each has its numbers, its names and most of its words by itself."""
    for statement in _sentences(knowledge, record):
        if len(statement.evidence.sources) < 2:
            continue
        own = _stems(statement.text)
        shared = {
            source: own.keys() & _stems(" ".join(each.text for each in passages)).keys()
            for source, passages in _english(knowledge, statement)
        }
        most = max(shared.values(), key=len, default=set[str]())
        for source, words in shared.items():
            missing = _numbers_lacking(statement, source, shared.keys())
            if missing or 2 * len(words) < len(most):
                lacking = missing or sorted(own[stem] for stem in most - words)
                path = knowledge.sources[source].article.path
                message = f"{path} carries this in part: its words lack {', '.join(map(str, lacking[:4]))}"
                advice = "cite more of that article, or put its words under `also`"
                location = next(each.location for each in statement.passages if each.source == source)
                yield Finding(statement, Diagnostic(location, "corroboration", message, advice))


def _sentences(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Statement]:
    for statement in knowledge.statements_of(record):
        if vars(statement.value).get(SENTENCE_FIELD) and statement.passages and statement.is_resolved:
            yield statement


def _english(knowledge: KnowledgeBase, statement: Statement) -> Iterator[tuple[str, list[Passage]]]:
    """The articles in English that a statement cites, with their passages."""
    for source, passages in groupby(sorted(statement.passages, key=_source), key=_source):
        if knowledge.sources[source].article.main_language == "en":
            yield source, list(passages)


def _source(passage: Passage) -> str:
    return passage.source


def _numbers_lacking(statement: Statement, source: str, sources: Collection[str]) -> list[str]:
    """The numbers of a sentence that one of its articles does not state, though another does."""
    stated = [(each.source, number) for each in statement.passages for number in numbers_in(each.text)]
    here = {number for origin, number in stated if origin == source}
    elsewhere = {number for origin, number in stated if origin in sources and origin != source}
    return [f"{number:,}" for number in numbers_in(statement.text) if number in elsewhere - here]


def _stems(text: str) -> dict[str, str]:
    """The stems of the words that say something, each with a word that has it."""
    words = (word.removesuffix("'s") for word in _WORD.findall(fold(text).casefold()))
    return {_stem(word): word for word in words if word not in SMALL_WORDS}


def _stem(word: str) -> str:
    """A word without its ending, as far as one pattern tells: the same for `jumps`, `jumped` and `jumping`."""
    stem = _ENDING.sub("", word) if len(word) > 4 else word
    return stem[:-1] if stem[-1:] == stem[-2:-1] else stem.removesuffix("e")
