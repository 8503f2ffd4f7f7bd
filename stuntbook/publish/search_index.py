"""The built site -> the index that its search reads, made by Pagefind's program from the finished HTML."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import cbor2

from stuntbook.publish.pagefind import Indexer, IndexerError, indexer

FOLDER = "pagefind"
"""Where the index is, within the site."""
_ENTRY = "pagefind-entry.json"
_LOADED = ("pagefind.js", "pagefind-worker.js", _ENTRY)
"""What the search asks for by name; the rest of Pagefind's scripts and styles is an interface that we don't use."""
_NOT_WORDS = ".headerlink"
"""What MkDocs puts into the headings of pages written by hand: links to themselves."""
_SIGNATURE = b"pagefind_dcd"
_PAGES, _FILTERS = 1, 3
"""Where the pages and the filters stand in the index's table of contents."""
_HEAD = re.compile(r"<html[^>]*>|<title>[^<]*</title>|<meta data-pagefind[^>]*>")
"""What Pagefind reads of what stands before the words."""
_IGNORED = " data-pagefind-ignore"
"""What marks an element that the search leaves out."""
_WITHIN = r"[^<]*+(?:<(?!/?\1\b)[^<]*+)*+"
"""What an element holds, up to the next tag of its own name."""
_ELEMENT = re.compile(
    rf"<(\w++)[^<>]*{_IGNORED}[^<>]*+>{_WITHIN}"
    rf"(?:<\1\b{_WITHIN}(?:<\1\b{_WITHIN}</\1>{_WITHIN})*+</\1>{_WITHIN})*+</\1>"
)
"""Such an element, in which others of its name stand at most two deep."""
_FACET = re.compile("data-pagefind-(?:default-meta|filter|meta|sort)")
"""What Pagefind reads of ignored elements too."""
_PLAIN = re.compile(r"""<(\w++)(?: (?!id=|data-|class="headerlink)[\w-]++(?:="[^"]*+")?)++ ?+/?>""")
"""A tag with attributes of which none tells Pagefind anything."""


class SearchIndexError(Exception):
    """The index could not be made; the message is Pagefind's own."""


@contextmanager
def search_index(site: Path) -> Iterator[SearchIndex]:
    """A new index of a site's pages, in place of the one that it has; Pagefind's program runs until the block's end.

    Raises SearchIndexError where Pagefind fails, and FileNotFoundError where its program is missing.
    """
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    try:
        with indexer(exclude_selectors=_NOT_WORDS) as program:
            yield SearchIndex(site, program)
    except IndexerError as error:
        raise SearchIndexError(f"the search index could not be made: {error}") from error


class SearchIndex:
    """The index of a site's pages: the same pages in the same order give the same files.

    Which parts of a page count, and for how much, its `data-pagefind-*` attributes say
    (https://pagefind.app/docs/indexing/).
    """

    def __init__(self, site: Path, program: Indexer) -> None:
        self._site = site
        self._program = program
        self._given: set[str] = set()

    def add(self, path: str, read: str) -> None:
        """Give the index what is read of a page, by the page's path within the site."""
        self._given.add(path)
        if read:
            self._program.add(path, read)

    def build(self) -> None:
        """Index what was given, in that order, and then all other pages that are in the site.

        The folder `pagefind` then holds only what the search loads: the files of `_LOADED`, Pagefind's program for
        the browser, and the index (per language `pagefind.*.pf_meta`, the folders `index`, `filter` and `fragment`).
        Nothing is asked of the network. Raises SearchIndexError for a site without words.
        """
        for page in sorted(self._site.rglob("*.html")):
            path = page.relative_to(self._site).as_posix()
            if path not in self._given:
                self.add(path, what_is_read(page.read_text("utf-8")))
        files = self._program.files()
        _put_in_order(files)
        for path in _loaded(files):
            file = self._site / FOLDER / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(files[path])


def what_is_read(html: str) -> str:
    """The parts of a document that Pagefind reads; it finds the same in them.

    They are those of `data-pagefind-body`, from the first to the end of `<main>`, without the elements of
    `data-pagefind-ignore`, and the `data-pagefind-*` of the head. Nothing of a page that has no such body.
    """
    marked = html.find(" data-pagefind-body")
    if marked < 0:
        return ""
    start, end = html.rfind("<", 0, marked), html.rfind("</main>", marked)
    body = _PLAIN.sub(r"<\1>", " ".join(_not_ignored(html[start:end])))
    return "".join((*_HEAD.findall(html, 0, start), "<body>", body, "</body></html>"))


def _not_ignored(html: str) -> Iterator[str]:
    """What stands between the elements that the search leaves out; those that are not plain to see stay."""
    done = 0
    marked = html.find(_IGNORED)
    while marked >= 0:
        element = _ELEMENT.match(html, html.rfind("<", 0, marked))
        if element and not _FACET.search(html, *element.span()):
            yield html[done : element.start()]
            done = element.end()
        marked = html.find(_IGNORED, max(done, marked + 1))
    yield html[done:]


def _put_in_order(files: dict[str, bytes]) -> None:
    """Give filters and their values one order; Pagefind leaves them in that of a hash table, another in every run.

    The pages' own files, which are named after hashes that no compression makes shorter, are numbered, in a folder
    named after them all: every search begins by loading the names of all of them.

    Pagefind's files are CBOR (RFC 8949) behind a signature, compressed with gzip (RFC 1952), and named after their
    content. Raises SearchIndexError where they hold no page.
    """
    entry = json.loads(files[_ENTRY])
    if not entry["languages"]:
        raise SearchIndexError("the search index could not be made: no page of the site has words for it")
    for language in entry["languages"].values():
        path = f"pagefind.{language['hash']}.pf_meta"
        meta = _read(files[path])
        meta[_FILTERS] = sorted(
            [name, _sorted_filter(files, f"filter/{hash_}.pf_filter")] for name, hash_ in meta[_FILTERS]
        )
        meta[_PAGES] = _numbered(files, meta[_PAGES])
        language["hash"] = _rewrite(files, path, meta).removeprefix("pagefind.")
    files[_ENTRY] = json.dumps(entry, separators=(",", ":")).encode()


def _numbered(files: dict[str, bytes], pages: list[list[Any]]) -> list[list[Any]]:
    """The pages, each with its file's name first, when their files have been named after numbers."""
    together = sha256(repr(pages).encode()).hexdigest()[:8]
    digits = len(str(len(pages)))
    numbered = []
    for number, (old, *others) in enumerate(pages):
        # The last digit first, so that what names have in common stands together, and compresses best.
        new = f"{together}/{f'{number:0{digits}}'[::-1]}"
        files[f"fragment/{new}.pf_fragment"] = files.pop(f"fragment/{old}.pf_fragment")
        numbered.append([new, *others])
    return numbered


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
    languages = {path.split(".")[1].rsplit("_", 1)[0] for path in files if path.endswith(".pf_meta")}
    # Pagefind's program for a language that it knows no word stems of is called "unknown".
    own = {f"wasm.{language}.pagefind" for language in languages}
    asked_for = {*_LOADED, *(name if name in files else "wasm.unknown.pagefind" for name in own)}
    return (path for path in files if "/" in path or path.endswith(".pf_meta") or path in asked_for)
