"""A small working book in a new folder, to look at and to change."""

import shutil
from pathlib import Path

from stuntbook.data.schema_file import check_for_editors
from stuntbook.diagnostics import Report

_BOOK = Path(__file__).parent / "book"
_HIDDEN = frozenset({"github", "gitignore", "vscode"})
"""What has a name with a point in front, which packages of Python leave out."""


def start(folder: Path) -> list[str]:
    """Put a book into a folder that is empty or not there yet, and give the paths of its files.

    Raises FileExistsError where the folder holds something, and OSError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is there already, and is not an empty folder")
    written = []
    for source in sorted(path for path in _BOOK.rglob("*") if path.is_file()):
        path = source.relative_to(_BOOK).as_posix()
        path = f".{path}" if path.partition("/")[0] in _HIDDEN else path
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / path)
        written.append(path)
    check_for_editors(folder, Report())
    return sorted(written)
