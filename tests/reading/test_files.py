"""Only regular files are read, and links are told of where they lead out of the folder."""

import os
import socket
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from stuntbook.diagnostics import Report
from stuntbook.memo import Memo
from stuntbook.reading.files import load_text
from stuntbook.reading.folders import check_files, check_links
from stuntbook.reading.sources import load
from tests.support import FILM, FRONT_MATTER, codes, write_book

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes, devices and links are those of POSIX")


def bind(path: Path) -> None:
    """Put a socket there, whose path may be longer than a socket's may."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(here)


SPECIAL: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a folder": os.mkdir,
    "a socket": bind,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "nothing": lambda path: path.symlink_to("nowhere"),
    "itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("what", SPECIAL)
@pytest.mark.parametrize("name", ["stunts.yaml", "articles/weekly.md"])
def test_what_is_no_file_is_a_problem_at_once(
    what: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)  # there, links that lead out are told of as well
    root = write_book(tmp_path, FILM, weekly="x")
    (root / name).unlink()
    SPECIAL[what](root / name)
    report = Report()
    load(root, report, Memo())
    (problem,) = report
    assert problem.location.path == name
    assert problem.code == ("missing-file" if what in ("nothing", "itself") else "special-file")
    assert what in ("nothing", "itself") or what in problem.message


def test_a_file_that_says_it_is_empty_is_read_no_further_than_allowed(tmp_path: Path) -> None:
    """As files below /proc do."""
    report = Report()
    (tmp_path / "link").symlink_to("/proc/self/status")
    assert "Name:" in (load_text(tmp_path / "link", "link", 1, report) or "")
    assert not report


@pytest.mark.parametrize("name", ["stunts.yaml", "articles", "articles/weekly.md"])
@pytest.mark.parametrize("ci", ["", "true"])
def test_a_link_that_leads_out_is_followed_and_told_in_ci(
    name: str, ci: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    root = write_book(tmp_path / "book", FILM, weekly="x")
    (root / name).rename(tmp_path / "elsewhere")
    (root / name).symlink_to(tmp_path / "elsewhere")
    report = Report()
    library = load(root, report, Memo())
    assert list(library.articles) == ["weekly"]
    assert list(library.records) == ["canal"]
    assert codes(report) == (["link"] if ci else [])
    assert not report.has_errors


def test_a_link_within_the_folder_is_nothing_to_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    root = write_book(tmp_path, FILM)
    (root / "kept.md").write_text(f"{FRONT_MATTER}Words.\n", encoding="utf-8")
    (root / "articles" / "weekly.md").symlink_to("../kept.md")
    report = Report()
    assert list(load(root, report, Memo()).articles) == ["weekly"]
    assert not report


def links_found(folder: Path, root: Path) -> list[str]:
    report = Report()
    check_links(folder, root, "docs", report)
    check_files(folder, root, "docs", report)
    return [problem.location.path for problem in report if problem.code == "link"]


def test_links_of_a_folder_that_is_published(tmp_path: Path) -> None:
    docs = tmp_path / "book" / "docs"
    (docs / "deep").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside.txt").touch()
    (docs / "page.md").touch()
    (tmp_path / "book" / "words.md").touch()
    (docs / "within.md").symlink_to("page.md")
    (docs / "beside.md").symlink_to("../words.md")
    assert links_found(docs, docs.parent) == []
    (docs / "file.txt").symlink_to("../../outside.txt")
    (docs / "more").symlink_to("../../outside")
    (docs / "again.txt").symlink_to("file.txt")
    (docs / "deep" / "circle").symlink_to("..")
    assert links_found(docs, docs.parent) == ["docs/again.txt", "docs/deep/circle", "docs/file.txt", "docs/more"]


def test_a_folder_that_is_a_link_out_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "outside").mkdir()
    docs = tmp_path / "book" / "docs"
    docs.symlink_to("../outside")
    assert not check_links(docs, docs.parent, "docs", report := Report())
    assert codes(report) == ["link"]


def test_folders_of_links_to_folders_of_links_end(tmp_path: Path) -> None:
    """Thirty levels of two links each would be a thousand million folders."""
    levels = [tmp_path / f"level-{number}" for number in range(30)]
    for level in levels:
        level.mkdir()
    for level, below in pairwise(levels):
        for name in ("one", "other"):
            (level / name).symlink_to(f"../{below.name}")
    assert links_found(levels[0], tmp_path)
