"""The schema that editors complete from, as `check` and the other commands leave it in a book's folder."""

import json
import os
import shutil
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import yaml
from jsonschema import Draft202012Validator

from stuntbook import safe
from stuntbook.data import schema_file
from stuntbook.data.reference import json_schema
from stuntbook.layout import SCHEMA_FILE
from tests.site_tools import differences, mkdocs_here, snapshot, stuntbook_here
from tests.support import ARTICLE, BOOK, SITES, indented, write_book


def book(folder: Path) -> Path:
    return write_book(folder / "book", BOOK + indented("performers: [dara-quill]"), gazette_canal=ARTICLE)


def known(folder: Path, kinds: str) -> list[str]:
    """The identifiers that a book's schema lists of some kinds."""
    schema: dict[str, Any] = json.loads((folder / SCHEMA_FILE).read_bytes())
    if kinds == "articles":
        return [*schema["$defs"]["Citation"]["properties"]]
    return [*schema["$defs"][f"known-{kinds}"].get("enum", ())]


def test_check_lists_what_exists_now(tmp_path: Path) -> None:
    folder = book(tmp_path)
    stuntbook_here("check", "--root", folder)
    assert known(folder, "film") == ["canal"]
    assert known(folder, "person-organisation") == known(folder, "person") == ["dara-quill", "mo-venn"]
    assert known(folder, "articles") == ["gazette-canal"]
    (folder / "articles" / "weekly.md").write_text(ARTICLE.replace("canal", "dam"), encoding="utf-8")
    text = (folder / "stunts.yaml").read_text(encoding="utf-8").replace("mo-venn", "mo-vennor")
    (folder / "stunts.yaml").write_text(f"{text}organisations:\n  divers:\n    name: Divers\n", encoding="utf-8")
    stuntbook_here("check", "--root", folder)
    assert known(folder, "person-organisation") == ["dara-quill", "mo-vennor", "divers"]
    assert known(folder, "articles") == ["gazette-canal", "weekly"]


def test_each_says_what_it_stands_for(tmp_path: Path) -> None:
    folder = book(tmp_path)
    stuntbook_here("check", "--root", folder)
    definitions = json.loads((folder / SCHEMA_FILE).read_bytes())["$defs"]
    assert definitions["known-person"]["enumDescriptions"] == ["Dara Quill", "Mo Venn"]
    article = definitions["Citation"]["properties"]["gazette-canal"]
    assert article["description"] == "A jump over the canal (Example Gazette)"


def test_nothing_is_written_that_is_there_already(tmp_path: Path) -> None:
    folder = book(tmp_path)
    stuntbook_here("check", "--root", folder)
    before, content = (folder / SCHEMA_FILE).stat(), snapshot(folder)
    stuntbook_here("check", "--root", folder)
    assert snapshot(folder) == content
    after = (folder / SCHEMA_FILE).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_it_is_derived_once_for_each_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    derive = Mock(wraps=json_schema)
    monkeypatch.setattr(schema_file, "json_schema", derive)
    monkeypatch.setattr(safe, "program", lambda: "today's")
    first, second = book(tmp_path / "first"), book(tmp_path / "second")
    stuntbook_here("check", "--root", first)
    stuntbook_here("check", "--root", second, "--fresh")
    assert derive.call_count == 1
    assert (first / SCHEMA_FILE).read_bytes() == (second / SCHEMA_FILE).read_bytes()
    monkeypatch.setattr(safe, "program", lambda: "tomorrow's")
    stuntbook_here("check", "--root", first)
    assert derive.call_count == 2


@pytest.mark.parametrize("broken", ['films:\n  canal: {title: "Canal\n', "\tfilms:\n", ""])
def test_what_exists_is_listed_while_the_file_cannot_be_read(tmp_path: Path, broken: str) -> None:
    folder = book(tmp_path)
    stuntbook_here("check", "--root", folder)
    (folder / "stunts.yaml").write_text(broken, encoding="utf-8")
    assert stuntbook_here("check", "--root", folder).returncode == 1
    assert known(folder, "film") == ["canal"]


def test_a_book_without_records_has_a_schema_too(tmp_path: Path) -> None:
    folder = write_book(tmp_path / "book", "", gazette_canal=ARTICLE)
    stuntbook_here("check", "--root", folder)
    schema = json.loads((folder / SCHEMA_FILE).read_bytes())
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(yaml.safe_load(BOOK))) == []
    assert known(folder, "articles") == ["gazette-canal"]


def test_it_is_written_for_a_book_with_errors_too(tmp_path: Path) -> None:
    for command in ("check", "build"):
        folder = write_book(tmp_path / command, f"{BOOK}    unknown: 1\n", gazette_canal=ARTICLE)
        assert stuntbook_here(command, "--root", folder).returncode == 1
        assert known(folder, "film") == ["canal"]


@pytest.mark.parametrize("command", ["stuntbook", "mkdocs"])
def test_a_build_writes_it(tmp_path: Path, command: str) -> None:
    folder = shutil.copytree(SITES / "valid", tmp_path / "book", ignore=shutil.ignore_patterns(".stuntbook"))
    if command == "mkdocs":
        assert mkdocs_here("build", cwd=folder).returncode == 0
    else:
        assert stuntbook_here("build", "--root", folder).returncode == 0
    assert "lighthouse-jump" not in known(folder, "person-organisation")
    assert known(folder, "film")
    assert not (folder / "site" / SCHEMA_FILE).exists()


def test_the_schema_of_a_sound_book_holds_for_it(tmp_path: Path) -> None:
    folder = shutil.copytree(SITES / "valid", tmp_path / "book", ignore=shutil.ignore_patterns(".stuntbook"))
    stuntbook_here("check", "--root", folder)
    schema = json.loads((folder / SCHEMA_FILE).read_bytes())
    data = yaml.safe_load((folder / "stunts.yaml").read_text(encoding="utf-8"))
    assert [each.message for each in Draft202012Validator(schema).iter_errors(data)] == []


@pytest.mark.parametrize("obstacle", ["file", "folder", "link", "link to a folder", "pipe"])
def test_what_is_in_the_way_fails_no_check_and_stays(tmp_path: Path, obstacle: str) -> None:
    folder, other = book(tmp_path), tmp_path / "other"
    other.mkdir()
    (other / "schema.json").write_bytes(b"mine")
    place = (folder / SCHEMA_FILE).parent
    if obstacle == "file":
        place.write_bytes(b"mine")
    elif obstacle == "link to a folder":
        place.symlink_to(other)
    else:
        place.mkdir()
        if obstacle == "folder":
            (folder / SCHEMA_FILE).mkdir()
        elif obstacle == "link":
            (folder / SCHEMA_FILE).symlink_to(other / "schema.json")
        else:
            os.mkfifo(folder / SCHEMA_FILE)
    before = snapshot(tmp_path)
    finished = stuntbook_here("check", "--root", folder, "--quiet")
    assert (other / "schema.json").read_bytes() == b"mine"
    assert finished.stdout == ""
    assert "schema" not in finished.stderr
    assert set(differences(before, snapshot(tmp_path))) <= {f"book/{SCHEMA_FILE}"}


def test_a_folder_that_cannot_be_written_is_checked_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = book(tmp_path)
    expected = stuntbook_here("check", "--root", folder)
    shutil.rmtree(folder / ".stuntbook")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)  # the tests run as root, whom no folder refuses
    finished = stuntbook_here("check", "--root", folder)
    assert (finished.stdout, finished.stderr, finished.returncode) == (
        expected.stdout,
        expected.stderr,
        expected.returncode,
    )
    assert not (folder / ".stuntbook").exists()
