"""What is measured: each generator's command, what it starts from, what it writes and what it keeps between runs."""

from __future__ import annotations

import importlib.util
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pagefind_bin import get_executable  # type: ignore[import-untyped]

from benchmarks.generate import ROOT
from benchmarks.rivals import write_hugo, write_hugo_html, write_mkdocs

OURS = "stuntbook"
RIVALS = ("hugo", "hugo-html", "hugo-search", "mkdocs", "zensical")
CACHES = (".cache", "resources")
"""What generators keep between builds, within the folder of their input."""
ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", "SITE_URL": "", "REPO_URL": ""}


class MissingError(Exception):
    """A generator is not installed; the message says how to install it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One thing to measure."""

    name: str
    command: tuple[str, ...]
    folder: Path
    """Where it runs; its input."""
    output: Path | None
    """What it writes; None where that is nothing."""
    environment: Mapping[str, str] = field(default_factory=lambda: ENVIRONMENT)
    again: tuple[str, ...] = ()
    """The command that starts from what the last run has left, where it is another."""

    def clean(self) -> None:
        """Take away what the run before has left.

        Its output is put aside: ext4 looks long for places for new files while many were deleted minutes ago
        (`recently_deleted` in Linux's fs/ext4/ialloc.c), and the next run would be timed doing so.
        """
        for cache in CACHES:
            shutil.rmtree(self.folder / cache, ignore_errors=True)
        if self.output and self.output.exists():
            self.output.rename(tempfile.mkdtemp(prefix=f"{self.output.name}-", dir=self.output.parent))


def our_build(root: Path, scratch: Path) -> Build:
    """The build of a knowledge base by this project, from nothing."""
    output = scratch / "site-stuntbook"
    again = (*_ours(), "build", "--root", str(root), "--site-dir", str(output))
    own = ENVIRONMENT | {"XDG_CACHE_HOME": str(scratch / "kept")}
    return Build(name=OURS, command=(*again, "--fresh"), folder=root, output=output, environment=own, again=again)


def our_parts(root: Path) -> tuple[Build, ...]:
    """The check of a knowledge base by itself."""
    command = (*_ours(), "check", "--fresh", "--root", str(root))
    return (Build(name="check", command=command, folder=root, output=None),)


def _ours() -> tuple[str, ...]:
    return sys.executable, str(ROOT / "build_site.py")


def rival_build(name: str, site: Path, addresses: Sequence[str], scratch: Path) -> Build:
    """Write the pages of our site down as a rival's input, and return its build. Raises MissingError."""
    folder, output = scratch / name, scratch / f"site-{name}"
    write, command = _RIVALS[name]
    arguments = command(output)
    write(folder, site, addresses)
    if name == "zensical":  # it has no option for the place of the site
        output = folder / "site"
    return Build(name=name, command=arguments, folder=folder, output=output)


def _hugo(output: Path) -> tuple[str, ...]:
    """Hugo's own program: the script that the package puts before it starts Python first, which would count."""
    package = _package("hugo")
    programs = sorted((package / "binaries").glob("hugo*"))
    if not programs:
        raise MissingError("the package hugo holds no program for this machine")
    return str(programs[0]), "--quiet", "--destination", str(output)


def _hugo_search(output: Path) -> tuple[str, ...]:
    """Hugo, and then Pagefind, as Hugo's users add a search to their sites."""
    pagefind = (str(get_executable()), "--silent", "--site", str(output))
    return "sh", "-c", f"{shlex.join(_hugo(output))} && {shlex.join(pagefind)}"


def _mkdocs(output: Path) -> tuple[str, ...]:
    _package("material")
    return sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(output)


def _zensical(_output: Path) -> tuple[str, ...]:
    _package("zensical")
    return sys.executable, "-m", "zensical", "build"


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise MissingError(f'{name} is not installed: pip install -e ".[benchmarks]"')
    return Path(found.submodule_search_locations[0])


_Write = Callable[[Path, Path, Sequence[str]], None]
_RIVALS: dict[str, tuple[_Write, Callable[[Path], tuple[str, ...]]]] = {
    "hugo": (write_hugo, _hugo),
    "hugo-html": (write_hugo_html, _hugo),
    "hugo-search": (write_hugo, _hugo_search),
    "mkdocs": (write_mkdocs, _mkdocs),
    "zensical": (write_mkdocs, _zensical),
}
