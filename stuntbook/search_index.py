"""The built site -> the index that its search reads, made by Pagefind's program from the finished HTML."""

from __future__ import annotations

import gzip
import json
import os
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
_FILTERS = 3
"""Where the filters stand in the index's table of contents."""


class SearchIndexError(Exception):
    """The index could not be made; the message is Pagefind's own."""


def build_index(site: Path) -> None:
    """Index the pages of a built site, in place of the index that it has: the same pages give the same files.

    Which parts of a page count, and for how much, its `data-pagefind-*` attributes say
    (https://pagefind.app/docs/indexing/). The folder `pagefind` then holds only what the search loads: the files of
    `_LOADED`, Pagefind's program for the browser, and the index (per language `pagefind.*.pf_meta`, the folders
    `index`, `filter` and `fragment`). Nothing is asked of the network. Raises SearchIndexError where Pagefind fails,
    which it does for a site without pages; FileNotFoundError where its program is missing.
    """
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    _run(site)
    for path in _not_loaded(folder):
        path.unlink()
    _put_in_order(folder)


def _run(site: Path) -> None:
    # A setting left in the environment, or a file of settings where the build was started, would change the index.
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith("PAGEFIND_")}
    command = [str(get_executable()), "--site", str(site.resolve()), "--output-subdir", FOLDER, "--silent"]
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

    Its files are CBOR (RFC 8949) behind a signature, compressed with gzip (RFC 1952), and named after their content.
    """
    entry = json.loads((folder / "pagefind-entry.json").read_bytes())
    for language in entry["languages"].values():
        path = folder / f"pagefind.{language['hash']}.pf_meta"
        meta = _read(path)
        meta[_FILTERS] = sorted(
            [name, _sorted_filter(folder / "filter" / f"{hash_}.pf_filter")] for name, hash_ in meta[_FILTERS]
        )
        language["hash"] = _rewrite(path, meta, prefix="pagefind.")
    (folder / "pagefind-entry.json").write_text(json.dumps(entry, separators=(",", ":")), encoding="utf-8")


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
