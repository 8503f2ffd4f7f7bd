"""What the tests of whole sites share: copies of the real knowledge base, commands run as a user runs them, and
HTML pages read with the parser that browsers follow.
"""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import chdir
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NoReturn
from unittest.mock import patch
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import click
import html5lib
import pytest
from click.testing import CliRunner
from filelock import FileLock
from mkdocs.__main__ import cli as mkdocs_cli
from mkdocs.config.defaults import MkDocsConfig

from stuntbook.cli import main
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement

ROOT = Path(__file__).parent.parent
INPUTS = ("articles", "build_site.py", "docs", "mkdocs.yml", "stunts.yaml")
OUTSIDE_SETTINGS = ("SITE_URL", "REPO_URL", "SOURCE_DATE_EPOCH")
"""The environment's variables that change a site."""
HOST = "http://site.test"
"""Where the tests pretend that a site without an address of its own is published."""
SITE_URL = "https://example.org/book/"
REPO_URL = "https://example.org/owner/book"
PUBLISHED = {"SITE_URL": SITE_URL, "REPO_URL": REPO_URL}
"""What the environment tells a site that has an address of its own."""


def built_once(tmp_path_factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """A folder that `build` has filled, once per run of the tests, whichever of pytest-xdist's workers asks first.

    `build` gets an empty folder. Where it fails, the next worker that asks tries anew. Nobody may write to the folder.
    """
    base = tmp_path_factory.getbasetemp()  # with pytest-xdist, a worker's own folder within that of the run
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "built-once" / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    done = folder.with_name(f"{name}.done")
    with FileLock(folder.with_name(f"{name}.lock")):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            build(folder)
            done.touch()
    return folder


def copy_root(target: Path) -> Path:
    """A copy of the real knowledge base's folder, without a site."""
    for name in INPUTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def environment(**variables: str) -> dict[str, str]:
    """The environment of a command, without what the machine's own would change of a site."""
    kept = {name: value for name, value in os.environ.items() if name not in OUTSIDE_SETTINGS}
    return {**kept, "NO_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1", **variables}


def run(*command: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a Python command in a folder, and return what it printed and its exit code."""
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=cwd,
        env=environment(**variables),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def stuntbook_here(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command in this process, which saves the time to start one. Raises what it fails to catch."""
    return _run_here(main, arguments, variables)


def mkdocs_here(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """MkDocs' own command in a folder, but in this process. Raises what it fails to catch."""
    # The command adds a handler that it does not remove in time, and a message comes once per process.
    logger, once = logging.getLogger("mkdocs"), logging.getLogger("mkdocs.commands.build")
    keeping = patch.multiple(logger, handlers=[], level=logger.level, propagate=logger.propagate)
    with chdir(cwd), keeping, patch.object(once, "filters", []):
        return _run_here(mkdocs_cli, arguments, {})


def _run_here(
    command: click.Command, arguments: Iterable[str | Path], variables: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    vars(MkDocsConfig)["plugins"].plugin_cache.clear()  # a process of its own begins without
    runner = CliRunner(env={**dict.fromkeys(OUTSIDE_SETTINGS), "NO_MKDOCS_2_WARNING": "true", **variables})
    result = runner.invoke(command, [*map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return subprocess.CompletedProcess([], result.exit_code, result.stdout, result.stderr)


def missing(reason: str) -> NoReturn:
    """Skip a test for which a tool is missing; fail in CI, where nobody would notice that."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a folder: its path within the folder, and its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files)}


def differences(left: Mapping[str, bytes], right: Mapping[str, bytes]) -> list[str]:
    """The paths of the files that are not the same in two snapshots."""
    return sorted(path for path in left.keys() | right.keys() if left.get(path) != right.get(path))


def parse(html: str, *, strict: bool = False) -> Element:
    """The HTML document as browsers read it. Strict: raises html5lib's ParseError for anything that is not HTML."""
    tree: Element = html5lib.HTMLParser(strict=strict, namespaceHTMLElements=False).parse(html)
    return tree


def text_of(element: Element) -> str:
    """The words of an element, each run of white space as one space."""
    return " ".join("".join(element.itertext()).split())


def text_without(element: Element, *names: str) -> str:
    """The words of an element, but for those of the elements in it that have one of the classes."""
    pieces = [element.text or ""]
    for child in element:
        pieces += [] if set(names) & set(child.get("class", "").split()) else [text_without(child, *names)]
        pieces.append(child.tail or "")
    return "".join(pieces)


@dataclass(frozen=True)
class Document:
    """One HTML file of a site, seen from the address at which a browser shows it."""

    path: str
    """Within the site's folder."""
    url: str
    """The full address."""
    html: str

    @cached_property
    def tree(self) -> Element:
        """Raises html5lib's ParseError for anything that is not HTML."""
        return parse(self.html, strict=True)

    @cached_property
    def article(self) -> Element:
        """What the page itself says, without the theme's frame."""
        element = self.tree.find(".//article")
        assert element is not None, f"{self.path} has no <article>"
        return element

    @cached_property
    def ids(self) -> list[str]:
        return [id_ for element in self.tree.iter() if (id_ := element.get("id")) is not None]

    def links(self, *, inside: Element | None = None) -> Iterator[str]:
        """The full addresses of what the elements of the page, or of a part of it, lead to."""
        for element in (self.tree if inside is None else inside).iter("a"):
            if (href := element.get("href")) is not None:
                yield urljoin(self.url, href)


@dataclass(frozen=True)
class Site:
    """A built site."""

    folder: Path
    base: str
    """The address of its home page, with a slash at the end."""

    @cached_property
    def files(self) -> dict[str, bytes]:
        return snapshot(self.folder)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """All HTML files by path, the page for unknown addresses among them, but for those that lead to another."""
        return {
            path: Document(path, self._url(path), content.decode("utf-8"))
            for path, content in self.files.items()
            if path.endswith(".html") and b'http-equiv="refresh"' not in content
        }

    @cached_property
    def pages(self) -> dict[str, Document]:
        """The pages by address within the site, such as `stunts/halo-jump/`; the home page's is empty."""
        return {
            path.removesuffix("index.html"): document for path, document in self.documents.items() if path != "404.html"
        }

    def _url(self, path: str) -> str:
        # A server shows the page for unknown addresses at any of them.
        return f"{self.base}{'no/such/page/' if path == '404.html' else path.removesuffix('index.html')}"


def build(root: Path, folder: Path, **variables: str) -> None:
    """Build the site of a knowledge base into a folder."""
    finished = stuntbook_here("build", "--root", root, "--site-dir", folder, **variables)
    assert finished.returncode == 0, finished.stderr


def excerpted(knowledge: KnowledgeBase) -> list[str]:
    """The articles of which only what is cited may be published."""
    return [id_ for id_, source in knowledge.sources.items() if source.article.rights == "excerpts"]


def with_class(element: Element, tag: str, name: str) -> list[Element]:
    """The elements of a tag and a class within an element."""
    return [each for each in element.iter(tag) if name in each.get("class", "").split()]


def statement_url(site: Site, knowledge: KnowledgeBase, statement: Statement) -> str:
    """Where a statement has its permanent place."""
    return f"{site.base}{address_of(knowledge.record(statement.record))}#{statement.anchor}"


def replace_in(path: Path, old: str, new: str) -> None:
    """Replace words that a file must hold, once."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def copy_program(folder: Path) -> Path:
    """A copy of the program in a new folder, in which it can be changed."""
    shutil.copytree(ROOT / "stuntbook", folder / "stuntbook", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "build_site.py", folder)
    return folder


def add_settings(root: Path) -> Path:
    """Give a knowledge base's folder what a site needs beside."""
    (root / "docs").mkdir()
    settings = "site_name: A small book\ntheme: {name: material, font: false}\nplugins: [stuntbook]\n"
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return root
