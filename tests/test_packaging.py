"""What is handed on as a package is whole: the sdist with its tests, the wheel with its data."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.site_tools import ROOT

FOLDERS = (".ci", ".github", "articles", "benchmarks", "docs", "stuntbook", "tests")
FILES = (
    *(".gitattributes", ".gitignore", "LICENSE", "MANIFEST.in", "README.md", "build_site.py", "constraints.txt"),
    *("constraints-weekly.txt", "mkdocs.yml", "pyproject.toml", "stunts.yaml"),
)
BUILD = "from setuptools import build_meta as b; b.build_sdist('dist'); b.build_wheel('dist')"


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A copy of the project in which its packages were built, and what that printed."""
    folder = tmp_path_factory.mktemp("packaged")
    for name in FILES:
        shutil.copy2(ROOT / name, folder / name)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".stuntbook"))
    command = [sys.executable, "-c", BUILD]
    compiling = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    built = subprocess.run(command, cwd=folder, env=compiling, capture_output=True, encoding="utf-8", check=False)
    assert built.returncode == 0, built.stderr
    return folder, built.stdout + built.stderr


def files_in(folder: Path, *names: str) -> set[str]:
    """The paths of all files in folders of a folder."""
    paths = (path for name in names for path in (folder / name).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in paths}


def test_setuptools_warns_of_nothing(packaged: tuple[Path, str]) -> None:
    assert re.findall(r"(?m)^(?:warning:|WARNING|.*Warning:).*", packaged[1]) == []


def test_the_sdist_holds_all_that_the_tests_and_commands_need(packaged: tuple[Path, str]) -> None:
    folder, _ = packaged
    (archive,) = (folder / "dist").glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        held = {name.partition("/")[2] for name in packed.getnames()}
    assert (files_in(folder, *FOLDERS) | {*FILES}) - held == set()


def test_the_wheel_holds_the_package_and_nothing_else(packaged: tuple[Path, str]) -> None:
    folder, _ = packaged
    (archive,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(archive) as packed:
        held = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert held == files_in(folder, "stuntbook")
