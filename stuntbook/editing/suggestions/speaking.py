"""Who says a quotation, where that is sure."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.names import STRANGER
from stuntbook.rules import speakers
from stuntbook.text.article_text import ArticleText, Span

_VERB = (
    r"(?:said|says|say|recall(?:s|ed)|remember(?:s|ed)|told|tells|explain(?:s|ed)|add(?:s|ed)|not(?:es|ed)|admit(?:s|ted)|"
    r"shar(?:es|ed)|wrote|writes|jok(?:es|ed)|insist(?:s|ed)|confirm(?:s|ed)|reveal(?:s|ed)|describ(?:es|ed)|stat(?:es|ed|ing)|"
    r"detail(?:s|ed)|reply|replied|ask(?:s|ed)|warn(?:s|ed)|sagte?|erklärte?|meinte?|erzählte?|erinnerte?|berichtete?|schrieb)"
)
_PRONOUN = re.compile(r"\b(?:he|she|er|sie)\b", re.IGNORECASE)
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
        self._told = speakers.Speakers(text, knowledge.names)
        named = ((each, _only(each.owners)) for each in knowledge.names.mentions(text))
        self.mentions = [Mention(text.span(each.start, each.end), owner) for each, owner in named if owner]

    def of(self, quotation: Span) -> str | None:
        """An identifier, or how the article describes somebody whom it does not name; None where it is not sure."""
        behind = self._text.body[quotation.end : quotation.end + _REACH].partition("\n\n")[0]
        if described := _DESCRIBED.match(behind):
            return described["who"]
        found = self._told.of_quotation(quotation)
        if found is None or found.place == "before":
            return None
        if _PRONOUN.search(found.words):
            meant = self._subject_before(quotation)
            return meant if meant in found.owners else None
        return _only(found.owners)

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


def _only(owners: frozenset[str]) -> str | None:
    """Whom a name means, where that is sure."""
    return next(iter(owners)) if len(owners) == 1 and STRANGER not in owners else None
