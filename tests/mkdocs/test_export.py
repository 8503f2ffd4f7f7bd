"""The whole book as Markdown, which MkDocs builds without our plugin, and Zensical too: every link and anchor is there.

A weekly job installs Zensical; elsewhere its tests are skipped.
"""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from shutil import copytree, ignore_patterns
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from mkdocs.config import load_config

from stuntbook.data.files import exports
from stuntbook.knowledge.addresses import address_of, passage_anchor
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.site import Site
from stuntbook.pages.site_page import Publication
from tests.site_tools import ROOT, built_once, environment, mkdocs_here, parse, snapshot, stuntbook_here, text_of
from tests.support import SITES, edition_of

BASE = "http://site.test/"
ROOTS = {"valid": SITES / "valid", "knowledge": ROOT}


def export(root: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return stuntbook_here("export", "--root", root, "--markdown", folder)


def export_and_build(root: Path, folder: Path) -> None:
    finished = export(root, folder)
    assert finished.returncode == 0, finished.stderr
    built = mkdocs_here("build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr


@pytest.fixture(scope="session", params=ROOTS)
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="session")
def book(name: str, request: pytest.FixtureRequest) -> KnowledgeBase:
    found: KnowledgeBase = request.getfixturevalue(name)
    return found


@pytest.fixture(scope="session")
def exported(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a book as Markdown, with the site that MkDocs makes of it."""
    return built_once(tmp_path_factory, f"markdown-{name}", partial(export_and_build, ROOTS[name]))


class Built:
    """A site that another generator has made: its pages by address, read as browsers read them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = {path: content for path, content in snapshot(folder).items() if path.endswith("index.html")}
        self.pages = {path.removesuffix("index.html"): parse(content.decode()) for path, content in files.items()}
        self.ids = {address: {each.get("id") for each in page.iter()} for address, page in self.pages.items()}

    def lost(self) -> list[str]:
        """The links that lead to no page, or to no place on it."""
        found = []
        for address, page in self.pages.items():
            for href in filter(None, (each.get("href") for each in page.iter("a"))):
                target = urlsplit(urljoin(f"{BASE}{address}", href))
                path, anchor = unquote(target.path[1:]), unquote(target.fragment)
                if f"{target.scheme}://{target.netloc}/" == BASE and not self._has(path, anchor):
                    found.append(f"{address}: {href}")
        return found

    def _has(self, path: str, anchor: str) -> bool:
        return anchor in {"", *self.ids[path]} if path in self.pages else (self.folder / path).is_file()

    def check(self, book: KnowledgeBase) -> None:
        """That every page and statement is there, with the words on which it rests, and that every link leads on."""
        for source in book.sources.values():
            address = address_of(source.article)
            assert {passage_anchor(each.span) for each in book.cited[source.article.id]} <= self.ids[address]
        for record in book.records:
            shown = text_of(self.pages[address_of(record)])
            assert record.display_name in shown
            for statement in book.statements_of(record):
                assert statement.anchor in self.ids[address_of(record)]
                assert " ".join(statement.text.split()) in shown
                assert [each.text for each in statement.every_passage if " ".join(each.text.split()) not in shown] == []
        assert self.lost() == []


def test_mkdocs_builds_it_strictly_with_every_statement_and_link(exported: Path, book: KnowledgeBase) -> None:
    Built(exported / "site").check(book)


def test_zensical_builds_it_with_every_statement_and_link(exported: Path, book: KnowledgeBase, tmp_path: Path) -> None:
    pytest.importorskip("zensical")
    root = copytree(exported, tmp_path / "root", ignore=ignore_patterns("site"))
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    built = subprocess.run(command, cwd=root, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    Built(root / "site").check(book)


def test_it_has_every_page_but_those_of_the_search_and_the_history(exported: Path, book: KnowledgeBase) -> None:
    addresses = {entry.address for entry in Site(book, Publication()).entries if "/page/" not in entry.address}
    files = {path.removeprefix("docs/").removesuffix("index.md") for path in snapshot(exported) if path.endswith(".md")}
    assert addresses - files == {"search/"}


def test_it_has_what_is_written_by_hand_and_the_data_as_they_are(exported: Path, name: str) -> None:
    written, docs = snapshot(exported / "docs"), snapshot(ROOTS[name] / "docs")
    assert {path: written[path] for path in docs} == docs
    assert json.loads(written["data/stuntbook.json"])


def test_a_site_shows_the_same_markdown_beside_its_pages(exported: Path, book: KnowledgeBase) -> None:
    written = snapshot(exported / "docs")
    twins = {path: make() for path, make in exports(edition_of(book)).items() if path.endswith("/index.md")}
    assert twins
    assert {path: written[path] for path in twins} == twins


# --- What it says and refuses

SETTINGS = """
theme: {name: material, custom_dir: overrides, palette: {scheme: slate}}
repo_url: https://example.org/owner/book
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
extra: {stuntbook: {synonyms: [[jump, leap]]}, own: kept}
nav: [index.md, {Search: search/index.md}, {More: [by-hand.md, {Elsewhere: "https://example.org/"}]}]
"""


def test_the_settings_are_the_sites_own_without_ours(tmp_path: Path) -> None:
    root = copytree(SITES / "valid", tmp_path / "root")
    (root / "overrides").mkdir()
    (root / "mkdocs.yml").write_text(f"site_name: Small\nplugins: [stuntbook]\n{SETTINGS}", encoding="utf-8")
    finished = export(root, tmp_path / "to/markdown")
    assert "pages of Markdown into" in finished.stdout, finished.stderr
    written = (tmp_path / "to/markdown/mkdocs.yml").read_text(encoding="utf-8")
    assert 'theme: {"name": "material", "palette": {"scheme": "slate"}}\n' in written
    assert 'extra: {"own": "kept"}\n' in written
    assert 'nav: ["index.md", {"More": ["by-hand.md", {"Elsewhere": "https://example.org/"}]}]\n' in written
    config = load_config(str(tmp_path / "to/markdown/mkdocs.yml"))
    assert config.mdx_configs["pymdownx.emoji"]["emoji_index"].__name__ == "twemoji"
    assert [*config.plugins] == ["material/search"]


def test_a_folder_that_holds_something_is_refused_and_an_empty_one_is_filled(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "mine/kept.txt").write_text("kept", encoding="utf-8")
    finished = export(SITES / "valid", tmp_path / "mine")
    assert finished.returncode == 1
    assert "mine is no empty folder; choose another, or empty it" in finished.stderr
    assert export(SITES / "valid", tmp_path / "empty").returncode == 0
    assert (tmp_path / "empty/docs/index.md").is_file()
    assert sorted(snapshot(tmp_path / "mine")) == ["kept.txt"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["empty", "mine"]


def test_a_file_that_has_the_name_of_a_page_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    root = copytree(SITES / "valid", tmp_path / "root")
    (root / "docs/index.md").write_text("# Mine\n", encoding="utf-8")
    finished = export(root, tmp_path / "markdown")
    assert finished.returncode == 1
    assert "docs/index.md has the name of a file of the book" in finished.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["root"]


@pytest.mark.skipif(os.name == "nt", reason="Windows needs a privilege for links")
def test_what_a_build_would_refuse_is_not_copied(tmp_path: Path) -> None:
    root = copytree(SITES / "valid", tmp_path / "root")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "docs/link.txt").symlink_to(tmp_path / "secret.txt")
    finished = export(root, tmp_path / "markdown")
    assert finished.returncode == 1
    assert "docs/link.txt" in finished.stderr
    assert not (tmp_path / "markdown").exists()
