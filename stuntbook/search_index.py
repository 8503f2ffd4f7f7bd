"""The built site -> the index that its search reads, made by Pagefind's program from the finished HTML."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import cbor2

from stuntbook.indexer import Indexer, IndexerError, indexer

FOLDER = "pagefind"
"""Where the index is, within the site."""
_LOADED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
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
        self._folder = site / FOLDER
        self._program = program
        self._given: set[str] = set()

    def add(self, path: str, read: str) -> None:
        """Give the index what is read of a page, by the page's path within the site."""
        self._given.add(path)
        if read:
            self._program.add(path, read)

    def begin(self) -> None:
        """Index what was given, in that order, and then all other pages that are in the site, while others work."""
        for page in sorted(self._site.rglob("*.html")):
            path = page.relative_to(self._site).as_posix()
            if path not in self._given:
                self.add(path, what_is_read(page.read_text("utf-8")))
        self._program.write(self._folder)

    def end(self) -> None:
        """Wait for the index.

        The folder `pagefind` then holds only what the search loads: the files of `_LOADED`, Pagefind's program for
        the browser, and the index (per language `pagefind.*.pf_meta`, the folders `index`, `filter` and `fragment`).
        Nothing is asked of the network. Raises SearchIndexError for a site without words.
        """
        self._program.wait()
        if not any(self._folder.glob("*.pf_meta")):
            raise SearchIndexError("the search index could not be made: no page of the site has words for it")
        for path in _not_loaded(self._folder):
            path.unlink()
        _put_in_order(self._folder)


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


def _not_loaded(folder: Path) -> Iterator[Path]:
    """The files beside the index that the search never asks for."""
    languages = {path.name.split(".")[1].rsplit("_", 1)[0] for path in folder.glob("pagefind.*.pf_meta")}
    # Pagefind's program for a language that it knows no word stems of is called "unknown".
    programs = {language if (folder / f"wasm.{language}.pagefind").exists() else "unknown" for language in languages}
    kept = {*_LOADED, *(f"wasm.{program}.pagefind" for program in programs)}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix != ".pf_meta" and path.name not in kept:
            yield path


def _put_in_order(folder: Path) -> None:
    """Give filters and their values one order; Pagefind leaves them in that of a hash table, another in every run.

    The pages' own files, which are named after hashes that no compression makes shorter, are numbered, in a folder
    named after them all: every search begins by loading the names of all of them.

    Pagefind's files are CBOR (RFC 8949) behind a signature, compressed with gzip (RFC 1952), and named after their
    content.
    """
    entry = json.loads((folder / "pagefind-entry.json").read_bytes())
    for language in entry["languages"].values():
        path = folder / f"pagefind.{language['hash']}.pf_meta"
        meta = _read(path)
        meta[_FILTERS] = sorted(
            [name, _sorted_filter(folder / "filter" / f"{hash_}.pf_filter")] for name, hash_ in meta[_FILTERS]
        )
        meta[_PAGES] = _numbered(folder / "fragment", meta[_PAGES])
        language["hash"] = _rewrite(path, meta, prefix="pagefind.")
    (folder / "pagefind-entry.json").write_text(json.dumps(entry, separators=(",", ":")), encoding="utf-8")


def _numbered(folder: Path, pages: list[list[Any]]) -> list[list[Any]]:
    """The pages, each with its file's name first, when their files have been named after numbers."""
    together = sha256(repr(pages).encode()).hexdigest()[:8]
    (folder / together).mkdir()
    digits = len(str(len(pages)))
    numbered = []
    for number, (old, *others) in enumerate(pages):
        # The last digit first, so that what names have in common stands together, and compresses best.
        new = f"{together}/{f'{number:0{digits}}'[::-1]}"
        (folder / f"{old}.pf_fragment").rename(folder / f"{new}.pf_fragment")
        numbered.append([new, *others])
    return numbered


def _sorted_filter(path: Path) -> str:
    name, values = _read(path)
    return _rewrite(path, [name, sorted(values)])


def _read(path: Path) -> Any:
    return cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE))


def _rewrite(path: Path, content: Any, prefix: str = "") -> str:
    """Put the content in the place of a file, and return the name that it now has, without what is around it."""
    data = _SIGNATURE + cbor2.dumps(content)
    language, _, old = path.stem.removeprefix(prefix).rpartition("_")
    name = f"{language}_{sha256(data).hexdigest()[: len(old)]}"
    path.unlink()
    path.with_name(f"{prefix}{name}{path.suffix}").write_bytes(gzip.compress(data, mtime=0))
    return name
