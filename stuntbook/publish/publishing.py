"""The pages of a site -> its folder: every page, with its card, the data files and the search index."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from stuntbook import parallel
from stuntbook.data.files import EXPORTS
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.cards.album import Album
from stuntbook.pages.site_page import SitePage
from stuntbook.progress import Progress
from stuntbook.publish.search_index import search_index


class Maker(Protocol):
    """What makes the pages."""

    @property
    def report(self) -> Report:
        """What is wrong at the moment; where there are errors, nothing else is asked for."""

    @property
    def knowledge(self) -> KnowledgeBase: ...

    @property
    def language(self) -> str:
        """That of the pages, as ISO 639-1 has it."""

    @property
    def addresses(self) -> Collection[str]:
        """Of all generated pages."""

    @property
    def folder(self) -> Path:
        """The folder of the site, with all that is not generated."""

    def document(self, address: str) -> tuple[str, SitePage]:
        """The whole page at an address. Raises BrokenTemplateError where a template is wrong."""

    def search_document(self, address: str) -> str:
        """What the search is given of the page at an address; empty where it needs not know the page."""

    def search_documents_by_hand(self) -> Iterator[tuple[str, str]]:
        """Path and search document of each page that is written by hand."""


def publish(maker: Maker, album: Album | None, progress: Progress) -> None:
    """Write everything that is generated, with the pictures of the album's cards where there is one.

    Raises BrokenTemplateError and SearchIndexError.
    """
    folder = maker.folder

    def write_data(path: str) -> _Written:
        _write(folder / path, EXPORTS[path](maker.knowledge))
        return _Written(path)

    def write_page(address: str) -> _Written:
        output, page = maker.document(address)
        _write(folder / path_of(address), output.encode())
        if album:
            _write(folder / page.image, album.image(page.card))
        return _Written(path_of(address), maker.search_document(address), album.name(page.card) if album else "")

    # The data files take longest, and begin first.
    jobs = [*(partial(write_data, path) for path in EXPORTS), *(partial(write_page, each) for each in maker.addresses)]
    with search_index(folder, maker.language) as index:
        cards = set()
        written = parallel.each(lambda number: jobs[number](), len(jobs))
        for made in progress.each("Making pages and data", written, len(jobs)):
            index.add(made.path, made.search_document)
            cards.add(made.card)
        if album:
            album.remove_others(cards)
        with progress.stage("Indexing for the search"):
            index.build(maker.search_documents_by_hand())


class _Written(NamedTuple):
    """What was written."""

    path: str
    """Where, in the folder of the site."""
    search_document: str = ""
    card: str = ""
    """The name by which the album keeps its card."""


def path_of(address: str) -> str:
    """Where the folder of a site holds the page at an address."""
    return f"{address}index.html"


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
