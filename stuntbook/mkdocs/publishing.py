"""The pages of a site -> its folder: every page, with its card, the data files and the search index.

What read nothing that has changed since the last build is taken from there.
"""

from typing import NamedTuple
from urllib.parse import urlsplit

from stuntbook.data.assembled import Assembled
from stuntbook.data.files import is_of_edition
from stuntbook.memo import Memo
from stuntbook.mkdocs.making import SiteMaker
from stuntbook.mkdocs.others import is_left_to_us
from stuntbook.mkdocs.policy import headers_file
from stuntbook.mkdocs.settings import is_changed_by_others
from stuntbook.mkdocs.surroundings import surroundings_of
from stuntbook.pages.cards.album import Album
from stuntbook.pages.site_page import image_of
from stuntbook.progress import Progress
from stuntbook.publish.pagefind import search_index
from stuntbook.publish.search_index import write_index
from stuntbook.publish.site_folder import write

HEADERS = "_headers"
_KIND = "output"


class _Written(NamedTuple):
    """What was made of one name, which is the path of its first file."""

    files: list[str]
    """The names by which its files are kept: it itself, and the picture of its card."""
    search_document: str = ""
    card: str = ""
    """The name by which the album keeps its card."""


def publish(maker: SiteMaker, album: Album | None, memo: Memo, progress: Progress) -> None:
    """Write everything that is generated, with the pictures of the album's cards where there is one.

    Raises BrokenTemplateError, PluginError and SearchIndexError.
    """
    is_ours = is_left_to_us(maker.config)
    if not is_ours:
        memo = Memo(keeping=False)
    writer = _Writer(maker, album, memo)
    # The search is told of pages while the data files are made; those that tell of everything take longest by far.
    names = [*writer.addresses, *sorted(maker.files, key=lambda path: is_of_edition(maker.files[path]))]
    with search_index(maker.folder / maker.book, maker.language) as index:
        used, cards = set[str](), set[str]()
        if is_ours or not is_changed_by_others(maker.config):
            made = memo.recall_each(_KIND, names, writer.make, use=writer.use, before=maker.knowledge.tables.make_all)
        else:  # what a plugin keeps of a page in its memory, it has to keep in this process
            made = map(writer.make, names)
        for path, result in zip(names, progress.each("Making pages and data", made, len(names)), strict=True):
            written = _Written(*result)
            index.add(maker.place_in_book(path), written.search_document)
            used.update(written.files)
            cards.add(written.card)
        memo.keep_safe(_KIND)
        if memo.safe:
            memo.safe.remove_other_files(used)
        if album:
            album.remove_others(cards - {""})
        with progress.stage("Indexing for the search"):
            for each in maker.search_documents_by_hand():
                index.add(*each)
            write_index(index, maker.folder / maker.book, maker.search_data())
    if not (maker.folder / HEADERS).exists():  # the site's own counts
        base = urlsplit(maker.config.site_url or "/").path
        has_policy = bool(maker.chrome.environment.globals["policy"])
        write(maker.folder / HEADERS, headers_file(maker.folder, base, policy=has_policy))


class _Writer:
    """Writes what is generated, or takes it from what is kept."""

    def __init__(self, maker: SiteMaker, album: Album | None, memo: Memo) -> None:
        self._maker, self._album, self._memo, self._safe = maker, album, memo, memo.safe
        self.addresses = {f"{address}index.html": address for address in maker.pages}
        """Those of the pages, by path."""
        add = maker.knowledge.tables.add
        entries = {path: maker.pages[address].entry for path, address in self.addresses.items()}
        self._plans = add("plans", {path: (each.title, each.origin, each.is_index) for path, each in entries.items()})
        around = surroundings_of(maker)
        self._around = add("around", {"pages": (around, album is not None), "data": (around, maker.history)})

    def make(self, path: str) -> _Written:
        if path in self.addresses:
            return self._page(path, self.addresses[path])
        make = self._maker.files[path]
        if not is_of_edition(make):
            return _Written([self._write(path, make())])
        _ = self._around["data"]  # whoever looks there depends on it
        return _Written([self._write(path, self._assembled(path, make) if isinstance(make, Assembled) else make())])

    def _assembled(self, path: str, file: Assembled) -> bytes:
        """A file of pieces, of which those are made that read something that has changed."""

        def piece(name: str) -> bytes:
            _ = self._around["data"]
            return file.piece(name)

        return self._memo.recall_joined(f"pieces of {path.replace('/', ' ')}", file.parts(), piece)

    def use(self, path: str, result: _Written) -> bool:
        """Put what was written before in its place. False where it is not there any more."""
        paths = [path, *([self._image(path)] if self._album and path in self.addresses else ())]
        files, document, card = result
        if not self._safe or len(files) != len(paths) or not isinstance(document + card, str):
            return False
        return all(map(self._safe.use_file, files, (f"{self._maker.folder}/{each}" for each in paths)))

    def _image(self, path: str) -> str:
        """The path of the picture of a page's card."""
        return self._maker.book + image_of(self._maker.pages[self.addresses[path]].entry.address)

    def _page(self, path: str, address: str) -> _Written:
        _ = self._plans[path], self._around["pages"]  # whoever looks there depends on them
        output, page = self._maker.document(address)
        files, card = [self._write(path, output.encode())], ""
        if self._album:
            card = self._album.name(page.card)
            files.append(self._write(self._image(path), self._album.image(page.card)))
        return _Written(files, self._maker.search_document(address), card)

    def _write(self, path: str, content: bytes) -> str:
        file = self._maker.folder / path
        write(file, content)
        return self._safe.put_file(file, content) if self._safe else ""
