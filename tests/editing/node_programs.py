"""Programs of Node.js that tests need, which npm brings into `.cache`."""

import shutil
import subprocess
from pathlib import Path

from filelock import FileLock

from tests.site_tools import ROOT, missing


def find(program: str) -> str:
    """The path of `node` or `npm`."""
    return shutil.which(program) or missing(f"{program}: the tests of editors need Node.js 18 or newer, with npm")


def installed(name: str, package: str) -> Path:
    """A folder with what a `package.json` asks for."""
    folder = ROOT / ".cache" / name
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):
        (folder / "package.json").write_text(package, encoding="utf-8")
        command = (find("npm"), "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")
        finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return folder
