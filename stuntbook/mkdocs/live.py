"""The site of a knowledge base that is being edited: what a browser gets is made when it asks, from what holds then."""

from __future__ import annotations

import mimetypes
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs.exceptions import PluginError

from stuntbook.diagnostics import Location, Report, reason
from stuntbook.layout import CONFIG_FILE
from stuntbook.mkdocs.making import SiteMaker, log
from stuntbook.pages.cards.album import Album
from stuntbook.pages.rendering import BrokenTemplateError, render_fault, render_problems, with_warnings
from stuntbook.pages.site_page import CARDS, address_of_card
from stuntbook.publish.pagefind import FOLDER as INDEX_FOLDER
from stuntbook.publish.pagefind import SearchIndexError, search_index
from stuntbook.publish.search_index import write_index

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MISSING = "404.html"
"""What is shown where there is no page."""
KEPT = 200
"""How many answers are kept until the next edit; a page has about 100 KB."""


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

    Whoever changes the knowledge holds `lock`, and calls `show` or `show_fault`.
    """

    def __init__(
        self, maker: SiteMaker, add_scripts: Callable[[str], bytes], files: WSGIApplication, mount: str
    ) -> None:
        self.lock = threading.Lock()
        self._maker = maker
        self._add_scripts = add_scripts
        """A document with what makes a browser load it again after the next edit."""
        self._files = files
        self._fault = ""
        """Why there is no site at the moment, where its knowledge is not the reason."""
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
        self._maker, self._fault = maker, ""
        self._kept_answer.cache_clear()
        self._edition += 1

    def show_fault(self, fault: str) -> None:
        """Show on every page why the site can't be made, until there is something else to show."""
        self._fault = fault
        self._kept_answer.cache_clear()

    def with_warnings(self, document: str) -> str:
        """A document, with what is not quite right at the moment at its foot."""
        return with_warnings(document, self._maker.report)

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
            return self._page(render_problems(report, self._maker.name))

    def _made(self, path: str) -> Answer | None:
        maker, addresses = self._maker, self._maker.pages
        is_page, is_broken = is_document(path), bool(self._fault) or maker.report.has_errors
        if is_page and is_broken:
            is_known = path.removesuffix("index.html") in {*addresses, "", maker.book}
            return self._page(self._report(), is_known or self._is_file(path))
        found = None if is_broken else self._found(path)
        if not found and is_page and not self._is_file(path) and (missing := maker.folder / MISSING).is_file():
            return self._page(self.with_warnings(missing.read_text(encoding="utf-8")), found=False)
        return found

    def _found(self, path: str) -> Answer | None:
        maker, addresses = self._maker, self._maker.pages
        address = path.removesuffix("index.html")
        if address in addresses:
            return self._page(self.with_warnings(maker.document(address)[0]))
        if f"{path}/" in addresses:
            return Answer(address=f"{path}/")
        if make := maker.files.get(path) or maker.files.get(f"{address}index.html"):
            return Answer(content=make())
        if path.startswith(f"{maker.book}{CARDS}/"):
            address = maker.book + address_of_card(path.removeprefix(maker.book))
            return Answer(content=Album(None).image(maker.document(address)[1].card)) if address in addresses else None
        return None

    def _report(self) -> str:
        if self._fault:
            return render_fault(self._fault, self._maker.name)
        return render_problems(self._maker.report, self._maker.name)

    def _is_file(self, path: str) -> bool:
        """Whether a path leads to a file of the site, or to a folder that has a page."""
        file = f"{self._maker.folder}/{path}"
        return os.path.isfile(file) or os.path.isfile(f"{file}/index.html")

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
                        write_index(index, maker.search_data())
                except SearchIndexError as error:  # the search tells that there is no index
                    log.warning("%s", error)
                except OSError as error:
                    log.warning("the search index can't be written: %s", reason(error, str(maker.folder)))
                self._indexed = edition


def is_document(path: str) -> bool:
    """Whether a browser shows what is at a path as a page."""
    name = path.rpartition("/")[2]
    return "." not in name or name.endswith(".html")
