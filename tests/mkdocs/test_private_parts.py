"""What `mkdocs/serving.py` uses of the private parts of MkDocs' server is as it was in MkDocs 1.6.1."""

import threading
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver

PATIENCE = 10
"""Seconds after which something that does not come is taken not to come at all."""


class Server(LiveReloadServer):
    """MkDocs' server, whose builds last until they are let on."""

    def __init__(self, root: Path) -> None:
        super().__init__(self.build, "127.0.0.1", 0, str(root), shutdown_delay=0.05)
        self.builds, self.goes_on = threading.Event(), threading.Event()

    def build(self) -> None:
        self.builds.set()
        self.goes_on.wait(PATIENCE)

    def asked(self, epoch: int) -> int:
        """What a browser that shows a build is told of the latest."""
        (answer,) = self.serve_request({"PATH_INFO": f"/livereload/{epoch}/1"}, lambda *_: None)
        return int(answer)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.server_close()


@pytest.fixture
def building(server: Server) -> Iterator[Server]:
    """A server in the middle of a build after an edit."""
    thread = threading.Thread(target=server.serve)
    thread.start()
    with server._rebuild_cond:
        server._want_rebuild = True
        server._rebuild_cond.notify_all()
    assert server.builds.wait(PATIENCE)
    yield server
    server.goes_on.set()
    server.shutdown()
    thread.join()


def test_the_version() -> None:
    """With another, look at every use in `mkdocs/serving.py`, and name it here and there."""
    assert version("mkdocs") == "1.6.1"


def test_the_numbers_of_builds(building: Server) -> None:
    """A build has the number `_wanted_epoch`, and `_visible_epoch` is that of the last one that is done."""
    visible, wanted = building._visible_epoch, building._wanted_epoch
    assert visible < wanted
    assert building.asked(visible - 1) == visible
    building.goes_on.set()
    assert building.asked(visible) == building._visible_epoch == wanted


def test_a_build_that_counts_for_none_reloads_no_page(building: Server) -> None:
    visible = building._wanted_epoch = building._visible_epoch
    building.goes_on.set()
    building.poll_response_timeout = 1
    assert building.asked(visible) == visible


def test_a_server_knows_that_it_is_over(building: Server) -> None:
    assert not building._shutdown
    building.goes_on.set()
    building.shutdown()
    assert building._shutdown


def test_the_watched_paths(server: Server, tmp_path: Path) -> None:
    """Once they are forgotten, each can be watched again, by another observer."""
    server.watch(str(tmp_path))
    assert list(server._watched_paths) == [str(tmp_path)]
    server._watched_paths.clear()
    server.observer = PollingObserver()
    server.watch(str(tmp_path))
    assert list(server._watched_paths) == [str(tmp_path)]
    assert [watch.path for watch in server.observer._handlers] == [str(tmp_path)]


def test_the_script_that_loads_a_page_again(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands at the end of the body; and the server calls what gives it for the files that it serves."""
    given = server._inject_js_into_html(b"<body>A</body>", 7)  # type: ignore[no-untyped-call]
    assert given.startswith(b"<body>A<script>\nvar livereload")
    assert b"\nlivereload(7, " in given
    assert given.endswith(b"</script></body>")

    (tmp_path / "index.html").write_text("<body>B</body>", encoding="utf-8")
    server.watch(str(tmp_path))
    monkeypatch.setattr(server, "_inject_js_into_html", lambda content, epoch: content + b"%d" % epoch)
    answer = b"".join(server.serve_request({"PATH_INFO": "/"}, lambda *_: None))
    assert answer == b"<body>B</body>%d" % server._visible_epoch
