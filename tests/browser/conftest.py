"""The real site in a real browser: it is built once, served on a free port of this machine, and read in Chromium."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, expect, sync_playwright

from tests.browser.fonts import FAMILIES, USUAL, environment_with, families_on
from tests.site_tools import ROOT, build, built_once, missing
from tests.support import SITES, THOROUGH

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first is the same engine without the parts that nobody sees, and takes a third of the processor's time."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
KINDS = {
    "home": "",
    "films": "films/",
    "film": "films/fallout/",
    "stunts": "stunts/",
    "stunt": "stunts/halo-jump/",
    "people": "people/",
    "person": "people/tom-cruise/",
    "quotes": "quotes/",
    "injuries": "injuries/",
    "numbers": "numbers/",
    "disagreements": "disagreements/",
    "places": "places/",
    "timeline": "timeline/",
    "sources": "sources/",
    "source": "sources/looper-plane-jump/",
    "evidence": "evidence/",
    "coverage": "coverage/",
    "data-model": "data-model/",
    "by-hand": "checks/",
    "search": "search/",
    "missing": "404.html",
}
"""The address of one page of each kind."""
OF_EACH_MAKE = KINDS if THOROUGH else {kind: KINDS[kind] for kind in ("home", "stunts", "stunt", "search")}
"""Those of one page of each make: what takes long looks at the others only once a week."""
SITE_URL = "https://stunts.example.org/book/"
"""Where the site that knows its address says that it is published: below a folder of a host."""
REPO_URL = "https://github.com/owner/book"
"""The repository of that site."""
PATIENCE = 10_000
"""Milliseconds for which a condition may be waited for: other tests may keep the processors busy."""
expect.set_options(timeout=PATIENCE)
ORDINARY: ViewportSize = {"width": 1440, "height": 900}
"""The size of a window, in pixels."""


@dataclass
class Watch:
    """A page in the browser, and all that it should not have done."""

    page: Page
    base: str
    """The address of the site's home page."""
    messages: list[str] = field(default_factory=list)
    """What the console and uncaught errors said."""
    elsewhere: list[str] = field(default_factory=list)
    """Requests to other origins."""
    failed: list[str] = field(default_factory=list)
    """Requests that brought nothing."""
    crashed: bool = False
    """Whether the browser's process for the page has crashed; it shows nothing more then."""

    def __post_init__(self) -> None:
        self.page.on("crash", lambda _: self._crash())
        self.page.on("console", lambda message: self.messages.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.messages.append(f"error: {error}"))
        self.page.on("request", lambda request: self._request(request.url))
        self.page.on("requestfailed", lambda request: self._fail(request.url, request.failure))
        self.page.on("response", lambda response: self._answer(response.url, response.status))

    def _request(self, url: str) -> None:
        if not url.startswith(self.base) and urlsplit(url).scheme not in ("about", "blob", "data"):
            self.elsewhere.append(url)

    def _fail(self, url: str, reason: str | None) -> None:
        if reason != "net::ERR_ABORTED":  # the page was left before the answer came
            self.failed.append(f"{url}: {reason}")

    def _answer(self, url: str, status: int) -> None:
        if status >= 400:
            self.failed.append(f"{url}: {status}")

    def _crash(self) -> None:
        self.crashed = True

    def open(self, address: str) -> None:
        self.page.goto(self.base + address, wait_until="load")

    def forget(self) -> None:
        """Leave the page, and drop all that was noted of it."""
        self.page.goto("about:blank")
        self.page.mouse.move(0, 0)
        for notes in (self.messages, self.elsewhere, self.failed):
            notes.clear()

    def renew(self) -> None:
        """Leave nothing of what was done in the window, but for what can't be undone: scripts and a clock of a test."""
        for other in self.page.context.pages:
            if other is not self.page:
                other.close()
        self.page.evaluate("() => { try { localStorage.clear(); sessionStorage.clear(); } catch {} }")
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.context.clear_permissions()
        self.forget()
        self.page.emulate_media(media="null")
        if self.page.viewport_size != ORDINARY:
            self.page.set_viewport_size(ORDINARY)

    @property
    def address(self) -> str:
        """Where the page is within the site, with its anchor."""
        return self.page.url.removeprefix(self.base)

    def assert_quiet(self) -> None:
        assert self.messages == []
        assert self.elsewhere == []
        assert self.failed == []


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class calls it
        pass


class CompressingHandler(QuietHandler):
    """Serves a site as hosts of static sites do: HTTP/1.1, text compressed, `404.html` for what is not there.

    The site that answers for an unknown address is the one in the nearest folder above it that has a `404.html`.
    """

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        if path.is_file():
            self._send(HTTPStatus.OK, path)
        elif path.is_dir() or (page := self._not_found_page(path)) is None:
            super().do_GET()
        else:
            self._send(HTTPStatus.NOT_FOUND, page)

    def _not_found_page(self, path: Path) -> Path | None:
        folders = (folder for folder in path.parents if folder.is_relative_to(self.directory))
        return next((page for folder in folders if (page := folder / "404.html").exists()), None)

    def _send(self, status: HTTPStatus, path: Path) -> None:
        kind = self.guess_type(path)
        compressed = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        content = _compressed(path) if compressed else path.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if compressed else kind)
        self.send_header("Content-Length", str(len(content)))
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)


def find_chromium(names: Sequence[str] = NAMES) -> str:
    return next((path for name in names if (path := shutil.which(name))), None) or missing(
        f"no browser: install one of {', '.join(names)}"
    )


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser_with(
    tmp_path_factory: pytest.TempPathFactory, base: str, playwright: Playwright
) -> Iterator[Callable[[str], Browser]]:
    """What starts a browser with a set of fonts, once for each worker of pytest-xdist and set."""
    path, folder = find_chromium(), tmp_path_factory.mktemp("fonts")
    with ExitStack() as stack:

        @cache
        def start(fonts: str) -> tuple[Browser, tuple[str, ...]]:
            environment: dict[str, str | float | bool] = {**environment_with(fonts, folder)}
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS, env=environment)
            return stack.enter_context(browser), families_on(browser, base)

        def browser_with(fonts: str) -> Browser:
            browser, families = start(fonts)
            return browser if families == FAMILIES[fonts] else missing(f"no fonts of {fonts}: text is in {families}")

        yield browser_with


@pytest.fixture(scope="session")
def browser(browser_with: Callable[[str], Browser]) -> Browser:
    return browser_with(USUAL)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    return built_once(tmp_path_factory, "real", partial(build, ROOT))


@pytest.fixture(scope="session")
def built_valid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small site of `tests/sites/valid`: long and Arabic names, markup within them."""
    return built_once(tmp_path_factory, "small", partial(build, SITES / "valid"))


@pytest.fixture(scope="session")
def built_below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the site in `book`, built knowing that it is published at `SITE_URL`, and its repository."""
    published = {"SITE_URL": SITE_URL, "REPO_URL": REPO_URL}
    return built_once(tmp_path_factory, "below", lambda folder: build(ROOT, folder / "book", **published))


@contextmanager
def served(folder: Path, handler: Callable[..., QuietHandler] = QuietHandler) -> Iterator[str]:
    """The address at which a folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def base(built: Path) -> Iterator[str]:
    """The address at which the built site is served."""
    with served(built) as address:
        yield address


@pytest.fixture(scope="session")
def base_valid(built_valid: Path) -> Iterator[str]:
    """The address at which the small site is served."""
    with served(built_valid) as address:
        yield address


@pytest.fixture(scope="session")
def compressed(built: Path) -> Iterator[str]:
    """The address at which the built site is served as a host serves it, compressed."""
    with served(built, CompressingHandler) as address:
        yield address


@pytest.fixture(scope="session")
def below(built_below: Path) -> Iterator[str]:
    """The address of a site below a folder of a host, served as a host serves it."""
    with served(built_below, CompressingHandler) as address:
        yield f"{address}book/"


@contextmanager
def window(
    browser: Browser, base: str, *, width: int = ORDINARY["width"], height: int = ORDINARY["height"], **options: Any
) -> Iterator[Watch]:
    """A window of a browser in which a site is read, with Playwright's options of a context."""
    with browser.new_context(viewport={"width": width, "height": height}, **options) as context:
        context.set_default_timeout(PATIENCE)
        yield Watch(context.new_page(), base)


@pytest.fixture(scope="module")
def lasting(browser: Browser, base: str) -> Iterator[Callable[[], Watch]]:
    """What gives a window that is as new, but for what it has cached; another one after a crash.

    To start a process for a page takes twice the time that it takes to load one.
    """
    with ExitStack() as stack:
        windows = list[Watch]()

        def lasting() -> Watch:
            if windows and not windows[-1].crashed:
                windows[-1].renew()
            else:
                windows.append(stack.enter_context(window(browser, base)))
            return windows[-1]

        yield lasting


@pytest.fixture
def site(lasting: Callable[[], Watch]) -> Watch:
    """The site in a window of an ordinary size."""
    return lasting()


@pytest.fixture
def alone(browser: Browser, base: str) -> Iterator[Watch]:
    """The site in a window of its own, with nothing in its cache."""
    with window(browser, base) as alone:
        yield alone


@pytest.fixture
def plain(browser: Browser, base: str) -> Iterator[Watch]:
    """The site in a browser without JavaScript."""
    with window(browser, base, java_script_enabled=False) as plain:
        yield plain
