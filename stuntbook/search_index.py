"""The built site -> the index that its search reads, made by Pagefind's program from the finished HTML."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import cbor2
from pagefind_bin import get_executable  # type: ignore[import-untyped]

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


class SearchIndex:
    """The index of a site's pages, made in place of the one that it has: the same pages give the same files.

    Which parts of a page count, and for how much, its `data-pagefind-*` attributes say
    (https://pagefind.app/docs/indexing/). Pagefind is given the pages cut down to these: most of its time goes into
    the tags of all else.
    """

    def __init__(self, site: Path) -> None:
        self._site = site
        self._folder = site / FOLDER
        self._cut = self._folder / "cut"
        shutil.rmtree(self._folder, ignore_errors=True)
        self._cut.mkdir(parents=True)

    def add(self, path: str, html: str) -> None:
        """Give the index a page by its path within the site, so that it need not be read from there."""
        file = self._cut / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(what_is_read(html), "utf-8")

    def build(self) -> None:
        """Index what was given, and all other pages that are in the site.

        The folder `pagefind` then holds only what the search loads: the files of `_LOADED`, Pagefind's program for
        the browser, and the index (per language `pagefind.*.pf_meta`, the folders `index`, `filter` and `fragment`).
        Nothing is asked of the network. Raises SearchIndexError where Pagefind fails, which it does for a site without
        pages; FileNotFoundError where its program is missing.
        """
        for page in sorted(self._site.rglob("*.html")):
            path = page.relative_to(self._site)
            if not (self._cut / path).exists() and self._folder not in page.parents:
                self.add(str(path), page.read_text("utf-8"))
        _run(self._cut, self._folder)
        shutil.rmtree(self._cut)
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


def _run(site: Path, folder: Path) -> None:
    """Make the index of the pages in `site`, in `folder`."""
    # A setting left in the environment, or a file of settings where the build was started, would change the index.
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith("PAGEFIND_")}
    command = [str(get_executable()), "--site", str(site.resolve()), "--output-path", str(folder.resolve()), "--silent"]
    command += ["--exclude-selectors", _NOT_WORDS]
    finished = subprocess.run(  # noqa: S603 - the program is the package's own, and no word of the command is a reader's
        command, cwd=site, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if finished.returncode:
        lines = dict.fromkeys(line.strip() for line in (finished.stderr or finished.stdout).splitlines())
        raise SearchIndexError(f"the search index could not be made: {' '.join(filter(None, lines))}")


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
