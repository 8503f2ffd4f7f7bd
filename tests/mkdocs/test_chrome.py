"""Pages put together from parts are byte for byte what the theme's whole template gives."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.mkdocs.building import build_site
from stuntbook.mkdocs.chrome import Chrome
from tests.site_tools import ROOT, copy_root, parse, snapshot, text_of
from tests.support import SITES


def build(root: Path, folder: Path) -> dict[str, bytes]:
    build_site(root, folder, load_and_check(root, Report()))
    return snapshot(folder)


@pytest.mark.parametrize("root", [ROOT, SITES / "valid"], ids=["real", "valid"])
@pytest.mark.parametrize("published", ["", "https://stunts.example.org/book/"])
def test_every_page_is_what_the_whole_template_gives(
    root: Path, published: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", published)
    monkeypatch.setenv("REPO_URL", "https://example.org/owner/book" if published else "")
    parts = build(root, tmp_path / "parts")
    monkeypatch.setattr(Chrome, "around", Chrome.whole)
    whole = build(root, tmp_path / "whole")
    assert parts.keys() == whole.keys()
    assert [path for path in parts if parts[path] != whole[path]] == []


def test_markup_in_a_title_is_text_in_the_head(tmp_path: Path) -> None:
    knowledge = load_and_check(SITES / "valid", Report())
    page = parse(build(SITES / "valid", tmp_path / "site")["films/lantern-and-tide/index.html"].decode())
    title = knowledge.films["lantern-and-tide"].title
    assert "<b>" in title
    head = page.find("head")
    assert head is not None
    assert text_of(head.iterfind("title").__next__()) == f"{title} - A small book"
    properties = {meta.get("property"): meta.get("content") for meta in head.iterfind("meta")}
    assert properties["og:title"] == title


def test_an_editors_own_files_are_published_whatever_their_folder(tmp_path: Path) -> None:
    """Files of the theme that stand in folders of the same name are not."""
    root = shutil.copytree(SITES / "valid", tmp_path / "book")
    own = {"assets/javascripts/own.js": "// own", "assets/stylesheets/own.css": "p { color: red }"}
    for path, content in own.items():
        file = root / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    site = build(root, tmp_path / "site")
    folders = ("assets/javascripts/", "assets/stylesheets/")
    assert {path: content.decode() for path, content in site.items() if path.startswith(folders)} == own


def test_cards_outlive_a_build_that_draws_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_root(tmp_path / "book")
    monkeypatch.setenv("SITE_URL", "https://stunts.example.org/")
    assert any(path.startswith("assets/cards/") for path in build(root, tmp_path / "site"))
    kept = snapshot(root / ".cache/stuntbook/cards")
    monkeypatch.setenv("SITE_URL", "")
    assert not any(path.startswith("assets/cards/") for path in build(root, tmp_path / "site"))
    assert snapshot(root / ".cache/stuntbook/cards") == kept != {}
