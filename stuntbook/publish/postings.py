"""The words of pages, with where each stands -> the files of words that Pagefind's search in the browser reads.

They are CBOR (RFC 8949): `[[[word, pages, [[spelling, pages], …]], …]]`, where a page is `[number, places, places in
its names]`. The number of a page, and a place, are told as the distance from the one before; a negative number, as
`-weight - 1` or `-field - 1`, tells of what weight the following places are, or in which name.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import cbor2

from stuntbook.publish.indexed_page import PLAIN, IndexedPage

_AT = 20
"""How many bits of a place beside its weight tell which word of the page it is."""
LARGE = 20_000
"""How many places a file of words has, and as a rule not many more."""

Spelling = tuple[str, str]
"""A word as it is looked up; and as it is written, where that has other letters, such as é."""
Places = tuple[Spelling, list[int], list[int]]
"""Where a page has a spelling, in its text and in its names, told as in a file of words."""


class _Integers(dict[int, bytes]):
    """Whole numbers as they are encoded."""

    def __missing__(self, number: int) -> bytes:
        self[number] = encoded = cbor2.dumps(number)
        return encoded


class _Heads(dict[int, bytes]):
    """How arrays of so many items begin: with the number, and the array's mark in it."""

    def __missing__(self, length: int) -> bytes:
        first, *others = cbor2.dumps(length)
        self[length] = encoded = bytes((first | 0x80, *others))
        return encoded


class _Alone(dict[int, bytes]):
    """The only place of a word on a page, as it is encoded: most have but one."""

    def __missing__(self, place: int) -> bytes:
        self[place] = encoded = _array(_told([place]))
        return encoded


_INTEGERS, _HEADS, _ALONE = _Integers(), _Heads(), _Alone()
_NONE = _HEADS[0]


def _array(items: Sequence[bytes]) -> bytes:
    return _HEADS[len(items)] + b"".join(items)


def _told(places: list[int]) -> list[bytes]:
    """Places of a word as they are told: what all of a kind are, then the first, then distances."""
    if not places:
        return []
    places.sort()
    kind = places[0] >> _AT
    others = bisect_left(places, kind + 1 << _AT)
    distances = [_INTEGERS[after - before] for before, after in pairwise(places[:others])]
    return [_INTEGERS[-1 - kind], _INTEGERS[places[0] - (kind << _AT)], *distances, *_told(places[others:])]


class _Pages:
    """The pages that have a spelling."""

    __slots__ = ("count", "encoded", "last", "size")

    def __init__(self) -> None:
        self.count = self.size = self.last = 0
        self.encoded = bytearray()

    def add(self, number: int, size: int, places: bytes, in_names: bytes) -> None:
        self.encoded += b"\x83" + _INTEGERS[number - self.last] + places + in_names
        self.count += 1
        self.size += size + 1
        self.last = number

    def add_told(self, number: int, places: list[bytes], in_names: list[bytes]) -> None:
        self.add(number, len(places) + len(in_names), _array(places), _array(in_names))

    def __bytes__(self) -> bytes:
        return _HEADS[self.count] + self.encoded


class Postings:
    """Which words are on which pages. Pages are added in their order."""

    def __init__(self, spellings: Mapping[str, Sequence[tuple[Spelling, int]]], fields: Sequence[str]) -> None:
        """`spellings` are those by which each word of the pages is found, with their weights in a plain text.

        A part of a word, such as each of `half-timbered`, weighs less than a whole one.
        """
        self._pages: dict[Spelling, _Pages] = defaultdict(_Pages)
        self._found = {
            word: [(self._pages[spelling], weight < PLAIN) for spelling, weight in each]
            for word, each in spellings.items()
        }
        self._only = {word: found[0][0] for word, found in self._found.items() if len(found) == 1}
        self._fields = {field: number for number, field in enumerate(fields)}

    def add(self, number: int, page: IndexedPage, words: Sequence[str]) -> None:
        """Add a page, whose words these are."""
        names: dict[_Pages, list[int]] = defaultdict(list)
        for field, name in page.meta.items():
            for at, word in enumerate(name.split(), self._fields[field] << _AT):
                for pages, _ in self._found[word]:
                    names[pages].append(at)
        for pages, places in self._places(page, words).items():
            if len(places) == 1 and pages not in names:  # as most
                pages.add(number, 2, _ALONE[places[0]], _NONE)
            else:
                pages.add_told(number, _told(places), _told(names.pop(pages, [])))
        for pages, in_names in names.items():
            pages.add_told(number, [], _told(in_names))

    def add_as_told(self, number: int, told: Iterable[Places], fields: Sequence[str]) -> None:
        """Add a page whose places Pagefind has told, with the fields of names as it numbers them."""
        for spelling, places, others in told:
            in_names = [each if each >= 0 else -1 - self._fields[fields[-1 - each]] for each in others]
            told_both = ([_INTEGERS[each] for each in group] for group in (places, in_names))
            self._pages[spelling].add_told(number, *told_both)

    def _places(self, page: IndexedPage, words: Sequence[str]) -> Mapping[_Pages, list[int]]:
        """The places of every spelling, weight and word of the page in one number each."""
        places: dict[_Pages, list[int]] = defaultdict(list)
        start = 0
        for weight, end in page.weights:
            for at, word in enumerate(words[start:end], (weight << _AT) + start):
                if only := self._only.get(word):  # as most
                    places[only].append(at)
                else:
                    found = self._found[word]
                    lesser = _lesser(weight, sum(is_part for _, is_part in found))
                    for pages, is_part in found:
                        places[pages].append(at + (lesser - weight << _AT if is_part else 0))
            start = end
        return places

    def files(self, most: int) -> Iterator[tuple[list[str], bytes]]:
        """The words of each file in their order, and its content; none has more words than asked for."""
        spelled: dict[str, list[str]] = defaultdict(list)
        for word, written in self._pages:
            spelled[word].append(written)
        words: list[str] = []
        parts: list[bytes] = []
        size = 0
        for word in sorted(spelled):
            plain = self._pages.get((word, ""), _Pages())
            others = [(written, self._pages[word, written]) for written in filter(None, spelled[word])]
            variants = [b"\x82" + cbor2.dumps(written) + bytes(pages) for written, pages in others]
            parts.append(b"\x83" + cbor2.dumps(word) + bytes(plain) + _array(variants))
            words.append(word)
            size += plain.size
            if size >= LARGE or len(words) == most:
                yield words, b"\x81" + _array(parts)
                words, parts, size = [], [], 0
        if words:
            yield words, b"\x81" + _array(parts)


def _lesser(weight: int, parts: int) -> int:
    """What one of so many parts of a word weighs."""
    return max(1, weight // min(parts or 1, 255))
