"""The pages of a site -> its folder: every page, with its card, the data files and the search index.

What read nothing that has changed since the last build is taken from there.
"""

from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple
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
from stuntbook.publish.indexed_page import IndexedPage, fragment_path, read_page
from stuntbook.publish.pagefind import FOLDER, Indexer, search_index
from stuntbook.publish.recycling import recycle
from stuntbook.publish.search_index import write_index
from stuntbook.publish.site_folder import write

HEADERS = "_headers"
_KIND = "output"


class _Written(NamedTuple):
    """What was made of one name, which is the path of its first file."""

    files: list[str]
    """The names by which its files are kept: it itself, the picture of its card, what the search shows of it."""
    indexed: IndexedPage | None = None
    """What the index has of it."""
    search_document: str = ""
    """That of a page which only the search's own program reads."""
    card: str = ""
    """The name by which the album keeps its card."""

    @classmethod
    def read(cls, result: Any) -> "_Written":
        """A result as JSON has held it. Raises TypeError, AttributeError or ValueError for anything else."""
        files, indexed, document, card = result
        page = IndexedPage(*indexed) if indexed else None
        texts = (page.words, *page.meta.values()) if page else ()
        "".join((*files, document, card, *texts))  # raises where one is no text
        return cls(files, page, document, card)


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
        taken = _Taken(maker, index)
        writer.recycle(names)
        if is_ours or not is_changed_by_others(maker.config):
            made = memo.recall_each(_KIND, names, writer.make, use=writer.use, before=maker.knowledge.tables.make_all)
        else:  # what a plugin keeps of a page in its memory, it has to keep in this process
            made = map(writer.make, names)
        results = zip(names, progress.each("Making pages and data", made, len(names)), strict=True)
        taken.take(islice(results, len(writer.addresses)))
        with progress.stage("Indexing for the search"):  # while other processes make the data files
            for each in maker.search_documents_by_hand():
                index.add(*each)
            write_index(index, maker.search_data(), memo)
        taken.take(results)
        memo.keep_safe()
        if memo.safe:
            memo.safe.remove_other_files(taken.files)
        if album:
            album.remove_others(taken.cards)
    if not (maker.folder / HEADERS).exists():  # the site's own counts
        base = urlsplit(maker.config.site_url or "/").path
        has_policy = bool(maker.chrome.environment.globals["policy"])
        write(maker.folder / HEADERS, headers_file(maker.folder, base, policy=has_policy))


class _Taken:
    """What was written, of which the search is told."""

    def __init__(self, maker: SiteMaker, index: Indexer) -> None:
        self._maker, self._index = maker, index
        self.files: set[str] = set()
        """The names by which files are kept."""
        self.cards: set[str] = set()
        """The names by which the album keeps cards."""

    def take(self, results: Iterable[tuple[str, _Written]]) -> None:
        for path, result in results:
            written = _Written.read(result)
            self.files.update(written.files)
            self.cards.update(filter(None, (written.card,)))
            if written.indexed:
                self._index.pages.append(written.indexed)
            else:
                self._index.add(self._maker.place_in_book(path), written.search_document)


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

    def recycle(self, names: Iterable[str]) -> None:
        """Take from the site that the last build has replaced what was written before and is still right."""
        if self._safe and self._safe.spare.exists():
            wanted = set[str]()
            for path, result in self._memo.held(_KIND, names).items():
                with suppress(TypeError, ValueError, AttributeError):
                    wanted.update(self._places(path, result))
            recycle(self._safe.spare, self._maker.folder, wanted)

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
        places = self._places(path, result)
        safe = self._safe
        return safe is not None and all(
            safe.use_file(name, f"{self._maker.folder}/{each}") for each, name in places.items()
        )

    def _places(self, path: str, result: _Written) -> dict[str, str]:
        """The paths of the files that were made of a name, with the names by which they are kept."""
        written, paths = _Written.read(result), [path]
        if self._album and path in self.addresses:
            paths.append(self._image(path))
        if written.indexed:
            paths.append(self._fragment(written.indexed))
            if written.indexed.fragment != written.files[-1]:  # both are the digest of the same file
                raise ValueError(written.files)
        return dict(zip(paths, written.files, strict=True))

    def _fragment(self, page: IndexedPage) -> str:
        """The path of what the search shows of a page, until the index is written."""
        return f"{self._maker.book}{FOLDER}/{fragment_path(page.fragment)}"

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
        document = self._maker.search_document(address)
        if not (read := read_page(self._maker.place_in_book(path), document)):
            return _Written(files, None, document, card)
        indexed, fragment = read
        files.append(self._write(self._fragment(indexed), fragment))
        return _Written(files, indexed, "", card)

    def _write(self, path: str, content: bytes) -> str:
        file = self._maker.folder / path
        write(file, content)
        return self._safe.put_file(file, content) if self._safe else ""
