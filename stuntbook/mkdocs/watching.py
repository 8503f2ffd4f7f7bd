"""Files -> whether one of them has changed: for where the system tells of no changes, or not of all.

None come from network drives, from the mounts of containers and through symbolic links; and when others have taken all
that a system can watch, it watches nothing more.
"""

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

Stamps = frozenset[tuple[str, int, int]]
"""Path, time of change in nanoseconds since the epoch, and size in bytes, of files."""
PAUSE = 0.5
"""How many seconds pass between two looks."""


def stamps(paths: Iterable[str | Path]) -> Stamps:
    """What tells whether any file at or below the paths has changed. Links are followed, to each folder once."""
    seen = set[tuple[int, int]]()
    return frozenset(each for path in paths for each in _stamps(str(path), seen))


def _stamps(path: str, seen: set[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    with suppress(OSError):  # what is gone in the meantime
        status = os.stat(path)
        if not stat.S_ISDIR(status.st_mode):
            yield path, status.st_mtime_ns, status.st_size
        elif (key := (status.st_dev, status.st_ino)) not in seen:
            seen.add(key)
            for name in os.listdir(path):
                yield from _stamps(f"{path}/{name}", seen)


def look(at: Callable[[], object], changed: Callable[[object], None], is_over: Callable[[], bool]) -> None:
    """Look twice a second until it is over, and hand on each look that differs from the one before."""
    before = at()
    while not is_over():
        time.sleep(PAUSE)
        now = at()
        if now != before:
            changed(now)
        before = now
