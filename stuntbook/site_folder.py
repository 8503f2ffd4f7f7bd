"""The folder of the finished site: whether it may be replaced, and its replacement by a new one at once."""

from __future__ import annotations

import shutil
from pathlib import Path


class SiteError(Exception):
    """The site could not be built; the message says why, a line per problem."""


def check_target(root: Path, target: Path) -> None:
    """Refuse to replace a folder that is not a site of ours. Raises SiteError."""
    if root.resolve().is_relative_to(target):
        raise SiteError(f"{target} holds the knowledge base itself; choose another folder for the site")
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / "sitemap.xml").exists())):
        raise SiteError(f"{target} is not empty and holds no site; choose another folder, or empty it")


def replace(target: Path, new: Path, old: Path) -> None:
    """Put a new folder in the place of another, which is moved to `old` first, and removed."""
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)
