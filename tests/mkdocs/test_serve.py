"""The server that editors keep open: every edit shows, bad data shows as its problems, and nothing ends the server.

The servers run as an editor runs them and are asked over HTTP. Each test does one edit and waits for what must follow.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from typing import Self
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from stuntbook.mkdocs.policy import TAG
from tests.site_tools import ROOT, build, copy_root, environment, replace_in, run, snapshot

PATIENCE = 30
"""Seconds after which something that does not come is taken not to come at all."""
STUNT = "stunts/halo-jump/"
UNKNOWN = "stunts/no-such-stunt/"


@dataclass
class Server:
    """A running server, the folder that it serves and what it has printed so far."""

    process: subprocess.Popen[bytes]
    root: Path
    base: str
    log: Path

    def get(self, address: str) -> tuple[int, str]:
        """Status and text of a page; 0 where the server does not answer."""
        try:
            with urlopen(self.base + address, timeout=PATIENCE) as response:
                return response.status, response.read().decode("utf-8")
        except HTTPError as error:
            with error:
                return error.code, error.read().decode("utf-8")
        except (URLError, ConnectionError, TimeoutError):
            return 0, ""

    def shows(self, address: str, words: str, *, status: int = 200) -> str:
        """The page at an address, as soon as it holds the words. Fails where that does not happen."""
        deadline = time.monotonic() + PATIENCE
        answer = (0, "")
        while time.monotonic() < deadline:
            answer = self.get(address)
            if answer[0] == status and words in answer[1]:
                return answer[1]
            assert self.process.poll() is None, f"the server has ended:\n{self.log.read_text(encoding='utf-8')}"
            time.sleep(0.05)
        shown = f"{answer[0]}\n{answer[1][:500]}\n{self.log.read_text(encoding='utf-8')}"
        pytest.fail(f"{words!r} did not come at {address} with status {status}; the last answer was {shown}")

    def shown(self, path: str) -> bytes:
        """What the server has at a path, without the scripts that load a page again after an edit."""
        with urlopen(self.base + path, timeout=PATIENCE) as response:
            content: bytes = response.read()
        return re.sub(rb"<script>\n.*?</script>", b"", content, flags=re.DOTALL)

    def logs(self, words: str, count: int) -> None:
        """Wait until the server has printed something so many times."""
        deadline = time.monotonic() + PATIENCE
        while self.log.read_text(encoding="utf-8").count(words) < count:
            assert time.monotonic() < deadline, self.log.read_text(encoding="utf-8")
            time.sleep(0.02)

    def edit(self, name: str, old: str, new: str) -> None:
        """Save a file as an editor does that writes in place."""
        replace_in(self.root / name, old, new)

    def edit_by_renaming(self, name: str, old: str, new: str) -> None:
        """Save a file as an editor does that writes a new file and renames it over the old one."""
        path = self.root / name
        temporary = Path(shutil.copy(path, path.with_name(f".{path.name}.tmp")))
        replace_in(temporary, old, new)
        temporary.replace(path)

    @property
    def temporary(self) -> Path:
        """Its folder for temporary files."""
        return self.root.with_name(f"{self.root.name}.tmp")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def start(root: Path, *command: str) -> Server:
    """Serve a folder on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"\ndev_addr: {address}\n")
    log = root.parent / f"{root.name}.log"
    temporary = root.with_name(f"{root.name}.tmp")
    temporary.mkdir(exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=root,
            env=environment(PYTHONUNBUFFERED="1", TMPDIR=str(temporary)),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return Server(process, root, f"http://{address}/", log)


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """Three servers that start at the same time: ours, MkDocs' own, and ours on data that are bad from the start."""
    folder = tmp_path_factory.mktemp("serve")
    stuntbook = ("build_site.py", "serve")
    bad = copy_root(folder / "bad")
    (bad / "stunts.yaml").write_text("films: [\n", encoding="utf-8")
    with (
        start(copy_root(folder / "stuntbook"), *stuntbook) as ours,
        start(copy_root(folder / "mkdocs"), "-m", "mkdocs", "serve") as theirs,
        start(bad, *stuntbook) as broken,
    ):
        yield {"stuntbook": ours, "mkdocs": theirs, "bad": broken}


@pytest.fixture(params=["stuntbook", "mkdocs"])
def server(request: pytest.FixtureRequest, servers: dict[str, Server]) -> Server:
    """A server whose data are sound; every test leaves them so."""
    running = servers[request.param]
    running.shows(STUNT, "<h1")
    return running


@pytest.fixture
def ours(servers: dict[str, Server]) -> Server:
    """Our own server alone, for what both do alike."""
    running = servers["stuntbook"]
    running.shows(STUNT, "<h1")
    return running


def test_bad_data_show_as_their_problems_until_they_are_mended(server: Server) -> None:
    server.edit("stunts.yaml", "title: HALO jump", "titel: HALO jump & more")
    shown = server.shows(STUNT, "unknown-key")
    assert "there is no key" in shown
    assert "titel: HALO jump &amp; more" in shown
    assert "Traceback" not in shown
    assert "<title>2 errors in the knowledge base – Stuntbook</title>" in shown
    server.shows("", "unknown-key")
    server.shows("edit/", "unknown-key")
    server.shows(UNKNOWN, "unknown-key", status=404)

    server.edit("stunts.yaml", "titel: HALO jump & more", "title: HALO leap")
    mended = server.shows(STUNT, "HALO leap</h1>")
    assert "unknown-key" not in mended
    assert "unknown-key" not in server.shows(UNKNOWN, "<html", status=404)


def test_warnings_show_on_the_pages_until_they_are_mended(ours: Server) -> None:
    assert "sb-warnings" not in ours.shows(STUNT, "<h1")
    ours.edit("stunts.yaml", "\npeople:\n", "\npeople:\n  nils-quorl:\n    name: Nils Quorl\n")
    shown = ours.shows(STUNT, "sb-warnings")
    assert "1 warning in the knowledge base" in shown
    assert "nothing refers to Nils Quorl" in shown
    assert re.search(r"<code>stunts.yaml:\d+:\d+</code> <strong>unlinked-record</strong>", shown)
    assert "sb-warnings" in ours.get("edit/")[1]
    assert "sb-warnings" in ours.get(UNKNOWN)[1]
    told = "    summary: [{text: Nobody knows him.}]\n"
    ours.edit("stunts.yaml", "    name: Nils Quorl\n", f"    name: Nils Quorl\n{told}")
    assert "sb-warnings" not in ours.shows("people/nils-quorl/", "Nobody knows him.")
    ours.edit("stunts.yaml", f"\n  nils-quorl:\n    name: Nils Quorl\n{told}", "\n")


def test_an_edit_in_an_article_is_noticed(server: Server) -> None:
    server.edit_by_renaming("articles/looper-plane-jump.md", "publisher: Looper", "publisher: Looper Magazine")
    server.shows("sources/looper-plane-jump/", "Looper Magazine")


def test_a_file_saved_by_renaming_is_noticed_every_time(ours: Server) -> None:
    for year in ("1998", "1999"):
        ours.edit_by_renaming("stunts.yaml", "year: 20", f"year: {year} # 20")
        ours.shows("films/mission-impossible-2/", f">{year} ")
        ours.edit_by_renaming("stunts.yaml", f"year: {year} # 20", "year: 20")


def test_a_file_that_is_deleted_and_made_again_is_noticed(ours: Server) -> None:
    path = ours.root / "stunts.yaml"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    ours.shows(STUNT, "missing-file")
    path.write_text(text.replace("title: Helicopter flight", "title: Flight of the helicopter"), encoding="utf-8")
    ours.shows("stunts/helicopter-flight/", "Flight of the helicopter</h1>")


def test_a_new_article_is_noticed(ours: Server) -> None:
    front = "---\ntitle: A new article\npublisher: Nobody\nurl: https://example.org/\n---\n"
    article = ours.root / "articles/new-article.md"
    article.write_text(f"{front}Nothing.\n", encoding="utf-8")
    ours.shows("sources/new-article/", "A new article</h1>")
    ours.shows(STUNT, "uncited-article")  # warnings stand on every page
    article.unlink()
    ours.shows("sources/new-article/", "</h1>", status=404)


def test_a_file_at_a_generated_address_is_shown_as_a_problem(ours: Server) -> None:
    page = ours.root / "docs/stunts/halo-jump.md"
    page.parent.mkdir()
    page.write_text("# Mine\n", encoding="utf-8")
    ours.shows(STUNT, "address-collision")
    page.unlink()
    ours.shows(STUNT, "</h1>")


def test_every_page_is_what_a_clean_build_gives_after_each_edit(ours: Server, tmp_path: Path) -> None:
    """A name that many pages show, a line that moves all others, a sentence, and an article."""
    edits = (
        ("stunts.yaml", "title: Zero-gravity plane crash", "title: Plane crash without gravity"),
        ("stunts.yaml", "films:\n", "films:\n  # a remark\n"),
        ("stunts.yaml", "At CinemaCon, [[tom-cruise]]", "At the CinemaCon, [[tom-cruise]]"),
        ("articles/looper-plane-jump.md", "publisher: ", "publisher: The "),
    )
    for name, old, new in edits:
        before = ours.log.read_text(encoding="utf-8").count("Reloading browsers")
        ours.edit(name, old, new)
        ours.logs("Reloading browsers", before + 1)
        build(ours.root, tmp_path / "site", SITE_URL=ours.base)
        built = {path: TAG.sub(b"", content) for path, content in snapshot(tmp_path / "site").items()}
        assert built.pop("_headers")  # which is for hosts
        assert [path for path in built if ours.shown(path) != built[path]] == [], f"{old} -> {new}"
    for name, old, new in reversed(edits):
        ours.edit(name, new, old)
    ours.shows("stunts/mummy-plane-crash/", f"{edits[0][1].removeprefix('title: ')}</h1>")


def test_what_is_no_page_is_there_too(ours: Server) -> None:
    assert ours.shown("stunts/halo-jump") == ours.shown(STUNT)  # the address leads to the one with a slash
    assert ours.shown("stunts/halo-jump/index.html") == ours.shown(STUNT)
    assert '"articles"' in ours.get("data/stuntbook.json")[1]
    assert ours.shown("assets/cards/stunts/halo-jump.png").startswith(b"\x89PNG")
    assert ours.get("assets/cards/stunts/no-such-stunt.png")[0] == 404
    assert '"languages"' in ours.get("pagefind/pagefind-entry.json")[1]
    assert ours.get(UNKNOWN)[0] == 404


def test_the_search_finds_what_was_edited(ours: Server) -> None:
    before = ours.get("pagefind/pagefind-entry.json")
    ours.edit("stunts.yaml", "title: HALO", "title: Zygodactyl HALO")
    ours.shows(STUNT, "Zygodactyl")
    assert ours.get("pagefind/pagefind-entry.json") != before
    ours.edit("stunts.yaml", "title: Zygodactyl HALO", "title: HALO")
    ours.shows(STUNT, "<title>HALO")
    assert ours.get("pagefind/pagefind-entry.json") == before


def test_a_file_that_nothing_depends_on_reloads_no_browser(ours: Server) -> None:
    def build() -> str:
        """The number of the build that the page comes from; a browser loads it again when there is a later one."""
        found = re.search(r"livereload\((\d+)", ours.get(STUNT)[1])
        assert found
        return found[1]

    before = build()
    seen = ours.log.read_text(encoding="utf-8").count("Reloading browsers")
    (ours.root / "notes.txt").write_text("mine", encoding="utf-8")
    ours.logs("Reloading browsers", seen + 1)
    assert build() == before


def test_a_page_that_is_not_there_is_loaded_again_after_an_edit(ours: Server) -> None:
    shown = ours.shows(UNKNOWN, "There is no page at this address", status=404)
    assert "livereload(" in shown


def test_a_bad_setting_shows_until_it_is_mended(ours: Server) -> None:
    for old, new, words in (
        ("plugins:\n", "plugins: [\n", "mkdocs.yml:"),
        ("site_name: Stuntbook", "nav: 1", "site_name"),
    ):
        ours.edit("mkdocs.yml", old, new)
        shown = ours.shows(STUNT, "<title>The site can&#39;t be built – Stuntbook</title>")
        assert words in shown
        assert "livereload(" in shown
        assert (ours.get("edit/")[0], ours.get(UNKNOWN)[0]) == (200, 404)
        ours.edit("stunts.yaml", "title: Rooftop jump", "title: Rooftop leap")  # does not hide it
        ours.edit("mkdocs.yml", new, old)
        ours.shows("stunts/rooftop-jump/", "Rooftop leap</h1>")
        ours.edit("stunts.yaml", "title: Rooftop leap", "title: Rooftop jump")
        ours.shows("stunts/rooftop-jump/", "Rooftop jump</h1>")
    assert "Traceback" not in ours.log.read_text(encoding="utf-8")


NO_WATCHES = """
from unittest.mock import patch
from watchdog.observers import Observer
from stuntbook.cli import main
with patch.object(Observer, "{method}", side_effect=OSError({number}, "inotify limit reached")):
    main(["serve"])
"""
"""Serves where the system watches nothing, as it watches no mounts of containers."""


@pytest.mark.parametrize(("method", "number"), [("on_thread_start", 28), ("__init__", 24)])
def test_where_the_system_watches_nothing_more_every_edit_shows(method: str, number: int, tmp_path: Path) -> None:
    program = NO_WATCHES.format(method=method, number=number)
    with start(copy_root(tmp_path / "book"), "-c", program) as server:
        server.shows(STUNT, "</h1>")
        server.edit("stunts.yaml", "title: HALO jump", "titel: HALO jump")
        server.shows(STUNT, "unknown-key")
        server.edit_by_renaming("stunts.yaml", "titel: HALO jump", "title: HALO leap")
        server.shows(STUNT, "HALO leap</h1>")
        log = server.log.read_text(encoding="utf-8")
        assert "Changes show within a second, not at once: inotify limit reached" in log
        assert "Traceback" not in log


@pytest.mark.skipif(os.name == "nt", reason="not everybody may make symbolic links on Windows")
def test_what_symbolic_links_lead_to_is_noticed(tmp_path: Path) -> None:
    root, elsewhere = copy_root(tmp_path / "book"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in ("articles/looper-plane-jump.md", "articles", "stunts.yaml"):
        target = elsewhere / Path(path).name
        (root / path).rename(target)
        (root / path).symlink_to(target)
    with start(root, "build_site.py", "serve") as server:
        server.shows(STUNT, "</h1>")
        replace_in(elsewhere / "stunts.yaml", "title: HALO jump", "title: HALO leap")
        server.shows(STUNT, "HALO leap</h1>")
        for name, publisher in (("looper-plane-jump", "Looper"), ("slashfilm-broken-ankle", "SlashFilm")):
            article = elsewhere / "articles" / f"{name}.md"
            replace_in(article, f"publisher: {publisher}", f"publisher: {publisher} Weekly")
            server.shows(f"sources/{name}/", f"{publisher} Weekly")


def test_bad_data_at_the_start_do_not_end_the_server(servers: dict[str, Server]) -> None:
    bad = servers["bad"]
    bad.shows("", "yaml-syntax")
    bad.shows(STUNT, "yaml-syntax", status=404)
    (bad.root / "stunts.yaml").write_bytes((ROOT / "stunts.yaml").read_bytes())
    bad.shows(STUNT, "</h1>")
    bad.shows("", "</h1>")


def test_whatever_mkdocs_is_told_to_watch_is_noticed(tmp_path: Path) -> None:
    root = copy_root(tmp_path / "book")
    (root / "extra").mkdir()
    with start(root, "-m", "mkdocs", "serve", "--watch", "extra") as server:
        server.shows(STUNT, "</h1>")
        for number in (1, 2):
            (root / "extra/notes.txt").write_text("x" * number, encoding="utf-8")
            server.logs("Building documentation...", number + 1)


@pytest.mark.parametrize("option", ["--no-livereload", "--clean"])
def test_mkdocs_own_ways_to_serve_show_a_whole_build(option: str, tmp_path: Path) -> None:
    with start(copy_root(tmp_path / "book"), "-m", "mkdocs", "serve", option) as server:
        server.shows(STUNT, "</h1>")
        assert '"languages"' in server.get("pagefind/pagefind-entry.json")[1]


def request(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what the server answers."""
    connection = HTTPConnection(server.base.split("/")[2], timeout=PATIENCE)
    with closing(connection):
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


@pytest.mark.parametrize("path", ["/", "/livereload/0/0", "/assets/stuntbook/stuntbook.js"])
def test_a_foreign_host_is_refused(server: Server, path: str) -> None:
    """DNS rebinding: a page elsewhere has its own name lead to this server, and may then read what it answers."""
    for host in ("evil.example", "localhost.evil.example", "evil.example:80", "", "[::1", "127.0.0.1.evil.example"):
        assert request(server, path, Host=host)[0] == 403, host
    for host in ("localhost", "localhost:8000", "book.localhost", "[::1]:8000", "192.168.1.7:8000"):
        assert request(server, path, Host=host)[0] == 200, host


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_only_get_and_head_are_answered(server: Server, method: str) -> None:
    status, headers, _ = request(server, f"/{STUNT}", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", [f"/{STUNT}", "/edit/", f"/{UNKNOWN}", "/assets/stuntbook/stuntbook.js", "/edit"])
def test_head_is_get_without_the_body(server: Server, path: str) -> None:
    with closing(socket.create_connection(("127.0.0.1", int(server.base.split(":")[2].strip("/"))))) as connection:
        connection.sendall(f"HEAD {path} HTTP/1.0\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, body = answer.decode().split("\r\n\r\n")
    status, headers, content = request(server, path)
    assert body == ""
    assert f" {status} " in head
    assert f"Content-Length: {len(content)}\r\n" in f"{head}\r\n"
    assert int(headers["Content-Length"]) == len(content)


@pytest.mark.parametrize(("path", "status"), [("/%00", 400), (f"/{STUNT}%00.html", 400), (f"/{'a' * 5000}", 404)])
def test_addresses_that_no_file_can_have(server: Server, path: str, status: int) -> None:
    assert request(server, path)[0] == status
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


def test_five_hundred_requests_at_once_are_answered(ours: Server) -> None:
    paths = [f"/{STUNT}", "/", "/no/such/page/", "/data/stuntbook.json", "/pagefind/pagefind-entry.json"] * 100
    with ThreadPoolExecutor(len(paths)) as pool:
        together = Barrier(len(paths))

        def ask(path: str) -> int:
            together.wait()
            return request(ours, path)[0]

        statuses = list(pool.map(ask, paths))
    assert statuses == [200, 200, 404, 200, 200] * 100
    assert "Traceback" not in ours.log.read_text(encoding="utf-8")


def test_a_build_beside_the_server_works(ours: Server) -> None:
    finished = run("build_site.py", "build", cwd=ours.root)
    assert finished.returncode == 0, finished.stderr
    ours.shows(STUNT, "<h1")


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is not a signal that can be sent on Windows")
@pytest.mark.parametrize(
    ("name", "number", "code", "word"),
    [
        ("stuntbook", signal.SIGINT, 130, "Stopped by Ctrl-C."),
        ("bad", signal.SIGTERM, 143, "Stopped by SIGTERM."),
        ("mkdocs", signal.SIGINT, 0, "Shutting down..."),
    ],
)
def test_a_signal_ends_a_server_with_a_word_and_nothing_is_left(
    servers: dict[str, Server], name: str, number: signal.Signals, code: int, word: str
) -> None:
    server = servers[name]
    server.shows("", "<html")
    assert list(server.temporary.glob("mkdocs_*"))
    server.process.send_signal(number)
    assert server.process.wait(PATIENCE) == code
    log = server.log.read_text(encoding="utf-8")
    assert word in log.splitlines()[-1]
    assert "Traceback" not in log
    assert server.get("") == (0, "")
    assert list(server.temporary.glob("mkdocs_*")) == []
