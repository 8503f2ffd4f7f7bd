"""Fixtures that tests of several modules share."""

import gc
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from tests.site_tools import HOST, PUBLISHED, ROOT, SITE_URL, Site, build, built_once
from tests.support import SITES, checked


def pytest_configure() -> None:
    """Have programs that tests start hear Ctrl-C and a closed terminal, which a job in the background ignores."""
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)  # there is no SIGHUP on Windows
        if number and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def pytest_collection_finish() -> None:
    """Whoever looks for garbage later looks among what tests have made, not through all modules and tests."""
    gc.freeze()


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: tests of servers and browsers wait as long as they work."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def one_process() -> Iterator[None]:
    """Nothing copies this process, which is not safe: pytest-xdist runs a thread in it."""
    with patch("stuntbook.parallel.WORTH", sys.maxsize):
        yield


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing is kept in the user's own cache folder, here or in the commands that tests start."""
    folder = tmp_path_factory.mktemp("cache")
    with patch.dict(os.environ, XDG_CACHE_HOME=str(folder), WIN_PD_OVERRIDE_LOCAL_APPDATA=str(folder)):
        yield folder


@pytest.fixture(scope="module", autouse=True)
def empty_cache(own_cache: Path) -> Iterator[None]:
    """Each new knowledge base has all folders there measured: those that other modules have left would take long."""
    yield
    shutil.rmtree(own_cache / "stuntbook", ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def no_history() -> Iterator[None]:
    """Git knows nothing, here and in the commands that tests start, so that a site is the same in any checkout."""
    with patch.dict(os.environ, GIT_DIR=os.devnull):
        yield


@pytest.fixture(scope="session")
def valid() -> KnowledgeBase:
    """The small knowledge base in `sites/valid`, which exercises every field."""
    return checked(SITES / "valid")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The real site as an editor builds it."""
    return Site(built_once(tmp_path_factory, "real", partial(build, ROOT)), f"{HOST}/")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The real site with an address of its own and that of its repository."""
    folder = built_once(tmp_path_factory, "published", lambda folder: build(ROOT, folder, **PUBLISHED))
    return Site(folder, SITE_URL)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the small knowledge base."""
    return Site(built_once(tmp_path_factory, "small", partial(build, SITES / "valid")), f"{HOST}/")


@pytest.fixture(scope="session")
def knowledge() -> KnowledgeBase:
    """The real knowledge base."""
    return checked(ROOT)


@pytest.fixture(scope="session", params=["valid", "knowledge"])
def book(request: pytest.FixtureRequest) -> KnowledgeBase:
    """Each of the two."""
    found: KnowledgeBase = request.getfixturevalue(request.param)
    return found
