"""The commands: what they print, where, and with which exit code."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stuntbook.cli import main
from stuntbook.data.files import OFF, exports
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.layout import NEEDED, SCHEMA_FILE
from stuntbook.pages.site import Site
from stuntbook.pages.site_page import Publication
from tests.site_tools import add_settings
from tests.site_tools import run as run_python
from tests.support import BOOK, ROOT, SITES, edition_of, indented, write_book

VALID = str(SITES / "valid")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_check_prints_what_there_is() -> None:
    result = run("check", "--root", VALID)
    assert result.exit_code == 0
    counts = r"2 films, 3 stunts, 3 people, 1 organisation, 3 articles; \d+ statements, \d+ citations"
    assert re.fullmatch(rf"{counts} found word for word\.\nNo problems.\n", result.stdout)
    assert result.stderr == ""


@pytest.mark.parametrize("command", ["check", "build"])
def test_problems_go_to_stderr_and_end_with_1(command: str, tmp_path: Path) -> None:
    result = run(command, "--root", write_book(tmp_path, BOOK + indented("titel: x"), weekly="x"))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("stunts.yaml:13:5: error[unknown-key]: ")
    assert result.stderr.endswith("\n\n1 error.\n")


def test_warnings_are_printed_and_pass(tmp_path: Path) -> None:
    result = run("check", "--root", write_book(tmp_path, BOOK, weekly="x"))
    assert result.exit_code == 0
    assert "warning[uncited-article]" in result.stderr
    assert result.stderr.endswith("\n\n3 warnings.\n")
    assert "No problems." not in result.stdout


def test_check_writes_nothing_but_what_editors_complete_from(tmp_path: Path) -> None:
    root = write_book(tmp_path, BOOK, weekly="x")
    before = sorted(root.rglob("*"))
    run("check", "--root", root)
    assert sorted(path for path in root.rglob("*") if ".stuntbook" not in path.parts) == before


@pytest.mark.parametrize("arguments", [(), ("--format", "json"), ("--format", "github"), ("--quiet",)])
def test_a_book_that_was_in_order_is_not_checked_again(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = shutil.copytree(VALID, tmp_path / "book")
    first = run("check", "--root", root, *arguments)
    with monkeypatch.context() as patched:
        patched.setattr("stuntbook.data.schema_file.check_for_editors", None)
        second = run("check", "--root", root, *arguments)
        assert (second.exit_code, second.stdout, second.stderr) == (0, first.stdout, first.stderr)
        assert isinstance(run("check", "--root", root, "--fresh", *arguments).exception, TypeError)
    schema = (root / SCHEMA_FILE).read_bytes()
    for spoil in (Path.unlink, lambda file: file.write_text("{}", encoding="utf-8")):
        spoil(root / SCHEMA_FILE)
        assert run("check", "--root", root, *arguments).stdout == first.stdout
        assert (root / SCHEMA_FILE).read_bytes() == schema, "editors complete from it"
    for path in (root / "stunts.yaml", sorted((root / "articles").iterdir())[0], root / "articles/new.md"):
        before = path.read_bytes() if path.exists() else None
        path.write_bytes((before or b"").replace(b": ", b":: ", 3))
        assert run("check", "--root", root, *arguments).exit_code == 1, path
        path.write_bytes(before) if before is not None else path.unlink()
        assert run("check", "--root", root, *arguments).exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_a_link_in_place_of_an_article_is_told_of_in_ci(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = shutil.copytree(VALID, tmp_path / "book")
    monkeypatch.setenv("CI", "true")
    assert "warning[link]" not in run("check", "--root", root).stderr
    article = sorted((root / "articles").iterdir())[0]
    article.rename(tmp_path / "elsewhere.md")
    article.symlink_to(tmp_path / "elsewhere.md")
    assert "warning[link]" in run("check", "--root", root).stderr


def test_build_says_where_the_site_is(tmp_path: Path) -> None:
    target = tmp_path / "site"
    result = run("build", "--root", VALID, "--site-dir", target)
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.search(rf"^Built {re.escape(str(target))}/ in \d+\.\d s\.$", result.stdout, re.MULTILINE)
    assert (target / "by-hand/index.html").is_file()


def test_quiet_tells_nothing_but_problems(tmp_path: Path) -> None:
    assert run("check", "--root", VALID, "--quiet").output == ""
    assert run("build", "--root", VALID, "--quiet", "--site-dir", tmp_path / "site").output == ""
    wrong = write_book(tmp_path / "wrong", BOOK + indented("titel: x"), weekly="x")
    assert "error[unknown-key]" in run("check", "--root", wrong, "--quiet").stderr


def test_verbose_names_the_stages_in_their_order(tmp_path: Path) -> None:
    result = run("build", "--root", VALID, "--verbose", "--site-dir", tmp_path / "site")
    assert [re.sub(r" \(\d+\)$", "", line) for line in result.stderr.splitlines()] == [
        "Reading the files",
        "Finding the citations",
        "Applying the rules",
        "Building with MkDocs",
        "Making pages and data",
        "Indexing for the search",
    ]


def test_profile_shows_where_the_time_went(valid: KnowledgeBase, tmp_path: Path) -> None:
    result = run("build", "--root", VALID, "--profile", "--site-dir", tmp_path / "site")
    lines = [re.fullmatch(r" *\d+\.\d\d s +(\d+)%  (.+?) *(\d*)", line) for line in result.stderr.splitlines()]
    found = {line[2]: (int(line[1]), line[3]) for line in lines if line}
    assert len(found) == len(lines) == 6
    assert 96 <= sum(share for share, _ in found.values()) <= 104
    assert found["Making pages and data"][1] == str(
        len(exports(replace(edition_of(valid, address=""), without=OFF))) + len(Site(valid, Publication()).entries)
    )


def _chunks(terminal: int) -> Iterator[bytes]:
    """What comes from a pseudo-terminal, until its other side is closed; Linux then tells of an error."""
    with suppress(OSError):
        while chunk := os.read(terminal, 4096):
            yield chunk


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_a_terminal_shows_what_is_being_done_and_is_left_clean(tmp_path: Path) -> None:
    """The line of the moment is written over, and taken away at the end; without a terminal there is none."""
    import pty  # noqa: PLC0415 - POSIX alone has it

    program = "from stuntbook import cli, terminal; terminal.PATIENCE = terminal.REFRESH = 0; cli.main()"
    command = [sys.executable, "-c", program, "build", "--root", VALID, "--site-dir", str(tmp_path / "site")]
    master, slave = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave, text=True) as process:
        os.close(slave)
        shown = b"".join(_chunks(master)).decode()
        stdout, _ = process.communicate(timeout=60)
    os.close(master)
    lines = shown.split("\r\x1b[K")
    assert "Reading the files" in lines
    assert any(re.fullmatch(r"Making pages and data: \d+ of \d+, \d+ s left", line) for line in lines)
    assert lines[-1] == ""
    assert process.returncode == 0
    assert stdout.splitlines()[-1].startswith("Built ")


def test_a_site_shows_what_is_silenced_on_a_record(tmp_path: Path) -> None:
    lines = "note: It took 3 days.\nsilence: {number-in-text: Counted by hand.}"
    root = add_settings(write_book(tmp_path / "book", BOOK + indented(lines), weekly="x"))
    result = run("build", "--root", root, "--site-dir", tmp_path / "site")
    assert result.exit_code == 0, result.stderr
    assert "Counted by hand." in (tmp_path / "site" / "evidence" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["build", "check", "coverage", "serve"])
def test_a_folder_without_a_knowledge_base_is_told_what_it_needs(command: str, tmp_path: Path) -> None:
    result = run(command, "--root", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert NEEDED in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_what_is_said_to_be_needed_is_enough(tmp_path: Path) -> None:
    root = write_book(tmp_path, BOOK, weekly="x")
    assert f"there is no mkdocs.yml in {root.resolve()}" in run("build", "--root", root).stderr
    lines = re.findall(r"(?:site_name|theme|plugins): (?:{.*?}|\[.*?\]|[^,]+)", NEEDED)
    (root / "mkdocs.yml").write_text("\n".join(lines), encoding="utf-8")
    (root / "docs").mkdir()
    assert run("build", "--root", root).exit_code == 0
    assert (root / "site" / "stunts" / "canal-jump" / "index.html").is_file()


@pytest.mark.parametrize(
    "arguments",
    ["frobnicate", "check --root no/such/folder", "check --frobnicate", "check extra", "--frobnicate", "build --root"],
)
def test_wrong_usage_ends_with_2(arguments: str) -> None:
    result = run(*arguments.split())
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert result.stdout == ""


def test_a_character_that_the_output_cannot_show_is_told_by_its_number(tmp_path: Path) -> None:
    root = write_book(tmp_path, BOOK, weekly="Ida Łan jumped into the canal.")
    as_on_windows = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}
    result = run_python("-m", "stuntbook", "coverage", "--root", root, cwd=ROOT, **as_on_windows)
    assert result.returncode == 0, result.stderr
    assert "not used: Ida \\u0141an jumped into the canal." in result.stdout


@pytest.mark.parametrize("command", [["-m", "stuntbook"], ["build_site.py"]])
def test_the_version_is_told(command: list[str]) -> None:
    assert run_python(*command, "--version", cwd=ROOT).stdout == f"stuntbook {version('stuntbook')}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["build", "--help"], ["serve", "--help"]])
def test_help(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


def test_a_folder_that_cannot_be_made_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    result = run("build", "--root", SITES / "valid", "--site-dir", tmp_path / "file" / "site")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
    assert isinstance(result.exception, SystemExit)


@pytest.mark.skipif(os.name == "nt", reason="on Windows two servers can share an address")
def test_an_address_that_is_taken_is_told_plainly(tmp_path: Path) -> None:
    shutil.copytree(SITES / "valid", tmp_path / "book")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        config = tmp_path / "book" / "mkdocs.yml"
        address = f"\ndev_addr: 127.0.0.1:{taken.getsockname()[1]}\n"
        config.write_text(config.read_text(encoding="utf-8") + address, encoding="utf-8")
        result = run("serve", "--root", tmp_path / "book")
    assert result.exit_code == 1
    assert "ddress already in use" in result.stderr
    assert isinstance(result.exception, SystemExit)
