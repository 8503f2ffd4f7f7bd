"""Paths -> bytes and texts: only regular files are read, no more of each than it may have, and links are looked at."""

import os
import stat
from pathlib import Path

from stuntbook.diagnostics import Location, Report
from stuntbook.layout import NEEDED

_MEGABYTE = 1_000_000
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


def load_text(file: Path, path: str, most: int, report: Report) -> str | None:
    """The text of a file of at most so many megabytes, or None with the reason in the report.

    `path` is what the report calls it: relative to the knowledge base's folder, with forward slashes.
    """
    raw = load_bytes(file, path, most, report)
    if raw is None:
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        location = Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        report.remember_text(path, raw.decode("utf-8-sig", errors="replace"))
        message = f"the byte 0x{raw[error.start]:02X} is not UTF-8"
        report.error(location, "not-utf-8", message, "save the file in the encoding UTF-8")
        return None
    report.remember_text(path, text)
    return text


def load_bytes(file: Path, path: str, most: int, report: Report) -> bytes | None:
    """As `load_text`, for what need not be text."""
    if not is_regular(file, path, report):
        return None
    try:
        with file.open("rb") as opened:
            size, raw = os.fstat(opened.fileno()).st_size, b""
            if size <= most * _MEGABYTE:
                # What a system makes up when it is asked, as a file below /proc, says that it has no size.
                raw = opened.read((size or most * _MEGABYTE) + 1)
    except OSError as error:
        _unreadable(error, path, report)
        return None
    if max(size, len(raw)) > most * _MEGABYTE:
        message = f"{path} has {max(size, len(raw)) / _MEGABYTE:,.1f} MB, and {most} MB are the most"
        report.error(Location(path), "large-file", message, "divide it into several")
        return None
    return raw


def is_regular(file: Path, path: str, report: Report) -> bool:
    """Whether a path leads to a regular file. A pipe would hang whoever reads it, and some devices never end."""
    try:
        mode = file.stat().st_mode
    except OSError as error:
        _unreadable(error, path, report)
        return False
    if not stat.S_ISREG(mode):
        what = next((words for is_kind, words in _KINDS if is_kind(mode)), "something else than a file")
        message = f"{path} {'leads to' if file.is_symlink() else 'is'} {what}, and a file belongs here"
        report.error(Location(path), "special-file", message, "put a plain file in its place")
    return stat.S_ISREG(mode)


def _unreadable(error: OSError, path: str, report: Report) -> None:
    missing = isinstance(error, FileNotFoundError)
    reason = "does not exist" if missing else f"can't be read: {error.strerror}"
    advice = NEEDED if missing else "check its permissions"
    report.error(Location(path), "missing-file", f"{path} {reason}", advice)


def leads_out(file: Path, *folders: Path) -> bool:
    """Whether links on the way to a file lead out of all of the folders."""
    # Unlike Path.resolve, it raises nothing for links that lead in a circle.
    target = os.path.realpath(file)
    return not any(Path(target).is_relative_to(os.path.realpath(folder)) for folder in folders)
