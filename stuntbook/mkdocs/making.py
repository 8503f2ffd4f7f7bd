"""A knowledge base -> pages that MkDocs knows, and their documents: each SitePage with the theme's part around it."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import Any, cast

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from stuntbook.data.files import REDIRECTS, ROBOTS, Make, exports
from stuntbook.data.schema_file import check_for_editors
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.history import NO_HISTORY, History, history_of
from stuntbook.layout import KNOWLEDGE_FILE
from stuntbook.memo import Memo
from stuntbook.mkdocs.chrome import Chrome
from stuntbook.mkdocs.others import fault_of, read_content
from stuntbook.mkdocs.settings import (
    book_of,
    edition_of,
    publication_of,
    root_of,
    site_name_of,
    synonyms_of,
    way_to_root,
)
from stuntbook.pages.rendering import BrokenTemplateError
from stuntbook.pages.search_data import search_data
from stuntbook.pages.search_documents import SearchDocuments, document_of_page
from stuntbook.pages.site import Entry, Site, anchors_of
from stuntbook.pages.site_page import SitePage
from stuntbook.pages.views import Heading
from stuntbook.reading.settings import Synonyms

log = get_plugin_logger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A knowledge base as it was read, and its pages; none where there are errors."""

    knowledge: KnowledgeBase
    report: Report
    entries: tuple[Entry, ...] = ()
    synonyms: Synonyms = ()
    files: Mapping[str, Make] = field(default_factory=dict)
    """The data files by their paths within the site."""
    history: History = NO_HISTORY


def plan_site(
    config: MkDocsConfig, memo: Memo, checked: KnowledgeBase | None = None, history: History | None = None
) -> Prepared:
    """Read the knowledge base, or take one that a caller has checked, and plan its pages. Warnings are logged.

    `history` is what an earlier call has found, where it still holds.
    """
    report = Report()
    knowledge = checked or check_for_editors(root_of(config), report, memo=memo)
    synonyms = synonyms_of(config, report)
    if report.has_errors:
        return Prepared(knowledge, report)
    if warnings := report.render():
        log.warning("%s", warnings)
    history = history_of(root_of(config), memo.safe) if history is None else history
    history = replace(history, changed=knowledge.tables.add("changed", history.changed))
    entries = Site(knowledge, publication_of(config, history)).entries
    files = _placed(exports(edition_of(config, knowledge, history)), book_of(config))
    return Prepared(knowledge, report, entries, synonyms, files, history)


def _placed(files: Mapping[str, Make], book: str) -> dict[str, Make]:
    """The files by their paths within the site; a site that is more than the book has a robots.txt of its own."""
    kept = {path: make for path, make in files.items() if not book or path != ROBOTS}
    return {path if path == REDIRECTS else f"{book}{path}": make for path, make in kept.items()}


def file_in_place(path: str, config: MkDocsConfig, inclusion: InclusionLevel = InclusionLevel.UNDEFINED) -> File:
    """What MkDocs and other plugins are told of a file that is made later."""
    file = File.generated(config, path, content="", inclusion=inclusion)
    # What plugins take for its source, and ask git about. No article is: not all of one may be published.
    file.abs_src_path, file.generated_by = str(root_of(config) / KNOWLEDGE_FILE), None
    return file


class GeneratedPage(Page):
    """A page that is made when it is wanted: MkDocs reads no source for it and renders no Markdown."""

    def __init__(self, entry: Entry, config: MkDocsConfig, titles: Mapping[str, str]) -> None:
        """`titles` are those that the settings give to pages, by their paths."""
        inclusion = InclusionLevel.INCLUDED if entry.is_index else InclusionLevel.NOT_IN_NAV
        path = f"{book_of(config)}{entry.address}index.md"
        file = file_in_place(path, config, inclusion)
        file.edit_uri = f"{way_to_root(config)}/{entry.origin}"
        self.title_in_nav = titles.get(path)
        """What the settings call the page, if they do."""
        super().__init__(self.title_in_nav or escape(entry.title), file, config)  # MkDocs takes titles for HTML
        self.entry = entry
        self.made: SitePage | None = None
        """What it shows. It is no part of `meta`, which on other pages anybody may write."""
        self.told: Entry | None = None
        """That whose content other plugins were given last."""
        self.changed: str | None = None
        """What they have made of it, where that is something else."""

    def read_source(self, config: MkDocsConfig) -> None:
        # Until `render`, plugins may take Markdown and titles for templates, which no words of a book are.
        self.markdown, self.named, self.title = "", self.title, ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.title, self.content, self.toc = self.named, "", TableOfContents([])
        if read_content(config):
            with suppress(BrokenTemplateError):  # which is told when all pages are made
                self.show(self.entry.make())

    def keep(self, content: str) -> None:
        """Remember the content as other plugins leave it."""
        self.told, self.changed = self.entry, content if content != self.content else None

    def let_others_change(self, config: MkDocsConfig, documents: Sequence[File]) -> None:
        """Give the content to other plugins that ask for it, unless they have had it, and show what they make of it."""
        if read_content(config):
            if self.told is not self.entry:  # the last of the plugins is ours, which has it kept
                files = Files(list(documents))
                config.plugins.on_page_content(self.content or "", page=self, config=config, files=files)
            self.content = self.content if self.changed is None else self.changed

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        """What links of pages written by hand may lead to."""
        return set(anchors_of(self.entry))

    def show(self, made: SitePage) -> None:
        """Hold what the theme shows of the finished page."""
        self.title = self.title_in_nav or escape(made.title)
        self.meta = {**self.meta, "description": made.description, "hide": list(made.hide)}
        self.made = made
        self.content = made.html
        self.toc = _table_of_contents(() if "toc" in made.hide else made.outline)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMaker:
    """Makes the documents of a site that MkDocs has built all else of."""

    knowledge: KnowledgeBase
    report: Report
    """What is wrong at the moment; where there are errors, nothing else is asked for."""
    pages: Mapping[str, GeneratedPage]
    """By address within the site."""
    files: Mapping[str, Make]
    """The data files by their paths within the site."""
    folder: Path
    """That of the site, with all that is not generated."""
    book: str
    """The address of the book's home page within the site."""
    config: MkDocsConfig
    nav: Navigation
    documents: Sequence[File]
    """Every page of the site, those written by hand included."""
    chrome: Chrome
    language: str
    """That of the generated pages."""
    synonyms: Synonyms
    history: History
    searched: SearchDocuments

    @property
    def name(self) -> str:
        """That of the site."""
        return site_name_of(self.config)

    def document(self, address: str) -> tuple[str, SitePage]:
        """A page with everything around it, as MkDocs' own build makes it.

        Raises BrokenTemplateError, and PluginError where another plugin fails.
        """
        try:
            return self._document(self.pages[address])
        except MkDocsException:
            raise
        except Exception as error:
            if fault := fault_of(error, self.config.plugins):
                raise PluginError(f"stuntbook: {fault}") from error
            raise

    def _document(self, page: GeneratedPage) -> tuple[str, SitePage]:
        config, plugins = self.config, self.config.plugins
        made = page.entry.make()
        page.show(made)
        page.let_others_change(config, self.documents)
        page.active = True
        context = cast(Mapping[str, Any], get_context(self.nav, self.documents, config, page))
        context = plugins.on_page_context(cast(TemplateContext, context), page=page, config=config, nav=self.nav)
        # A site's own templates, or another plugin, may have any part of a page depend on it.
        is_whole = page.entry.is_index or config.theme.custom_dir or config.plugins.events["page_context"]
        around = self.chrome.whole if is_whole else self.chrome.around
        output = plugins.on_post_page(around(cast(Mapping[str, Any], context)), page=page, config=config)
        page.active, page.made, page.content = False, None, ""  # of a large book, all at once would fill the memory
        return output, made

    def frames(self) -> Iterator[str]:
        """What the theme draws around generated pages: with and without side columns, around indexes and records.

        Nothing of a record stands in it: no edit of one changes the styles that a site needs.
        """
        top = AnchorLink("", "", 1)
        top.children.append(AnchorLink("", "", 2))
        for original in {page.entry.is_index: page for page in self.pages.values()}.values():
            for hide, outline in (((), [top]), (("navigation", "toc"), [])):
                page = copy(original)
                page.meta, page.title, page.content, page.toc = {"hide": hide}, "", "", TableOfContents(outline)
                page.canonical_url, page.edit_url = None, page.edit_url and "edit"
                context = get_context(self.nav, self.documents, self.config, page)
                yield self.chrome.whole(cast(Mapping[str, Any], context))

    def search_document(self, address: str) -> str:
        """What the search is given of the page at an address; empty where it needs not know the page."""
        return self.searched.of_entry(self.pages[address].entry)

    def search_documents_by_hand(self) -> Iterator[tuple[str, str]]:
        """Path and search document of each page that is written by hand."""
        for file in self.documents:
            if file.page and not isinstance(file.page, GeneratedPage):
                yield self.place_in_book(file.dest_uri), document_of_page(str(file.page.title), file.page.content or "")

    def place_in_book(self, path: str) -> str:
        """The way to a file of the site from the book's folder."""
        return posixpath.relpath(path, self.book) if self.book else path

    def search_data(self) -> Mapping[str, bytes]:
        """What the search loads beside its index, by the paths within its folder."""
        return search_data(self.knowledge, self.synonyms)


def _table_of_contents(headings: Iterable[Heading]) -> TableOfContents:
    top: list[AnchorLink] = []
    open_links: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(escape(heading.text, quote=False), heading.id, heading.level - 1)
        while open_links and open_links[-1].level >= link.level:
            open_links.pop()
        (open_links[-1].children if open_links else top).append(link)
        open_links.append(link)
    return TableOfContents(top)
