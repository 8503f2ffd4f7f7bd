"""A site takes the place of the last one at once: whatever interrupts that, one of them is there, and nothing else."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from stuntbook.publish import replacing as module
from stuntbook.publish.filling import fill
from stuntbook.publish.replacing import MARKER, exchange, replacing
from stuntbook.publish.site_folder import SiteError, check_target
from tests.site_tools import environment, snapshot
from tests.support import SITES

OLD = {"index.html": b"old", "films/index.html": b"old"}
NEW = {"index.html": b"new", "style.css": b"new"}
TWO_RENAMES = ("no exchange", ["before 1", "after 1", "before 2", "after 2"])
ONE_STEP = ("exchange", ["before 1", "after 1"])
FILES = ("files", ["before 1", "after 1", "before 2", "after 2"])
REMOVAL = ("removal", ["before 1", "after 1"])
MOMENTS = [(way, moment) for way, moments in (TWO_RENAMES, ONE_STEP, FILES, REMOVAL) for moment in moments]
"""How the folders are replaced, and when that, or removing the last one, is interrupted: around one of its steps."""

INTERRUPTED = """
import errno, os, shutil, signal, sys
from pathlib import Path
from stuntbook.__main__ import end_plainly
from stuntbook.publish import replacing

target, way, moment, name = sys.argv[1:]
steps = 0

def at(when):
    if f"{when} {steps}" == moment:
        if name == "failure":
            raise OSError(errno.ENOSPC, "the disk is full")
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
if way == "no exchange":
    os.rename = interrupted(os.rename)
if way == "files":
    rename = os.rename
    def refused(one, other):
        if str(one) == target:
            raise OSError(errno.EBUSY, "Device or resource busy")
        rename(one, other)
    os.rename, os.replace = refused, interrupted(os.replace)

@end_plainly
def build():
    with replacing.replacing(Path(target)) as folder:
        folder.mkdir()
        (folder / "index.html").write_text("new")
        (folder / "style.css").write_text("new")
"""
"""A program that replaces a folder and, at one moment, fails or gets a signal, once."""


STOPPED = {"SIGINT": "Stopped by Ctrl-C.\n", "SIGTERM": "Stopped by SIGTERM.\n", "SIGHUP": "Stopped by SIGHUP.\n"}


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
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("failure", 1)])
def test_the_old_or_the_new_site_is_there_and_nothing_else(
    target: Path, way: str, moment: str, name: str, code: int
) -> None:
    with start(INTERRUPTED, target, way, moment, name) as process:
        _, stderr = process.communicate()
    if (way, name) == ("removal", "failure"):
        code, told = 0, ""  # what is removed in the second attempt is no matter
    else:
        told = STOPPED.get(name, f"error: {target}: the disk is full\n")
    assert (process.returncode, stderr) == (code, told)
    assert os.listdir(target.parent) == ["site"]
    is_new = way in ("files", "removal") or moment == "after 2" or (way, moment) == ("exchange", "after 1")
    assert snapshot(target) == (NEW if is_new else OLD)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signal")
@pytest.mark.parametrize(("way", "moment"), MOMENTS)
def test_the_next_build_puts_right_what_a_killed_one_has_left(target: Path, way: str, moment: str) -> None:
    with start(INTERRUPTED, target, way, moment, "SIGKILL") as process:
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert target.exists() is not (way == "no exchange" and moment in ("after 1", "before 2"))
    assert sorted(os.listdir(target.parent))[0] == ".site.stuntbook"

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


def test_the_second_of_two_builds_names_the_first_and_leaves_it_alone(target: Path) -> None:
    with start(RUNNING, target) as first:
        assert first.stdout
        assert first.stdin
        assert first.stdout.readline() == "running\n"
        with pytest.raises(BlockingIOError, match=rf"^process {first.pid} is building .*site already"):
            build(target)
        first.stdin.close()
    assert first.returncode == 0
    assert snapshot(target) == {"index.html": b"of the first"}
    assert os.listdir(target.parent) == ["site"]
    build(target)
    assert snapshot(target) == NEW


def test_what_others_have_made_is_left_alone(target: Path) -> None:
    others = [".site-backup/a", ".site.stuntbook-2/.gitignore", ".site2.stuntbook/.gitignore", "site.stuntbook/new/a"]
    write(target.parent, dict.fromkeys(others, b"mine"))
    before = snapshot(target.parent)
    build(target, OLD)
    assert snapshot(target.parent) == before


def test_git_ignores_a_build_wherever_its_folder_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GIT_DIR")

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    git("init", "--quiet")
    with replacing(tmp_path / "any/public [1]") as folder:
        write(folder, {"index.html": b"new"})
        assert git("status", "--porcelain") == ""
    assert git("status", "--porcelain", "--untracked-files=all") == '?? "any/public [1]/index.html"\n'


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("leads", [True, False])
def test_what_a_link_leads_to_is_replaced_and_the_link_stays(
    target: Path, can_exchange: bool, leads: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not can_exchange:
        monkeypatch.setattr(module, "exchange", lambda one, other: False)
    if not leads:
        shutil.rmtree(target)
    link = target.parent / "book/link"
    link.parent.mkdir()
    link.symlink_to(target, target_is_directory=True)
    build(link)
    assert os.listdir(link.parent) == ["link"]
    assert link.is_symlink()
    assert snapshot(target) == NEW
    assert sorted(os.listdir(target.parent)) == ["book", "site"]


def test_a_link_in_the_place_of_the_build_is_not_followed(target: Path, tmp_path: Path) -> None:
    """A pull request may bring it along."""
    mine = write(tmp_path / "mine", {"new/a": b"", "old/a": b"", "refuse-1/a": b""})
    before = snapshot(mine)
    target.with_name(".site.stuntbook").symlink_to(mine, target_is_directory=True)
    build(target)
    assert snapshot(target) == NEW
    assert snapshot(mine) == before


SHAPES = {
    "index.html": b"new",
    "people/index.html": b"new",  # where a file was
    "films": b"new",  # where a folder was
    "same.html": b"same",
    "link/index.html": b"new",  # where a link was
}


def test_a_folder_is_filled_file_by_file(target: Path, tmp_path: Path) -> None:
    new = write(tmp_path / "new", SHAPES)
    mine = write(tmp_path / "mine", OLD)
    write(target, {"people": b"old", "same.html": b"same", "lost+found/a": b"mine", ".stuntbook/part": b"half"})
    (target / "link").symlink_to(mine, target_is_directory=True)
    written = (target / "same.html").stat().st_mtime_ns
    for _ in range(2):
        fill(target, new, Path("index.html"))
        assert snapshot(target) == {**SHAPES, "lost+found/a": b"mine"}
        assert sorted(os.listdir(target)) == [*sorted({path.partition("/")[0] for path in SHAPES} | {"lost+found"})]
        assert (target / "same.html").stat().st_mtime_ns == written  # what did not change is not written again
        assert snapshot(mine) == OLD


def test_pages_come_after_what_they_need(target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = write(tmp_path / "new", dict.fromkeys(("a.html", "b.css", "c/d.html", "c/e.png", "marker"), b"new"))
    order: list[str] = []
    replace = os.replace

    def noted(source: Path, goal: Path) -> None:
        order.append(goal.relative_to(target).as_posix())
        replace(source, goal)

    monkeypatch.setattr(os, "replace", noted)
    fill(target, new, Path("marker"))
    assert order[0] == "marker"
    assert [path.endswith(".html") for path in order] == [False, False, False, True, True]


MOUNTED = """
set -e
mount --bind "$1/volume" "$1/book/site"
exec "$2" -c "$3" "$1/book/site"
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems mount otherwise")
@pytest.mark.parametrize("read_only", [False, True])
def test_a_mount_point_gets_the_files(target: Path, tmp_path: Path, read_only: bool) -> None:
    """As a container's volume is one, in a folder that may be read-only."""
    volume = write(tmp_path / "volume", OLD)
    script = MOUNTED.replace("exec", f"mount -o remount,ro,bind {target.parent}\nexec") if read_only else MOUNTED
    script = f'mount --bind "$1/book" "$1/book"\n{script}' if read_only else script
    inside = ("unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", tmp_path, sys.executable, PLAIN)
    if subprocess.run([*inside[:3], "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount")
    finished = subprocess.run([*map(str, inside)], env=environment(), capture_output=True, text=True, check=False)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert snapshot(volume) == NEW
    assert sorted(os.listdir(volume)) == sorted(NEW)
    assert snapshot(target) == OLD  # what the volume covered
    assert os.listdir(target.parent) == ["site"]


PLAIN = """
import sys
from pathlib import Path
from stuntbook.publish.replacing import replacing

with replacing(Path(sys.argv[1])) as folder:
    folder.mkdir()
    (folder / "index.html").write_text("new")
    (folder / "style.css").write_text("new")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_files_can_be_read_by_everybody_whatever_the_umask(target: Path) -> None:
    before = os.umask(0o077)
    try:
        build(target, {"films/index.html": b"new"})
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)
    assert [oct((target / path).stat().st_mode & 0o777) for path in (".", "films")] == ["0o755", "0o755"]
    assert oct((target / "films/index.html").stat().st_mode & 0o777) == "0o644"


def test_a_site_that_cannot_be_removed_is_told_of_and_the_new_one_is_live(
    target: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "rmdir", refused)
        patched.setattr(os, "unlink", refused)
        build(target)
    scratch = target.with_name(".site.stuntbook")
    assert snapshot(target) == NEW
    assert [record.message for record in caplog.records] == [
        f"warning: what was there before can't be removed from {scratch}: {record}"
        for record in [caplog.records[0].message.partition(f"{scratch}: ")[2]]
    ]
    build(target, OLD)
    assert snapshot(target) == OLD
    assert os.listdir(target.parent) == ["site"]


def refused(*_: object, **__: object) -> None:
    raise PermissionError(errno.EPERM, "Operation not permitted", "index.html")


@pytest.mark.parametrize(
    ("files", "accepted"),
    [
        ({}, True),
        ({"lost+found/a": b""}, True),
        ({"a": b"", MARKER.as_posix(): b""}, True),
        ({"sitemap.xml": b"", "index.html": b""}, False),
    ],
)
def test_only_a_folder_with_our_marker_is_ours(files: dict[str, bytes], accepted: bool, tmp_path: Path) -> None:
    target = write(tmp_path / "site", files)
    target.mkdir(exist_ok=True)
    link = tmp_path / "link"
    link.symlink_to(target, target_is_directory=True)
    for each in (target, link):
        with nullcontext() if accepted else pytest.raises(SiteError, match="is not empty, and no site"):
            check_target(tmp_path / "book", each)


def test_a_folder_that_holds_the_knowledge_base_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "book/site").mkdir(parents=True)
    (tmp_path / "book/site/all").symlink_to(tmp_path, target_is_directory=True)
    for target in (tmp_path, tmp_path / "book", tmp_path / "book/site/all"):
        with pytest.raises(SiteError, match="holds the knowledge base itself"):
            check_target(tmp_path / "book", target)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems may have no such function")
def test_exchange(tmp_path: Path) -> None:
    one, other = write(tmp_path / "one", OLD), write(tmp_path / "other", NEW)
    assert exchange(one, other)
    assert (snapshot(one), snapshot(other)) == (NEW, OLD)
    assert not exchange(one, tmp_path / "missing")
    assert snapshot(one) == NEW


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without asking it")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_whole_build_that_is_told_to_end_leaves_what_was_there(name: str, code: int, tmp_path: Path) -> None:
    root = shutil.copytree(SITES / "valid", tmp_path / "book")
    site = write(root / "site", {**OLD, MARKER.as_posix(): b""})
    before = snapshot(site)
    with start("from stuntbook.__main__ import main; main()", "build", "--root", root) as process:
        while not list(root.glob(".site.stuntbook/new/*")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(getattr(signal, name))
        assert process.communicate() == ("", STOPPED[name])
    assert process.returncode == code
    assert snapshot(site) == before
    assert list(root.glob(".site.*")) == []
