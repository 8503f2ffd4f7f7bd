"""Search documents -> the index that the site's search reads, in the form that Pagefind gives it.

Pagefind's program tells by what each word is found; which page has it where is put together here, as the program takes
four times as long for that, and ten times the memory.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from base64 import b32encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import accumulate, pairwise, starmap, zip_longest
from types import MappingProxyType
from typing import Any

import cbor2
import orjson

from stuntbook.memo import Memo
from stuntbook.publish.indexed_page import SIGNATURE, IndexedPage, fragment_name, fragment_path, packed
from stuntbook.publish.pagefind import VOCABULARY, Indexer, SearchIndexError
from stuntbook.publish.postings import Found, Names, Postings, Spelling, find_words, found_by, place
from stuntbook.publish.site_folder import write

_ENTRY = "pagefind-entry.json"
_SCRIPT = "pagefind.js"
"""What the search loads first; the rest of Pagefind's scripts and styles is an interface that we don't use."""
_UNKNOWN = "wasm.unknown.pagefind"
"""Pagefind's program for the browser where it knows no word stems of the language."""
FEW, WORDS = 4, 200
"""Where there are so few files of words, they are parted, so that a file has at most so many words.

A question loads the whole file of each of its words; a large index has many files anyway.
"""
DIGITS = 4
"""How many digits of its digest, in Base32, name a page's file, where no page before it has the same.

Every search begins by loading the names of all pages, which no compression makes shorter.
"""
_HEX_DIGITS = 8
"""The same for the other files, in base 16."""
_SOME_WORD = "word"
_KIND = "found"

_Places = tuple[Spelling, list[int], list[int]]
"""Where a page has a spelling, in its text and in its names, told as in a file of words."""


def write_index(index: Indexer, data: Mapping[str, bytes] = MappingProxyType({}), memo: Memo | None = None) -> None:
    """Write the index of what was given, and other data into its folder: the same documents in the same order give the
    same files. By what a page is found is kept in a memo.

    The folder then holds only what the search loads: Pagefind's script, its program for the browser, and the index
    (`pagefind-entry.json`, `pagefind.*.pf_meta`, the folders `index`, `filter` and `fragment`). Nothing is asked of the
    network. Raises SearchIndexError where no document has words.
    """
    pages = {page.fragment: page for page in index.pages if isinstance(page, IndexedPage)}
    told, found = _find(index, pages, memo or Memo(keeping=False))
    files = _Files(told).of(index.pages, found)
    unused = set(pages)
    for path, content in {**files, **data}.items():
        if isinstance(content, str):
            os.replace(index.folder / fragment_path(content), index.folder / path)
            unused.remove(content)
        else:
            write(index.folder / path, content)
    for fragment in unused:  # of pages without a word that can be found
        os.unlink(index.folder / fragment_path(fragment))


def _find(index: Indexer, pages: Mapping[str, IndexedPage], memo: Memo) -> tuple[_Told, dict[str, Found]]:
    """What the program tells, and by what each page is found, which it is asked only where that is not kept."""
    of_index = memo.tables.add("index", {"language": index.language})
    indexed = memo.tables.add("indexed", pages)
    known = memo.held(_KIND, pages, lambda _, result: bool(Found.read(result)))
    # Of no words at all, the program would not even tell what searches them.
    words = _words(page for name, page in pages.items() if name not in known) or [_SOME_WORD]
    told = _Told(words, index.files(words))

    def find(name: str) -> Found:
        _ = of_index["language"]  # whoever looks there depends on it
        return find_words(indexed[name], told.spellings)

    each = memo.recall_each(_KIND, [*pages], find)
    return told, dict(zip(pages, starmap(Found, each), strict=True))


def _words(pages: Iterable[IndexedPage]) -> list[str]:
    """Each word of pages once, as it is written."""
    texts = (text for page in pages for text in (page.words, *page.meta.values()))
    return list(dict.fromkeys(word for text in texts for word in text.split()))


class _Told:
    """What Pagefind's program tells of words, and of the pages that only it reads.

    Its files are CBOR (RFC 8949) behind a signature, compressed with gzip (RFC 1952).
    """

    def __init__(self, words: Sequence[str], files: Mapping[str, bytes]) -> None:
        """`words` are those that the program was given, and `files` what it gave."""
        self.entry = json.loads(files[_ENTRY])
        ((self.code, self.language),) = self.entry["languages"].items()
        own = {path for path in files if path.startswith("wasm.")}
        self.programs = {path: files[path] for path in (_SCRIPT, *(own - {_UNKNOWN} or own))}
        meta = _read(files[f"pagefind.{self.language['hash']}.pf_meta"])
        self.version, pages, parts, _, _, self.fields = meta
        fragments = [orjson.loads(_unpacked(files[f"fragment/{name}.pf_fragment"])) for name, *_ in pages]
        self.fragments = {each["url"]: each for each in fragments}
        self._places: dict[str, list[_Places]] = defaultdict(list)
        """Those of the words of each page, by its address."""
        addresses = list(self.fragments)
        for *_, name in parts:
            for number, places in _places(*_read(files[f"index/{name}.pf_index"])):
                self._places[addresses[number]].append(places)
        self.spellings: dict[str, list[tuple[Spelling, int]]] = {word: [] for word in words}
        """By what each of the words is found, and what that weighs there."""
        in_order = list(self.spellings.values())
        for spelling, told, _ in self._places[VOCABULARY]:
            for weight, at in _untold(told):
                in_order[at].append((spelling, weight))

    def found(self, address: str) -> Found:
        """By what a page is found that only the program reads."""
        places: dict[Spelling, list[int]] = {}
        names: Names = defaultdict(lambda: defaultdict(list))
        for spelling, told, told_of_names in self._places[address]:
            if told:
                places[spelling] = [place(*each) for each in _untold(told)]
            for field, at in _untold(told_of_names):
                names[self.fields[field]][spelling].append(at)
        return found_by(places, names)


def _places(words: Sequence[Any]) -> Iterator[tuple[int, _Places]]:
    """The page of every place in a file of words, and the place."""
    for word, pages, variants in words:
        for spelling, found in ((word, pages), *((f"{word} {written}", own) for written, own in variants)):
            numbers = accumulate(distance for distance, *_ in found)
            for number, (_, places, in_names) in zip(numbers, found, strict=True):
                yield number, (spelling, places, in_names)


def _untold(told: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Places as a file of words tells them -> the weight or field of each, and the place in its text or name."""
    kind = at = 0
    for number in told:
        if number < 0:
            kind, at = -1 - number, 0
        else:
            at += number
            yield kind, at


class _Files:
    """Makes the files of the index: by their paths within its folder what they hold, or the fragment that is there.

    Each is named after its content, so that a host keeps those that did not change.
    """

    def __init__(self, told: _Told) -> None:
        self._told = told
        self._files: dict[str, bytes | str] = dict(told.programs)

    def of(self, pages: Sequence[IndexedPage | str], found: Mapping[str, Found]) -> dict[str, bytes | str]:
        """The files of an index of pages, found by what is given by their fragments; what only Pagefind reads is given
        by its address.
        """
        told = self._told
        own = (page.meta for page in pages if isinstance(page, IndexedPage))
        fields = sorted({*told.fields, *(field for meta in own for field in meta)})
        postings = Postings(fields)
        facets: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        listed: list[tuple[str, int]] = []
        file: bytes | str
        for page in pages:
            number = len(listed)
            if isinstance(page, IndexedPage):
                if not found[page.fragment].places:
                    continue
                postings.add(number, found[page.fragment])
                file, fragment, length, filters = page.fragment, page.fragment, page.weights[-1][1], page.filters
            elif shown := told.fragments.get(page):
                postings.add(number, told.found(page))
                file, length, filters = packed(orjson.dumps(shown)), shown["word_count"], shown["filters"]
                fragment = fragment_name(file)
            else:
                continue
            listed.append((self._put_page(fragment, file), length))
            for name, values in filters.items():
                for value in values:
                    facets[name][value].append(number)
        if not listed:
            raise SearchIndexError("no page of the site has words for it")
        named = [
            (name, self._put("filter/{}.pf_filter", (name, sorted(facets[name].items())))) for name in sorted(facets)
        ]
        meta = (told.version, listed, self._put_words(postings), named, (), fields)
        told.language.update(hash=self._put("pagefind.{}.pf_meta", meta), page_count=len(listed))
        return {**self._files, _ENTRY: json.dumps(told.entry, separators=(",", ":")).encode()}

    def _put_words(self, postings: Postings) -> list[list[str]]:
        """Put the files of words, and tell of each what it begins and ends with, and its name.

        As Pagefind does it, that is told of a large index only as far as it differs from what stands beside it.
        """
        files = list(postings.files(sys.maxsize))
        is_small = len(files) <= FEW
        if is_small:
            files = list(postings.files(WORDS))
        listed = [[words[0], words[-1], self._put("index/{}.pf_index", content)] for words, content in files]
        for one, other in pairwise(() if is_small else listed):
            length = next(at for at, (end, start) in enumerate(zip_longest(one[1], other[0]), 1) if end != start)
            other[0] = other[0][:length]
            if one[1][:length] >= one[0]:
                one[1] = one[1][:length]
        return listed

    def _put_page(self, fragment: str, file: bytes | str) -> str:
        digest = b32encode(bytes.fromhex(fragment)).decode().lower()
        return self._name("fragment/{}.pf_fragment", digest, DIGITS, file)

    def _put(self, path: str, content: object) -> str:
        encoded = content if isinstance(content, bytes) else cbor2.dumps(content)
        digest = f"{self._told.code}_{sha256(encoded).hexdigest()}"
        return self._name(path, digest, len(self._told.code) + 1 + _HEX_DIGITS, packed(encoded))

    def _name(self, path: str, digest: str, digits: int, file: bytes | str) -> str:
        """Put a file in its place, and return its name: as much of its digest as no other file has for its name."""
        names = (digest[:length] for length in range(digits, len(digest)))
        name = next(name for name in names if path.format(name) not in self._files)
        self._files[path.format(name)] = file
        return name


def _unpacked(file: bytes) -> bytes:
    return gzip.decompress(file).removeprefix(SIGNATURE)


def _read(file: bytes) -> Any:
    return cbor2.loads(_unpacked(file))
