"""The folder of the finished site: what may be replaced by it, and what stands where in it."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from stuntbook.diagnostics import Diagnostic, Location
from stuntbook.pages.site import Entry
from stuntbook.publish.filling import NOT_OURS
from stuntbook.publish.replacing import MARKER
from stuntbook.safe import link

_EXPORT = "the data export"
_ADVICE = "rename this file, or the identifier"
_AT_HOME = "rename this file, or give the book a folder of its own with the option `prefix` of the plugin"


class SiteError(Exception):
    """The site could not be built; the message says why, a line per problem."""


def write(file: Path, content: bytes) -> None:
    """Write a file, and make the folder that it is in. Raises OSError."""
    try:
        file.write_bytes(content)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def keep_files(old: Path, new: Path) -> None:
    """Have each file of a new site that is in the old one, byte for byte, be that file: its times stay."""
    for folder, _, names in os.walk(new):
        there = os.path.join(old, os.path.relpath(folder, new))
        before = {each.name: each for each in os.scandir(there)} if os.path.isdir(there) else {}
        for name in names:
            if name in before and before[name].is_file(follow_symlinks=False):
                _keep_file(before[name].path, os.path.join(folder, name))


def _keep_file(old: str, new: str) -> None:
    one, other = os.stat(old), os.stat(new)
    # Neither is read where they are one file already.
    is_other = (one.st_ino, one.st_dev) != (other.st_ino, other.st_dev)
    if is_other and one.st_size == other.st_size and Path(old).read_bytes() == Path(new).read_bytes():
        link(old, new)


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
