"""The search's index, made of small folders of pages and read as the search reads it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from stuntbook.search_index import FOLDER, SearchIndexError, build_index
from tests.site_tools import snapshot

JUMP = """
<h1 id="top">HALO jump<a class="headerlink" href="#top">¶</a></h1>
<p>From very high up.</p>
<p data-pagefind-ignore>Breadcrumbs</p>
<ul><li id="claim-1" data-pagefind-index-attrs="data-carried" data-carried="≠">He jumped
  <a id="mark-1" data-pagefind-ignore>1</a></li></ul>
"""
FACETS = {"kind": ["Stunt"], "film": ["Fallout", "الفيلم"], "person": ["Ann", "Ben", "Cid"], "status": ["disputed"]}
FILES = {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind", "pagefind.en.pf_meta"}
"""What stands beside the folders of the index, without the hash in the last one's name."""


def write_page(
    site: Path, address: str, body: str, facets: Mapping[str, list[str]] | None = None, lang: str = "en"
) -> None:
    filters = "".join(
        f'<meta data-pagefind-filter="{name}[content]" content="{value}">'
        for name, values in (facets or {"kind": ["About"]}).items()
        for value in values
    )
    page = site / address / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    html = f'<!doctype html><html lang="{lang}"><head>{filters}</head><body><nav>Menu</nav>'
    page.write_text(f"{html}<main data-pagefind-body>{body}</main></body></html>", encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two pages."""
    site = tmp_path / "site"
    write_page(site, "stunts/halo-jump", JUMP, FACETS)
    write_page(site, "films", "<h1>Films</h1>")
    return site


def fragments(site: Path) -> dict[str, Any]:
    """What the index shows of each page, by its address."""
    files = (gzip.decompress(path.read_bytes()) for path in (site / FOLDER / "fragment").iterdir())
    pages = [json.loads(data.removeprefix(b"pagefind_dcd")) for data in files]
    return {page["url"]: page for page in pages}


def names(site: Path) -> set[str]:
    """The files beside the folders of the index, without hashes."""
    files = (path.name for path in (site / FOLDER).iterdir() if path.is_file())
    return {re.sub(r"_[0-9a-f]+(?=\.)", "", name) for name in files}


def test_every_page_is_found_by_its_address_words_and_facets(site: Path) -> None:
    build_index(site)
    found = fragments(site)
    assert set(found) == {"/stunts/halo-jump/", "/films/"}
    jump = found["/stunts/halo-jump/"]
    assert jump["meta"] == {"title": "HALO jump"}
    assert jump["filters"] == FACETS
    # The full stop after the heading is Pagefind's.
    assert jump["content"] == "HALO jump. From very high up. ≠ He jumped"


def test_a_statement_begins_where_its_anchor_is_with_the_mark_of_how_it_is_carried(site: Path) -> None:
    build_index(site)
    jump = fragments(site)["/stunts/halo-jump/"]
    words = jump["content"].split()
    places = [(anchor["id"], words[anchor["location"]]) for anchor in jump["anchors"]]
    assert places == [("top", "HALO"), ("claim-1", "≠")]


def test_only_what_the_search_loads_is_kept(site: Path) -> None:
    build_index(site)
    assert names(site) == FILES
    folders = {path.name for path in (site / FOLDER).iterdir() if path.is_dir()}
    assert folders == {"filter", "fragment", "index"}


def test_a_language_without_stems_keeps_the_program_for_it(tmp_path: Path) -> None:
    write_page(tmp_path, "films", "<h1>Films</h1>", lang="tlh")
    build_index(tmp_path)
    assert {"wasm.unknown.pagefind", "pagefind.tlh.pf_meta"} <= names(tmp_path)


def test_the_index_refers_to_the_files_that_are_there(site: Path) -> None:
    build_index(site)
    entry = json.loads((site / FOLDER / "pagefind-entry.json").read_bytes())
    assert (site / FOLDER / f"pagefind.{entry['languages']['en']['hash']}.pf_meta").is_file()
    assert len(list((site / FOLDER / "filter").iterdir())) == len(FACETS)


def test_the_same_pages_give_the_same_files(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two", "three", "four"):
        for number in range(12):
            facets = {f"facet-{each}": [f"{each}-{number % 5}", f"all-{each}"] for each in range(6)}
            write_page(
                tmp_path / name, f"stunts/{number}", f"<h1>Stunt {number}</h1><p>{'high up ' * number}</p>", facets
            )
        build_index(tmp_path / name)
        made.append(snapshot(tmp_path / name / FOLDER))
    assert made[1:] == made[:1] * 3


def test_a_new_index_takes_the_place_of_the_old_one(site: Path) -> None:
    build_index(site)
    old = snapshot(site / FOLDER)
    (site / "films" / "index.html").unlink()
    build_index(site)
    assert set(fragments(site)) == {"/stunts/halo-jump/"}
    write_page(site, "films", "<h1>Films</h1>")
    build_index(site)
    assert snapshot(site / FOLDER) == old


def test_settings_that_lie_about_change_nothing(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_index(site)
    plain = snapshot(site / FOLDER)
    monkeypatch.setenv("PAGEFIND_GLOB", "films/*.html")
    (tmp_path / "pagefind.yml").write_text("keep_index_url: true\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    build_index(site)
    assert snapshot(site / FOLDER) == plain


def test_a_folder_may_be_given_from_where_one_stands(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.parent)
    build_index(Path("site"))
    assert len(fragments(site)) == 2


def test_a_site_without_pages_is_told_in_pagefinds_words(tmp_path: Path) -> None:
    with pytest.raises(
        SearchIndexError, match=r"^the search index could not be made: .*did not contain any html files"
    ):
        build_index(tmp_path)


def test_a_failure_of_the_program_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = site.parent / "pagefind"
    program.write_text("#!/bin/sh\necho 'Error: no room' >&2\necho 'Error: no room' >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("stuntbook.search_index.get_executable", lambda: program)
    with pytest.raises(SearchIndexError, match=r"^the search index could not be made: Error: no room$"):
        build_index(site)
