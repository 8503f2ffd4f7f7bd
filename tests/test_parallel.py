"""Work in several processes gives what one gives."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from mmap import mmap
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

import pytest

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.memo import Memo
from stuntbook.mkdocs.building import build_site
from stuntbook.parallel import each
from tests.site_tools import snapshot
from tests.support import SITES, cases

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork, as on Windows, one process does it all")

ROUND = 400
COUNT = 2 * ROUND + 7
NEVER = sys.maxsize
T = TypeVar("T")


def alone(work: Callable[..., T], *arguments: object) -> T:
    """What a function gives in a new process: this one may not be copied, since pytest-xdist and others run threads."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def numbered(count: int, worth: float) -> tuple[int, list[tuple[int, int]]]:
    """The process in which this runs, and every number with the process that did it, of two at a time."""
    with (
        patch("os.cpu_count", lambda: 2),
        patch("stuntbook.parallel.ROUND", ROUND),
        patch("stuntbook.parallel.WORTH", worth),
    ):
        return os.getpid(), list(each(lambda number: (number, os.getpid()), count))


def judged(roots: list[Path], worth: float) -> tuple[list[str], bool]:
    """The reports about knowledge bases, records shared out after so many seconds; and whether they were."""
    reports = [Report() for _ in roots]
    with (
        patch("os.cpu_count", lambda: 2),
        patch("stuntbook.parallel.WORTH", worth),
        patch("os.fork", wraps=os.fork) as fork,
    ):
        for root, report in zip(roots, reports, strict=True):
            load_and_check(root, report)
    return [report.render() for report in reports], fork.called


def failed() -> str:
    """What another process tells of the place where an error arose."""
    own = os.getpid()
    with (
        patch("os.cpu_count", lambda: 2),
        patch("stuntbook.parallel.WORTH", 0),
        pytest.raises(ZeroDivisionError) as error,
    ):
        list(each(lambda _: time.sleep(0.01) if os.getpid() == own else 1 // 0, COUNT))
    return str(error.value.__cause__)


def built(folder: Path, worth: float) -> tuple[dict[str, bytes], bool]:
    """The files of a site, pages shared out after so many seconds; and whether they were."""
    with (
        patch("os.cpu_count", lambda: 2),
        patch("stuntbook.parallel.WORTH", worth),
        patch("stuntbook.parallel.SHARE", 3),
        patch("os.fork", wraps=os.fork) as fork,
    ):
        root = SITES / "valid"
        build_site(root, folder, (load_and_check(root, Report()), Memo(keeping=False)))
    return snapshot(folder), fork.called


def test_a_site_is_the_same_whoever_makes_its_pages(tmp_path: Path) -> None:
    """The search numbers the pages: not in the order in which two processes happen to finish them."""
    shared, is_shared = alone(built, tmp_path / "shared", 0)
    here, is_shared_here = alone(built, tmp_path / "here", NEVER)
    assert (is_shared, is_shared_here) == (True, False)
    assert shared == here


def test_results_come_in_order_from_processes_that_are_started_anew_after_a_round() -> None:
    process, results = alone(numbered, COUNT, 0)
    assert [number for number, _ in results] == list(range(COUNT))
    rounds = [{other for _, other in results[first : first + ROUND]} for first in range(0, COUNT, ROUND)]
    assert all(len(others - {process}) == 1 for others in rounds[:2])
    assert rounds[0] & rounds[1] <= {process}


def test_what_is_done_soon_is_done_here() -> None:
    process, results = alone(numbered, COUNT, NEVER)
    assert {other for _, other in results} == {process}


def slow(number: int) -> tuple[int, int]:
    time.sleep(0.05)
    return number, os.getpid()


def slowly(count: int) -> tuple[int, int, list[tuple[int, int]]]:
    """This process, how often it did what each other would have to do, and what `slow` gives, of two at a time."""
    prepared = []
    with patch("os.cpu_count", lambda: 2):
        results = list(each(slow, count, lambda: prepared.append(1)))
    return os.getpid(), len(prepared), results


def test_what_takes_long_is_begun_here_and_then_shared() -> None:
    process, prepared, results = alone(slowly, 20)
    processes = [other for _, other in results]
    assert [number for number, _ in results] == list(range(20))
    assert processes[0] == process
    assert len(set(processes)) == 2
    first = next(at for at, other in enumerate(processes) if other != process)
    assert process in processes[first:], "it did not go on working"
    assert prepared == 1


def test_an_error_comes_with_the_place_where_it_arose() -> None:
    assert "1 // 0" in alone(failed)


def first_error() -> int:
    """Which of many numbers that fail is told, while one process takes longer than the other."""
    own, begun = os.getpid(), mmap(-1, 1)

    def work(number: int) -> None:
        if os.getpid() != own:
            begun[0] = 1
            time.sleep(0.5)
        while not begun[0]:
            time.sleep(0.01)
        raise ValueError(number)

    with (
        patch("os.cpu_count", lambda: 2),
        patch("stuntbook.parallel.WORTH", 0),
        patch("stuntbook.parallel.SHARE", 1),
        pytest.raises(ValueError, match=r"\d") as error,
    ):
        list(each(work, 9))
    return int(error.value.args[0])


def test_of_several_errors_the_first_is_told() -> None:
    assert alone(first_error) == 0


ENDLESS = """
import os, time
from unittest.mock import patch
from stuntbook import parallel

def work(number):
    os.write(1, b"begun ")
    time.sleep(3600)

with patch("os.cpu_count", lambda: 2), patch("stuntbook.parallel.WORTH", 0):
    list(parallel.each(work, 9))
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


def test_records_are_judged_alike_in_several_processes(tmp_path: Path) -> None:
    """What the rules find, and what is silenced, comes back from another process as it was there."""
    found = {"attribution", "name-in-text", "needless-silence", "number-in-text", "prose-link", "speaker-not-named"}
    roots = [case.write(tmp_path / case.name) for case in cases() if case.name in found]
    here, is_shared_here = judged(roots, NEVER)
    assert len(here) == len(found)
    assert all(here)
    assert not is_shared_here
    assert alone(judged, roots, 0) == (here, True)
