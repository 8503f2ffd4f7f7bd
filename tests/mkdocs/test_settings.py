"""What `mkdocs.yml` says of a book: where problems are reported, and the form in which that happens on GitHub."""

import html
import re
from pathlib import Path

import pytest
import yaml

from tests.site_tools import ROOT, add_settings, build, stuntbook_here
from tests.support import BOOK, write_book

GITHUB = "https://github.com/owner/book"
FORM = ROOT / ".github" / "ISSUE_TEMPLATE" / "report.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return add_settings(write_book(tmp_path / "book", BOOK, gazette="She jumped.\n"))


def set_report(root: Path, address: str) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"extra:\n  stuntbook:\n    report: {address}\n")


def told(root: Path, name: str) -> str | None:
    """What a page tells scripts."""
    build(root, root / "site")
    page = (root / "site/films/canal/index.html").read_text(encoding="utf-8")
    found = re.search(f'<meta name="stuntbook:{name}" content="([^"]*)">', page)
    return html.unescape(found[1]) if found else None


@pytest.mark.parametrize("repository", ["", "https://example.org/owner/book", "https://github.com.example.org/o/b"])
def test_where_no_address_is_known_there_is_none(root: Path, repository: str) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f'repo_url: "{repository}"\n')
    assert told(root, "report") is None


@pytest.mark.parametrize("address", [GITHUB, f"{GITHUB}/"])
def test_on_github_it_is_the_repositorys_form(root: Path, address: str) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"repo_url: {address}\nedit_uri: edit/main/docs/\n")
    filled_in = "template=report.yml&permalink={url}&statement={statement}"
    assert told(root, "report") == f"{GITHUB}/issues/new?{filled_in}"
    assert told(root, "repository") == f"{GITHUB}/blob/main/"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/report?page={url}&text={statement}",
        "mailto:editors@example.org?body={url}&subject=Wrong",
    ],
)
def test_another_address_takes_its_place(root: Path, address: str) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"repo_url: {GITHUB}\n")
    set_report(root, f'"{address}"')
    assert told(root, "report") == address


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ('"example.org/{url}"', "expected an address that begins with https: or mailto:"),
        ('"javascript:alert({url})"', "expected an address that begins with https: or mailto:"),
        ("[1, 2]", "expected an address that begins with https: or mailto:"),
        ('"https://example.org/report"', "without {url}, a report does not say which page it is about"),
        ('"https://example.org/{page}/{url}"', "{page} stands for nothing; there are {url} and {statement}"),
        ('"https://example.org/{url"', "{url stands for nothing; there are {url} and {statement}"),
    ],
)
def test_a_wrong_address_is_refused(root: Path, address: str, problem: str) -> None:
    set_report(root, address)
    finished = stuntbook_here("build", "--root", root)
    assert finished.returncode == 1
    assert f": {problem}\n" in finished.stderr
    assert "mkdocs.yml: extra.stuntbook.report is " in finished.stderr
    assert "Traceback" not in finished.stderr
    assert not (root / "site").exists()


def test_the_form_on_github() -> None:
    """https://docs.github.com/en/communities/using-templates/syntax-for-githubs-form-schema"""
    form = yaml.safe_load(FORM.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= set(form) <= {"name", "description", "title", "labels", "body"}
    fields = {each["id"]: each for each in form["body"]}
    assert set(fields) == {"permalink", "statement", "problem", "source"}, "what an address fills in goes by these"
    for each in fields.values():
        assert each["type"] in ("input", "textarea")
        assert set(each) <= {"type", "id", "attributes", "validations"}
        assert each["attributes"]["label"]
    assert len({each["attributes"]["label"] for each in fields.values()}) == len(fields)
