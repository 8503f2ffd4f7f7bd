"""An identifier changes in every place that names it, and nothing else does."""

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from stuntbook.cli import main
from stuntbook.diagnostics import Report
from stuntbook.memo import Memo
from stuntbook.reading.sources import load
from tests.site_tools import copy_root, snapshot
from tests.support import BOOK, SITES, checked, indented, write_book


def rename(root: Path, old: str, new: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["rename", old, new, "--root", str(root), *options])


def copy_of_valid(folder: Path) -> Path:
    return shutil.copytree(SITES / "valid", folder / "book")


def identifiers(root: Path) -> list[str]:
    return list(load(root, Report(), Memo(keeping=False)).by_id)


@pytest.mark.parametrize("old", identifiers(SITES / "valid"))
def test_the_book_is_the_same_but_for_the_name(old: str, tmp_path: Path) -> None:
    """In a book that uses every field: the data differ in the identifier and in `former_ids` alone."""
    root = copy_of_valid(tmp_path)
    before = (root / "stunts.yaml").read_text(encoding="utf-8")
    assert rename(root, old, "renamed-one", "--write").exit_code == 0
    after = (root / "stunts.yaml").read_text(encoding="utf-8")
    knowledge = checked(root)
    assert old not in knowledge.by_id
    assert old in knowledge.by_id["renamed-one"].former_ids
    assert _without_former(_renamed(yaml.safe_load(before), old)) == _without_former(yaml.safe_load(after))
    comments = [line for line in before.split("\n") if line.lstrip().startswith("#")]
    assert comments == [line for line in after.split("\n") if line.lstrip().startswith("#")]


def _renamed(value: object, old: str) -> object:
    if isinstance(value, dict):
        return {("renamed-one" if key == old else key): _renamed(each, old) for key, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, old) for each in value]
    if isinstance(value, str):
        told = value.replace(f"[[{old}]]", "[[renamed-one]]").replace(f"[[{old}|", "[[renamed-one|")
        return "renamed-one" if value == old else told
    return value


def _without_former(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_former(each) for key, each in value.items() if key != "former_ids"}
    return [_without_former(each) for each in value] if isinstance(value, list) else value


def test_without_write_the_difference_is_shown_and_nothing_changes(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    before = snapshot(root)
    result = rename(root, "halo-jump", "jump-from-a-plane")
    assert result.exit_code == 0
    assert (
        "-  halo-jump:\n+  jump-from-a-plane:\n     title: HALO jump\n+    former_ids: [halo-jump]\n" in result.stdout
    )
    assert "--write" in result.stderr
    assert snapshot(root) == before


def test_links_of_hand_written_pages_and_of_the_navigation_follow(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(f"{config}  - The roof: stunts/rooftop-jump/index.md\n", encoding="utf-8")
    assert rename(root, "rooftop-jump", "roof", "--write").exit_code == 0
    for path in ("docs/edit.md", "mkdocs.yml"):
        text = (root / path).read_text(encoding="utf-8")
        assert "stunts/roof/index.md" in text
        assert "stunts/rooftop-jump/" not in text


def test_an_article_moves_with_its_text(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    old = root / "articles" / "looper-plane-jump.md"
    body = old.read_bytes().partition(b"\n---\n")[2]
    assert rename(root, "looper-plane-jump", "looper", "--write").exit_code == 0
    assert not old.exists()
    assert (root / "articles" / "looper.md").read_bytes().partition(b"\n---\n")[2] == body
    assert "looper-plane-jump" not in (root / "stunts.yaml").read_text(encoding="utf-8")
    checked(root)


def test_what_is_renamed_back_has_its_first_name_and_keeps_the_other(tmp_path: Path) -> None:
    root = write_book(tmp_path, BOOK, weekly="x")
    rename(root, "canal-jump", "jump", "--write")
    rename(root, "jump", "canal-jump", "--write")
    rename(root, "canal-jump", "leap", "--write")
    assert checked(root).by_id["leap"].former_ids == ("canal-jump", "jump")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("nothing", "jump", 'there is nothing called "nothing"'),
        ("canal-jump", "canal", "it is taken"),
        ("canal-jump", "Canal_Jump", "not in kebab-case"),
        ("weekly", "canal", "id-clash"),
    ],
)
def test_what_would_break_the_book_is_refused(old: str, new: str, reason: str, tmp_path: Path) -> None:
    root = write_book(tmp_path, BOOK, weekly="x")
    before = snapshot(root)
    result = rename(root, old, new, "--write")
    assert result.exit_code == 1
    assert reason in result.stderr
    assert snapshot(root) == before


def test_a_book_with_errors_is_mended_first(tmp_path: Path) -> None:
    root = write_book(tmp_path, BOOK + indented("titel: x"), weekly="x")
    assert "unknown-key" in rename(root, "canal-jump", "jump", "--write").stderr


def test_line_ends_and_the_mark_of_the_byte_order_stay(tmp_path: Path) -> None:
    root = write_book(tmp_path, BOOK, weekly="x")
    windows = b"\xef\xbb\xbf" + BOOK.replace("\n", "\r\n").encode()
    (root / "stunts.yaml").write_bytes(windows)
    rename(root, "canal-jump", "jump", "--write")
    expected = windows.replace(b"  canal-jump:\r\n", b"  jump:\r\n").replace(
        b"Canal jump\r\n", b"Canal jump\r\n    former_ids: [canal-jump]\r\n"
    )
    assert (root / "stunts.yaml").read_bytes() == expected


def test_a_flow_mapping_keeps_its_form(tmp_path: Path) -> None:
    root = write_book(tmp_path, "films:\n  canal: {title: Canal, kind: episode}\n  sea: {title: Sea}\n", weekly="x")
    rename(root, "canal", "river", "--write")
    rename(root, "sea", "ocean", "--write")
    river, ocean = "{title: Canal, former_ids: [canal], kind: episode}", "{former_ids: [sea], title: Sea}"
    assert (root / "stunts.yaml").read_text(encoding="utf-8") == f"films:\n  river: {river}\n  ocean: {ocean}\n"


def test_a_file_that_is_only_linked_is_written_where_it_is(tmp_path: Path) -> None:
    root = write_book(tmp_path / "book", BOOK, weekly="x")
    real = (root / "stunts.yaml").rename(tmp_path / "real.yaml")
    real.chmod(0o640)
    (root / "stunts.yaml").symlink_to(real)
    rename(root, "canal-jump", "jump", "--write")
    assert (root / "stunts.yaml").is_symlink()
    assert "  jump:\n" in real.read_text(encoding="utf-8")
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "real.yaml"]
