"""The guide's commands and YAML, run word for word as a new editor would."""

import re
import shlex
from contextlib import chdir
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from stuntbook.check import load_and_check
from stuntbook.cli import main
from stuntbook.diagnostics import Report
from stuntbook.editing.suggesting import LEFT_TO_DO
from tests.site_tools import mkdocs_here, snapshot
from tests.support import ROOT

SAVED = (Path(__file__).parent / "suggested" / "gazette-tram-jump.md").read_text(encoding="utf-8")
SERVING = ["stuntbook", "serve"]
"""It runs until it is ended: its own tests are others'."""


def commands(page: str) -> list[list[str]]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [shlex.split(line.removeprefix("$ ")) for block in blocks for line in block.splitlines()]


def saved_page() -> str:
    """The page of the made-up article, as a browser saves it."""
    _, front, body = SAVED.split("---\n", 2)
    known = yaml.safe_load(front)
    head = f'<title>{escape(known["title"])}</title><meta name="author" content="{known["author"]}">'
    paragraphs = "".join(f"<p>{escape(each, quote=False)}</p>" for each in body.strip().split("\n\n"))
    return f'<html lang="en"><head>{head}</head><body><article><h1>x</h1>{paragraphs}</article></body></html>'


def run(command: list[str], folder: Path) -> Result:
    program, *arguments = command
    assert program == "stuntbook"
    with chdir(folder):
        return CliRunner().invoke(main, arguments)


def reword(book: Path) -> None:
    """What a person does with what was suggested: tells it as the guide does, and takes out the rest."""
    example, *_ = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "start.md").read_text(encoding="utf-8"), re.DOTALL)
    told = yaml.safe_load(book.read_text(encoding="utf-8"))
    for identifier, record in yaml.safe_load(example)["stunts"].items():
        suggested = told["stunts"][identifier]
        kept = {key: suggested[key] for key in ("measures", "quotes")}
        told["stunts"][identifier] = {**kept, **record}
    book.write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8")


@dataclass(frozen=True)
class Followed:
    """The guide, followed to its end."""

    folder: Path
    results: dict[str, Result]
    """What each command did."""
    left: Report
    """What `check` says after `suggest`."""


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    folder, results, left = tmp_path_factory.mktemp("guide"), {}, Report()
    for command in commands("start.md"):
        if command[0] == "cd":
            folder /= command[1]
            (folder / "tram.html").write_text(saved_page(), encoding="utf-8")
        elif command != SERVING:
            results[command[1]] = run(command, folder)
        if command[1] == "suggest":
            load_and_check(folder, left)
            reword(folder / "stunts.yaml")
    return Followed(folder, results, left)


def test_the_guide_leads_from_nothing_to_a_site(followed: Followed) -> None:
    results = followed.results
    assert list(results) == ["init", "check", "add-article", "suggest", "rename", "build"]
    assert {name: result.exit_code for name, result in results.items()} == dict.fromkeys(results, 0)
    assert "No problems." in results["check"].stdout
    assert "Not found: date of publication." in results["add-article"].stdout
    page = (followed.folder / "site" / "stunts" / "harbour-tram" / "index.html").read_text(encoding="utf-8")
    assert "needed eight months to prepare the jump" in page


def test_what_the_guide_says_is_left_to_do_is_what_check_says(followed: Followed) -> None:
    codes = {each.code for each in followed.left}
    assert codes == {"not-reworded"}
    named = set(re.findall(r"\*\*`([a-z-]+)`\*\*", (ROOT / "docs" / "start.md").read_text(encoding="utf-8")))
    assert named == LEFT_TO_DO >= codes


def test_what_is_shown_to_a_person_is_what_was_suggested(followed: Followed) -> None:
    """The sentence of which the guide shows what it may become stands in the suggestion."""
    (cited,) = re.findall(r'cite: \{tram: "(.+)"\}', (ROOT / "docs" / "start.md").read_text(encoding="utf-8"))
    assert f'+          cite: {{tram: "{cited}"}}\n' in followed.results["suggest"].stdout


def test_the_commands_of_the_reference_do_what_it_says(tmp_path: Path) -> None:
    assert run(["stuntbook", "init", "book"], tmp_path).exit_code == 0
    book = tmp_path / "book"
    (book / "page.html").write_text(saved_page(), encoding="utf-8")
    begun = (book / "stunts.yaml").read_text(encoding="utf-8")
    for command in commands("commands.md"):
        result = run(command, book)
        assert result.exit_code == 0, (command, result.output)
        if command[1:] == ["suggest", "gazette-page", "--write"]:
            assert "+  gazette-page-stunt:\n" in result.stdout
            (book / "stunts.yaml").write_text(begun, encoding="utf-8")  # it is nobody's sentence yet
    assert "  korven-drop:\n" in (book / "stunts.yaml").read_text(encoding="utf-8")


def test_the_book_to_begin_with_is_in_order(tmp_path: Path) -> None:
    assert run(["stuntbook", "init", "book"], tmp_path).exit_code == 0
    report = Report()
    knowledge = load_and_check(tmp_path / "book", report)
    assert report.render() == ""
    assert all(source.article.digest for source in knowledge.sources.values())
    assert (tmp_path / "book" / ".stuntbook" / "schema.json").is_file()
    assert {".github", ".gitignore", ".vscode"} <= {path.name for path in (tmp_path / "book").iterdir()}
    assert mkdocs_here("build", "--strict", cwd=tmp_path / "book").returncode == 0


def test_the_book_is_put_into_an_empty_folder_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["stuntbook", "init", "empty"], tmp_path).exit_code == 0
    before = snapshot(tmp_path)
    (tmp_path / "file").touch()
    for folder in ("empty", ".", "file"):
        result = run(["stuntbook", "init", folder], tmp_path)
        assert (result.exit_code, "is not an empty folder" in result.stderr) == (1, True)
    assert snapshot(tmp_path) == {**before, "file": b""}
