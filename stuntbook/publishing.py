"""The pages of a site -> its folder: every page, with its card, the data files and the search index."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Protocol

from stuntbook import parallel
from stuntbook.cards import Album
from stuntbook.diagnostics import Report
from stuntbook.exports import EXPORTS
from stuntbook.knowledge import KnowledgeBase
from stuntbook.progress import Progress
from stuntbook.search_index import search_index, what_is_read
from stuntbook.site_page import SitePage


class Maker(Protocol):
    """What makes the pages."""

    report: Report
    """What is wrong at the moment; while that is anything, nothing else is asked for."""
    knowledge: KnowledgeBase

    @property
    def addresses(self) -> Collection[str]:
        """Of all generated pages."""

    @property
    def folder(self) -> Path:
        """The folder of the site, with all that is not generated."""

    def document(self, address: str) -> tuple[str, SitePage]:
        """The whole page at an address. Raises jinja2.TemplateError where a template is wrong."""


def publish(maker: Maker, album: Album | None, progress: Progress) -> None:
    """Write everything that is generated, with the pictures of the album's cards where there is one.

    Raises jinja2.TemplateError and SearchIndexError.
    """
    folder, addresses = maker.folder, list(maker.addresses)

    def write(number: int) -> tuple[str, str, str]:
        """Write a page: its path, what the search reads of it, and the name that the album keeps its card by."""
        output, page = maker.document(addresses[number])
        path = path_of(addresses[number])
        _write(folder / path, output.encode())
        if album:
            _write(folder / page.image, album.image(page.card))
        return path, what_is_read(output), album.name(page.card) if album else ""

    with search_index(folder) as index:
        cards = set()
        written = parallel.each(write, len(addresses))
        for path, read, card in progress.each("Making the pages", written, len(addresses)):
            index.add(path, read)
            cards.add(card)
        if album:
            album.remove_others(cards)
        index.begin()
        with progress.stage("Making the data files"):
            for path, export in EXPORTS.items():
                _write(folder / path, export(maker.knowledge).encode())
        with progress.stage("Indexing for the search"):
            index.end()


def path_of(address: str) -> str:
    """Where the folder of a site holds the page at an address."""
    return f"{address}index.html"


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
