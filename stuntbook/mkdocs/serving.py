"""MkDocs' server with pages that are made when a browser asks for them, and all that we use of its private parts.

MkDocs loads this module for a build too: the server's own modules are imported only where it serves.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, cast

from mkdocs.config.defaults import MkDocsConfig

from stuntbook.diagnostics import reason
from stuntbook.layout import ADDRESSES_FILE, ARTICLES_FOLDER, KNOWLEDGE_FILE
from stuntbook.mkdocs.building import load_settings, told_plainly
from stuntbook.mkdocs.guarding import guarded
from stuntbook.mkdocs.live import LiveSite
from stuntbook.mkdocs.making import SiteMaker, log
from stuntbook.mkdocs.plugin import StuntbookPlugin
from stuntbook.mkdocs.policy import TAG
from stuntbook.mkdocs.settings import THEME, root_of
from stuntbook.mkdocs.stylesheet import STYLES
from stuntbook.mkdocs.watching import Stamps, look, stamps
from stuntbook.pages.rendering import TEMPLATES
from stuntbook.publish.site_folder import SiteError
from stuntbook.reading.settings_file import settings_file

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from mkdocs.livereload import LiveReloadServer
    from watchdog.observers.api import BaseObserver

_SAVING = 0.03
"""How many seconds an editor may take to save a file."""
_WAITING = 1000
"""How many requests may wait until the server takes them."""
_LATER = "Changes show within a second, not at once: %s"
_KEEP_PLACE = b"""<script>
// A page, and the report about errors that is shown in its place, each come back at the height at which they were left.
{
  const [page, report] = ["page", "report"].map((kind) => `stuntbook ${kind} ${location.pathname}`);
  const own = document.querySelector("article") ? page : report;
  if (own === page) sessionStorage.removeItem(report);
  if (performance.getEntriesByType("navigation")[0].type === "navigate") sessionStorage.removeItem(page);
  const top = Number(sessionStorage.getItem(own));
  const comeBack = () => scrollTo({ top, behavior: "instant" });
  history.scrollRestoration = "manual"; // the browser remembers the height of what was shown last: the report
  if (top) {
    comeBack();
    addEventListener("load", comeBack);
  }
  addEventListener("pagehide", () => sessionStorage.setItem(own, scrollY));
}
</script>"""


class LivePlugin(StuntbookPlugin):  # type: ignore[no-untyped-call]
    """The plugin as MkDocs loads it: with what serves."""

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        if self.serving:
            Live(self, server, builder)
        else:
            server.watch(str(root_of(config)), recursive=False)
            server.watch(str(root_of(config) / ARTICLES_FOLDER))
        server.set_app(guarded(cast("WSGIApplication", server.get_app()), config.dev_addr.host))
        server.request_queue_size = _WAITING
        return server


def serve_site(root: Path) -> None:
    """Serve a knowledge base's site with live reload until interrupted. Raises SiteError as `build_site` does."""
    from mkdocs.commands import serve as serve_command  # noqa: PLC0415

    with told_plainly():
        load_settings(root)  # once before the server does, for what only this tells plainly
        serve_command.serve(str(settings_file(root)))


class Live:
    """Has MkDocs' server show what the plugin makes, and do as little as it can when a file has changed.

    What it uses of the server's private parts is as in MkDocs 1.6.1; a test looks at each.
    """

    def __init__(self, plugin: StuntbookPlugin, server: LiveReloadServer, build_all: Callable[[], None]) -> None:
        self._plugin = plugin
        self._server = server
        self._build_all = build_all
        self._root = root_of(plugin.made(SiteMaker).config).absolute()  # as paths that are watched are
        self._add_reloading = cast(Callable[[bytes, int], bytes], server._inject_js_into_html)
        server._inject_js_into_html = self._add_all  # type: ignore[method-assign]
        self._epoch = server._visible_epoch
        self._site = LiveSite(plugin.made(SiteMaker), self._reloading, server.serve_request, server.mount_path)
        server.set_app(self._answer)
        server.builder = self._rebuild
        self._is_broken = False
        """Whether MkDocs could not build the site."""
        self._watch()
        self._stamps = self._stamps_now()
        gc.freeze()  # what the first build has made stays for days: it need not be looked through again and again
        gc.enable()

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # Where MkDocs' script asks for a later build, no report about errors may answer.
        asks = environ["PATH_INFO"].startswith("/livereload/")
        return (self._server.serve_request if asks else self._site)(environ, start_response)

    def _add_scripts(self, document: bytes, epoch: int) -> bytes:
        """A document with what makes a browser load it again once there is a later build than that of the number."""
        before, end, after = TAG.sub(b"", document).rpartition(b"</body>")  # the policy stops scripts within a page
        return self._add_reloading(before + _KEEP_PLACE + end + after, epoch)

    def _add_all(self, document: bytes, epoch: int) -> bytes:
        """A document that stands in a file, with that and the warnings."""
        return self._add_scripts(self._site.with_warnings(document.decode()).encode(), epoch)

    def _reloading(self, document: str) -> bytes:
        return self._add_scripts(document.encode(), self._epoch)

    def _watch(self) -> None:
        """Have the system tell of changes at once, where it can: MkDocs only looks for them twice a second."""
        from watchdog.events import FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent  # noqa: PLC0415

        server = self._server
        watched = list(server._watched_paths)
        server._watched_paths.clear()
        server.observer = observer = self._observer()  # type: ignore[assignment]
        # Of changes alone: the system tells of reading too.
        changes = [FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileDeletedEvent]
        observer.schedule = partial(observer.schedule, event_filter=changes)  # type: ignore[method-assign]
        observer.start = partial(self._begin, observer, observer.start)  # type: ignore[method-assign]
        server.build_delay = _SAVING
        # The folder rather than stunts.yaml: an editor that saves by renaming would end the watch of a file.
        server.watch(str(self._root), recursive=False)
        for path in (*watched, *map(str, (self._root / ARTICLES_FOLDER, TEMPLATES, THEME, STYLES))):
            if Path(path).exists():
                server.watch(path)

    def _observer(self) -> BaseObserver:
        """What the system tells of changes; where it can tell nobody more, MkDocs' own, which looks for them."""
        from watchdog.observers import Observer  # noqa: PLC0415

        try:
            return Observer()
        except OSError as error:
            log.info(_LATER, reason(error))
            return self._server.observer

    def _begin(self, observer: BaseObserver, start: Callable[[], None]) -> None:
        """What the server does once all that it watches is known."""
        try:
            start()
        except OSError as error:
            observer.unschedule_all()
            log.info(_LATER, reason(error))
        self._stamps = self._stamps_now()
        over = lambda: self._server._shutdown  # noqa: E731
        Thread(target=look, args=(self._stamps_now, self._tell, over), daemon=True).start()

    def _tell(self, found: object) -> None:
        """Have the server rebuild for what a look has found, unless it knows of it."""
        server = self._server
        if found != self._stamps:
            with server._rebuild_cond:
                server._want_rebuild = True
                server._rebuild_cond.notify_all()

    def _stamps_now(self) -> tuple[Stamps, Stamps]:
        """Those of the knowledge base, and of everything else that is watched."""
        articles = self._root / ARTICLES_FOLDER
        others = set(map(Path, list(self._server._watched_paths))) - {self._root, articles}
        return stamps((self._root / KNOWLEDGE_FILE, self._root / ADDRESSES_FILE, articles)), stamps(others)

    def _rebuild(self) -> None:
        """What the server does when a file has changed."""
        server = self._server
        with self._site.lock:
            before, self._stamps = self._stamps, self._stamps_now()
            if before == self._stamps:
                server._wanted_epoch = server._visible_epoch  # so that no browser loads its page again
                return
            try:
                self._make(anew=self._is_broken or before[1] != self._stamps[1])
                self._is_broken = False
                self._site.show(self._plugin.made(SiteMaker))
            except (SiteError, OSError) as error:  # a setting is wrong; the folder for temporary files is full
                self._is_broken = True
                why = reason(error, server.root) if isinstance(error, OSError) else str(error)
                log.error("The site can't be built:\n\n%s", why)
                self._site.show_fault(why)
            self._epoch = server._wanted_epoch

    def _make(self, *, anew: bool) -> None:
        gc.disable()  # of what is made, most is kept
        try:
            if anew or not self._plugin.refresh():
                with told_plainly():
                    load_settings(self._root)
                    self._build_all()
        finally:
            gc.enable()
