"""ProperDocs, the maintained fork of MkDocs, in its place. A weekly job installs it; elsewhere all is skipped."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.mkdocs.test_serve import start
from tests.site_tools import differences, replace_in, run, snapshot
from tests.support import SITES

pytest.importorskip("properdocs")
STUNT = "stunts/skate-crossing/"
WITHOUT_MKDOCS = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "mkdocs":
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Missing())
from stuntbook.__main__ import main
main()
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(SITES / "valid", tmp_path / "root")


def built(root: Path, *command: str) -> dict[str, bytes]:
    """Every file of the site that a command builds."""
    finished = run(*command, cwd=root)
    assert finished.returncode == 0, finished.stderr
    found = snapshot(root / "site")
    shutil.rmtree(root / "site")
    return found


def test_it_builds_the_same_site_byte_for_byte(root: Path) -> None:
    by_mkdocs = built(root, "-m", "mkdocs", "build", "--strict")
    assert differences(by_mkdocs, built(root, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml")) == []


def test_it_serves_what_an_edit_has_made(root: Path) -> None:
    with start(root, "-m", "properdocs", "serve", "-f", "mkdocs.yml") as server:
        server.shows(STUNT, "{{ Skate }} crossing</h1>")
        server.edit("stunts.yaml", "{{ Skate }} crossing", "Another crossing")
        server.shows(STUNT, "Another crossing</h1>")
        server.edit("stunts.yaml", 'title: "Another crossing', 'titel: "Another crossing')
        server.shows(STUNT, "unknown-key")


def without_mkdocs(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run("-c", WITHOUT_MKDOCS, *arguments, cwd=root)


def test_without_mkdocs_the_command_builds_with_it(root: Path) -> None:
    by_mkdocs = built(root, "-m", "stuntbook", "build")
    assert differences(by_mkdocs, built(root, "-c", WITHOUT_MKDOCS, "build")) == []


def test_without_mkdocs_the_command_tells_what_is_wrong(root: Path) -> None:
    replace_in(root / "docs/by-hand.md", "people/odile-examplova/index.md", "people/nobody/index.md")
    finished = without_mkdocs(root, "build")
    assert finished.returncode == 1
    assert "people/nobody/index.md" in finished.stderr
    assert "Traceback" not in finished.stderr
