"""Work on every processor: the same function for many things, in processes that share what was made before."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from mmap import mmap
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from concurrent.futures import Future

Result = TypeVar("Result")

WORTH = 0.2
"""After how many seconds of work it pays to start processes for what is left."""
SHARE = 50
"""How many things a process takes at a time at most; fewer towards the end, so that all processes end together."""
ROUND = 5_000
"""After how many things new processes take over. What they share with this one is copied when they write to it, as any
count of references does, and copies are freed only when a process ends."""

_shared_work: Callable[[int], object] | None = None
"""What the processes do. They inherit it, and all that it refers to, so that nothing of it has to be sent to them."""
_stopped = mmap(-1, 1)
"""Whether they are to do no more. It is one memory for all of them."""


def each(work: Callable[[int], Result], count: int, before: Callable[[], object] = lambda: None) -> Iterator[Result]:
    """`work` of every number from 0 to `count` (exclusive), in order.

    What takes long is shared by several processes, where they can be started as copies of this one (`fork` in
    POSIX.1-2017), which is safe only while it runs no other thread. `before` does once what each of them would have to
    do. Raises what `work` raises.
    """
    workers, spent = os.cpu_count() or 1, 0.0
    can_share = workers > 1 and hasattr(os, "fork")
    for number in range(count):
        if can_share and spent >= WORTH and number < count - 1 and threading.active_count() == 1:
            before()
            yield from _in_processes(work, number, count, workers)
            return
        started = time.perf_counter()
        result = work(number)
        spent += time.perf_counter() - started
        yield result


def _in_processes(work: Callable[[int], Result], start: int, stop: int, workers: int) -> Iterator[Result]:
    # Imported here, because few knowledge bases need them, and a check of any other starts sooner without them.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from multiprocessing import active_children, get_context  # noqa: PLC0415

    global _shared_work  # noqa: PLW0603 - the one thing that a copied process can be told without sending it
    _shared_work, _stopped[0] = work, 0
    try:
        for first in range(start, stop, ROUND):
            shares = _shares(first, min(first + ROUND, stop), stop, workers)
            with ProcessPoolExecutor(workers - 1, get_context("fork"), _begin_process) as pool:
                try:
                    # `map` would take back what is not done yet, of which the pool complains when its processes end.
                    yield from _together([(share, pool.submit(_do, share)) for share in shares])
                except Exception:
                    _stopped[0] = 1  # to end the processes could leave the pool waiting for them
                    raise
                except BaseException:
                    for process in active_children():
                        process.terminate()
                    raise
    finally:
        _shared_work = None


def _together(tasks: list[tuple[range, Future[list[object]]]]) -> Iterator[Result]:
    """The results of all shares. This process does one that no other has begun with whenever it would have to wait."""
    left = iter(tasks)
    own: dict[range, Future[list[object]]] = {}
    for share, task in tasks:
        while not task.done() and (taken := next((each for each, other in left if other.cancel()), None)):
            own[taken] = _done_here(taken)
        yield from cast(list[Result], (own.pop(share) if task.cancelled() else task).result())


def _done_here(share: range) -> Future[list[object]]:
    """The results of a share, or the error, which is raised when those before it have come."""
    from concurrent.futures import Future  # noqa: PLC0415

    done = Future[list[object]]()
    try:
        done.set_result(_do(share))
    except Exception as error:
        done.set_exception(error)
    return done


def _shares(start: int, stop: int, end: int, workers: int) -> Iterator[range]:
    """The numbers of a round in shares. `end` is where the last round stops."""
    while start < stop:
        size = max(1, min(SHARE, stop - start, (end - start) // (8 * workers)))
        yield range(start, start + size)
        start += size


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


def _do(numbers: range) -> list[object]:
    assert _shared_work is not None
    return [_shared_work(number) for number in numbers if not _stopped[0]]
