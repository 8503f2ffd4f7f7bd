"""A folder that can't be moved, as no mount point can, gets the content of another file by file."""

import filecmp
import os
import shutil
from contextlib import suppress
from pathlib import Path

INNER = ".stuntbook"
"""A folder in the target itself for what is not finished: only within a file system can a file be moved at once."""
_PART = "part"
NOT_OURS = {INNER, "lost+found"}
"""What may stand in a folder beside a site; file systems have the second at their root."""


def fill(target: Path, new: Path, first: Path) -> None:
    """Let `target` hold what `new` holds, and nothing else.

    No file is ever half there. The file `first` comes first, then what pages need, then pages, and then what was there
    before is removed. It can be repeated from any point, since `new` stays whole. Raises OSError.
    """
    (target / INNER).mkdir(parents=True, exist_ok=True)
    paths = [path.relative_to(new) for path in new.rglob("*")]
    for path in sorted(paths, key=lambda path: (path != first, path.suffix == ".html")):
        if (new / path).is_file():
            _make_folder(target, path.parent)
            _put(new / path, target / path, target / INNER / _PART)
    kept = {*paths}
    for path in sorted(target.rglob("*"), reverse=True):  # what is in a folder, and then the folder
        relative = path.relative_to(target)
        if relative not in kept and relative.parts[0] not in NOT_OURS:
            _remove(path)
    with suppress(OSError):  # unless the build itself stands there
        (target / INNER / _PART).unlink(missing_ok=True)
        (target / INNER).rmdir()


def _make_folder(target: Path, path: Path) -> None:
    """The folder at a path within the target, even where something else was there before."""
    for folder in (*reversed(path.parents), path):
        here = target / folder
        if here != target and (here.is_symlink() or here.is_file()):
            here.unlink()
        here.mkdir(exist_ok=True)


def _put(source: Path, target: Path, part: Path) -> None:
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    if target.is_symlink() or not target.exists() or not filecmp.cmp(source, target, shallow=False):
        shutil.copyfile(source, part)
        os.replace(part, target)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink()
