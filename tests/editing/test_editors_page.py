"""The settings of docs/editors.md, word for word: what an editor that follows them starts is the server."""

import json
import re
import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest

from tests.editing.language_client import Editor
from tests.editing.node_programs import find, installed
from tests.site_tools import ROOT
from tests.support import ARTICLE, BOOK, SITES, write_book

PAGE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)


def snippet(language: str) -> str:
    return str(next(text for name, text in SNIPPETS if name == language))


def answers(command: list[str], folder: Path) -> bool:
    """Whether what a command starts speaks with an editor about a book."""
    program = shutil.which(command[0])
    assert program
    write_book(folder, BOOK, weekly=ARTICLE)
    text = (folder / "stunts.yaml").read_text(encoding="utf-8")
    with Editor(folder, program, *command[1:]) as editor:
        return "**Canal** (film)" in editor.hover("stunts.yaml", text.replace("film: ca", "film: ca¦")) or bool(
            editor.problems("stunts.yaml", f"{text}    titel: x\n")
        )


def test_neovim_starts_the_server(tmp_path: Path) -> None:
    command = re.search(r"cmd = \{(.*?)\}", snippet("lua"))
    assert command
    assert answers(json.loads(f"[{command[1]}]"), tmp_path)
    assert 'root_markers = { "stunts.yaml" }' in snippet("lua")


def test_the_extension_starts_the_server(tmp_path: Path) -> None:
    folder = installed("vscode-extension", snippet("json"))
    (folder / json.loads(snippet("json"))["main"]).write_text(snippet("js"), encoding="utf-8")
    harness = Path(__file__).with_name("vscode_extension.js")
    finished = subprocess.run(
        [find("node"), harness, folder / "extension.js"], capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    asked = json.loads(finished.stdout)
    assert answers([asked["server"]["command"], *asked["server"]["args"]], tmp_path)
    patterns = [each["pattern"] for each in asked["client"]["documentSelector"]]
    files = (path.relative_to(SITES).as_posix() for path in (SITES / "valid").rglob("*") if path.is_file())
    chosen = {path for path in files if any(PurePosixPath(path).match(pattern) for pattern in patterns)}
    articles = {path.relative_to(SITES).as_posix() for path in (SITES / "valid" / "articles").glob("*.md")}
    assert chosen == {"valid/stunts.yaml", *articles}


def test_the_extension_has_the_setting_that_it_reads() -> None:
    package = json.loads(snippet("json"))
    assert package["contributes"]["configuration"]["properties"]["stuntbook.command"]["default"] == "stuntbook"
    assert 'getConfiguration("stuntbook").get("command")' in snippet("js")


@pytest.mark.parametrize("path", ["stunts.yaml", "stuntbook/editing/book/stunts.yaml"])
def test_the_first_line_of_a_book_names_the_schema(path: str) -> None:
    first, _, _ = (ROOT / path).read_text(encoding="utf-8").partition("\n")
    assert f"{first}\n" == snippet("yaml")
