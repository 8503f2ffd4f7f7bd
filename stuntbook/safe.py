"""What a process leaves for the next one: in the user's cache folder, never in the checkout, open to its owner alone.

Nothing that is read from there is run, and nothing is believed: each file goes with the digest of what it holds. All of
it can be made again, so whatever can't be read or written is as if it were not there.
"""

import os
import re
import shutil
import stat
import sys
from collections.abc import Collection
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson
from platformdirs import user_cache_dir

from stuntbook.layout import ADDRESSES_FILE, ARTICLES_FOLDER, KNOWLEDGE_FILE

_DIGEST = 20
"""How many bytes a digest of content has."""
_NAME = re.compile("[0-9a-f]+")
_LARGEST = 2 * 10**9
"""How many bytes all folders may hold before the oldest of them goes."""
_READABLE = 0 if sys.platform == "win32" else 0o444
"""The mode of a file that everybody can read, as all of a site can."""
_USED = "used"
"""The file of a folder that changes whenever it is opened."""


class Safe:
    """What was made of one knowledge base."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = str(folder / "files")
        self.spare = folder / "site"
        """Where the site is that another has replaced."""

    @staticmethod
    def of(root: Path, *, fresh: bool = False) -> "Safe | None":
        """That of the knowledge base in a folder, empty where it is to be fresh; None where nothing can be kept."""
        with suppress(OSError, RuntimeError):
            base = Path(user_cache_dir("stuntbook", appauthor=False))
            folder = base / blake2b(os.fsencode(os.path.realpath(root)), digest_size=_DIGEST).hexdigest()
            if fresh and folder.exists():
                shutil.rmtree(folder)
            base.mkdir(0o700, parents=True, exist_ok=True)
            if _is_ours(base):
                if not folder.exists():
                    _make_room(base)
                    folder.mkdir(0o700)
                if _is_ours(folder):
                    (folder / _USED).touch()
                    return Safe(folder)
        return None

    def put(self, name: str, content: object) -> None:
        """Keep what JSON can hold, for as long as the program is the same."""
        part = self.folder / f"{name}.{os.getpid()}.part"
        with suppress(OSError, TypeError):
            data = orjson.dumps([program(), content], list)
            try:
                part.write_bytes(digest(data) + data)
                os.replace(part, self.folder / f"{name}.json")
            finally:
                part.unlink(missing_ok=True)

    def get(self, name: str) -> Any:
        """What was kept by that name; None where it is not what was kept, or another program has kept it."""
        with suppress(OSError, ValueError, TypeError):
            held = (self.folder / f"{name}.json").read_bytes()
            data = held[_DIGEST:]
            if digest(data) == held[:_DIGEST]:
                owner, content = orjson.loads(data)
                return content if owner == program() else None
        return None

    def put_file(self, path: Path, content: bytes) -> str:
        """Keep a file that holds that content; the name by which it is kept."""
        name = digest(content).hex()
        with suppress(OSError):
            kept = os.path.join(self._files, name)
            os.makedirs(self._files, 0o700, exist_ok=True)
            if not os.path.exists(kept):
                link(path, kept)
        return name

    def renew_file(self, path: str, content: bytes) -> None:
        """Have the file that holds that content, if it is kept, be the one at a path."""
        with suppress(OSError):
            kept = os.path.join(self._files, digest(content).hex())
            if os.path.exists(kept):
                link(path, kept)

    def get_file(self, name: str) -> bytes:
        """The content of the file of that name; empty where there is none."""
        if _NAME.fullmatch(name):
            with suppress(OSError):
                content = Path(self._files, name).read_bytes()
                return content if digest(content).hex() == name else b""
        return b""

    def use_file(self, name: str, path: str) -> bool:
        """Put the file of that name to a path, with the time of its last change. False where there is none."""
        if not _NAME.fullmatch(name):
            return False
        kept = f"{self._files}/{name}"
        with suppress(OSError):
            if not self._is_at(kept, path):
                try:
                    link(kept, path)
                except FileNotFoundError:
                    os.makedirs(os.path.dirname(path), exist_ok=True)
                    link(kept, path)
            with open(path, "rb", buffering=0) as file:
                is_readable = os.fstat(file.fileno()).st_mode & _READABLE == _READABLE
                if is_readable and digest(file.read()).hex() == name:
                    return True
            os.unlink(kept)  # changed since, perhaps where it is published
        with suppress(OSError):
            os.unlink(path)  # before another is written into the same file
        return False

    @staticmethod
    def _is_at(kept: str, path: str) -> bool:
        with suppress(FileNotFoundError):
            return os.path.samestat(os.lstat(path), os.stat(kept))
        return False

    def remove_other_files(self, used: Collection[str]) -> None:
        """Remove the files of all other names."""
        with suppress(OSError):
            for each in os.scandir(self._files):
                if each.name not in used:
                    os.unlink(each.path)


@cache
def program() -> str:
    """The digest of all that makes things of files: our code and templates, Python, and what is installed with it."""
    here = os.path.dirname(__file__)
    own = blake2b(digest_size=_DIGEST)
    for folder, folders, names in os.walk(here):
        folders.sort()
        for path in (os.path.join(folder, name) for name in sorted(names) if not name.endswith(".pyc")):
            with open(path, "rb") as file:
                own.update(f"{path.removeprefix(here)}\n".encode() + file.read())
    packages = {name for each in sys.path if os.path.isdir(each) for name in os.listdir(each) if "-info" in name}
    others = sorted(name for name in packages if re.split("[-.]", name)[0] != "stuntbook")
    own.update("\n".join((sys.version, *others)).encode())
    return own.hexdigest()


def inputs_of(root: Path) -> str:
    """The digest of all that a check of a knowledge base looks at."""
    own = blake2b(os.environ.get("CI", "").encode(), digest_size=_DIGEST)
    articles = root / ARTICLES_FOLDER
    paths = [root / KNOWLEDGE_FILE, root / ADDRESSES_FILE, articles, *sorted(articles.glob("*.md"))]
    for path in paths:
        with suppress(OSError):
            own.update(f"{path.relative_to(root).as_posix()} {path.resolve()}\n".encode("utf-8", "surrogateescape"))
            own.update(digest(path.read_bytes() if path.is_file() else b""))
    return own.hexdigest()


def digest(content: bytes) -> bytes:
    """The BLAKE2 digest (RFC 7693) of a file's content."""
    return blake2b(content, digest_size=_DIGEST).digest()


def link(source: str | Path, target: str | Path) -> None:
    """Put the same file at another place, in place of any there; a copy with its times where it can't be at both."""
    try:
        os.link(source, target)
    except FileExistsError:
        os.unlink(target)
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(source, target)


def _is_ours(folder: Path) -> bool:
    """Whether nobody else can have put anything into a folder."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        return False
    return sys.platform == "win32" or (status.st_uid == os.geteuid() and not status.st_mode & 0o077)


def _make_room(base: Path) -> None:
    """Remove the folders that were not used for longest, until the rest is small enough."""
    sizes = {folder: _size(folder) for folder in base.iterdir()}
    for folder in sorted(sizes, key=_last_use):
        if sum(sizes.values()) <= _LARGEST:
            return
        shutil.rmtree(folder, ignore_errors=True)
        del sizes[folder]


def _size(folder: Path) -> int:
    found = (path.lstat() for path in folder.rglob("*"))
    return sum({status.st_ino: status.st_size for status in found}.values())


def _last_use(folder: Path) -> float:
    with suppress(OSError):
        return (folder / _USED).stat().st_mtime
    return 0.0
