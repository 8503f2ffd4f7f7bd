"""What the system refuses, a full disk above all, is told of on one line that names the place, and stops no more.

The programs run as a user runs them. A disk that is full is one in memory, of a few kilobytes, in a space of mounts
that only the program sees; where the system grants nobody such a space, these tests are skipped.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site_tools import environment, run, snapshot
from tests.support import SITES

VALID = SITES / "valid"
SPACE = ("unshare", "--map-root-user", "--mount", "sh", "-ec")
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no /dev/full")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return shutil.copytree(VALID, tmp_path / "book")


def on_a_small_disk(
    folder: Path, size: str, *arguments: str | Path, **variables: str
) -> tuple[int, str, str, list[str]]:
    """Exit code, output and errors of a command while a folder is a disk of that size, and what is on it then."""
    script = f'mount -t tmpfs -o size={size} tmpfs "$0"; "$@" && code=0 || code=$?; ls -A "$0" > "$0.list"; exit $code'
    trial = [*SPACE, "mount -t tmpfs tmpfs /mnt"]
    if not shutil.which("unshare") or subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount")
    folder.mkdir(parents=True, exist_ok=True)
    command = map(str, (*SPACE, script, folder, sys.executable, "-m", "stuntbook", *arguments))
    finished = subprocess.run([*command], env=environment(**variables), capture_output=True, text=True, check=False)
    left = folder.with_name(f"{folder.name}.list").read_text(encoding="utf-8").split()
    return finished.returncode, finished.stdout, finished.stderr, left


@POSIX
@pytest.mark.parametrize(("command", "unbuffered"), [("build", ""), ("check", "1"), ("coverage", ""), ("--help", "")])
def test_a_full_standard_output(command: str, unbuffered: str, book: Path) -> None:
    arguments = [command] if command.startswith("-") else [command, "--root", book]
    with Path("/dev/full").open("w") as full:
        finished = subprocess.run(
            [sys.executable, "-m", "stuntbook", *arguments],
            env=environment(PYTHONUNBUFFERED=unbuffered),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (finished.returncode, finished.stderr) == (1, "error: standard output: No space left on device\n")
    assert (book / "site/index.html").exists() is (command == "build")


@POSIX
def test_no_standard_output_and_none_for_errors(book: Path) -> None:
    for closed in (">&-", ">&- 2>&-", ">/dev/full 2>/dev/full"):
        script = f'"$0" -m stuntbook check --root "$1" {closed}'
        finished = subprocess.run(
            ["sh", "-c", script, sys.executable, book], env=environment(), capture_output=True, check=False
        )
        assert finished.stderr == b""


def test_without_a_folder_for_temporary_files_another_is_used(book: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    finished = run("-m", "stuntbook", "--root", book, cwd=tmp_path, TMPDIR=str(tmp_path / "file"))
    assert (finished.returncode, finished.stderr) == (0, "")


def test_a_full_folder_for_temporary_files_stops_no_build(book: Path, tmp_path: Path) -> None:
    code, _, stderr, _ = on_a_small_disk(tmp_path / "small", "8k", "--root", book, TMPDIR=str(tmp_path / "small"))
    assert (code, stderr) == (0, "")


def test_a_cut_template_among_the_temporary_files_stops_no_build(book: Path, tmp_path: Path) -> None:
    first = run("-m", "stuntbook", "--root", book, cwd=tmp_path, TMPDIR=str(tmp_path))
    assert first.returncode == 0, first.stderr
    for number, path in enumerate(sorted(tmp_path.glob("_jinja2-cache*/*.cache"))):
        path.write_bytes(path.read_bytes()[: number * 3] + b"x" * (number % 2))
    before = snapshot(book / "site")
    second = run("-m", "stuntbook", "--root", book, cwd=tmp_path, TMPDIR=str(tmp_path))
    assert (second.returncode, second.stderr) == (0, "")
    assert snapshot(book / "site") == before


@pytest.mark.parametrize("fault", ["full", "a file"])
def test_a_cache_that_cannot_be_written_is_told_of_and_stops_no_build(fault: str, book: Path) -> None:
    cache = book.with_name("cache")
    with (book / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nsite_url: https://example.org/\n")  # without which there are no pictures for sharing
    if fault == "full":
        code, stdout, stderr, _ = on_a_small_disk(cache, "16k", "--root", book, XDG_CACHE_HOME=str(cache))
    else:
        cache.touch()
        finished = run("-m", "stuntbook", "--root", book, cwd=book, XDG_CACHE_HOME=str(cache))
        code, stdout, stderr = finished.returncode, finished.stdout, finished.stderr
    place = rf" in {re.escape(str(cache))}/stuntbook/[0-9a-f]+/cards" if fault == "full" else ""
    assert code == 0
    assert re.fullmatch(rf"warning: pictures for sharing can't be kept{place}: [^\n]+\n", stderr)
    assert "\nBuilt " in stdout
    assert len(list((book / "site/assets/cards").rglob("*.png"))) > 5


@pytest.mark.parametrize("size", ["4k", "100k", "700k"])
def test_a_disk_that_is_too_small_for_the_site(size: str, book: Path, tmp_path: Path) -> None:
    """It is full from the beginning, when MkDocs writes, and when we do. Nothing is left on it."""
    small = tmp_path / "small"
    code, stdout, stderr, left = on_a_small_disk(small, size, "--root", book, "--site-dir", small / "site")
    assert (code, stdout, left) == (1, "", [])
    assert re.fullmatch(rf"error: {re.escape(str(small))}/[^\n]+: No space left on device\n", stderr)


@POSIX
@pytest.mark.parametrize("name", ["x" * 300, "x" * 250, "/".join(["x" * 200] * 25)])
def test_a_path_that_is_too_long(name: str, book: Path, tmp_path: Path) -> None:
    finished = run("-m", "stuntbook", "--root", book, "--site-dir", tmp_path / name, cwd=tmp_path)
    assert (finished.returncode, finished.stdout) == (1, "")
    assert re.fullmatch(rf"error: {re.escape(str(tmp_path))}/[^\n]+: File name too long\n", finished.stderr)


@POSIX
@pytest.mark.parametrize("kind", ["file", "loop", "foreign"])
def test_what_is_in_the_way_of_the_site(kind: str, book: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    if kind == "loop":
        site.symlink_to(site)
    elif kind == "foreign":
        site.mkdir()
        (site / "sitemap.xml").touch()
    else:
        site.touch()
        site = site / "in"
    finished = run("-m", "stuntbook", "--root", book, "--site-dir", site, cwd=tmp_path)
    assert (finished.returncode, finished.stdout) == (1, "")
    assert re.fullmatch(rf"[^\n]*{re.escape(str(tmp_path / 'site'))}[^\n]*\n", finished.stderr)


RUNNING = """
import sys
from pathlib import Path
from stuntbook.publish.replacing import replacing

with replacing(Path(sys.argv[1])) as folder:
    folder.mkdir()
    print(flush=True)
    sys.stdin.read()
"""


def test_the_second_of_two_builds_ends_with_1(book: Path) -> None:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", RUNNING, str(book / "site")]
    with subprocess.Popen(command, env=environment(), stdin=pipe, stdout=pipe) as first:
        assert first.stdout
        first.stdout.readline()
        second = run("-m", "stuntbook", "--root", book, cwd=book)
        assert (second.returncode, second.stdout) == (1, "")
        told = f"error: process {first.pid} is building {book / 'site'} already; wait until it has ended\n"
        assert second.stderr == told
        first.kill()
    assert run("-m", "stuntbook", "--root", book, cwd=book).returncode == 0  # what a dead process has locked is free
    assert [path.name for path in book.glob(".site*")] == []
