"""The files that an editor's command changes: how they are read, compared and replaced."""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a file is to hold, beside what it holds; the text has line feeds alone at the ends of its lines."""

    root: Path
    path: str
    """Relative to the root, with forward slashes."""
    before: str
    after: str
    is_windows: bool = False
    """Whether the file's lines end with a carriage return and a line feed."""
    has_mark: bool = False
    """Whether it begins with a mark of the byte order."""
    moves_to: str = ""
    """The path that the file gets, where it gets another."""

    @property
    def changes(self) -> bool:
        return self.before != self.after or bool(self.moves_to)

    def difference(self) -> str:
        """What changes, as `diff -u` tells it."""
        old, new = self.before.splitlines(keepends=True), self.after.splitlines(keepends=True)
        named = f"rename from {self.path}\nrename to {self.moves_to}\n" if self.moves_to else ""
        lines = unified_diff(old, new, self.path, self.moves_to or self.path)
        return named + "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)

    def turned(self, after: str) -> "Draft":
        """The draft with another text to come."""
        return replace(self, after=after)


def draft(root: Path, path: str) -> Draft:
    """The file of a path as it is, empty where there is none. Raises OSError, and UnicodeError for what is no UTF-8."""
    with suppress(FileNotFoundError):
        text = (root / path).read_bytes().decode()
        has_mark, is_windows = text.startswith(_BYTE_ORDER_MARK), "\r\n" in text
        text = text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n")
        return Draft(root=root, path=path, before=text, after=text, is_windows=is_windows, has_mark=has_mark)
    return Draft(root=root, path=path, before="", after="")


def save(drafts: Iterable[Draft]) -> None:
    """Write what has changed. Each file is replaced at once: whatever interrupts that, the old or the new is there.

    All are written beside the old ones first, so that a full disk changes nothing. Raises OSError.
    """
    written: list[tuple[Path, Draft]] = []
    try:
        for each in (each for each in drafts if each.changes):
            written.append((_write_beside(each), each))
        for temporary, each in written:
            temporary.replace(_target(each.root / (each.moves_to or each.path)))
        for _, each in written:
            if each.moves_to:
                (each.root / each.path).unlink()
    finally:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)


def _target(path: Path) -> Path:
    """The file itself where a symbolic link leads to it."""
    return path.resolve() if path.is_symlink() else path


def _write_beside(change: Draft) -> Path:
    """A file with the new text in the folder of the old one, as readable as that."""
    target = _target(change.root / (change.moves_to or change.path))
    target.parent.mkdir(parents=True, exist_ok=True)
    text = change.after.replace("\n", "\r\n") if change.is_windows else change.after
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(((_BYTE_ORDER_MARK if change.has_mark else "") + text).encode())
        file.flush()
        os.fsync(file.fileno())
    old = change.root / change.path
    Path(name).chmod(old.stat().st_mode & 0o777 if old.exists() else 0o666 & ~_umask())
    return Path(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
