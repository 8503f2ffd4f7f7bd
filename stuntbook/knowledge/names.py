"""What articles call people and organisations, and whom each name can mean."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from stuntbook.records.model import Agent, Person
from stuntbook.text.article_text import ArticleText
from stuntbook.text.folding import fold
from stuntbook.text.markup import UNSEEN
from stuntbook.text.phrases import PhraseIndex

STRANGER = ""
"""Stands for somebody whom the book does not know."""


def names_of(agent: Agent) -> tuple[str, ...]:
    """What an article may call somebody: the name, of a person its last word, the aliases."""
    last = (agent.name.split()[-1],) if isinstance(agent, Person) else ()
    return (agent.name, *last, *agent.aliases)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where an article writes it, and all whom it can mean there."""

    start: int
    end: int
    owners: frozenset[str]
    """Identifiers, and `STRANGER` where it may be another of that name."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names and the people and organisations that each can mean."""

    owners: Mapping[str, str]
    """Per name that means one alone, folded, the identifier."""
    shared: Mapping[str, frozenset[str]]
    """Per name of several, folded, their identifiers."""
    words: Mapping[str, frozenset[str]]
    """Per word of a name, folded, whose it is."""
    surnames: frozenset[str]
    """The last words of the names of people, folded."""
    index: PhraseIndex
    _found: dict[str, tuple[Mention, ...]] = field(default_factory=dict, compare=False, repr=False)

    def mentions(self, text: ArticleText) -> tuple[Mention, ...]:
        """Every name in an article, in order. Of two that overlap the first counts, and at one place the longer."""
        if text.body not in self._found:
            self._found[text.body] = tuple(sorted(self._mentions(text), key=_start))
        return self._found[text.body]

    def between(self, text: ArticleText, start: int, end: int) -> tuple[Mention, ...]:
        """The names that stand wholly within a stretch of an article."""
        mentions = self.mentions(text)
        first = bisect_left(mentions, start, key=_start)
        last = bisect_left(mentions, end, key=_start)
        return tuple(each for each in mentions[first:last] if each.end <= end)

    def find(self, text: str) -> frozenset[str]:
        """Identifiers of all whom a text names for sure."""
        here = ArticleText(text, is_plain=True)
        named = (name for name in self.index.within(here.folded) if name in self.owners)
        return frozenset(self.owners[name] for name in named if here.find(name))

    def _mentions(self, text: ArticleText) -> Iterator[Mention]:
        spans = {(span.start, span.end): name for name in self.index.within(text.folded) for span in text.find(name)}
        found: list[tuple[int, int, str, frozenset[str]]] = []
        for (start, end), name in sorted(spans.items(), key=lambda each: (each[0][0], -each[0][1])):
            if not found or start >= found[-1][1]:
                found.append((start, end, name, self.shared.get(name) or frozenset((self.owners[name],))))
        whole = [self._is_whole(text.body, *each) for each in found]
        # A surname that somebody else in the article has too may mean either.
        shared = {name for (_, _, name, _), is_whole in zip(found, whole, strict=True) if is_whole is False}
        yield from _strangers(text.body, [each[:2] for each in found])
        for (start, end, name, owners), is_whole in zip(found, whole, strict=True):
            if is_whole is False:
                yield Mention(start, end, frozenset((STRANGER,)))
            elif is_whole is None or name in shared:
                yield Mention(start, end, owners | {STRANGER})
            else:
                yield Mention(start, end, owners)

    def _is_whole(self, body: str, start: int, end: int, name: str, owners: frozenset[str]) -> bool | None:
        """Whether a name of one word is no part of the full name of somebody else; None where it can't be told."""
        if " " in name or not name[:1].isalpha():
            return True
        behind = _NAME_BEHIND.match(body, end) if name not in self.surnames else None
        if behind and not owners & self.words.get(fold(behind[1]), frozenset()):
            return None
        before = _NAME_BEFORE.search(body, max(0, start - 40), start)
        if not before or owners & self.words.get(fold(before["word"]), frozenset()):
            return True
        return _is_title(before["word"], body, begins_sentence=not before["within"])


_NAME_BEFORE = re.compile(
    rf"(?P<within>[\w,;)][ \n{UNSEEN}])?(?<![\w'’-])(?P<word>[A-ZÀ-Þ][\w'’-]*|[A-Z]\.|Mrs?\.|Ms\.|Dr\.)[ \n]{UNSEEN}*$"
)
_NAME_BEHIND = re.compile(r"[ \n]([A-ZÀ-Þ][\w'’-]+)")
_TITLE = re.compile(
    r"(?:Mrs?|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof|Professor|Captain|Capt|Sergeant|Sgt|Colonel|Star|Coach|Chief|Herr|Frau)\.?"
)
_CALLING = re.compile(r"[A-Z]\w*(?:ers?|ors?|ress|man|woman|ists?|erin|eurin?|orin|mann|frau|istin|double|chef)")
"""What a calling looks like; many first names do too, as Peter does."""


def _is_title(word: str, body: str, *, begins_sentence: bool) -> bool | None:
    """Whether a word before a surname is no first name; None where it may be either."""
    if _TITLE.fullmatch(word) or re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", body):
        return True
    return None if begins_sentence or _CALLING.fullmatch(word) else False


_CALLINGS = (
    "act(?:or|ress)|acrobat|apprentice|artist|assistant|aunt|brother|captain|catcher|chief|choreographer|climber|clown|"
    "coach|colleague|coordinator|cousin|dancer|daughter|director|diver|doctor|double|driver|editor|engineer|farmer|"
    "father|friend|guide|husband|instructor|juggler|jumper|manager|medic|mother|mountaineer|neighbour|nephew|niece|"
    "nurse|officer|operator|owner|paramedic|partner|performer|photographer|cinematographer|pilot|producer|rescuer|rider|"
    "rigger|sergeant|singer|sister|skipper|son|spokes(?:man|woman|person)|star|stunt(?:man|woman)|camera(?:man|woman)|"
    "surgeon|technician|trainer|uncle|veteran|volunteer|wife|witness|(?:screen)?writer"
)
_FULL = r"[A-ZÀ-Þ][\w'’-]+(?:[ \n](?:(?:van|von|de|der|di|da)[ ])?[A-ZÀ-Þ][\w'’-]+)+"
_FULL_NAME = re.compile(
    rf"(?P<calling>[A-ZÄÖÜ]\w+(?:er|erin|eurin?|orin|mann|frau|istin|chef)[ ](?={_FULL}))?(?P<name>{_FULL})"
)
_CALLED = re.compile(rf"\b(?:{_CALLINGS}),?[ \n]$")
_LONGEST_CALLING = 20
_TOLD = re.compile(r",[ \n](?:who|whose|aged|\d{1,2}[,)])|[ \n]\(\d{1,2}\)")
"""What tells behind a full name that it is a person's."""


def _strangers(body: str, known: list[tuple[int, int]]) -> Iterator[Mention]:
    """People whom the article names and the book does not know, as far as it shows that they are people."""
    for match in _FULL_NAME.finditer(body):
        start, end = match.span("name")
        place = bisect_left(known, (end, end))
        is_known = place > 0 and known[place - 1][1] > start
        if not is_known and (
            match["calling"] or _TOLD.match(body, end) or _CALLED.search(body, max(0, start - _LONGEST_CALLING), start)
        ):
            yield Mention(start, end, frozenset((STRANGER,)))


def _start(mention: Mention) -> int:
    return mention.start


def names_in(agents: Collection[Agent]) -> Names:
    """The names of a book's people and organisations."""
    named: dict[str, set[str]] = defaultdict(set)
    words: dict[str, set[str]] = defaultdict(set)
    for agent in agents:
        for name in map(fold, names_of(agent)):
            named[name].add(agent.id)
            for word in name.split():
                words[word].add(agent.id)
    owners = {name: next(iter(each)) for name, each in named.items() if len(each) == 1}
    shared = {name: frozenset(each) for name, each in named.items() if len(each) > 1}
    surnames = frozenset(fold(agent.name.split()[-1]) for agent in agents if isinstance(agent, Person))
    return Names(owners, shared, {word: frozenset(each) for word, each in words.items()}, surnames, PhraseIndex(named))
