"""A search document -> what the index has of its page, read as Pagefind reads it (https://pagefind.app/docs/indexing/).

Pagefind takes most of its time and memory for what it keeps of each word of each page. What is read here it need not
read: it is asked for the words of the whole book once, each by itself.
"""

from __future__ import annotations

import gzip
import re
from hashlib import blake2b
from html import unescape
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from unicodedata import category

import orjson

SIGNATURE = b"pagefind_dcd"
_LEVEL = 6
"""Of compression: the highest makes files of words a hundredth smaller, and takes five times as long."""
PLAIN = 24
"""How Pagefind writes the weight 1; as many times more for a heavier word, up to the weight 10."""
_HEAVIEST = 10
_DOCUMENT = re.compile(
    r'<html><hr data-pagefind-filter="((?:[\w-]+\[f\d+\],?)+)"((?: f\d+="[^"]*")*)>(.*)</html>', re.DOTALL
)
_FACET = re.compile(r"([\w-]+)\[(f\d+)\]")
_VALUE = re.compile(r' (f\d+)="([^"]*)"')
_PART = re.compile(
    r'(<br id="([^"\s]+)">'
    r'|<(p|(?:h1|span)(?= data-pagefind-weight))(?: data-pagefind-weight="(\d+)")?( data-pagefind-meta="aliases")?>'
    r"([^<]*)</\3>)([^<]*)"
)
"""An anchor, or an element that holds text alone; and the text behind it."""
_SPACES = re.compile(r"\s{2,}|[\r\n]")
_IN_WORDS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"})
"""The categories of characters that Pagefind takes for parts of words."""


class IndexedPage(NamedTuple):
    """A page in the index, as JSON can hold it."""

    fragment: str
    """The name of what the search shows of it."""
    words: str
    """Each behind a space, but the first."""
    weights: list[tuple[int, int]]
    """Weight and end of each stretch of its words."""
    meta: dict[str, str]
    """Its title and other names, by the field that has them."""
    filters: dict[str, list[str]]


def url_of(path: str) -> str:
    """The address, by which the search knows it, of a page at a path within the site."""
    url = f"/{path}"
    return url.removesuffix("index.html") if url.endswith("/index.html") else url


def fragment_name(file: bytes) -> str:
    """A digest (BLAKE2, RFC 7693) of a fragment's file, in base 16."""
    return blake2b(file, digest_size=20).hexdigest()


def fragment_path(fragment: str) -> str:
    """Where the file of a fragment is until the index is written, within the index's folder."""
    return f"fragment/{fragment}.pf_fragment"


def read_page(path: str, document: str) -> tuple[IndexedPage, bytes] | None:
    """The page at a path within the site, of its document, and the file of its fragment.

    None where the document holds what only Pagefind reads, as any HTML may.
    """
    found = _DOCUMENT.fullmatch(document)
    if not found or "___" in document:  # Pagefind's own marks among words begin so
        return None
    filters: dict[str, list[str]] = {}
    values = dict(_VALUE.findall(found[2]))
    for name, attribute in _FACET.findall(found[1]):
        filters.setdefault(name, []).append(_normal(values.get(attribute, "")))
    body = found[3].replace("\u200b", "")
    parts = _PART.findall(body)
    if sum(len(whole) + len(behind) for whole, *_, behind in parts) != len(body):
        return None
    words: list[str] = []
    stretches: list[tuple[int, int]] = []
    anchors, meta = [], dict[str, str]()
    for _, anchor, tag, weight, names, text, behind in parts:
        if anchor:
            anchors.append({"element": "br", "id": unescape(anchor), "text": "", "location": len(words)})
        else:
            if (tag == "h1" or names) and (name := _normal(text)):
                meta.setdefault("aliases" if names else "title", name)
            words += unescape(f"{text}." if tag != "span" and _is_open(text) else text).split()
            stretches.append((PLAIN * min(int(weight or 1), _HEAVIEST), len(words)))
        if behind:
            words += unescape(behind).split()
            stretches.append((PLAIN, len(words)))
    meta = dict(sorted(meta.items()))
    fragment = {
        "url": url_of(path),
        "content": (content := " ".join(words)),
        "word_count": len(words),
        "filters": dict(sorted(filters.items())),
        "meta": meta,
        "anchors": anchors,
    }
    weights = [(weight, list(ends)[-1][1]) for weight, ends in groupby(stretches, itemgetter(0))]
    file = packed(orjson.dumps(fragment))
    return IndexedPage(fragment_name(file), content, weights, meta, filters), file


def packed(content: bytes) -> bytes:
    """A file of the index: behind a signature, and compressed with gzip (RFC 1952)."""
    return gzip.compress(SIGNATURE + content, _LEVEL, mtime=0)


def _normal(text: str) -> str:
    return _SPACES.sub(" ", unescape(text)).strip()


def _is_open(text: str) -> bool:
    """Whether Pagefind puts a full stop behind a heading or a paragraph."""
    end = text[-1:] or " "
    return end.isalpha() or end in "'\")$*" or category(end) in _IN_WORDS
