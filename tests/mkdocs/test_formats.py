"""What `mkdocs.yml` says of the data files: which are made, and under which licence."""

import json
from pathlib import Path

import pytest

from stuntbook.data.files import FORMATS
from tests.site_tools import SITE_URL, add_settings, build, replace_in, snapshot, stuntbook_here
from tests.support import BOOK, write_book


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = add_settings(write_book(tmp_path / "book", BOOK, gazette="She jumped.\n"))
    replace_in(root / "mkdocs.yml", "site_name", f"site_url: {SITE_URL}\nsite_name")
    return root


def say(root: Path, settings: str) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"extra: {{stuntbook: {settings}}}\n")


def made(root: Path) -> set[str]:
    build(root, root / "site")
    return set(snapshot(root / "site"))


def test_all_can_be_switched_off_in_one_line(root: Path) -> None:
    whole = made(root)
    say(root, f"{{formats: {{{', '.join(f'{name}: false' for name in FORMATS)}}}}}")
    kept = made(root)
    assert {path for path in kept if path.startswith("data/")} == {"data/lines.json", "data/stunts.schema.json"}
    assert whole - kept >= {"data/stuntbook.db", "films/canal/index.json", "robots.txt", "llms.txt"}
    assert all(path in kept for path in whole if path.endswith(".html"))


def test_pages_as_markdown_are_made_where_they_are_asked_for(root: Path) -> None:
    assert "films/canal/index.md" not in made(root)
    say(root, "{formats: {markdown: true}}")
    assert "films/canal/index.md" in made(root)
    assert "](" in (root / "site/llms.txt").read_text(encoding="utf-8")
    assert "films/canal/index.md)" in (root / "site/llms.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        ("CC-BY-4.0", [{"name": "CC-BY-4.0"}]),
        ("https://example.org/licence", [{"path": "https://example.org/licence"}]),
        ("", None),
    ],
)
def test_the_licence(root: Path, licence: str, told: object) -> None:
    say(root, f'{{licence: "{licence}"}}')
    made(root)
    package = json.loads((root / "site/data/datapackage.json").read_text(encoding="utf-8"))
    assert package.get("licenses") == told


def test_the_moment_of_the_build_comes_from_its_environment(root: Path) -> None:
    build(root, root / "site", SOURCE_DATE_EPOCH="0")
    package = json.loads((root / "site/data/datapackage.json").read_text(encoding="utf-8"))
    assert package["created"] == "1970-01-01T00:00:00+00:00"
    build(root, root / "site")
    assert "created" not in json.loads((root / "site/data/datapackage.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ("{formats: {sqlit: false}}", 'there is no format "sqlit"; did you mean "sqlite"?'),
        ("{formats: [sqlite]}", "write for example {sqlite: false, markdown: true}"),
        ("{formats: {sqlite: 1}}", "write for example {sqlite: false, markdown: true}"),
    ],
)
def test_what_means_nothing_is_refused(root: Path, settings: str, problem: str) -> None:
    say(root, settings)
    finished = stuntbook_here("build", "--root", root)
    assert finished.returncode == 1
    assert problem in finished.stderr
    assert "Traceback" not in finished.stderr
    assert not (root / "site").exists()
