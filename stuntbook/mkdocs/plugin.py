"""The plugin: what MkDocs asks of us, in the order in which it asks.

The plugin tells MkDocs of its pages, and makes them at the end of a build, or when a browser asks for one. Bad data are
found before MkDocs empties the site's folder; and while MkDocs serves, problems are shown in the browser instead of
being raised, because an exception would end the server.
"""

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeVar, cast

import click
from jinja2 import Environment
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils.templates import TemplateContext

from stuntbook.data.feed import CHANGES, FEED
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.memo import Memo
from stuntbook.mkdocs.chrome import Chrome
from stuntbook.mkdocs.hand_written import check_docs, guard, show_as_typed
from stuntbook.mkdocs.languages import languages_of
from stuntbook.mkdocs.making import GeneratedPage, Prepared, SiteMaker, log, plan_site
from stuntbook.mkdocs.publishing import publish
from stuntbook.mkdocs.scripts import own_scripts
from stuntbook.mkdocs.settings import add_theme, check_addresses, publication_of, report_address, root_of, site_name_of
from stuntbook.mkdocs.stylesheet import NOT_YET_KNOWN, publish_stylesheet
from stuntbook.pages.bytecode import bytecode_cache
from stuntbook.pages.cards.album import Album
from stuntbook.pages.rendering import BrokenTemplateError, compile_templates
from stuntbook.pages.search_documents import SearchDocuments
from stuntbook.progress import Progress, Stage
from stuntbook.publish.pagefind import SearchIndexError
from stuntbook.publish.replacing import MARKED, MARKER
from stuntbook.publish.site_folder import collisions
from stuntbook.safe import Safe

_FIXED_DATE = "1980-01-01"
"""Stands in for the day of the build, so that the same input gives the same bytes."""
_UNUSED = re.compile(r"^assets/(stylesheets|javascripts)/|^assets/stuntbook/\w+\.js$")
"""Files of the theme that no page asks for: its scripts, and what is in our stylesheet and our scripts."""

Made = TypeVar("Made")


class StuntbookPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """Adds the pages and data files of the knowledge base that stands next to `mkdocs.yml`. It takes no options."""

    def __init__(self) -> None:
        self.checked: tuple[KnowledgeBase, Memo] | None = None
        """What a caller has checked and reported already, with the memo of that."""
        self.progress = Progress()
        self.serving = False
        """Whether pages are made when a browser asks for them; if not, MkDocs builds the whole site after each edit."""
        self._memo = Memo(keeping=False)
        self._made: dict[type, object] = {}
        """What each hook of the latest build has made for those that follow, by its type."""

    def made(self, kind: type[Made]) -> Made:
        """What a hook of the latest build has made."""
        return cast(Made, self._made[kind])

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # `mkdocs serve --no-livereload` asks no plugin about its server: it serves what a build makes.
        context = click.get_current_context(silent=True)
        livereload = context is None or context.params.get("livereload", True)
        self.serving = command == "serve" and livereload
        self._memo = Memo(keeping=self.serving)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        add_theme(config)
        report_address(config)  # where it is wrong, nothing is built
        if self.checked:
            self._memo = self.checked[1]
        elif not self._memo.safe:
            self._memo.safe = Safe.of(root_of(config))
        prepared = plan_site(config, self._memo, self.checked and self.checked[0])
        try:
            compile_templates()
        except BrokenTemplateError as fault:
            prepared.report.add(fault.diagnostic)
        check_addresses(config, prepared.report)
        taken = {file.dest_uri: file.src_uri for file in check_docs(config, prepared.report)}
        prepared.report.extend(collisions(prepared.entries, prepared.files, taken, Path(config.docs_dir).name))
        if prepared.report.has_errors:
            self._refuse(prepared.report)
            prepared = replace(prepared, entries=())
            config.nav = None  # it names pages that are not there
        self._made[Prepared] = prepared
        self._made[Stage] = self.progress.begin("Building with MkDocs")
        return config

    def _refuse(self, report: Report) -> None:
        """Stop a build that has not touched the site yet; a server goes on and shows the report."""
        if not self.serving:
            raise PluginError(f"{report.summary()} in the knowledge base\n\n{report.render()}")
        log.error("%s in the knowledge base\n\n%s", report.summary(), report.render())

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        entries = self.made(Prepared).entries
        for entry in entries:
            files.append(GeneratedPage(entry, config).file)
        for path in self.made(Prepared).files if entries else ():
            if path.count("/") < 2:  # pages written by hand have links to these, and not to a file of each record
                files.append(File.generated(config, path, content=""))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._made[Report] = Report()
        for page in filter(None, (file.page for file in files.documentation_pages())):
            if "SOURCE_DATE_EPOCH" not in os.environ:
                page.update_date = _FIXED_DATE
            if not isinstance(page, GeneratedPage):
                guard(page, self.made(Report), config)
        self._made[Navigation] = nav
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """What the theme's templates are given besides pages."""
        self._show_pages_by_hand(files)
        for file in [each for each in files if each.src_dir != config.docs_dir and _UNUSED.search(each.src_uri)]:
            files.remove(file)
        files.append(File.generated(config, MARKER.as_posix(), content=MARKED))
        prepared = self.made(Prepared)
        env.globals |= {
            "feed": FEED if FEED in prepared.files else "",
            "changes": CHANGES if prepared.history.edits else "",
            "stylesheet": NOT_YET_KNOWN,
            "report": report_address(config),
            "repository": publication_of(config).repository,
        }
        env.bytecode_cache = bytecode_cache()
        for path, content in own_scripts(config.theme.dirs):
            files.append(File.generated(config, path, content=content))
        speech = languages_of(prepared, str(config.theme["language"]))
        env.globals["language_of"] = speech
        self._made[SiteMaker] = SiteMaker(
            knowledge=prepared.knowledge,
            report=prepared.report,
            pages={page.entry.address: page for file in files if isinstance(page := file.page, GeneratedPage)},
            files=prepared.files,
            folder=Path(config.site_dir),
            config=config,
            nav=self.made(Navigation),
            documents=files.documentation_pages(),
            chrome=Chrome(env),
            language=speech(None),
            synonyms=prepared.synonyms,
            history=prepared.history,
            searched=SearchDocuments(prepared.knowledge, site_name_of(config)),
        )
        # MkDocs has resolved every link; from here on, the pages and data files are ours to make.
        for file in list(files):
            if isinstance(file.page, GeneratedPage) or file.src_uri in prepared.files:
                files.remove(file)
        return env

    def _show_pages_by_hand(self, files: Files) -> None:
        """Have their texts shown as they were typed, and refuse those that made MkDocs fail."""
        pages = filter(None, (file.page for file in files.documentation_pages()))
        for item in (*self.made(Navigation).items, *pages):
            show_as_typed(item)
        if self.made(Report).has_errors:
            self.made(Prepared).report.extend(self.made(Report))
            self._refuse(self.made(Report))

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        context["pages"] = self.made(SiteMaker).documents  # of which the sitemap is made
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self.progress.end(self.made(Stage))
        # Without its own address the site can't refer to cards: that has to be absolute.
        safe = self._memo.safe
        album = Album(safe.folder / "cards" if safe else None) if config.site_url else None
        maker = self.made(SiteMaker)
        try:
            publish_stylesheet(maker, self._memo)
            if not self.serving:
                publish(maker, album, self._memo, self.progress)
        except BrokenTemplateError as fault:
            maker.report.add(fault.diagnostic)
            self._refuse(maker.report)
        except SearchIndexError as error:
            raise PluginError(f"stuntbook: {error}") from error

    def refresh(self) -> bool:
        """Read the knowledge base again. False where MkDocs has to know of other pages than before."""
        maker = self.made(SiteMaker)
        before = self.made(Prepared).history
        prepared = plan_site(maker.config, self._memo, history=replace(before, date="", changed={}))
        prepared.report.extend(self.made(Report))
        if prepared.report.has_errors:
            self._refuse(prepared.report)
        elif [entry.address for entry in prepared.entries] != list(maker.pages):
            return False
        for entry in prepared.entries:
            maker.pages[entry.address].entry = entry
        self._made[SiteMaker] = replace(
            maker,
            knowledge=prepared.knowledge,
            report=prepared.report,
            synonyms=prepared.synonyms,
            files=prepared.files,
            history=prepared.history,
            searched=SearchDocuments(prepared.knowledge, site_name_of(maker.config)),
        )
        return True
