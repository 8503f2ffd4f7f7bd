"""Search documents -> the index that the site's search reads, made by Pagefind's program."""

import gzip
import json
from base64 import b32encode
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

import cbor2

from stuntbook.publish.pagefind import FOLDER, Indexer, SearchIndexError
from stuntbook.publish.site_folder import write

_ENTRY = "pagefind-entry.json"
_LOADED = ("pagefind.js", _ENTRY)
"""What the search asks for by name; the rest of Pagefind's scripts and styles is an interface that we don't use."""
_UNKNOWN = "wasm.unknown.pagefind"
"""Pagefind's program for the browser where it knows no word stems of the language."""
_SIGNATURE = b"pagefind_dcd"
_PAGES, _WORDS, _FILTERS = 1, 2, 3
"""Where the pages, the files of words and the filters stand in the index's table of contents."""
FEW, WORDS = 4, 200
"""Where there are so few files of words, they are parted, so that a file has at most so many words.

A question loads the whole file of each of its words; a large index, which takes long to part, has many files anyway.
"""
DIGITS = 4
"""How many digits of its digest, in Base32, name a page's file, where no page before it has the same."""


def write_index(index: Indexer, site: Path, data: Mapping[str, bytes] = MappingProxyType({})) -> None:
    """Write the index of what was given, and other data into its folder: the same documents in the same order give the
    same files.

    The folder then holds only what the search loads: the files of `_LOADED`, Pagefind's program for the browser, and
    the index (`pagefind.*.pf_meta`, the folders `index`, `filter` and `fragment`). Nothing is asked of the network.
    Raises SearchIndexError where no document has words.
    """
    files = index.files()
    _put_in_order(files)
    for path in _loaded(files):
        write(site / FOLDER / path, files[path])
    for path, content in data.items():
        write(site / FOLDER / path, content)


def _put_in_order(files: dict[str, bytes]) -> None:
    """Make the files the same in every run, and their names short.

    Pagefind leaves filters and their values in the order of a hash table, another in every run. Its files are CBOR
    (RFC 8949) behind a signature, compressed with gzip (RFC 1952), and named after their content. Raises
    SearchIndexError where they hold no page.
    """
    entry = json.loads(files[_ENTRY])
    if not entry["languages"]:
        raise SearchIndexError("no page of the site has words for it")
    (language,) = entry["languages"].values()
    table = f"pagefind.{language['hash']}.pf_meta"
    meta = _read(files[table])
    filters = ((name, f"filter/{hash_}.pf_filter") for name, hash_ in meta[_FILTERS])
    meta[_FILTERS] = sorted([name, _sorted_filter(files, path)] for name, path in filters)
    if len(meta[_WORDS]) <= FEW:
        meta[_WORDS] = [part for _, _, name in meta[_WORDS] for part in _parted(files, name)]
    meta[_PAGES] = [[_shortly_named(files, name), *others] for name, *others in meta[_PAGES]]
    language["hash"] = _rewrite(files, table, meta).removeprefix("pagefind.")
    files[_ENTRY] = json.dumps(entry, separators=(",", ":")).encode()


def _shortly_named(files: dict[str, bytes], old: str) -> str:
    """The name of a page's file after its own content, so that a host keeps the files of pages that did not change.

    Pagefind's own name is longer, and every search begins by loading the names of all pages, which no compression
    makes shorter. Where a page before it has the same name, it takes a longer one.
    """
    content = files.pop(f"fragment/{old}.pf_fragment")
    digest = b32encode(sha256(content).digest()).decode().lower()
    names = (digest[:length] for length in range(DIGITS, len(digest)))
    new = next(name for name in names if f"fragment/{name}.pf_fragment" not in files)
    files[f"fragment/{new}.pf_fragment"] = content
    return new


def _parted(files: dict[str, bytes], old: str) -> Iterator[list[str]]:
    """Put smaller files in the place of a file of words; what each begins and ends with, and its name."""
    (words,) = _read(files.pop(f"index/{old}.pf_index"))
    language, _, hash_ = old.rpartition("_")
    for part in (words[start : start + WORDS] for start in range(0, len(words), WORDS)):
        data = _SIGNATURE + cbor2.dumps([part])
        name = f"{language}_{sha256(data).hexdigest()[: len(hash_)]}"
        files[f"index/{name}.pf_index"] = gzip.compress(data, mtime=0)
        yield [part[0][0], part[-1][0], name]


def _sorted_filter(files: dict[str, bytes], path: str) -> str:
    name, values = _read(files[path])
    return _rewrite(files, path, [name, sorted(values)])


def _read(file: bytes) -> Any:
    return cbor2.loads(gzip.decompress(file).removeprefix(_SIGNATURE))


def _rewrite(files: dict[str, bytes], path: str, content: Any) -> str:
    """Put the content in the place of a file, and return the name that it now has, without its ending."""
    data = _SIGNATURE + cbor2.dumps(content)
    old = PurePosixPath(path)
    language, _, hash_ = old.stem.rpartition("_")
    new = old.with_stem(f"{language}_{sha256(data).hexdigest()[: len(hash_)]}")
    del files[path]
    files[str(new)] = gzip.compress(data, mtime=0)
    return new.stem


def _loaded(files: Collection[str]) -> Iterator[str]:
    """The paths of the files that the search asks for."""
    own = {path for path in files if path.startswith("wasm.")}
    program = own - {_UNKNOWN} or own
    return (path for path in files if "/" in path or path.endswith(".pf_meta") or path in {*_LOADED, *program})
