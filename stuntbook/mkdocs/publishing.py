"""The pages of a site -> its folder: every page, with its card, the data files and the search index."""

from functools import partial
from urllib.parse import urlsplit

from stuntbook import parallel
from stuntbook.mkdocs.making import SiteMaker
from stuntbook.mkdocs.policy import headers_file
from stuntbook.mkdocs.settings import is_changed_by_others
from stuntbook.pages.cards.album import Album
from stuntbook.progress import Progress
from stuntbook.publish.pagefind import search_index
from stuntbook.publish.search_index import write_index
from stuntbook.publish.site_folder import write

HEADERS = "_headers"
_Written = tuple[str, str, str]
"""Of a file the way to it from the book's folder, its search document, and its card's name in the album."""


def publish(maker: SiteMaker, album: Album | None, progress: Progress) -> None:
    """Write everything that is generated, with the pictures of the album's cards where there is one.

    Raises BrokenTemplateError, PluginError and SearchIndexError.
    """
    folder = maker.folder

    def write_data(path: str) -> _Written:
        write(folder / path, maker.files[path]())
        return path, "", ""

    def write_page(address: str) -> _Written:
        output, page = maker.document(address)
        path = f"{address}index.html"
        write(folder / path, output.encode())
        if album:
            write(folder / maker.book / page.image, album.image(page.card))
        return maker.place_in_book(path), maker.search_document(address), album.name(page.card) if album else ""

    # The data files take longest, and begin first.
    jobs = [*(partial(write_data, path) for path in maker.files), *(partial(write_page, each) for each in maker.pages)]
    with search_index(folder / maker.book, maker.language) as index:
        cards = set()
        # What a plugin keeps of a page in its memory, it has to keep in this process.
        shared = is_changed_by_others(maker.config)
        written = (job() for job in jobs) if shared else parallel.each(lambda number: jobs[number](), len(jobs))
        for path, search_document, card in progress.each("Making pages and data", written, len(jobs)):
            index.add(path, search_document)
            cards.add(card)
        if album:
            album.remove_others(cards - {""})
        with progress.stage("Indexing for the search"):
            for each in maker.search_documents_by_hand():
                index.add(*each)
            write_index(index, folder / maker.book, maker.search_data())
    if not (folder / HEADERS).exists():  # the site's own counts
        base = urlsplit(maker.config.site_url or "/").path
        has_policy = bool(maker.chrome.environment.globals["policy"])
        write(folder / HEADERS, headers_file(folder, base, policy=has_policy))
