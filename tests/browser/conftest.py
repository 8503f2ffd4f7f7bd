"""The real site in a real browser: it is built once, served on a free port of this machine, and read in Chromium."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.site_tools import ROOT, stuntbook, stuntbook_here
from tests.support import SITES

NAMES = ("chromium", "chromium-browser", "google-chrome")
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
SITE_URL = "https://stunts.example.org/book/"
"""Where the site that knows its address says that it is published: below a folder of a host."""


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

    def __post_init__(self) -> None:
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

    def open(self, address: str) -> None:
        self.page.goto(self.base + address, wait_until="load")

    def forget(self) -> None:
        """Leave the page, and drop all that was noted of it."""
        self.page.goto("about:blank")
        for notes in (self.messages, self.elsewhere, self.failed):
            notes.clear()

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


def find_chromium() -> str:
    """Chromium's path. Without it the tests are skipped, except in CI, where that would hide a missing tool."""
    path = next((path for name in NAMES if (path := shutil.which(name))), None)
    if path is None:
        reason = f"no browser: install one of {', '.join(NAMES)}"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    folder = tmp_path_factory.mktemp("browser") / "site"
    finished = stuntbook_here("build", "--root", ROOT, "--site-dir", folder)
    assert finished.returncode == 0, finished.stderr
    return folder


@pytest.fixture(scope="session")
def built_valid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small site of `tests/sites/valid`: long and Arabic names, markup within them."""
    folder = tmp_path_factory.mktemp("valid") / "site"
    finished = stuntbook_here("build", "--root", SITES / "valid", "--site-dir", folder)
    assert finished.returncode == 0, finished.stderr
    return folder


@pytest.fixture(scope="session")
def built_below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the site in `book`, built knowing that it is published at `SITE_URL`."""
    folder = tmp_path_factory.mktemp("below")
    finished = stuntbook("build", "--site-dir", folder / "book", cwd=ROOT, SITE_URL=SITE_URL)
    assert finished.returncode == 0, finished.stderr
    return folder


@contextmanager
def served(folder: Path, handler: type[QuietHandler] = QuietHandler) -> Iterator[str]:
    """The address at which a folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
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


def watch(context: BrowserContext, base: str) -> Watch:
    context.set_default_timeout(10_000)
    return Watch(context.new_page(), base)


@pytest.fixture
def site(browser: Browser, base: str) -> Iterator[Watch]:
    """The site in a window of an ordinary size."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        yield watch(context, base)
