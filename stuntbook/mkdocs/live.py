"""The site of a knowledge base that is being edited: what a browser gets is made when it asks, from what holds then."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from jinja2 import TemplateError
from watchdog.events import FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from stuntbook.data.files import EXPORTS
from stuntbook.diagnostics import Report
from stuntbook.mkdocs.on_demand import Answer, is_document
from stuntbook.pages.cards.drawing import draw_card
from stuntbook.pages.rendering import render_problems, template_problem
from stuntbook.pages.site_page import CARDS, address_of_card
from stuntbook.publish.publishing import Maker, path_of
from stuntbook.publish.search_index import FOLDER as INDEX_FOLDER
from stuntbook.publish.search_index import SearchIndexError, search_index

Stamps = frozenset[tuple[str, int, int]]
"""Path, time of change in nanoseconds since the epoch, and size in bytes, of files."""


class LiveSite:
    """Answers for every path of the site. Whatever changes what they are made from holds `lock`, and calls `forget`."""

    def __init__(self, maker: Maker, reloading: Callable[[str], bytes]) -> None:
        self.lock = threading.Lock()
        self._maker = maker
        self._reloading = reloading
        """A document with what makes a browser load it again after the next edit."""
        self._answers: dict[str, Answer | None] = {}
        self._edition = 1
        """Counts how often something has changed."""
        self._indexed = 0
        """The edition of which the folder has a search index."""
        self._indexing = threading.Lock()

    def forget(self) -> None:
        """Make everything anew that is asked for from now on."""
        self._answers.clear()
        self._edition += 1

    def answer(self, path: str) -> Answer | None:
        """What a browser gets at a path relative to the site's root; None where its folder may hold it."""
        if path.startswith(f"{INDEX_FOLDER}/"):
            self._index()
        with self.lock:
            if path not in self._answers:
                try:
                    self._answers[path] = self._made(path)
                except TemplateError as error:
                    report = Report()
                    report.add(template_problem(error))
                    self._answers[path] = self._page(render_problems(report))
            return self._answers[path]

    def _made(self, path: str) -> Answer | None:
        maker, addresses = self._maker, self._maker.addresses
        address = path.removesuffix("index.html")
        if maker.report.has_errors:
            found = address in {*addresses, ""} or (maker.folder / path).exists()
            return self._page(render_problems(maker.report), found) if is_document(path) else None
        if address in addresses:
            return self._page(maker.document(address)[0])
        if f"{path}/" in addresses:
            return Answer(address=f"{path}/")
        if path in EXPORTS:
            return Answer(content=EXPORTS[path](maker.knowledge))
        if path.startswith(f"{CARDS}/") and address_of_card(path) in addresses:
            return Answer(content=draw_card(maker.document(address_of_card(path))[1].card))
        return None

    def _page(self, document: str, found: bool = True) -> Answer:
        return Answer(content=self._reloading(document), found=found)

    def _index(self) -> None:
        """Make the search index, which whoever opens the search waits for; pages are answered in the meantime."""
        with self._indexing:
            while self._indexed != self._edition and not self._maker.report.has_errors:
                with self.lock:  # what an edit leaves half made belongs to no edition
                    edition, maker = self._edition, self._maker
                    documents = [(path_of(each), maker.search_document(each)) for each in maker.addresses]
                    documents += maker.search_documents_by_hand()
                # Where the index can't be made, the search tells that there is none.
                with suppress(SearchIndexError), search_index(maker.folder, maker.language) as index:
                    index.build(documents)
                self._indexed = edition


def stamps(paths: Iterable[str | Path]) -> Stamps:
    """What tells whether any file at or below the paths has changed."""
    found = []
    for file in (each for path in map(Path, paths) for each in (path.rglob("*") if path.is_dir() else (path,))):
        with suppress(OSError):  # what is gone in the meantime
            status = file.stat()
            found.append((str(file), status.st_mtime_ns, status.st_size))
    return frozenset(found)


def change_observer() -> BaseObserver:
    """Tells of changes alone: the system tells of reading too."""
    observer = Observer()
    changes = [FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileDeletedEvent]
    observer.schedule = partial(observer.schedule, event_filter=changes)  # type: ignore[method-assign]
    return observer


@contextmanager
def no_collection() -> Iterator[None]:
    """Look for no garbage: of what a build makes, most is kept."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
