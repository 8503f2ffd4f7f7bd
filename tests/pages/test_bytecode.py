"""Compiled templates that are kept: whatever became of their files, pages are as they are without them."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from stuntbook.pages.bytecode import bytecode_cache


def rendered() -> str:
    environment = Environment(
        loader=DictLoader({"page": "{{ 6 * 7 }}"}), autoescape=True, bytecode_cache=bytecode_cache()
    )
    return environment.get_template("page").render()


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place:][1:]


def replaced(put: Callable[[Path], object]) -> Callable[[Path], object]:
    def replace(file: Path) -> None:
        file.unlink()
        put(file)

    return replace


DAMAGE: dict[str, Callable[[Path], object]] = {
    "emptied": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:60]),
    "cut in its code": lambda file: file.write_bytes(file.read_bytes()[:-20]),
    "changed": lambda file: file.write_bytes(flipped(file.read_bytes(), -40)),
    "a folder": replaced(Path.mkdir),
    "a pipe": replaced(os.mkfifo),
    "endless": replaced(lambda file: file.symlink_to("/dev/zero")),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_as_none(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert rendered() == "42"
    (kept,) = tmp_path.rglob("*.cache")
    assert rendered() == "42"
    DAMAGE[damage](kept)
    assert rendered() == "42"


def test_without_a_folder_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert rendered() == "42"
