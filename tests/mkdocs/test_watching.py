"""What tells that a file has changed where no system does."""

import os
from pathlib import Path
from threading import Event, Thread

import pytest

from stuntbook.mkdocs.watching import look, stamps

PATIENCE = 10
"""Seconds after which something that does not come is taken not to come at all."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles/old").mkdir(parents=True)
    (tmp_path / "articles/old/a.md").write_text("One", encoding="utf-8")
    return tmp_path / "articles"


def test_each_kind_of_change_is_told(folder: Path) -> None:
    file = folder / "old/a.md"
    seen = [stamps([folder])]
    file.write_text("Eleven", encoding="utf-8")
    seen.append(stamps([folder]))
    os.utime(file, ns=(0, 0))
    seen.append(stamps([folder]))
    file.rename(folder / "b.md")
    seen.append(stamps([folder]))
    (folder / "b.md").unlink()
    seen.append(stamps([folder]))
    assert len(set(seen)) == len(seen)
    assert seen[-1] == stamps([folder / "b.md"]) == frozenset()


@pytest.mark.skipif(os.name == "nt", reason="not everybody may make symbolic links on Windows")
def test_links_are_followed_and_none_in_circles(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "b.md").write_text("One", encoding="utf-8")
    (folder / "linked").symlink_to(elsewhere)
    for number in range(12):  # ways that multiply
        (elsewhere / f"{number}").symlink_to(elsewhere)
        (folder / f"{number}").symlink_to(folder)
    (folder / "to-itself").symlink_to(folder / "to-itself")
    before = stamps([folder])
    assert {Path(path).name for path, _, _ in before} == {"a.md", "b.md"}
    (elsewhere / "b.md").write_text("Eleven", encoding="utf-8")
    assert stamps([folder]) != before


def test_what_is_seen_to_change_is_handed_on_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stuntbook.mkdocs.watching.PAUSE", 0)
    looks, told, over = iter([1, 1, 2, 2, 1, 1]), list[object](), Event()

    def at() -> int:
        found = next(looks, None)
        if found is None:
            over.set()
        return found or 1

    thread = Thread(target=look, args=(at, told.append, over.is_set))
    thread.start()
    thread.join(PATIENCE)
    assert told == [2, 1]
