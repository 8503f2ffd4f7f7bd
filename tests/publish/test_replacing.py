"""A site takes the place of the last one at once: whatever interrupts that, one of them is there, and nothing else."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stuntbook.publish import replacing as module
from stuntbook.publish.replacing import exchange, replacing
from tests.site_tools import environment, snapshot
from tests.support import SITES

OLD, NEW = {"index.html": b"old", "films/index.html": b"old"}, {"index.html": b"new"}
TWO_RENAMES = ("no exchange", ["before 1", "after 1", "before 2", "after 2"])
ONE_STEP = ("exchange", ["before 1", "after 1"])
REMOVAL = ("removal", ["before 2", "after 2", "before 3"])
MOMENTS = [(way, moment) for way, moments in (TWO_RENAMES, ONE_STEP, REMOVAL) for moment in moments]
"""How the folders are replaced, and when that, or removing the last one, is interrupted: around one of its steps."""

INTERRUPTED = """
import os, shutil, signal, sys
from pathlib import Path
from stuntbook.cli import leaving_when_told
from stuntbook.publish import replacing

target, way, moment, name = sys.argv[1:]
steps = 0

def at(when):
    if f"{when} {steps}" == moment:
        if name == "failure":
            raise OSError("the disk is gone")
        signal.raise_signal(signal.Signals[name])

def interrupted(step):
    def wrapped(*arguments, **options):
        global steps
        steps += 1
        at("before")
        result = step(*arguments, **options)
        at("after")
        return result
    return wrapped

if way == "exchange":
    replacing.exchange = interrupted(replacing.exchange)
elif way == "removal":
    shutil.rmtree = interrupted(shutil.rmtree)
else:
    replacing.exchange = lambda one, other: False
    os.rename = interrupted(os.rename)
with leaving_when_told(), replacing.replacing(Path(target)) as folder:
    folder.mkdir()
    (folder / "index.html").write_text("new")
"""
"""A program that replaces a folder and, at one moment, fails or gets a signal, once."""


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def build(target: Path, files: dict[str, bytes] = NEW) -> None:
    with replacing(target) as folder:
        write(folder, files)


def start(program: str, *arguments: str | Path) -> subprocess.Popen[str]:
    command = (sys.executable, "-c", program, *map(str, arguments))
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe, text=True)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A site, in a folder of its own."""
    return write(tmp_path / "book/site", OLD)


@pytest.mark.parametrize(("way", "moment"), MOMENTS)
@pytest.mark.parametrize(("name", "code"), [("SIGINT", -signal.SIGINT), ("SIGTERM", 143), ("failure", 1)])
def test_the_old_or_the_new_site_is_there_and_nothing_else(
    target: Path, way: str, moment: str, name: str, code: int
) -> None:
    with start(INTERRUPTED, target, way, moment, name) as process:
        process.communicate()
    assert process.returncode == code
    assert os.listdir(target.parent) == ["site"]
    is_new = way == "removal" or moment == "after 2" or (way, moment) == ("exchange", "after 1")
    assert snapshot(target) == (NEW if is_new else OLD)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signal")
@pytest.mark.parametrize(("way", "moment"), MOMENTS)
def test_the_next_build_puts_right_what_a_killed_one_has_left(target: Path, way: str, moment: str) -> None:
    with start(INTERRUPTED, target, way, moment, "SIGKILL") as process:
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert target.exists() is not (way == "no exchange" and moment in ("after 1", "before 2"))
    assert list(target.parent.glob(".site-*"))

    with pytest.raises(OSError, match="new"):
        build(target, {})  # which fails, since it makes no folder
    assert snapshot(target) in (OLD, NEW)
    assert os.listdir(target.parent) == ["site"]

    build(target, {"index.html": b"the next"})
    assert snapshot(target) == {"index.html": b"the next"}
    assert os.listdir(target.parent) == ["site"]


RUNNING = """
import sys
from pathlib import Path
from stuntbook.publish.replacing import replacing

with replacing(Path(sys.argv[1])) as folder:
    folder.mkdir()
    print("running", flush=True)
    sys.stdin.read()
    (folder / "index.html").write_text("of the first")
"""


def test_the_folder_of_a_build_that_still_runs_is_left_alone(target: Path) -> None:
    with start(RUNNING, target) as first:
        assert first.stdout
        assert first.stdin
        assert first.stdout.readline() == "running\n"
        build(target, {"index.html": b"of the second"})
        assert len(os.listdir(target.parent)) == 2
        first.stdin.close()
    assert first.returncode == 0
    assert snapshot(target) == {"index.html": b"of the first"}
    assert os.listdir(target.parent) == ["site"]


def test_what_others_have_made_is_left_alone(target: Path) -> None:
    others = [".site-backup/a", ".site-0123abcd/a", ".site-2-0123abcd/.gitignore", ".site2-0123abcd/.gitignore"]
    write(target.parent, dict.fromkeys(others, b"mine"))
    before = snapshot(target.parent)
    build(target, OLD)
    assert snapshot(target.parent) == before


def test_git_ignores_a_build_wherever_its_folder_is(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    git("init", "--quiet")
    with replacing(tmp_path / "any/public [1]") as folder:
        write(folder, NEW)
        assert git("status", "--porcelain") == ""
    assert git("status", "--porcelain", "--untracked-files=all") == '?? "any/public [1]/index.html"\n'


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_link_is_replaced_and_what_it_leads_to_stays(
    target: Path, can_exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not can_exchange:
        monkeypatch.setattr(module, "exchange", lambda one, other: False)
    link = target.parent / "book/link"
    link.parent.mkdir()
    link.symlink_to(target, target_is_directory=True)
    build(link)
    assert os.listdir(link.parent) == ["link"]
    assert (snapshot(link), snapshot(target)) == (NEW, OLD)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems may have no such function")
def test_exchange(tmp_path: Path) -> None:
    one, other = write(tmp_path / "one", OLD), write(tmp_path / "other", NEW)
    assert exchange(one, other)
    assert (snapshot(one), snapshot(other)) == (NEW, OLD)
    assert not exchange(one, tmp_path / "missing")
    assert snapshot(one) == NEW


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without asking it")
def test_a_whole_build_that_is_told_to_end_leaves_what_was_there(tmp_path: Path) -> None:
    root = shutil.copytree(SITES / "valid", tmp_path / "book")
    site = write(root / "site", {**OLD, "sitemap.xml": b""})
    before = snapshot(site)
    with start("from stuntbook.cli import main; main()", "build", "--root", root) as process:
        while not list(root.glob(".site-*/new/*")):
            assert process.poll() is None
            time.sleep(0.01)
        process.terminate()
        assert process.communicate() == ("", "")
    assert process.returncode == 143
    assert snapshot(site) == before
    assert list(root.glob(".site-*")) == []
