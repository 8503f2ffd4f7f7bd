"""The folder of the finished site: what may be replaced by it, and what stands where in it."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from stuntbook.diagnostics import Diagnostic, Location
from stuntbook.pages.site import Entry
from stuntbook.publish.filling import NOT_OURS
from stuntbook.publish.replacing import MARKER
from stuntbook.safe import Safe, link

_EXPORT = "the data export"
_ADVICE = "rename this file, or the identifier"
_AT_HOME = "rename this file, or give the book a folder of its own with the option `prefix` of the plugin"


class SiteError(Exception):
    """The site could not be built; the message says why, a line per problem."""


def write(file: Path, content: bytes) -> None:
    """Write a file, and make the folder that it is in. Raises OSError."""
    with suppress(FileNotFoundError):
        os.unlink(file)  # which may be the same file as one that is kept
    try:
        file.write_bytes(content)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def keep_files(old: str | Path, new: str | Path, safe: Safe | None) -> None:
    """Have each file of a new site that is in the old one, byte for byte, be that file: its times stay.

    So it is in the safe, if that has such a file: the next build then need not compare the two.
    """
    before = {each.name: each for each in os.scandir(old)}
    for each in os.scandir(new):
        there = before.get(each.name)
        if there and each.is_dir() and there.is_dir(follow_symlinks=False):
            keep_files(there.path, each.path, safe)
        # Neither is read where they are one file already.
        elif there and there.inode() != each.inode() and there.is_file(follow_symlinks=False):
            content = Path(each.path).read_bytes()
            if there.stat().st_size == len(content) and Path(there.path).read_bytes() == content:
                link(there.path, each.path)
                if safe:
                    safe.renew_file(there.path, content)


def check_target(root: Path, target: Path) -> None:
    """Refuse to replace a folder that is not a site of ours. Raises SiteError, and OSError."""
    target = Path(os.path.realpath(target))
    if root.resolve().is_relative_to(target):
        raise SiteError(f"{target} holds the knowledge base itself; choose another folder for the site")
    if not target.exists() or (target / MARKER).is_file():
        return
    if not target.is_dir() or {each.name for each in target.iterdir()} - NOT_OURS:
        raise SiteError(
            f"{target} is not empty, and no site that Stuntbook has built: it lacks {MARKER.as_posix()}; "
            "choose another folder, or empty it"
        )


def collisions(
    entries: Iterable[tuple[str, Entry]], exported: Iterable[str], taken: Mapping[str, str], docs: str
) -> Iterator[Diagnostic]:
    """Addresses that a hand-written file and a generated one both want.

    `entries` come with the address of each page within the site, and `exported` are the paths of the data files.
    `taken` gives the file in the folder `docs` for every address that is taken.
    """
    wanted = dict.fromkeys(exported, (_EXPORT, "rename this file, or switch the format off (docs/data.md says how)"))
    for address, each in entries:
        wanted[f"{address}index.html"] = (each.origin, _ADVICE if each.address else _AT_HOME)
    for address, (origin, advice) in wanted.items():
        if address in taken:
            yield Diagnostic(
                location=Location(f"{docs}/{taken[address]}"),
                code="address-collision",
                message=f"/{address.removesuffix('index.html')} is taken by {origin}",
                advice=advice,
            )
