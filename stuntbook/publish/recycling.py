"""The folders of a site that another has replaced, used for the next one: most of its files are in place there already.

On many file systems, making a folder takes ten times as long as putting a file into it, and removing one as well.
"""

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path


def recycle(spare: Path, site: Path, wanted: Collection[str]) -> None:
    """Move into a site what stands at these paths of the one that `spare` holds, and remove the rest of that.

    Nothing is replaced, and what can't be moved is as if it had not been there. What the files hold is still to be
    compared.
    """
    own = spare.with_name(f"{spare.name}-{os.getpid()}")  # another build finds nothing then
    with suppress(OSError):
        os.rename(spare, own)
        _clear(str(own), "", wanted)
        _move(str(own), str(site))
    for left in spare.parent.glob(f"{spare.name}-*"):  # those of builds that were killed as well
        shutil.rmtree(left, ignore_errors=True)


def put_aside(site: Path, spare: Path) -> None:
    """Keep a site that is not needed any more, unless it is on another file system, or another one is kept."""
    with suppress(OSError):
        os.rename(site, spare)


def _clear(folder: str, within: str, wanted: Collection[str]) -> bool:
    """Remove what is not wanted from a folder. Whether nothing is left."""
    is_empty = True
    for each in list(os.scandir(folder)):
        path = f"{within}{each.name}"
        if each.is_dir(follow_symlinks=False):
            if _clear(each.path, f"{path}/", wanted):
                os.rmdir(each.path)
                continue
        elif path not in wanted:
            os.unlink(each.path)
            continue
        is_empty = False
    return is_empty


def _move(source: str, target: str) -> None:
    for each in list(os.scandir(source)):
        there = os.path.join(target, each.name)
        if not os.path.lexists(there):
            os.rename(each.path, there)
        elif each.is_dir(follow_symlinks=False):
            _move(each.path, there)
