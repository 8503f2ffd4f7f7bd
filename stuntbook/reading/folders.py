"""A folder of files that are published as they are -> what of it must not be followed, or is no file."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from stuntbook.diagnostics import Location, Report
from stuntbook.reading.files import is_regular, leads_out

_MOST_WAYS = 10
"""By how many ways a folder may be reached: links that lead to folders of links multiply."""


def check_links(folder: Path, root: Path, name: str, report: Report) -> bool:
    """Whether all links to folders, below one or that itself, may be followed; those that may not are reported.

    None may lead out of the folder and of `root`, or in circles. `name` is what the report calls the folder.
    """
    own = Report()
    _check_links(folder, root, name, own)
    report.extend(own)
    return not own


def _check_links(folder: Path, root: Path, name: str, report: Report) -> None:
    if folder.is_relative_to(root) and leads_out(folder, root):
        _report_link(name, "leads out of the knowledge base's folder", report)
        return
    ways = Counter[str]()
    folders = [(folder, name)]
    while folders:
        here, path = folders.pop()
        ways[os.path.realpath(here)] += 1
        for each in _folders_in(here):
            below = f"{path}/{each.name}"
            real = os.path.realpath(each)
            if not each.is_symlink():
                folders.append((each, below))
            elif leads_out(each, folder, root):
                _report_link(below, "leads out of the knowledge base's folder", report)
            elif Path(os.path.realpath(here)).is_relative_to(real):
                _report_link(below, "leads back to a folder that it stands in", report)
            elif ways[real] == _MOST_WAYS:
                _report_link(below, f"is one of more than {_MOST_WAYS} ways to the same folder", report)
            else:
                folders.append((each, below))


def check_files(folder: Path, root: Path, name: str, report: Report) -> None:
    """Report what is no file, or leads out, below a folder in which links to folders are not followed."""
    for here, _, names in os.walk(folder):
        for each in sorted(names):
            below = Path(here, each)
            check_file(below, folder, root, f"{name}/{below.relative_to(folder).as_posix()}", report)


def _folders_in(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(Path(each.path) for each in os.scandir(folder) if each.is_dir())
    except OSError:
        return  # what can't be looked into is not published either


def check_file(file: Path, folder: Path, root: Path, path: str, report: Report) -> bool:
    """Whether a file of a folder may be read: it is one, and stands in the folder or in `root`."""
    if leads_out(file, folder, root):
        _report_link(path, "leads out of the knowledge base's folder", report)
        return False
    return is_regular(file, path, report)


def _report_link(path: str, what: str, report: Report) -> None:
    report.error(Location(path), "link", f"{path} is a link that {what}", "put what it leads to in its place")
