"""Work on every processor: the same function for many things, in processes that share what was made before."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

Result = TypeVar("Result")

MANY = 400
"""From how many things on it pays to start processes."""
SHARE = 50
"""How many things a process takes at a time."""
ROUND = 5_000
"""After how many things new processes take over. What they share with this one is copied when they write to it, as any
count of references does, and copies are freed only when a process ends."""

_shared_work: Callable[[int], object] | None = None
"""What the processes do. They inherit it, and all that it refers to, so that nothing of it has to be sent to them."""


def each(work: Callable[[int], Result], count: int) -> Iterator[Result]:
    """`work` of every number from 0 to `count` (exclusive), in order.

    Several processes do it where there are many, and where processes can be started as copies of this one (`fork` in
    POSIX.1-2017), which is safe only while it runs no other thread. Raises what `work` raises.
    """
    workers = os.cpu_count() or 1
    if count < MANY or workers == 1 or not hasattr(os, "fork") or threading.active_count() > 1:
        yield from map(work, range(count))
        return
    yield from _in_processes(work, count, workers)


def _in_processes(work: Callable[[int], Result], count: int, workers: int) -> Iterator[Result]:
    # Imported here, because few knowledge bases need them, and a check of any other starts sooner without them.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from multiprocessing import active_children, get_context  # noqa: PLC0415

    global _shared_work  # noqa: PLW0603 - the one thing that a copied process can be told without sending it
    _shared_work = work
    try:
        for first in range(0, count, ROUND):
            numbers = range(first, min(first + ROUND, count))
            with ProcessPoolExecutor(workers, get_context("fork"), _begin_process) as pool:
                try:
                    yield from cast(Iterator[Result], pool.map(_do, numbers, chunksize=SHARE))
                except BaseException:
                    for process in active_children():  # the pool would wait until they have done what they were given
                        process.terminate()
                    raise
    finally:
        _shared_work = None


def _begin_process() -> None:
    """Have a process end when it is told to, without a word, and when the one that started it is no more."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415

    if parent := parent_process():
        parent.join()
    signal.raise_signal(signal.SIGTERM)


def _do(number: int) -> object:
    assert _shared_work is not None
    return _shared_work(number)
