"""Work in several processes gives what one gives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

import pytest

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.mkdocs.building import build_site
from stuntbook.parallel import MANY, each
from tests.site_tools import snapshot
from tests.support import SITES

COUNT = 2 * MANY + 7
T = TypeVar("T")


def alone(work: Callable[..., T], *arguments: object) -> T:
    """What a function gives in a new process: with the threads of the browser tests, this one may not be copied."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def numbered(a_round: int) -> tuple[int, list[tuple[int, int]]]:
    """The process in which this runs, and every number with the process that did it, of two."""
    with patch("os.cpu_count", lambda: 2), patch("stuntbook.parallel.ROUND", a_round):
        return os.getpid(), list(each(lambda number: (number, os.getpid()), COUNT))


def judged(name: str, many: int) -> tuple[str, bool]:
    """The report about an invalid site, records shared out where there are so many; and whether they were."""
    report = Report()
    with (
        patch("os.cpu_count", lambda: 2),
        patch("stuntbook.parallel.MANY", many),
        patch("os.fork", wraps=os.fork) as fork,
    ):
        load_and_check(SITES / "invalid" / name, report)
    return report.render(), fork.called


def built(folder: Path, many: int) -> tuple[dict[str, bytes], bool]:
    """The files of a site, pages shared out where there are so many; and whether they were."""
    with (
        patch("os.cpu_count", lambda: 2),
        patch("stuntbook.parallel.MANY", many),
        patch("stuntbook.parallel.SHARE", 3),
        patch("os.fork", wraps=os.fork) as fork,
    ):
        root = SITES / "valid"
        build_site(root, folder, load_and_check(root, Report()))
    return snapshot(folder), fork.called


def test_a_site_is_the_same_whoever_makes_its_pages(tmp_path: Path) -> None:
    """The search numbers the pages: not in the order in which two processes happen to finish them."""
    shared, is_shared = alone(built, tmp_path / "shared", 1)
    here, is_shared_here = alone(built, tmp_path / "here", MANY)
    assert (is_shared, is_shared_here) == (True, False)
    assert shared == here


def test_results_come_in_order_from_several_processes() -> None:
    process, results = alone(numbered, COUNT)
    assert [number for number, _ in results] == list(range(COUNT))
    assert process not in {other for _, other in results}


def test_processes_are_started_anew_after_a_round() -> None:
    _, results = alone(numbered, MANY)
    assert [number for number, _ in results] == list(range(COUNT))
    rounds = [{process for _, process in results[first : first + MANY]} for first in range(0, COUNT, MANY)]
    assert not rounds[0] & rounds[1]
    assert not rounds[1] & rounds[2]


def test_a_few_things_are_done_here() -> None:
    assert set(each(lambda number: os.getpid(), MANY - 1)) == {os.getpid()}


def test_an_error_comes_with_the_place_where_it_arose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def work(number: int) -> int:
        return 1 // (number - MANY)

    found: list[int] = []
    with pytest.raises(ZeroDivisionError) as error:
        found.extend(each(work, COUNT))
    assert "in work" in str(error.value.__cause__)


ENDLESS = """
import os, time
from unittest.mock import patch
from stuntbook import parallel

def work(number):
    os.write(1, b"begun ")
    time.sleep(3600)

with patch("os.cpu_count", lambda: 2):
    list(parallel.each(work, parallel.MANY))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_the_processes_end_with_the_one_that_started_them(number: signal.Signals) -> None:
    command = (sys.executable, "-c", ENDLESS)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        assert process.stdout.read(12) == b"begun begun "
        process.send_signal(number)
        process.communicate(timeout=60)  # until none of them can write any more
    assert process.returncode == -number


def test_nothing_gives_nothing() -> None:
    assert list(each(lambda number: number, 0)) == []


@pytest.mark.parametrize(
    "name", ["attribution", "name-in-text", "needless-silence", "number-in-text", "prose-link", "speaker-not-named"]
)
def test_records_are_judged_alike_in_several_processes(name: str) -> None:
    """What the rules find, and what is silenced, comes back from another process as it was there."""
    here, shared = judged(name, MANY)
    assert here
    assert not shared
    assert alone(judged, name, 1) == (here, True)
