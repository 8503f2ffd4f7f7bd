"""The words of pages, with where each stands -> the files of words that Pagefind's search in the browser reads.

They are CBOR (RFC 8949): `[[[word, pages, [[spelling, pages], …]], …]]`, where a page is `[number, places, places in
its names]`. The number of a page, and a place, are told as the distance from the one before; a negative number, as
`-weight - 1` or `-field - 1`, tells of what weight the following places are, or in which name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import cbor2

from stuntbook.publish.indexed_page import PLAIN, IndexedPage

_AT = 20
"""How many bits of a place beside its weight, or its field, tell which word it is."""
LARGE = 50_000
"""How many bytes a file of words has before it is compressed, and as a rule not many more."""
_ENCODING = "latin-1"
"""Has a character for each byte, so that JSON can hold them."""

Spelling = str
"""A word as it is looked up; and, behind a space, as it is written where that has other letters, such as é."""
Names = dict[str, dict[Spelling, list[int]]]
"""By the field of a name, such as `title`: where a spelling stands in it."""


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


_INTEGERS, _HEADS = _Integers(), _Heads()
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


class Found(NamedTuple):
    """By what a page is found, as JSON can hold it and in few objects: a book has as many places as words."""

    spellings: str
    """Those of its text, a line each."""
    places: str
    """Where each of them stands, one behind the other as they are encoded in a file of words."""
    sizes: list[int]
    """How many characters of the places belong to each."""
    names: Names

    @classmethod
    def read(cls, result: Any) -> Found:
        """A result as JSON has held it. Raises TypeError, AttributeError or ValueError for anything else."""
        spellings, places, sizes, names = result
        if sum(sizes) != len(places.encode(_ENCODING)) or (spellings.count("\n") + 1 if spellings else 0) != len(sizes):
            raise ValueError(result)
        "".join(names).encode()
        for field in names.values():
            sum(at for each in field.values() for at in each)
        return cls(spellings, places, sizes, names)

    def in_text(self) -> Iterator[tuple[Spelling, bytes]]:
        """Each spelling of its text with its places."""
        places, start = self.places.encode(_ENCODING), 0
        for spelling, size in zip(self.spellings.split("\n"), self.sizes, strict=False):
            yield spelling, places[start : start + size]
            start += size


def found_by(places: Mapping[Spelling, list[int]], names: Names) -> Found:
    """What is kept of a page; a place in its text is told in one number with its weight, see `place`."""
    encoded = [_array(_told(own)) for own in places.values()]
    return Found("\n".join(places), b"".join(encoded).decode(_ENCODING), list(map(len, encoded)), names)


def place(weight: int, at: int) -> int:
    """The place of a word of some weight in a text, in one number."""
    return (weight << _AT) + at


def find_words(page: IndexedPage, spellings: Mapping[str, Sequence[tuple[Spelling, int]]]) -> Found:
    """By what a page is found.

    `spellings` are those by which each of its words is found, with their weights in a plain text. A part of a word,
    such as each of `half-timbered`, weighs less than a whole one.
    """
    words = page.words.split()
    places: dict[Spelling, list[int]] = defaultdict(list)
    start = 0
    for weight, end in page.weights:
        for at, word in enumerate(words[start:end], place(weight, start)):
            found = spellings[word]
            if len(found) == 1:  # as most
                places[found[0][0]].append(at)
                continue
            lesser = _lesser(weight, sum(own < PLAIN for _, own in found))
            for spelling, own in found:
                places[spelling].append(at + (place(lesser - weight, 0) if own < PLAIN else 0))
        start = end
    names: Names = {}
    for field, name in page.meta.items():
        own_places = names[field] = defaultdict(list)
        for at, word in enumerate(name.split()):
            for spelling, _ in spellings[word]:
                own_places[spelling].append(at)
    return found_by(places, names)


class _Pages:
    """The pages that have a spelling."""

    __slots__ = ("count", "encoded", "last")

    def __init__(self) -> None:
        self.count = self.last = 0
        self.encoded = bytearray()

    def add(self, number: int, places: bytes, in_names: bytes) -> None:
        self.encoded += b"\x83" + _INTEGERS[number - self.last] + places + in_names
        self.count += 1
        self.last = number

    def __bytes__(self) -> bytes:
        return _HEADS[self.count] + self.encoded


class Postings:
    """Which words are on which pages. Pages are added in their order."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._pages: dict[Spelling, _Pages] = defaultdict(_Pages)
        self._fields = {field: number for number, field in enumerate(fields)}

    def add(self, number: int, page: Found) -> None:
        """Add a page, which is found by this."""
        names: dict[Spelling, list[int]] = defaultdict(list)
        for field, own in page.names.items():
            for spelling, places in own.items():
                names[spelling] += [place(self._fields[field], at) for at in places]
        for spelling, encoded in page.in_text():
            in_names = _array(_told(names.pop(spelling))) if spelling in names else _NONE
            self._pages[spelling].add(number, encoded, in_names)
        for spelling, places in names.items():
            self._pages[spelling].add(number, _NONE, _array(_told(places)))

    def files(self, most: int) -> Iterator[tuple[list[str], bytes]]:
        """The words of each file in their order, and its content; none has more words than asked for."""
        variants: dict[str, list[bytes]] = {}
        for spelling, pages in self._pages.items():
            word, _, written = spelling.partition(" ")
            own = variants.setdefault(word, [])
            if written:
                own.append(b"\x82" + cbor2.dumps(written) + bytes(pages))
        words: list[str] = []
        parts: list[bytes] = []
        size = 0
        for word in sorted(variants):
            plain = self._pages.get(word, _Pages())
            parts.append(b"\x83" + cbor2.dumps(word) + bytes(plain) + _array(variants[word]))
            words.append(word)
            size += len(parts[-1])
            if size >= LARGE or len(words) == most:
                yield words, b"\x81" + _array(parts)
                words, parts, size = [], [], 0
        if words:
            yield words, b"\x81" + _array(parts)


def _lesser(weight: int, parts: int) -> int:
    """What one of so many parts of a word weighs."""
    return max(1, weight // min(parts or 1, 255))
