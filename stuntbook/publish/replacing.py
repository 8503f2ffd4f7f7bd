"""A folder that is built aside and takes the place of another at once: whatever interrupts that, one of them is there.

While a build runs, all that it writes lies in a folder of its own beside the target, `.<name>.stuntbook`, or where
nothing can be made there, in the target itself, `.stuntbook`:

    .gitignore   has git ignore the folder, names the process that builds, and is locked by it for as long as it runs
    new/         what is being built; once it has changed places with the target, what was there before
    old/         what was there before, for the moment between two renames, where folders can't change places
    whole/       what was built, while it is copied file by file into a target that can't be moved
    refuse-*/    what was there before, and is being removed
"""

import ctypes
import errno
import logging
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from stuntbook.diagnostics import reason
from stuntbook.publish.filling import INNER, fill
from stuntbook.publish.recycling import put_aside

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MARKER = Path("assets", "stuntbook", "site.txt")
"""The file that tells that a folder is a site of ours, which the next build replaces."""
MARKED = "Stuntbook built the site in this folder. Its next build replaces all that is in it.\n"

_LOCK, _NEW, _OLD, _WHOLE, _REFUSE = ".gitignore", "new", "old", "whole", "refuse"
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
"""How a system tells that another process has locked a file."""
_FIXED = {errno.EACCES, errno.EBUSY, errno.EPERM, errno.EXDEV}
"""How a system tells that a folder can't be moved: it is a mount point, or another program uses it."""

log = logging.getLogger(__name__)


@contextmanager
def replacing(target: Path, spare: Path | None = None) -> Iterator[Path]:
    """The path of a folder to make, which takes the place of `target` where the block ends well.

    What was there before is moved to `spare`, if that is free, and removed otherwise. Of a symbolic link, what it leads
    to is replaced; a target that can't be moved gets the folder's files instead.
    Whatever is written in the block can be read by everybody. Puts right what a build that was killed has left behind.
    Raises OSError, which names a file or the target, and where another build has begun and not ended BlockingIOError.
    """
    target = Path(os.path.realpath(target))
    umask = os.umask(0o022)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch, lock = _begin(target)
        try:
            lock.truncate(0)
            lock.write(b"*\n# Process %d builds here.\n" % os.getpid())
            _tidy(scratch, target)
            yield scratch / _NEW
            _put(scratch, target)
            for before in (scratch / _OLD, scratch / _NEW):
                if spare and before.exists():
                    put_aside(before, spare)
        except OSError as error:
            if error.errno == errno.ENOSPC:  # of which Python may name no file
                error.filename = error.filename or str(target)
            raise
        finally:
            try:
                _end(scratch, target, lock)
            except BaseException:  # Ctrl-C, or SIGTERM, while a large site that was there before is being removed
                _end(scratch, target, lock)
                raise
    finally:
        os.umask(umask)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, by renameat2(2) of Linux or renamex_np(2) of macOS.

    False where the system, its C library or the file system can't.
    """
    if sys.platform not in ("linux", "darwin"):
        return False
    library, (first, second) = ctypes.CDLL(None), map(os.fsencode, (one, other))
    if hasattr(library, "renameat2"):
        here, swap = -100, 2  # AT_FDCWD of fcntl.h, RENAME_EXCHANGE of stdio.h
        return bool(library.renameat2(here, first, here, second, swap) == 0)
    swap = 2  # RENAME_SWAP of stdio.h
    return hasattr(library, "renamex_np") and bool(library.renamex_np(first, second, swap) == 0)


def _put(scratch: Path, target: Path) -> None:
    new, old = scratch / _NEW, scratch / _OLD
    if not target.exists():
        new.rename(target)
    elif scratch.parent == target:
        _fill(scratch, target)
    elif not exchange(new, target):
        try:
            target.rename(old)
        except OSError as error:
            if error.errno not in _FIXED:
                raise
            _fill(scratch, target)
        else:
            new.rename(target)


def _fill(scratch: Path, target: Path) -> None:
    (scratch / _NEW).rename(scratch / _WHOLE)
    fill(target, scratch / _WHOLE, MARKER)
    (scratch / _WHOLE).rename(scratch / _NEW)


def _begin(target: Path) -> tuple[Path, BinaryIO]:
    """The folder of a build, locked."""
    beside = target.with_name(f".{target.name}.stuntbook")
    try:
        return beside, _hold(beside, target)
    except BlockingIOError:
        raise
    except OSError:
        if not target.is_dir():
            raise
        return target / INNER, _hold(target / INNER, target)


def _hold(scratch: Path, target: Path) -> BinaryIO:
    while True:
        with suppress(FileExistsError):
            scratch.mkdir(0o700)
        if scratch.is_symlink():  # not made by us
            raise FileExistsError(errno.EEXIST, "is in the way", str(scratch))
        with suppress(FileNotFoundError):  # a build that has just ended has removed the folder
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            lock = os.fdopen(os.open(scratch / _LOCK, flags, 0o600), "r+b", buffering=0)
            _lock(lock, target)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(lock.fileno()), os.stat(scratch / _LOCK)):
                    return lock
            lock.close()


def _lock(file: BinaryIO, target: Path) -> None:
    """Lock a file until this process closes it or ends. Raises BlockingIOError where another has locked it."""
    try:
        if sys.platform == "win32":
            file.seek(1 << 20)  # What is locked can't be read: not by git either.
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            # Not flock: the processes that make pages would hold that lock too, and may outlive the build.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _HELD:
            return  # the file system knows no locks
        file.seek(0)
        process = re.search(rb"\d+", file.read(100))
        file.close()
        first = f"process {int(process[0])}" if process else "another process"
        raise BlockingIOError(f"{first} is building {target} already; wait until it has ended") from error


def _tidy(scratch: Path, target: Path) -> OSError | None:
    """Finish or undo what a build has begun, and remove the rest of it; what can't be removed is returned."""
    if (scratch / _WHOLE).exists():
        fill(target, scratch / _WHOLE, MARKER)
    if (scratch / _OLD).exists() and not target.exists():
        (scratch / _OLD).rename(target)
    for name in (_WHOLE, _OLD, _NEW):  # each gets another name, so that nothing half removed is called so
        if os.path.lexists(scratch / name):
            (scratch / name).rename(scratch / f"{_REFUSE}-{secrets.token_hex(4)}")
    left = None
    for refuse in scratch.glob(f"{_REFUSE}-*"):
        try:
            refuse.unlink() if refuse.is_symlink() else shutil.rmtree(refuse)
        except OSError as error:
            shutil.rmtree(refuse, ignore_errors=True)
            left = error if refuse.exists() else left
    return left


def _end(scratch: Path, target: Path, lock: BinaryIO) -> None:
    """Remove the folder of a build, unless something in it can't be removed."""
    if left := _tidy(scratch, target):
        log.warning("warning: what was there before can't be removed from %s: %s", scratch, reason(left))
    if sys.platform == "win32":
        lock.close()  # Windows removes no open file
    with suppress(OSError):
        if os.listdir(scratch) == [_LOCK]:
            (scratch / _LOCK).unlink()
            scratch.rmdir()
    lock.close()
