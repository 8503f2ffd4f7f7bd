"""Work in several processes gives what one gives."""

from __future__ import annotations

import os
import threading

import pytest

from stuntbook.checks import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.parallel import MANY, each
from tests.support import SITES

COUNT = 2 * MANY + 7


def test_results_come_in_order_from_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    results = list(each(lambda number: (number, os.getpid()), COUNT))
    assert [number for number, _ in results] == list(range(COUNT))
    if threading.active_count() == 1:
        assert os.getpid() not in {process for _, process in results}


def test_a_few_things_are_done_here() -> None:
    assert set(each(lambda number: os.getpid(), MANY - 1)) == {os.getpid()}


def test_an_error_comes_with_the_place_where_it_arose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def work(number: int) -> int:
        return 1 // (number - MANY)

    found: list[int] = []
    with pytest.raises(ZeroDivisionError) as error:
        found.extend(each(work, COUNT))
    assert error.traceback[-1].name == "work"
    assert error.traceback[-1].frame.f_locals["number"] == MANY


def test_nothing_gives_nothing() -> None:
    assert list(each(lambda number: number, 0)) == []


def test_processes_are_started_anew_after_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr("stuntbook.parallel.ROUND", MANY)
    results = list(each(lambda number: (number, os.getpid()), COUNT))
    assert [number for number, _ in results] == list(range(COUNT))
    rounds = [{process for _, process in results[first : first + MANY]} for first in range(0, COUNT, MANY)]
    if threading.active_count() == 1:
        assert not rounds[0] & rounds[1]
        assert not rounds[1] & rounds[2]


@pytest.mark.parametrize(
    "name", ["attribution", "name-in-text", "needless-silence", "number-in-text", "prose-link", "speaker-not-named"]
)
def test_records_are_judged_alike_in_several_processes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rules find, and what is silenced, comes back from another process as it was there."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    rendered = []
    for many in (MANY, 1):
        monkeypatch.setattr("stuntbook.parallel.MANY", many)
        report = Report()
        load_and_check(SITES / "invalid" / name, report)
        rendered.append(report.render())
    assert rendered[0] == rendered[1]
    assert rendered[0]
