"""Who says a quotation, where that is sure."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.names import names_of
from stuntbook.rules.attribution import attribution
from stuntbook.text.article_text import ArticleText, Span
from stuntbook.text.folding import fold

_VERB = (
    r"(?:said|says|say|recall(?:s|ed)|remember(?:s|ed)|told|tells|explain(?:s|ed)|add(?:s|ed)|not(?:es|ed)|admit(?:s|ted)|"
    r"shar(?:es|ed)|wrote|writes|jok(?:es|ed)|insist(?:s|ed)|confirm(?:s|ed)|reveal(?:s|ed)|describ(?:es|ed)|stat(?:es|ed|ing)|"
    r"detail(?:s|ed)|reply|replied|ask(?:s|ed)|warn(?:s|ed)|sagte?|erklärte?|meinte?|erzählte?|erinnerte?|berichtete?|schrieb)"
)
_PRONOUN_SAYS = re.compile(
    rf"\W{{1,4}}(?:(?:he|she|er|sie)\s+(?:\w+ly\s+)?{_VERB}\b|(?:{_VERB}|gibt|gab)\s+(?:he|she|er|sie)\b)"
)
_PRONOUN_BEFORE = re.compile(rf"(?:^|[.!?]\s+|\n)(?:He|She|Er|Sie)\s+{_VERB}\b[^.!?]{{0,40}}$")
_SAYING_BEFORE = re.compile(rf"\b{_VERB}\b(?:\s+(?:that|him|her|them|me))?[\s,:]*[\"'“„«‘]?$")
_DESCRIBED = re.compile(
    rf"\W{{1,4}}(?P<who>(?:an?|one|the)\s+(?:[a-z][\w'’-]*\s+){{0,4}}?[a-z][\w'’-]*)\s+(?:\w+ly\s+)?{_VERB}\b"
)
_PRONOUN_FIRST = re.compile(r"(?:He|She|It|They|Er|Sie|Es|His|Her|Ihr|Sein)\b")
_REACH = 80


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands, and whose it is."""

    span: Span
    owner: str


class Speakers:
    """Finds who says what in one article."""

    def __init__(self, knowledge: KnowledgeBase, text: ArticleText, sentences: Sequence[Span]) -> None:
        self._knowledge = knowledge
        self._text = text
        self._sentences = sentences
        self.mentions = mentions_in(text, _owners(knowledge))

    def of(self, quotation: Span) -> str | None:
        """An identifier, or how the article describes somebody whom it does not name; None where it is not sure."""
        body = self._text.body
        behind = body[quotation.end : quotation.end + _REACH].partition("\n\n")[0]
        if described := _DESCRIBED.match(behind):
            return described["who"]
        found = attribution(self._text, quotation, self._knowledge.names)
        if found and found[1]:
            return found[0]
        before = body[max(0, quotation.start - 2 * _REACH) : quotation.start].rstrip("\"'“„«‘( \n")
        if _PRONOUN_SAYS.match(behind) or _PRONOUN_BEFORE.search(before):
            meant = self._subject_before(quotation)
            return meant if found is None or found[0] == meant else None
        sentence = self._sentence_at(quotation)
        named = {each.owner for each in self.mentions if sentence <= each.span.start < quotation.start}
        return named.pop() if len(named) == 1 and _SAYING_BEFORE.search(before) else None

    def _sentence_at(self, quotation: Span) -> int:
        """Where the sentence begins in which a quotation begins."""
        place = bisect_left(self._sentences, quotation.start, key=lambda each: each.start) - 1
        return self._sentences[place].start if place >= 0 else quotation.start

    def _subject_before(self, quotation: Span) -> str | None:
        """Whom the article speaks of where a quotation begins: whoever was named first in the last sentence with names.

        A sentence that begins with a pronoun goes on speaking of the same.
        """
        last = bisect_left(self._sentences, quotation.start, key=lambda each: each.start)
        for sentence in reversed(self._sentences[:last]):
            inside = [
                each for each in self.mentions if sentence.contains(each.span) and each.span.start < quotation.start
            ]
            outside = [each for each in inside if not self._text.quotations_around(each.span)]
            if outside and not _PRONOUN_FIRST.match(self._text.body, sentence.start):
                return outside[0].owner
        return None


def says(words: str) -> bool:
    """Whether somebody says something in words of the article's own."""
    return bool(
        re.search(rf"\b(?:{_VERB}|gibt|gab|puts?|called|calls|meint|according to|laut)\b", words, re.IGNORECASE)
    )


def mentions_in(text: ArticleText, owners: Mapping[str, str]) -> list[Mention]:
    """Every name in an article, in order; of two that overlap the longer counts."""
    found = [Mention(span, owner) for name, owner in owners.items() for span in text.find(name)]
    kept: list[Mention] = []
    for each in sorted(found, key=lambda mention: (mention.span.start, -mention.span.end)):
        if not kept or each.span.start >= kept[-1].span.end:
            kept.append(each)
    return kept


def _owners(knowledge: KnowledgeBase) -> Mapping[str, str]:
    """What articles call people and organisations, as far as it means one of them."""
    names = [(fold(name), agent.id) for agent in knowledge.agents.values() for name in names_of(agent)]
    owners: dict[str, set[str]] = {}
    for name, identifier in names:
        owners.setdefault(name, set()).add(identifier)
    return {name: next(iter(each)) for name, each in owners.items() if len(each) == 1}
