"""SitePages -> MkDocs: the one module that knows MkDocs.

The plugin tells MkDocs of its pages, and makes them at the end of a build, or when a browser asks for one. Bad data are
found before MkDocs empties the site's folder; and while MkDocs serves, problems are shown in the browser instead of
being raised, because an exception would end the server.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urljoin

import click
from jinja2 import Environment, TemplateError
from mkdocs.commands import build as build_command
from mkdocs.commands import serve as serve_command
from mkdocs.config import load_config
from mkdocs.config.base import LegacyConfig
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from stuntbook.check import load_and_check
from stuntbook.data.files import EXPORTS
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.layout import ARTICLES_FOLDER, CACHE, KNOWLEDGE_FILE
from stuntbook.memo import Memo
from stuntbook.mkdocs.chrome import Chrome
from stuntbook.mkdocs.live import LiveSite, Stamps, change_observer, no_collection, stamps
from stuntbook.mkdocs.on_demand import OnDemand
from stuntbook.mkdocs.stylesheet import STYLES, one_stylesheet
from stuntbook.pages.cards.drawing import Album
from stuntbook.pages.rendering import TEMPLATES, read_templates_again, template_problem
from stuntbook.pages.search_documents import document_of_entry, document_of_page
from stuntbook.pages.site import Entry, Site, anchors_of
from stuntbook.pages.site_page import Publication, SitePage
from stuntbook.pages.templating import compiled_templates
from stuntbook.pages.views import Heading
from stuntbook.progress import Progress, Stage
from stuntbook.publish.publishing import publish
from stuntbook.publish.search_index import SearchIndexError
from stuntbook.publish.site_folder import SiteError, check_target, collisions, replace

THEME = Path(__file__).parent / "theme"
SCRIPT = "assets/stuntbook/stuntbook.js"
CONFIG_FILE = "mkdocs.yml"
_FIXED_DATE = "1980-01-01"
"""Stands in for the day of the build, so that the same input gives the same bytes."""
_UNUSED = re.compile(r"^assets/(stylesheets|javascripts)/")
"""Files of the theme that no page asks for: its scripts, and what is in our stylesheet."""
SAVING = 0.03
"""How many seconds an editor may take to save a file."""

log = get_plugin_logger(__name__)


class GeneratedPage(Page):
    """A page that is made when it is wanted: MkDocs reads no source for it and renders no Markdown."""

    def __init__(self, entry: Entry, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(entry.title), file, config)  # MkDocs takes titles for HTML
        self.entry = entry

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        """What links of pages written by hand may lead to."""
        return set(anchors_of(self.entry))

    def show(self, made: SitePage) -> None:
        """Hold what the theme shows of the finished page."""
        self.title = escape(made.title)
        self.meta = {"description": made.description, "hide": list(made.hide), "stuntbook": made}
        self.content = made.html
        self.toc = _table_of_contents(() if "toc" in made.hide else made.outline)


class StuntbookPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """Adds the pages and data files of the knowledge base that stands next to `mkdocs.yml`. It takes no options.

    MkDocs knows where they are, and builds the pages written by hand; it is left to `publish`, and to a server, when
    the others are made.
    """

    def __init__(self) -> None:
        self.serving = False
        self.checked: KnowledgeBase | None = None
        """What a caller has checked and reported already."""
        self.report = Report()
        self.memo = Memo()
        self.progress = Progress()
        self.entries: tuple[Entry, ...] = ()
        self.pages: dict[str, GeneratedPage] = {}
        """Those that MkDocs knows, by address."""
        self.knowledge: KnowledgeBase
        self.config_now: MkDocsConfig
        self.nav: Navigation
        self.documents: Sequence[File] = ()
        """Every page of the site, those written by hand included."""
        self.chrome: Chrome
        self.building: Stage

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # `mkdocs serve --no-livereload` asks no plugin about its server: it serves what a build makes.
        context = click.get_current_context(silent=True)
        self.serving = command == "serve" and (context is None or context.params.get("livereload", True))
        self.memo = Memo(keeping=self.serving)

    # --- What there is

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if not config.use_directory_urls:
            raise PluginError(
                "stuntbook: the site's addresses end in a slash; remove use_directory_urls from mkdocs.yml"
            )
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
        script = ExtraScriptValue(SCRIPT)
        script.type = "module"
        config.extra_javascript.append(script)
        if not config.repo_url:
            config.edit_uri = None  # MkDocs would warn on every page that it leads nowhere
        self.config_now = config
        self.entries = self.prepare()
        try:
            read_templates_again()
        except TemplateError as error:
            self.report.add(template_problem(error))
        taken = {file.dest_uri: file.src_uri for file in get_files(config)}
        self.report.extend(collisions(self.entries, taken, Path(config.docs_dir).name))
        if self.report.has_errors:
            self._refuse()
            self.entries = ()
            config.nav = None  # it names pages that are not there
        self.building = self.progress.begin("Building with MkDocs")
        return config

    def prepare(self) -> tuple[Entry, ...]:
        """Read the knowledge base as it is now. Everything wrong goes to the report, and then there are no entries."""
        config, self.report = self.config_now, Report()
        knowledge = self.checked or load_and_check(_root(config), self.report, memo=self.memo)
        if self.report.has_errors:
            return ()
        self.knowledge = knowledge
        if warnings := self.report.render():
            log.warning("%s", warnings)
        return Site(knowledge, _publication(config)).entries

    def refresh(self) -> bool:
        """Read the knowledge base again. False where MkDocs has to know of other pages than before."""
        entries = self.prepare()
        if self.report.has_errors:
            self._refuse()
        elif [entry.address for entry in entries] != list(self.pages):
            return False
        for entry in entries:
            self.pages[entry.address].entry = entry
        return True

    def _refuse(self) -> None:
        """Stop a build that has not touched the site yet; a server goes on and shows the report."""
        if not self.serving:
            raise PluginError(f"{self.report.summary()} in the knowledge base\n\n{self.report.render()}")
        log.error("%s in the knowledge base\n\n%s", self.report.summary(), self.report.render())

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        self.pages, above = {}, _above(config)
        for entry in self.entries:
            inclusion = InclusionLevel.INCLUDED if entry.is_index else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, f"{entry.address}index.md", content="", inclusion=inclusion)
            file.edit_uri = f"{above}/{entry.origin}"
            file.page = self.pages[entry.address] = GeneratedPage(entry, file, config)
            files.append(file)
        for path in EXPORTS if self.entries else ():
            files.append(File.generated(config, path, content=""))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        for file in files.documentation_pages():
            if file.page and "SOURCE_DATE_EPOCH" not in os.environ:
                file.page.update_date = _FIXED_DATE
        self.nav = nav
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """One stylesheet for everything: the theme's and ours, so that a page waits for one file and not for three."""
        content = one_stylesheet(config.theme.dirs)
        path = f"assets/stuntbook/site.{sha256(content.encode()).hexdigest()[:8]}.css"
        files.append(File.generated(config, path, content=content))
        env.globals["stylesheet"] = path
        env.bytecode_cache = compiled_templates()
        self.chrome = Chrome(env)
        self.documents = files.documentation_pages()
        for file in [file for file in files if file.src_dir != config.docs_dir and _UNUSED.search(file.src_uri)]:
            files.remove(file)
        # MkDocs has resolved every link; from here on, the pages and data files are ours to make.
        for made in (*(page.file for page in self.pages.values()), *map(files.get_file_from_path, EXPORTS)):
            if made:
                files.remove(made)
        return env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        context["pages"] = self.documents  # of which the sitemap is made
        return context

    # --- Making it

    @property
    def addresses(self) -> Collection[str]:
        return self.pages

    @property
    def folder(self) -> Path:
        return Path(self.config_now.site_dir)

    def document(self, address: str) -> tuple[str, SitePage]:
        """A page with everything around it, as MkDocs' own build makes it. Raises jinja2.TemplateError."""
        config, plugins, page = self.config_now, self.config_now.plugins, self.pages[address]
        made = page.entry.make()
        page.show(made)
        page.active = True
        context = cast(Mapping[str, Any], build_command.get_context(self.nav, self.documents, config, page))
        context = plugins.on_page_context(cast(TemplateContext, context), page=page, config=config, nav=self.nav)
        around = self.chrome.whole if page.entry.is_index else self.chrome.around
        output = plugins.on_post_page(around(cast(Mapping[str, Any], context)), page=page, config=config)
        page.active, page.content = False, ""
        return output, made

    @property
    def language(self) -> str:
        return str(self.config_now.theme["language"])

    def search_document(self, address: str) -> str:
        return document_of_entry(self.knowledge, self.pages[address].entry, self.config_now.site_name)

    def search_documents_by_hand(self) -> Iterator[tuple[str, str]]:
        for file in self.documents:
            if file.page and not isinstance(file.page, GeneratedPage):
                yield file.dest_uri, document_of_page(str(file.page.title), file.page.content or "")

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self.progress.end(self.building)
        if not self.serving:
            try:
                self.publish()
            except TemplateError as error:
                self.report.add(template_problem(error))
                self._refuse()
            except SearchIndexError as error:
                raise PluginError(f"stuntbook: {error}") from error

    def publish(self) -> None:
        """Write everything that is generated. Raises TemplateError and SearchIndexError."""
        # Without its own address the site can't refer to cards: that has to be absolute.
        album = Album(_root(self.config_now) / CACHE / "cards") if self.config_now.site_url else None
        publish(self, album, self.progress)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        if self.serving:
            _Live(self, server, builder)
        else:
            server.watch(str(_root(config)), recursive=False)
            server.watch(str(_root(config) / ARTICLES_FOLDER))
        return server


def _root(config: MkDocsConfig) -> Path:
    """The knowledge base's folder."""
    return Path(config.config_file_path).parent


def _above(config: MkDocsConfig) -> str:
    """The way from the folder of the pages written by hand to the knowledge base's."""
    return os.path.relpath(_root(config), config.docs_dir).replace(os.sep, "/")


def _publication(config: MkDocsConfig) -> Publication:
    return Publication(name=config.site_name, address=config.site_url or "", repository=_repository(config))


def _repository(config: MkDocsConfig) -> str:
    """Where the repository shows a knowledge base's files: GitHub's `blob` next to the `edit` of the edit links."""
    if not config.repo_url or not config.edit_uri:
        return ""
    shown = re.sub(r"^edit/", "blob/", config.edit_uri)
    return urljoin(f"{config.repo_url.rstrip('/')}/", f"{shown}{_above(config)}/")


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


class _Live:
    """MkDocs' server, with pages that are made when a browser asks for them."""

    def __init__(self, plugin: StuntbookPlugin, server: LiveReloadServer, builder: Callable[[], None]) -> None:
        self.plugin = plugin
        self.server = server
        self.build_all = builder
        self.site = LiveSite(plugin, self._reloading)
        self.epoch = server._visible_epoch
        server.builder = self.rebuild
        server.set_app(OnDemand(server.serve_request, server.mount_path, self.site.answer))
        self._watch()
        self.stamps = self._stamps()
        gc.freeze()  # what the first build has made stays for days: it need not be looked through again and again
        gc.enable()

    def _watch(self) -> None:
        """Have the system tell of changes at once, where MkDocs would look for them twice a second."""
        server, root = self.server, _root(self.plugin.config_now)
        watched = list(server._watched_paths)
        server._watched_paths.clear()
        server.observer = change_observer()  # type: ignore[assignment]
        server.build_delay = SAVING
        # The folder rather than stunts.yaml: an editor that saves by renaming would end the watch of a file.
        server.watch(str(root), recursive=False)
        for path in (*watched, *map(str, (root / ARTICLES_FOLDER, TEMPLATES, THEME, STYLES))):
            if Path(path).exists():
                server.watch(path)

    def _stamps(self) -> tuple[Stamps, Stamps]:
        """Those of the knowledge base, and of everything else that is watched."""
        root = _root(self.plugin.config_now)
        articles = root / ARTICLES_FOLDER
        others = set(map(Path, self.server._watched_paths)) - {root, articles}
        return stamps((root / KNOWLEDGE_FILE, articles)), stamps(others)

    def rebuild(self) -> None:
        """What the server does when a file has changed: as little as it can."""
        with self.site.lock, no_collection():
            before, self.stamps = self.stamps, self._stamps()
            if before == self.stamps:
                self.server._wanted_epoch = self.server._visible_epoch
                return
            if before[1] != self.stamps[1] or not self.plugin.refresh():
                self.build_all()
            self.site.forget()
            self.epoch = self.server._wanted_epoch

    def _reloading(self, document: str) -> bytes:
        inject = cast(Callable[[bytes, int], bytes], self.server._inject_js_into_html)
        return inject(document.encode(), self.epoch)


class _Messages(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname.lower()}: {record.getMessage()}")


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turn whatever stops MkDocs into a SiteError that holds what it logged. Raises SiteError."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
    messages = _Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    try:
        yield
    except (Abort, ConfigurationError) as error:
        raise SiteError("\n".join(dict.fromkeys(messages.lines)) or error.format_message()) from error
    except OSError as error:
        # A folder that can't be written, or an address that another server has taken.
        raise SiteError(f"error: {error}") from error
    finally:
        logger.removeHandler(messages)


def build_site(root: Path, site_dir: Path | None, knowledge: KnowledgeBase, progress: Progress | None = None) -> Path:
    """Build the site of a checked knowledge base as `mkdocs build --strict` does, and return the folder it is in.

    The site is built next to its folder and takes its place only when it is whole. `site_dir` is by default what
    `mkdocs.yml` says. Raises SiteError where the configuration or a hand-written page is wrong, or where the folder
    can't be written or holds something else than a site.
    """
    with _told_plainly():
        site = str(site_dir.resolve()) if site_dir else None
        config = load_config(str(root / CONFIG_FILE), site_dir=site, strict=True)
        target = Path(config.site_dir)
        check_target(root, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
            config.site_dir = str(Path(scratch) / "site")
            plugin = _plugin(config)
            plugin.checked, plugin.progress = knowledge, progress or Progress()
            config.plugins.on_startup(command="build", dirty=False)
            build_command.build(config)
            config.plugins.on_shutdown()
            replace(target, Path(config.site_dir), Path(scratch) / "old")
    return target


def _plugin(config: MkDocsConfig) -> StuntbookPlugin:
    plugin = config.plugins.get("stuntbook")
    if not isinstance(plugin, StuntbookPlugin):
        raise SiteError(f"{CONFIG_FILE} does not use the plugin: add stuntbook to its list of plugins")
    return plugin


def serve_site(root: Path) -> None:
    """Serve a knowledge base's site with live reload until interrupted. Raises SiteError as `build_site` does."""
    with _told_plainly():
        serve_command.serve(str(root / CONFIG_FILE))
