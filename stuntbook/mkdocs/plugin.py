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
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from stuntbook.data.feed import CHANGES, FEED
from stuntbook.data.files import REDIRECTS
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.memo import Memo
from stuntbook.mkdocs.chrome import Chrome
from stuntbook.mkdocs.hand_written import check_docs, guard, show_as_typed
from stuntbook.mkdocs.languages import languages_of
from stuntbook.mkdocs.making import GeneratedPage, Prepared, SiteMaker, file_in_place, log, plan_site
from stuntbook.mkdocs.others import check_taken, fault_of, settle
from stuntbook.mkdocs.policy import POLICY, align_without_style, obstacles
from stuntbook.mkdocs.publishing import publish
from stuntbook.mkdocs.scripts import own_scripts
from stuntbook.mkdocs.settings import (
    Options,
    add_theme,
    book_of,
    check_addresses,
    check_folders,
    extend_templates,
    others_change_templates,
    publication_of,
    report_address,
    root_of,
    site_name_of,
    titles_in_nav,
    varies_by_page,
    without_effect,
)
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
_FIRST, _LAST = 1000, -1000
"""Of several plugins: as MkDocs' own part of the work would come, before and after them."""

Made = TypeVar("Made")


class StuntbookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Adds the pages and data files of a knowledge base, which by default stands next to `mkdocs.yml`."""

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
        options = context.params if context else {}
        # ProperDocs has an option for either, and MkDocs one for both.
        without = options["no_livereload"] if "no_livereload" in options else not options.get("livereload", True)
        self.serving = command == "serve" and not without
        self._memo = Memo(keeping=self.serving)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self._made[MkDocsConfig] = config
        settle(config)
        add_theme(config)
        check_folders(config, Path(config.site_dir))
        if unheard := without_effect(config):
            log.info(
                "Pages go without the theme's own script, so these settings have no effect: %s", ", ".join(unheard)
            )
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
        files = check_docs(config, prepared.report)
        taken = {file.dest_uri: file.src_uri for file in files if file.inclusion is not InclusionLevel.EXCLUDED}
        own = {path: make for path, make in prepared.files.items() if path != REDIRECTS or path not in taken}
        prepared = replace(prepared, files=own)
        wanted = [(f"{book_of(config)}{each.address}", each) for each in prepared.entries]
        prepared.report.extend(collisions(wanted, prepared.files, taken, Path(config.docs_dir).name))
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

    @event_priority(_FIRST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        entries = self.made(Prepared).entries
        titles = titles_in_nav(config)
        for entry in entries:
            files.append(GeneratedPage(entry, config, titles).file)
        for path in self.made(Prepared).files if entries else ():
            # Pages written by hand have links to these, and not to a file of each record.
            if path.removeprefix(book_of(config)).count("/") < 2:
                files.append(file_in_place(path, config))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._made[Report] = Report()
        there = {page.entry for file in files if isinstance(page := file.page, GeneratedPage)}
        check_taken((each.address or "/" for each in self.made(Prepared).entries if each not in there), config)
        for page in filter(None, (file.page for file in files.documentation_pages())):
            if "SOURCE_DATE_EPOCH" not in os.environ:
                page.update_date = _FIXED_DATE
            if not isinstance(page, GeneratedPage):
                guard(page, self.made(Report), config)
        self._made[Navigation] = nav
        return nav

    @event_priority(_LAST)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:
        if not isinstance(page, GeneratedPage):
            return None
        page.keep(html)
        return ""

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """What the theme's templates are given besides pages."""
        self._show_pages_by_hand(files)
        for file in [each for each in files if each.src_dir != config.docs_dir and _UNUSED.search(each.src_uri)]:
            files.remove(file)
        files.append(File.generated(config, MARKER.as_posix(), content=MARKED))
        prepared = self.made(Prepared)
        book = book_of(config)
        env.globals |= {
            "book": book,
            "feed": f"{book}{FEED}" if f"{book}{FEED}" in prepared.files else "",
            "changes": f"{book}{CHANGES}" if prepared.history.edits else "",
            "stylesheet": NOT_YET_KNOWN,
            "report": report_address(config),
            "repository": publication_of(config).repository,
            "policy": "" if self._obstacles(config, files) else POLICY,
        }
        if not others_change_templates(config):  # a filter of theirs may be called in another way
            env.bytecode_cache = bytecode_cache()
        extend_templates(env, config)
        for path, content in own_scripts(config.theme.dirs):
            files.append(File.generated(config, f"{book}{path}", content=content))
        speech = languages_of(prepared, str(config.theme["language"]))
        env.globals["language_of"] = speech
        self._made[SiteMaker] = SiteMaker(
            knowledge=prepared.knowledge,
            report=prepared.report,
            pages={page.url: page for file in files if isinstance(page := file.page, GeneratedPage)},
            files=prepared.files,
            folder=Path(config.site_dir),
            book=book,
            config=config,
            nav=self.made(Navigation),
            documents=files.documentation_pages(),
            chrome=Chrome(env, varies=varies_by_page(config)),
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
        pages = [file.page for file in files.documentation_pages() if file.page]
        for item in (*self.made(Navigation).items, *pages):
            show_as_typed(item)
        for page in pages:
            page.content = align_without_style(page.content or "")
        if self.made(Report).has_errors:
            self.made(Prepared).report.extend(self.made(Report))
            self._refuse(self.made(Report))

    def _obstacles(self, config: MkDocsConfig, files: Files) -> str:
        """What keeps pages from having a policy, which is told."""
        if found := obstacles(config, files):
            log.info("Pages go without a Content-Security-Policy, which would stop what comes with %s", found)
        return found

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        context["pages"] = self.made(SiteMaker).documents  # of which the sitemap is made
        return context

    @event_priority(_FIRST)
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

    def on_build_error(self, *, error: Exception) -> None:
        """Tell in one sentence which plugin has failed, where MkDocs would show a traceback."""
        begun = MkDocsConfig in self._made and not isinstance(error, MkDocsException)
        if begun and (fault := fault_of(error, self.made(MkDocsConfig).plugins)):
            log.error("%s", fault)
            raise Abort("Aborted with an error of a plugin!")

    def refresh(self) -> bool:
        """Read the knowledge base again. False where MkDocs has to know of other pages than before."""
        maker = self.made(SiteMaker)
        before = self.made(Prepared).history
        prepared = plan_site(maker.config, self._memo, history=replace(before, date="", changed={}))
        prepared.report.extend(self.made(Report))
        if prepared.report.has_errors:
            self._refuse(prepared.report)
        elif [entry.address for entry in prepared.entries] != [page.entry.address for page in maker.pages.values()]:
            return False
        for entry, page in zip(prepared.entries, maker.pages.values(), strict=False):  # of none where there are errors
            page.entry = entry
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
