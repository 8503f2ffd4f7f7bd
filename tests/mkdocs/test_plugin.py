"""The plugin and the commands that build: what they refuse, what they say then, and what they leave alone.

Whatever is wrong with the input, the last good site stays as it was, byte for byte.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.site_tools import (
    ROOT,
    Site,
    built_once,
    copy_program,
    copy_root,
    differences,
    mkdocs_here,
    replace_in,
    run,
    snapshot,
    stuntbook_here,
)
from tests.support import SITES

Build = Callable[[Path], subprocess.CompletedProcess[str]]


def by_stuntbook(root: Path) -> subprocess.CompletedProcess[str]:
    return stuntbook_here("build", "--root", root)


def by_mkdocs(root: Path) -> subprocess.CompletedProcess[str]:
    return mkdocs_here("build", "--strict", cwd=root)


both_commands = pytest.mark.parametrize("build", [by_stuntbook, by_mkdocs])


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real root with its site, built by MkDocs itself."""
    return built_once(tmp_path_factory, "by-mkdocs", _build_by_mkdocs)


def _build_by_mkdocs(root: Path) -> None:
    finished = run("-m", "mkdocs", "build", "--strict", cwd=copy_root(root))
    assert finished.returncode == 0, finished.stderr


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small book with its site and a build script."""
    folder = shutil.copytree(SITES / "valid", tmp_path_factory.mktemp("small") / "book")
    shutil.copy2(ROOT / "build_site.py", folder)
    assert by_stuntbook(folder).returncode == 0
    return folder


@pytest.fixture
def root(book: Path, tmp_path: Path) -> Path:
    """A fresh copy of the small book with its site."""
    return shutil.copytree(book, tmp_path / "root")


def append(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def said(finished: subprocess.CompletedProcess[str]) -> str:
    """All that a command printed, after making sure that none of it is a traceback."""
    output = finished.stdout + finished.stderr
    assert "Traceback" not in output, output
    return output


def refused(root: Path, build: Build, *expected: str) -> str:
    """Builds what can't be built: it ends with exit code 1, says why, and leaves every file as it was."""
    before = snapshot(root)
    finished = build(root)
    output = said(finished)
    assert finished.returncode == 1, output
    for words in expected:
        assert words in output
    assert differences(before, snapshot(root)) == []
    return output


# --- Two ways to the same site


def test_mkdocs_and_stuntbook_build_the_same_files(built: Path, site: Site) -> None:
    assert differences(snapshot(built / "site"), site.files) == []


@both_commands
def test_a_build_says_nothing_about_problems_where_there_are_none(root: Path, build: Build) -> None:
    before = set(os.listdir(root))
    finished = build(root)
    assert set(os.listdir(root)) == before
    assert finished.returncode == 0
    assert "WARNING" not in said(finished)
    assert "error" not in finished.stderr.lower()


@both_commands
def test_a_build_replaces_the_whole_site(root: Path, build: Build) -> None:
    fresh = snapshot(root / "site")
    append(root, "site/stale/index.html", "left over")
    append(root, "site/index.html", "changed")
    assert build(root).returncode == 0
    assert differences(fresh, snapshot(root / "site")) == []


def test_the_build_script_knows_its_own_folder_and_builds_without_being_told(root: Path, tmp_path: Path) -> None:
    fresh = snapshot(root / "site")
    shutil.rmtree(root / "site")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert run(root / "build_site.py", cwd=elsewhere).returncode == 0
    assert snapshot(root / "site") == fresh
    assert list(elsewhere.iterdir()) == []


# --- Hand-written pages that lead to generated ones


def test_hand_written_pages_may_link_to_generated_ones(root: Path) -> None:
    append(
        root,
        "docs/by-hand.md",
        "\n\n[a stunt](stunts/lighthouse-jump/index.md) [its head](stunts/lighthouse-jump/index.md#top)\n",
    )
    finished = by_mkdocs(root)
    assert finished.returncode == 0, said(finished)
    page = (root / "site/by-hand/index.html").read_text(encoding="utf-8")
    assert '<a href="../stunts/lighthouse-jump/">a stunt</a>' in page
    assert '<a href="../stunts/lighthouse-jump/#top">its head</a>' in page


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("stunts/no-such-stunt/index.md", "stunts/no-such-stunt/index.md"),
        ("stunts/lighthouse-jump/index.md#no-such-part", "#no-such-part"),
        ("people/index.md#no-such-part", "#no-such-part"),
    ],
)
def test_a_link_that_leads_nowhere_fails_the_build(root: Path, link: str, message: str) -> None:
    append(root, "docs/by-hand.md", f"\n\n[broken]({link})\n")
    refused(root, by_stuntbook, "by-hand.md", message)
    finished = by_mkdocs(root)  # which tells it when the site is there
    assert finished.returncode == 1
    assert message in said(finished)
    assert "by-hand.md" in said(finished)


# --- Bad input leaves the site alone


@both_commands
@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("stunts/lighthouse-jump.md", "/stunts/lighthouse-jump/"),
        ("stunts/lighthouse-jump/index.md", "/stunts/lighthouse-jump/"),
        ("stunts/lighthouse-jump/README.md", "/stunts/lighthouse-jump/"),
        ("sources/tide-weekly.md", "/sources/tide-weekly/"),
        ("index.md", "/"),
        ("data/stuntbook.json", "/data/stuntbook.json"),
        ("stunts/lighthouse-jump/index.html", "/stunts/lighthouse-jump/"),
    ],
)
def test_a_file_at_a_generated_address_is_refused(root: Path, build: Build, page: str, address: str) -> None:
    append(root, f"docs/{page}", "# Mine\n")
    refused(root, build, f"docs/{page}:1:1: error[address-collision]", f"{address} is taken by")


@both_commands
def test_what_is_no_yaml_is_told(root: Path, build: Build) -> None:
    replace_in(root / "stunts.yaml", "films:", "films")
    refused(root, build, "stunts.yaml:", "error[yaml-syntax]", " | ", "help: ")


@both_commands
def test_all_problems_come_in_one_run_each_with_its_place(root: Path, build: Build) -> None:
    replace_in(root / "stunts.yaml", "value: 25000", "value: 26000")
    replace_in(root / "stunts.yaml", "at 120 mph", "at 130 mph")
    (root / "articles/Bad Name.md").write_text("no front matter", encoding="utf-8")
    output = refused(
        root, build, "error[number-not-cited]", "error[passage-not-found]", "error[bad-id]", " | ", "help: "
    )
    assert output.index("articles/Bad Name.md") < output.index("stunts.yaml:")


def test_a_warning_is_shown_and_fails_only_mkdocs_strict_build(root: Path) -> None:
    article = "---\ntitle: Nothing cites this\npublisher: Nobody\nurl: https://example.org/\n---\nNot a word.\n"
    append(root, "articles/uncited.md", article)
    finished, lenient, strict = by_stuntbook(root), mkdocs_here("build", cwd=root), by_mkdocs(root)
    assert "warning[uncited-article]" in said(finished)
    assert "articles/uncited.md" in said(lenient)
    assert [each.returncode for each in (finished, lenient, strict)] == [0, 0, 1]
    assert (root / "site/sources/uncited/index.html").is_file()


# --- Settings


@both_commands
@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("use_directory_urls: false\n", "use_directory_urls"),
        ("no_such_setting: [\n", "mkdocs.yml"),
        ("plugins: [stuntbook, no-such-plugin]\n", "no-such-plugin"),
        ("theme: no-such-theme\n", "no-such-theme"),
        ("plugins:\n  - search\n  - stuntbook:\n      speed: fast\n", "speed"),
    ],
)
def test_wrong_settings_are_told(root: Path, build: Build, settings: str, expected: str) -> None:
    append(root, "mkdocs.yml", f"\n{settings}")  # of a key that is there twice, the second counts
    refused(root, build, expected)


# --- Where the site goes


def built_into(root: Path, site_dir: Path) -> subprocess.CompletedProcess[str]:
    return stuntbook_here("build", "--root", root, "--site-dir", site_dir)


LINK = pytest.param("link", marks=pytest.mark.skipif(os.name == "nt", reason="Windows needs a privilege for links"))


@pytest.mark.parametrize("folder", [".", "..", "docs", "articles", "docs/site", "elsewhere", LINK])
def test_a_folder_that_holds_something_else_is_refused(root: Path, folder: str) -> None:
    append(root, "elsewhere/mine.txt", "kept")
    if folder == "link":
        (root / folder).symlink_to(root / "elsewhere", target_is_directory=True)
    before = snapshot(root.parent)
    finished = built_into(root, root / folder)
    assert finished.returncode == 1, said(finished)
    assert said(finished).strip()
    assert (root / "link").is_symlink() is (folder == "link")
    assert differences(before, snapshot(root.parent)) == []


def test_a_file_in_place_of_the_folder_is_refused(root: Path) -> None:
    append(root, "file", "kept")
    finished = built_into(root, root / "file")
    assert finished.returncode == 2, said(finished)
    assert (root / "file").read_text(encoding="utf-8") == "kept"


def test_a_foreign_folder_named_in_the_settings_is_refused(root: Path) -> None:
    append(root, "mkdocs.yml", "\nsite_dir: elsewhere\n")
    append(root, "elsewhere/mine.txt", "kept")
    refused(root, by_stuntbook, "elsewhere")


def test_an_empty_or_missing_folder_is_filled(root: Path) -> None:
    (root / "empty").mkdir()
    assert built_into(root, root / "empty").returncode == 0
    assert built_into(root, root / "missing/below").returncode == 0
    assert snapshot(root / "empty") == snapshot(root / "missing/below") == snapshot(root / "site")


# --- Templates


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_program(tmp_path_factory.mktemp("copied") / "program")


@pytest.fixture
def package(copied: Path) -> Iterator[Path]:
    """A folder with a copy of the program, whose templates can be broken."""
    yield copied
    for name in ("parallel.py", "pages/templates/agent.html", "pages/templates/stunt.html"):
        shutil.copy2(ROOT / "stuntbook" / name, copied / "stuntbook" / name)


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("{% if %}", "templates/stunt.html:1:1: error[template]"),
        ("\n\n{{ no_such_thing }}", "templates/stunt.html:3:1: error[template]"),
        ("\n{% import 'no-such-file.html' as x %}", "templates/stunt.html:2:1: error[template]"),
        ("{{ 'text' | no_such_filter }}", "templates/stunt.html:1:1: error[template]"),
    ],
)
def test_a_broken_template_is_told_with_its_place(root: Path, package: Path, broken: str, expected: str) -> None:
    _break_template(package, broken)
    refused(root, by_copy(package), expected)


def test_it_is_told_by_another_process_too(root: Path, package: Path) -> None:
    """Where pages are made by several processes, an exception comes back without its traceback."""
    module = package / "stuntbook/parallel.py"
    text, changed = re.subn(r"(?m)^WORTH = .*$", "WORTH = 0", module.read_text(encoding="utf-8"))
    text, left = re.subn(r"other\.cancel\(\)", "False", text)  # to the others, which else might find nothing to do
    assert (changed, left) == (1, 1)
    module.write_text(text, encoding="utf-8")
    _break_template(package, "\n\n{{ no_such_thing }}")
    refused(root, by_copy(package), "templates/stunt.html:3:1: error[template]")


def _break_template(package: Path, broken: str) -> None:
    """Put something before what a copy's template for stunts holds."""
    template = package / "stuntbook/pages/templates/stunt.html"
    template.write_text(broken + template.read_text(encoding="utf-8"), encoding="utf-8")


def by_copy(package: Path) -> Build:
    """Builds as a copy of the program does."""
    return lambda root: run(package / "build_site.py", "build", "--root", root, cwd=root)


def test_a_missing_template_is_told(root: Path, package: Path) -> None:
    (package / "stuntbook/pages/templates/agent.html").unlink()
    refused(root, by_copy(package), "error[template]", "agent.html")
