"""A folder that is built aside and takes the place of another at once: whatever interrupts that, one of them is there.

While a build runs, all that it writes lies in a folder of its own beside the target, `.<name>-<8 hexadecimal digits>`:

    .gitignore   has git ignore the folder, and is locked by the build for as long as it runs
    new/         what is being built; once it has changed places with the target, what was there before
    old/         what was there before, for the moment between two renames, where folders can't change places
    refuse/      what was there before, and is being removed
"""

import ctypes
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCK, _NEW, _OLD, _REFUSE = ".gitignore", "new", "old", "refuse"


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """The path of a folder to make, which takes the place of `target` where the block ends well.

    Removes what builds that were killed have left behind. Raises OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f".{escape(target.name)}-{'[0-9a-f]' * 8}"):
        _clear_away(left, target)
    scratch, lock = _begin(target)
    try:
        yield scratch / _NEW
        _put(scratch / _NEW, target, scratch / _OLD)
    finally:
        try:
            _remove(scratch, target, lock)
        except BaseException:  # Ctrl-C, or SIGTERM, while a large site that was there before is being removed
            _remove(scratch, target, lock)
            raise


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


def _put(new: Path, target: Path, old: Path) -> None:
    if not target.exists():
        new.rename(target)
    elif not exchange(new, target):
        target.rename(old)
        new.rename(target)


def _begin(target: Path) -> tuple[Path, BinaryIO]:
    """Make the folder of a build, and lock it."""
    while True:
        scratch = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
        scratch.mkdir(0o700)
        # Until it is locked, another build takes it for a dead one's, and may remove it.
        with suppress(FileNotFoundError):
            lock = (scratch / _LOCK).open("xb")
            lock.write(b"*\n")
            lock.flush()
            with suppress(OSError):  # where the file system knows no locks
                _lock(lock, wait=True)
            if (scratch / _LOCK).exists():
                return scratch, lock
            lock.close()


def _clear_away(scratch: Path, target: Path) -> None:
    """Remove the folder of a build, unless it still runs, or another program has made it."""
    try:
        lock = (scratch / _LOCK).open("r+b")
    except OSError:
        with suppress(OSError):  # it is not empty
            scratch.rmdir()
        return
    try:
        _lock(lock, wait=False)
    except OSError:
        lock.close()
    else:
        _remove(scratch, target, lock)


def _remove(scratch: Path, target: Path, lock: BinaryIO) -> None:
    """Remove the folder of a build, after putting back what it has taken away and not replaced."""
    old, rest = scratch / _OLD, (scratch / _REFUSE, scratch / _NEW)
    if old.exists():
        old.rename(scratch / _REFUSE if target.exists() else target)  # so that nothing half removed is called old
    for folder in rest:
        if folder.is_symlink():
            folder.unlink()
        shutil.rmtree(folder, ignore_errors=True)
    lock.close()  # Windows removes no open file
    if not any(folder.exists() for folder in rest):  # without its lock, nobody would know whose the folder is
        shutil.rmtree(scratch, ignore_errors=True)


def _lock(file: BinaryIO, *, wait: bool) -> None:
    """Lock a file until this process closes it or ends. Raises OSError where another has locked it."""
    if sys.platform == "win32":
        file.seek(1 << 20)  # What is locked can't be read: not by git either.
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        # Not flock: the processes that make pages would hold that lock too, and may outlive the build.
        fcntl.lockf(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
