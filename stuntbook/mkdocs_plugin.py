"""SitePages -> MkDocs: the one module that knows MkDocs.

The plugin makes its pages in memory. It does all that can fail before MkDocs empties the site's folder; and while
MkDocs serves, it shows problems in the browser instead of raising them, because an exception would end the server.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urljoin

from jinja2 import Environment, TemplateError, TemplateSyntaxError
from mkdocs.commands import build as build_command
from mkdocs.commands import serve as serve_command
from mkdocs.config import load_config
from mkdocs.config.base import Config
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

from stuntbook.cards import card_images
from stuntbook.checks import load_and_check
from stuntbook.chrome import WHOLE, Chrome
from stuntbook.diagnostics import Diagnostic, Location, Report
from stuntbook.exports import render_exports
from stuntbook.knowledge import KnowledgeBase
from stuntbook.pages import render_pages
from stuntbook.progress import Progress, Stage
from stuntbook.rendering import TEMPLATES, render_problems
from stuntbook.search_index import SearchIndexError, build_index
from stuntbook.site_page import Publication, SitePage
from stuntbook.sources import ARTICLES_FOLDER
from stuntbook.views import Heading

THEME = Path(__file__).parent / "theme"
STYLES = Path(__file__).parent / "styles"
STYLE_ORDER = (
    *("base", "header", "facts", "statements", "quotes", "disputes", "lists", "listings", "references", "sources"),
    *("evidence", "figures", "home", "search", "print"),
)
"""The stylesheets in the order of the cascade."""
RECORD_TEMPLATE = "record.html"
"""The template of a document that `on_page_context` has put together."""
SCRIPT = "assets/stuntbook/stuntbook.js"
CONFIG_FILE = "mkdocs.yml"
CACHE = Path(".cache", "stuntbook")
"""Below the knowledge base's folder; what is in it can be made again."""
_FIXED_DATE = "1980-01-01"
"""Stands in for the day of the build, so that the same input gives the same bytes."""
_UNUSED = re.compile(r"^assets/(stylesheets|javascripts)/")
"""Files of the theme that no page asks for: its scripts, and what is in our stylesheet."""
_REFRESH = '<meta http-equiv="refresh" content="2">'

log = get_plugin_logger(__name__)


class GeneratedPage(Page):
    """A page that is HTML already: MkDocs reads no source for it and renders no Markdown."""

    def __init__(self, site_page: SitePage, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(site_page.title), file, config)  # MkDocs takes titles for HTML
        self.site_page = site_page

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        page = self.site_page
        template = WHOLE if page.is_index else RECORD_TEMPLATE
        self.meta = {"description": page.description, "hide": list(page.hide), "stuntbook": page, "template": template}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        page = self.site_page
        self.content = page.html
        self.toc = _table_of_contents(() if "toc" in page.hide else page.outline)
        self.present_anchor_ids = set(page.anchors)


class _ProblemsPage(Page):
    """Takes an address while the knowledge base has errors; `on_post_page` fills it."""

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""


class StuntbookConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin takes no options: everything is known from the folder."""


class StuntbookPlugin(BasePlugin[StuntbookConfig]):  # type: ignore[no-untyped-call]
    """Adds the pages and data files of the knowledge base that stands next to `mkdocs.yml`."""

    def __init__(self) -> None:
        self.serving = False
        self.checked: KnowledgeBase | None = None
        """What a caller has checked and reported already."""
        self.report = Report()
        self.pages: tuple[SitePage, ...] = ()
        self.exports: tuple[tuple[str, str], ...] = ()
        self.chrome: Chrome
        self.progress = Progress()
        self.writing: Stage

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.serving = command == "serve"

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
        self.report = Report()
        if self.serving:
            self.progress = Progress()  # a server builds again and again
        self._prepare(config)
        if self.report.has_errors:
            self._refuse(config)
        elif warnings := self.report.render():
            log.warning("%s", warnings)
        return config

    def _prepare(self, config: MkDocsConfig) -> None:
        """Make everything that may fail: pages and data files are replaced only by sound ones."""
        knowledge = self.checked or load_and_check(_root(config), self.report)
        if self.report.has_errors:
            return
        try:
            pages = tuple(render_pages(knowledge, _publication(config), self.progress))
            with self.progress.stage("Making the data files"):
                exports = tuple(render_exports(knowledge))
        except TemplateError as error:
            self.report.add(_template_problem(error))
            return
        taken = {file.dest_uri: file.src_uri for file in get_files(config)}
        self.report.extend(_collisions(pages, exports, taken, Path(config.docs_dir).name))
        if not self.report.has_errors:
            self.pages, self.exports = pages, exports

    def _refuse(self, config: MkDocsConfig) -> None:
        """Stop a build that has not touched the site yet; a server goes on and shows the report."""
        if not self.serving:
            raise PluginError(f"{self.report.summary()} in the knowledge base\n\n{self.report.render()}")
        log.error("%s in the knowledge base\n\n%s", self.report.summary(), self.report.render())
        config.nav = None

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        if self.report.has_errors:
            return self._problem_files(files, config)
        for site_page in self.pages:
            inclusion = InclusionLevel.INCLUDED if site_page.is_index else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, f"{site_page.address}index.md", content="", inclusion=inclusion)
            file.edit_uri = os.path.relpath(_root(config) / site_page.origin, config.docs_dir).replace(os.sep, "/")
            file.page = GeneratedPage(site_page, file, config)
            files.append(file)
        for path, content in self.exports:
            files.append(File.generated(config, path, content=content))
        images = card_images({page.image: page.card for page in self.pages}, _root(config) / CACHE / "cards")
        for path, image in self.progress.each("Drawing the cards", images, len(self.pages)):
            files.append(File.generated(config, path, content=image))
        return files

    def _problem_files(self, files: Files, config: MkDocsConfig) -> Files:
        """The report at every address of the site as it was last, so that a browser stays where it is."""
        addresses = {page.address for page in self.pages} | {""}
        sources = {file.src_uri for file in files.documentation_pages()} | {f"{each}index.md" for each in addresses}
        kept = Files([file for file in files if not file.is_documentation_page()])
        for source in sorted(sources):
            file = File.generated(config, source, content="", inclusion=InclusionLevel.INCLUDED)
            _ProblemsPage(None, file, config)
            kept.append(file)
        return kept

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        for file in files.documentation_pages():
            if file.page and "SOURCE_DATE_EPOCH" not in os.environ:
                file.page.update_date = _FIXED_DATE
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """One stylesheet for everything: the theme's and ours, so that a page waits for one file and not for three."""
        content = _stylesheet(config)
        path = f"assets/stuntbook/site.{sha256(content.encode()).hexdigest()[:8]}.css"
        files.append(File.generated(config, path, content=content))
        env.globals["stylesheet"] = path
        self.chrome = Chrome(env)
        self.writing = self.progress.begin("Writing the site", len(files.documentation_pages()))
        for file in [file for file in files if file.src_dir != config.docs_dir and _UNUSED.search(file.src_uri)]:
            files.remove(file)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if page.meta.get("template") == RECORD_TEMPLATE:
            document = self.chrome.around(cast(Mapping[str, Any], context))
            return cast(TemplateContext, {**context, "document": document})
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        self.progress.advance(self.writing)
        return render_problems(self.report) if self.report.has_errors else output

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        if self.report.has_errors and template_name == "404.html":
            # MkDocs does not put its reloading script into this page.
            return render_problems(self.report).replace("<head>", f"<head>{_REFRESH}", 1)
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self.progress.end(self.writing)
        if not self.report.has_errors:
            try:
                with self.progress.stage("Indexing for the search"):
                    build_index(Path(config.site_dir))
            except SearchIndexError as error:
                raise PluginError(f"stuntbook: {error}") from error

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        # The folder rather than stunts.yaml: an editor that saves by renaming would end the watch of a file.
        server.watch(str(_root(config)), recursive=False)
        for folder in (_root(config) / ARTICLES_FOLDER, TEMPLATES, THEME, STYLES):
            if folder.is_dir():
                server.watch(str(folder))
        return server


def _root(config: MkDocsConfig) -> Path:
    """The knowledge base's folder."""
    return Path(config.config_file_path).parent


def _publication(config: MkDocsConfig) -> Publication:
    return Publication(name=config.site_name, address=config.site_url or "", repository=_repository(config))


def _stylesheet(config: MkDocsConfig) -> str:
    """The theme's stylesheets and ours in one, without the references to source maps that are not published."""
    folders = [Path(folder, "assets", "stylesheets") for folder in config.theme.dirs]
    paths = [path for name in ("main", "palette") for folder in folders for path in folder.glob(f"{name}.*.min.css")]
    paths += [STYLES / f"{name}.css" for name in STYLE_ORDER]
    content = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", content)


def _repository(config: MkDocsConfig) -> str:
    """Where the repository shows a knowledge base's files: GitHub's `blob` next to the `edit` of the edit links."""
    if not config.repo_url or not config.edit_uri:
        return ""
    root = os.path.relpath(_root(config), config.docs_dir).replace(os.sep, "/")
    shown = re.sub(r"^edit/", "blob/", config.edit_uri)
    return urljoin(f"{config.repo_url.rstrip('/')}/", f"{shown}{root}/")


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


def _template_problem(error: TemplateError) -> Diagnostic:
    """Where a template is wrong: Jinja puts the template's own line into the traceback."""
    places = [
        Location(f"templates/{Path(frame.filename).name}", frame.lineno or 1)
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(TEMPLATES)
    ]
    if isinstance(error, TemplateSyntaxError):
        places.append(Location(f"templates/{error.name}", error.lineno))
    return Diagnostic(
        location=places[-1] if places else Location("templates"),
        code="template",
        message=error.message or type(error).__name__,
        advice="correct the template",
    )


def _collisions(
    pages: Iterable[SitePage], exports: Iterable[tuple[str, str]], taken: dict[str, str], docs: str
) -> Iterable[Diagnostic]:
    """Addresses that a hand-written file and a generated one both want; MkDocs would let one replace the other."""
    wanted: dict[str, str] = {f"{page.address}index.html": page.origin for page in pages}
    wanted |= dict.fromkeys((path for path, _ in exports), "the data export")
    for address, origin in wanted.items():
        if address in taken:
            yield Diagnostic(
                location=Location(f"{docs}/{taken[address]}"),
                code="address-collision",
                message=f"/{address.removesuffix('index.html')} is taken by {origin}",
                advice="rename this file, or the identifier",
            )


class SiteError(Exception):
    """The site could not be built; the message says why, a line per problem."""


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
        _check_target(root, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
            config.site_dir = str(Path(scratch) / "site")
            plugin = _plugin(config)
            plugin.checked, plugin.progress = knowledge, progress or Progress()
            config.plugins.on_startup(command="build", dirty=False)
            build_command.build(config)
            config.plugins.on_shutdown()
            _replace(target, Path(config.site_dir), Path(scratch) / "old")
    return target


def _plugin(config: MkDocsConfig) -> StuntbookPlugin:
    plugin = config.plugins.get("stuntbook")
    if not isinstance(plugin, StuntbookPlugin):
        raise SiteError(f"{CONFIG_FILE} does not use the plugin: add stuntbook to its list of plugins")
    return plugin


def _check_target(root: Path, target: Path) -> None:
    """Refuse to replace a folder that is not a site of ours."""
    if root.resolve().is_relative_to(target):
        raise SiteError(f"{target} holds the knowledge base itself; choose another folder for the site")
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / "sitemap.xml").exists())):
        raise SiteError(f"{target} is not empty and holds no site; choose another folder, or empty it")


def _replace(target: Path, new: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def serve_site(root: Path) -> None:
    """Serve a knowledge base's site with live reload until interrupted. Raises SiteError as `build_site` does."""
    with _told_plainly():
        serve_command.serve(str(root / CONFIG_FILE))
