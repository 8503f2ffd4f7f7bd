"""A page becomes an article: from a file and from a server, in good order and in bad."""

import gzip
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner, Result

from stuntbook.cli import main
from stuntbook.diagnostics import Report
from stuntbook.editing import fetching
from stuntbook.editing.articles import plain_address
from stuntbook.memo import Memo
from stuntbook.reading.sources import load
from stuntbook.records.article import Article
from tests.site_tools import snapshot
from tests.support import BOOK, codes, write_book

PARAGRAPHS = (
    "Dara Quill jumped over the canal three times, and the crowd on the bridge counted along in the rain.",
    "The jump took all day & the crew waited, because the wind was too strong for *any* of the boats.",
    "In the evening the crowd went home, and the canal was as quiet as it had been before they came.",
)
TEXT = "".join(f"<p>{each.replace('&', '&amp;')}</p>" for each in PARAGRAPHS)
BANNER = '<div class="cookie-consent"><p>We use cookies. Do you agree?</p><button>Accept all</button></div>'
MICRODATA = f"""<!doctype html><html lang="en-GB"><head><title>Quill | Gazette</title></head><body>{BANNER}
<main><article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">A jump over the canal</h1>
<p>By <span itemprop="author" itemscope><b itemprop="name">Pella Vane</b></span></p>
<time itemprop="datePublished" datetime="2019-05-04T10:00:00Z">4 May</time>
<div itemprop="publisher" itemscope><meta itemprop="name" content="Canal Gazette"></div>
<div itemprop="articleBody">{TEXT}<p>Share on Facebook</p></div></article></main></body></html>"""
LINKED = f"""<html lang="en"><head><link rel="canonical" href="https://gazette.example/over">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Over the canal",
"datePublished": "2019-05-04", "author": {{"name": "Pella Vane"}}, "publisher": {{"name": "Canal Gazette"}}}}</script>
</head><body><article><h1>Over the canal</h1>{TEXT}</article></body></html>"""
NOTHING = f"<html><body><div>{TEXT}</div></body></html>"
GERMAN = """<html lang="de"><head><title>Der Sprung</title><meta charset="utf-8"></head><body>
<article><h1>Der Sprung</h1>
<p>Für den Film sprang Walburga Steinlechner über den Kanal, und hinter ihr ging die Lawine mit großem Getöse ab.</p>
<p>„Ich habe sie gehört, bevor ich sie gesehen habe“, sagte sie. Die Fahrt dauerte keine fünf Minuten, heißt es.</p>
<p>Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten.</p></article></body></html>"""


class Server:
    """A server on loopback, which answers as each test says."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[str] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self.path)
                server.answers[self.path](self)

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self.thread.join()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}{path}"

    def page(self, path: str, content: str | bytes, status: int = 200, **headers: str) -> str:
        """Answer with a page; gives its address."""
        body = content.encode() if isinstance(content, str) else content
        sent = {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in sent.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            with suppress(OSError):  # nobody may read on
                handler.wfile.write(body)

        self.answers[path] = answer
        return self.url(path)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "book", BOOK, weekly="Nothing of the kind stands here.\n")


def add(book: Path, source: str | Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["add-article", str(source), "--root", str(book), *options])


def added(book: Path, source: str | Path, *options: str) -> Article:
    """The one article that a page becomes."""
    result = add(book, source, "--allow-private", *options)
    assert result.exit_code == 0, result.stderr
    report = Report()
    library = load(book, report, Memo(keeping=False))
    assert codes(report) == []
    (article,) = [each for each in library.articles.values() if each.id != "weekly"]
    return article


def refused(book: Path, source: str | Path, *options: str) -> str:
    """Why a page is not taken; nothing is written then."""
    before = snapshot(book)
    result = add(book, source, *options)
    assert (result.exit_code, result.stdout) == (1, "")
    assert isinstance(result.exception, SystemExit)
    assert snapshot(book) == before
    return result.stderr


# --- What is on a page


def test_microdata_and_a_cookie_banner(server: Server, book: Path) -> None:
    url = server.page("/microdata", MICRODATA)
    result = add(book, url, "--allow-private")
    article = load(book, Report(), Memo(keeping=False)).articles["canal-gazette-a-jump-over-the-canal"]
    assert (article.title, article.author, article.published) == ("A jump over the canal", "Pella Vane", "2019-05-04")
    assert (article.publisher, article.url, article.rights) == ("Canal Gazette", url, "excerpts")
    assert "cookies" not in article.body
    assert article.boilerplate == ("Share on Facebook",)
    assert "Taken for boilerplate: Share on Facebook" in result.stdout
    assert "Not found" not in result.stdout


def test_linked_data_and_the_pages_own_address(server: Server, book: Path) -> None:
    article = added(book, server.page("/linked", LINKED))
    assert (article.title, article.author, article.published) == ("Over the canal", "Pella Vane", "2019-05-04")
    assert (article.publisher, article.url) == ("Canal Gazette", "https://gazette.example/over")


def test_what_a_page_does_not_say_is_told_and_left_out(server: Server, book: Path) -> None:
    result = add(book, server.page("/nothing", NOTHING), "--allow-private")
    missing = "headline", "author", "date of publication", "publisher", "language, which is taken for English"
    assert "".join(f"Not found: {each}.\n" for each in missing) in result.stdout
    (path,) = (path for path in (book / "articles").iterdir() if path.stem != "weekly")
    article = load(book, Report(), Memo(keeping=False)).articles[path.stem]
    assert (article.title, article.author, article.published, article.language) == (None, None, None, "en")
    assert (article.publisher, article.label) == ("127.0.0.1", "An article of 127.0.0.1")
    assert path.read_text(encoding="utf-8").count("# TODO: ") == 2


def test_the_text_is_the_pages_word_for_word(server: Server, book: Path) -> None:
    """A star in the text is a star, and no mark of Markdown."""
    from stuntbook.text.article_text import ArticleText  # noqa: PLC0415

    text = ArticleText(added(book, server.page("/words", NOTHING)).body)
    assert [text.text(span) for each in PARAGRAPHS for span in text.find(each)] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("encoding", "header"),
    [
        ("latin-1", "text/html; charset=ISO-8859-1"),
        ("cp1252", "text/html"),
        ("utf-8", "text/html; charset=utf-8"),
        ("utf-8-sig", "text/html; charset=latin-1"),
        ("utf-16", "text/html"),
    ],
)
def test_encodings(encoding: str, header: str, server: Server, book: Path) -> None:
    page = NOTHING.replace("Dara Quill", "Zoë Müller").encode(encoding)
    assert "Zoë Müller jumped over the canal" in added(book, server.page("/x", page, Content_Type=header)).body


def test_an_encoding_that_the_page_names(server: Server, book: Path) -> None:
    page = '<meta charset="iso-8859-2">' + NOTHING.replace("Quill", "Łan")
    assert "Dara Łan jumped" in added(book, server.page("/meta", page.encode("iso-8859-2"))).body


def test_german(server: Server, book: Path) -> None:
    article = added(book, server.page("/german", GERMAN))
    assert (article.title, article.language) == ("Der Sprung", "de")
    assert "„Ich habe sie gehört, bevor ich sie gesehen habe“, sagte sie." in article.body
    assert article.boilerplate == ("Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten.",)


def test_a_saved_page_needs_its_address(book: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(MICRODATA, encoding="utf-8")
    assert "--url" in refused(book, page)
    article = added(book, page, "--url", "https://gazette.example/saved", "--id", "saved")
    assert (article.id, article.url) == ("saved", "https://gazette.example/saved")


def test_a_packed_answer(server: Server, book: Path) -> None:
    url = server.page("/packed", gzip.compress(NOTHING.encode()), Content_Encoding="gzip")
    assert PARAGRAPHS[0] in added(book, url).body


@pytest.mark.parametrize("page", ["", "no HTML at all", "<html><body><p>Short.</p></body></html>", "\0\0\0"])
def test_a_page_without_an_article(page: str, book: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert refused(book, tmp_path / "page.html", "--url", "https://x.example/").startswith("error: ")


# --- What is there already


def test_the_same_address_and_the_same_text_are_refused(server: Server, book: Path) -> None:
    first = added(book, server.page("/first", LINKED))
    assert f"{first.path} has this address" in refused(book, server.url("/first"), "--allow-private")
    other = server.page("/other", NOTHING.replace("three times", "four times"))
    assert f"{first.path} has this text already" in refused(book, other, "--allow-private", "--id", "other")


def test_an_identifier_that_is_taken_is_refused(server: Server, book: Path) -> None:
    url = server.page("/taken", NOTHING)
    assert "--id" in refused(book, url, "--allow-private", "--id", "canal-jump")
    assert "--id" in refused(book, url, "--allow-private", "--id", "../../etc")


@pytest.mark.parametrize(
    "other",
    [
        "http://gazette.example/canal",
        "https://www.gazette.example/canal/",
        "https://gazette.example/canal?utm_source=x&fbclid=y",
        "https://GAZETTE.example/canal#jump",
    ],
)
def test_addresses_that_lead_to_one_page(other: str) -> None:
    assert plain_address(other) == plain_address("https://gazette.example/canal")
    assert plain_address(other) != plain_address("https://gazette.example/canal?page=2")


# --- Where it is fetched from


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "https://10.0.0.1/"])
def test_no_address_of_this_network_is_read_unless_told_to(address: str, book: Path) -> None:
    assert "no public address" in refused(book, address)


@pytest.mark.parametrize(
    "address", ["ftp://gazette.example/x", "file:///etc/passwd", "http:///x", "https://x.example:y/"]
)
def test_no_other_scheme_is_read(address: str, book: Path) -> None:
    assert refused(book, address).startswith("error: ")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not fetching.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_that_are_public(address: str) -> None:
    assert fetching.is_public(address)


def test_a_redirect_is_looked_at_as_an_address_is(server: Server, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    secret = server.url("/secret").replace("127.0.0.1", "127.0.0.2")
    for location in (secret, "file:///etc/passwd", "http://[::1]/"):
        url = server.page("/away", "", 302, Location=location)
        assert "no public address" in refused(book, url) or "no web address" in refused(book, url)
    assert "/secret" not in server.asked


def test_the_address_that_was_looked_at_is_the_one_that_is_read(
    server: Server, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads to a public address when it is looked at, and into this network when it is read."""
    port = int(server.url("").rpartition(":")[2])
    asked: list[str] = []

    def resolve(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        address = ("127.0.0.1", port) if len(asked) == 1 else ("127.0.0.2", port)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    server.page("/rebound", LINKED)
    assert add(book, f"http://rebinding.example:{port}/rebound").exit_code == 0
    assert asked == ["rebinding.example"]


def test_a_name_with_one_private_address_among_others_is_refused(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 80)) for each in ("8.8.8.8", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "192.168.0.1" in refused(book, "http://two.example/")


def test_redirects_are_followed(server: Server, book: Path) -> None:
    server.page("/new/there", NOTHING)
    server.page("/new/here", "", 307, Location="there")
    assert added(book, server.page("/old", "", 301, Location="/new/here")).url == server.url("/new/there")


# --- Servers that do harm


def test_redirects_without_end(server: Server, book: Path) -> None:
    url = server.page("/loop", "", 302, Location="/loop")
    server.asked.clear()
    assert "more than 5 times" in refused(book, url, "--allow-private")
    assert len(server.asked) == 6


def test_20_megabytes(server: Server, book: Path) -> None:
    large = b"<p>" + b"x" * 20_000_000
    assert "more than 5 MB" in refused(book, server.page("/large", large), "--allow-private")

    def endless(handler: BaseHTTPRequestHandler) -> None:
        """The same from a server that does not say how much it sends."""
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        try:
            for _ in range(200):
                handler.wfile.write(b"x" * 100_000)
        except OSError:
            pass

    server.answers["/endless"] = endless
    assert "more than 5 MB" in refused(book, server.url("/endless"), "--allow-private")
    packed = server.page("/bomb", gzip.compress(large), Content_Encoding="gzip")
    assert "more than 5 MB" in refused(book, packed, "--allow-private")


def test_a_large_file(book: Path, tmp_path: Path) -> None:
    (tmp_path / "large.html").write_bytes(b"x" * 5_000_001)
    assert "more than 5 MB" in refused(book, tmp_path / "large.html")


@pytest.mark.parametrize("part", ["head", "body", "nothing"])
def test_a_slow_server(part: str, server: Server, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that sends a byte now and then, so that no single wait is long, and one that sends nothing."""
    monkeypatch.setattr(fetching, "PATIENCE", 0.4)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        begun = b"HTTP/1.0 200 OK\r\n" + (b"Content-Type: text/html\r\n\r\n" if part == "body" else b"X: ")
        try:
            if part != "nothing":
                handler.wfile.write(begun)
            for _ in range(40):
                time.sleep(0.05)
                if part != "nothing":
                    handler.wfile.write(b"x")
        except OSError:
            pass

    server.answers["/slow"] = drip
    started = time.monotonic()
    assert "has not answered within" in refused(book, server.url("/slow"), "--allow-private")
    assert time.monotonic() - started < 1.5


def test_an_answer_that_ends_early(server: Server, book: Path) -> None:
    url = server.page("/short", NOTHING, Content_Length=str(len(NOTHING) + 100))
    assert "can't be read" in refused(book, url, "--allow-private")
    packed = gzip.compress(NOTHING.encode())[:-20]
    assert "can't be read" in refused(book, server.page("/cut", packed, Content_Encoding="gzip"), "--allow-private")


@pytest.mark.parametrize(
    ("status", "headers", "reason"),
    [
        (404, {}, "answers 404"),
        (500, {}, "answers 500"),
        (200, {"Content_Type": "application/pdf"}, "is no page, but application/pdf"),
    ],
)
def test_no_page(status: int, headers: dict[str, str], reason: str, server: Server, book: Path) -> None:
    assert reason in refused(book, server.page("/none", NOTHING, status, **headers), "--allow-private")


def test_a_file_that_is_not_there(book: Path, tmp_path: Path) -> None:
    assert "can't be read" in refused(book, tmp_path / "none.html")


def test_without_the_extra_it_is_told_what_to_install(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "stuntbook.editing.extraction", None)
    assert "stuntbook[editing]" in refused(book, tmp_path / "page.html")
