"""Work on every processor: the same function for many things, in processes that share what was made before."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

T = TypeVar("T")

MANY = 400
"""From how many things on it pays to start processes."""
SHARE = 50
"""How many things a process takes at a time."""
ROUND = 5_000
"""After how many things the processes are started anew. What a process touches it copies, and keeps to its end."""

_work: Callable[[int], object] | None = None
"""What the processes do; they inherit it, and all that it refers to, instead of being sent it."""


def each(work: Callable[[int], T], count: int) -> Iterator[T]:
    """`work` of every number from 0 to `count` (exclusive), in order.

    Several processes do it where there are many, and where processes can be started as copies of this one (`fork` in
    POSIX.1-2017), which is safe only while it runs no other thread. Raises what `work` raises.
    """
    workers = os.cpu_count() or 1
    if count < MANY or workers == 1 or not hasattr(os, "fork") or threading.active_count() > 1:
        yield from map(work, range(count))
        return
    yield from _in_processes(work, count, workers)


def _in_processes(work: Callable[[int], T], count: int, workers: int) -> Iterator[T]:
    # Few knowledge bases are so large, and a check begins sooner without these.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    global _work  # noqa: PLW0603 - the one thing that a copied process can be told without sending it
    _work = work
    try:
        for first in range(0, count, ROUND):
            last = min(first + ROUND, count)
            shares = [range(start, min(start + SHARE, last)) for start in range(first, last, SHARE)]
            with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
                for results in pool.map(_do, shares):
                    yield from cast(list[T], results)
    finally:
        _work = None


def _do(share: range) -> list[object]:
    assert _work is not None
    return [_work(number) for number in share]
