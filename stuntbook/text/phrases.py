"""Folded phrases in folded texts: where they stand, and which of many may stand in a text."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import regex

_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u30fc]")
_ALPHANUMERIC = re.compile(r"[^\W_]+")


def occurrences(folded: str, phrase: str) -> Iterator[int]:
    """The positions of a folded phrase in a folded text, whole words only."""
    start = folded.find(phrase) if phrase else -1
    while start >= 0:
        if not (splits_word(folded, start) or splits_word(folded, start + len(phrase))):
            yield start
        start = folded.find(phrase, start + 1)


def holds(folded: str, phrase: str) -> bool:
    """Whether a folded phrase stands in a folded text, whole words only."""
    return any(True for _ in occurrences(folded, phrase))


def splits_word(text: str, position: int) -> bool:
    """Whether a cut at a position would go through a word, or between a letter and its mark.

    Scripts without spaces have no words to cut.
    """
    if not 0 < position < len(text):
        return False
    before, behind = text[position - 1], text[position]
    if _is_mark(behind):
        return True
    if not (behind.isalnum() and (before.isalnum() or _is_mark(before))):
        return False
    return not (_UNSPACED.match(before) or _UNSPACED.match(behind))


def _is_mark(char: str) -> bool:
    """Whether a character is a mark on the one before it, as vowel signs of India are."""
    return char > "\u02ff" and unicodedata.category(char).startswith("M")


def _own_words(phrase: str) -> list[str]:
    """The words of a phrase; none where its script has no spaces, so that they stand within longer runs of letters."""
    return [] if _UNSPACED.search(phrase) else _ALPHANUMERIC.findall(phrase)


class PhraseIndex:
    """Folded phrases by the rarest of their words, so that a text is searched only for phrases that it may hold."""

    def __init__(self, phrases: Iterable[str]) -> None:
        words = {phrase: _own_words(phrase) or [""] for phrase in phrases}
        uses = Counter(word for own in words.values() for word in own)
        self._by_word: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for place, (phrase, own) in enumerate(words.items()):
            self._by_word[min(own, key=uses.__getitem__)].append((place, phrase))

    @property
    def told_by(self) -> object:
        """The phrases, in their order."""
        return self._by_word

    def within(self, folded: str) -> list[str]:
        """The phrases whose rarest word a folded text holds, and those without words, in the order of the index."""
        words = self._by_word.keys() & {"", *_ALPHANUMERIC.findall(folded)}
        return [phrase for _, phrase in sorted(each for word in words for each in self._by_word[word])]
