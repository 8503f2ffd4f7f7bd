"""The site of a knowledge base that is being edited: what a browser gets is made when it asks, from what holds then."""

from __future__ import annotations

import mimetypes
import os
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs.exceptions import PluginError

from stuntbook.diagnostics import Location, Report, reason
from stuntbook.layout import CONFIG_FILE
from stuntbook.mkdocs.making import SiteMaker, log
from stuntbook.pages.cards.drawing import draw_card
from stuntbook.pages.rendering import BrokenTemplateError, render_problems, with_warnings
from stuntbook.pages.site_page import CARDS, address_of_card
from stuntbook.publish.pagefind import FOLDER as INDEX_FOLDER
from stuntbook.publish.pagefind import SearchIndexError, search_index
from stuntbook.publish.search_index import write_index

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

KEPT = 200
"""How many answers are kept until the next edit; a page has about 100 KB."""
Stamps = frozenset[tuple[str, int, int]]
"""Path, time of change in nanoseconds since the epoch, and size in bytes, of files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a browser gets."""

    content: bytes = b""
    found: bool = True
    """Whether there is something at the address that was asked for."""
    address: str = ""
    """Where to look instead, relative to the site's root; empty for nowhere else."""


class LiveSite:
    """A WSGI application (PEP 3333) in front of another that serves files: it makes what is made of knowledge.

    Whoever changes the knowledge holds `lock`, and calls `show`.
    """

    def __init__(
        self, maker: SiteMaker, add_scripts: Callable[[str], bytes], files: WSGIApplication, mount: str
    ) -> None:
        self.lock = threading.Lock()
        self._maker = maker
        self._add_scripts = add_scripts
        """A document with what makes a browser load it again after the next edit."""
        self._files = files
        self._mount = mount
        """The path at which the site begins, with a slash at both ends."""
        self._kept_answer = lru_cache(KEPT)(self._made)
        self._edition = 1
        """Counts how often something has changed."""
        self._indexed = 0
        """The edition of which the folder has a search index."""
        self._indexing = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # What PEP 3333 calls a string holds bytes.
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        answer = self._answer(path.removeprefix(self._mount)) if path.startswith(self._mount) else None
        if answer is None:
            return self._files(environ, start_response)
        if answer.address:
            start_response("302 Found", [("Location", quote(self._mount + answer.address))])
            return []
        kind = "text/html; charset=utf-8" if is_document(path) else mimetypes.guess_type(path)[0]
        headers = [("Content-Type", kind or "application/octet-stream"), ("Content-Length", str(len(answer.content)))]
        start_response("200 OK" if answer.found else "404 Not Found", headers)
        return [answer.content]

    def show(self, maker: SiteMaker) -> None:
        """Make everything anew that is asked for from now on."""
        self._maker = maker
        self._kept_answer.cache_clear()
        self._edition += 1

    def _answer(self, path: str) -> Answer | None:
        """What a browser gets at a path relative to the site's root; None where there may be a file."""
        if path.startswith(f"{self._maker.book}{INDEX_FOLDER}/"):
            self._index()
        with self.lock:
            report = Report()
            try:
                return self._kept_answer(path)
            except BrokenTemplateError as fault:
                report.add(fault.diagnostic)
            except PluginError as fault:
                report.error(Location(CONFIG_FILE), "plugin", str(fault), "correct its settings, or do without it")
            return self._page(render_problems(report))

    def _made(self, path: str) -> Answer | None:
        maker, addresses = self._maker, self._maker.pages
        address = path.removesuffix("index.html")
        if maker.report.has_errors:
            found = address in {*addresses, maker.book} or os.path.exists(maker.folder / path)
            return self._page(render_problems(maker.report), found) if is_document(path) else None
        if address in addresses:
            return self._page(with_warnings(maker.document(address)[0], maker.report))
        if f"{path}/" in addresses:
            return Answer(address=f"{path}/")
        if make := maker.files.get(path) or maker.files.get(f"{address}index.html"):
            return Answer(content=make())
        if path.startswith(f"{maker.book}{CARDS}/"):
            address = maker.book + address_of_card(path.removeprefix(maker.book))
            return Answer(content=draw_card(maker.document(address)[1].card)) if address in addresses else None
        return None

    def _page(self, document: str, found: bool = True) -> Answer:
        return Answer(content=self._add_scripts(document), found=found)

    def _index(self) -> None:
        """Make the search index, which whoever opens the search waits for; pages are answered in the meantime."""
        with self._indexing:
            while self._indexed != self._edition and not self._maker.report.has_errors:
                with self.lock:  # what an edit leaves half made belongs to no edition
                    edition, maker = self._edition, self._maker
                    documents = [
                        (f"{page.entry.address}index.html", maker.search_document(address))
                        for address, page in maker.pages.items()
                    ]
                    documents += maker.search_documents_by_hand()
                try:
                    with search_index(maker.folder / maker.book, maker.language) as index:
                        for document in documents:
                            index.add(*document)
                        write_index(index, maker.folder / maker.book, maker.search_data())
                except SearchIndexError as error:  # the search tells that there is no index
                    log.warning("%s", error)
                except OSError as error:
                    log.warning("the search index can't be written: %s", reason(error, str(maker.folder)))
                self._indexed = edition


def stamps(paths: Iterable[str | Path]) -> Stamps:
    """What tells whether any file at or below the paths has changed."""
    found = []
    for file in (each for path in map(Path, paths) for each in (path.rglob("*") if path.is_dir() else (path,))):
        with suppress(OSError):  # what is gone in the meantime
            status = file.stat()
            found.append((str(file), status.st_mtime_ns, status.st_size))
    return frozenset(found)


def is_document(path: str) -> bool:
    """Whether a browser shows what is at a path as a page."""
    name = path.rpartition("/")[2]
    return "." not in name or name.endswith(".html")
