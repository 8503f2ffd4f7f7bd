"""The search's index, made of small folders of pages and read as the search reads it."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.mkdocs.building import build_site
from stuntbook.publish.search_index import FOLDER, SearchIndexError, search_index
from tests.site_tools import ROOT, snapshot
from tests.support import SITES

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


def index(site: Path) -> None:
    """Make the index of a site's pages as they are."""
    with search_index(site) as made:
        made.build()


def fragments(site: Path) -> dict[str, Any]:
    """What the index shows of each page, by its address."""
    files = (gzip.decompress(path.read_bytes()) for path in (site / FOLDER / "fragment").rglob("*.pf_fragment"))
    pages = [json.loads(data.removeprefix(b"pagefind_dcd")) for data in files]
    return {page["url"]: page for page in pages}


def names(site: Path) -> set[str]:
    """The files beside the folders of the index, without hashes."""
    files = (path.name for path in (site / FOLDER).iterdir() if path.is_file())
    return {re.sub(r"_[0-9a-f]+(?=\.)", "", name) for name in files}


def test_every_page_is_found_by_its_address_words_and_facets(site: Path) -> None:
    index(site)
    found = fragments(site)
    assert set(found) == {"/stunts/halo-jump/", "/films/"}
    jump = found["/stunts/halo-jump/"]
    assert jump["meta"] == {"title": "HALO jump"}
    assert jump["filters"] == FACETS
    # The full stop after the heading is Pagefind's.
    assert jump["content"] == "HALO jump. From very high up. ≠ He jumped"


def test_a_statement_begins_where_its_anchor_is_with_the_mark_of_how_it_is_carried(site: Path) -> None:
    index(site)
    jump = fragments(site)["/stunts/halo-jump/"]
    words = jump["content"].split()
    places = [(anchor["id"], words[anchor["location"]]) for anchor in jump["anchors"]]
    assert places == [("top", "HALO"), ("claim-1", "≠")]


def test_only_what_the_search_loads_is_kept(site: Path) -> None:
    index(site)
    assert names(site) == FILES
    folders = {path.name for path in (site / FOLDER).iterdir() if path.is_dir()}
    assert folders == {"filter", "fragment", "index"}


def test_a_language_without_stems_keeps_the_program_for_it(tmp_path: Path) -> None:
    write_page(tmp_path, "films", "<h1>Films</h1>", lang="tlh")
    index(tmp_path)
    assert {"wasm.unknown.pagefind", "pagefind.tlh.pf_meta"} <= names(tmp_path)


def test_the_index_refers_to_the_files_that_are_there(site: Path) -> None:
    index(site)
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
        index(tmp_path / name)
        made.append(snapshot(tmp_path / name / FOLDER))
    assert made[1:] == made[:1] * 3


def test_a_new_index_takes_the_place_of_the_old_one(site: Path) -> None:
    index(site)
    old = snapshot(site / FOLDER)
    (site / "films" / "index.html").unlink()
    index(site)
    assert set(fragments(site)) == {"/stunts/halo-jump/"}
    write_page(site, "films", "<h1>Films</h1>")
    index(site)
    assert snapshot(site / FOLDER) == old


def test_settings_that_lie_about_change_nothing(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index(site)
    plain = snapshot(site / FOLDER)
    monkeypatch.setenv("PAGEFIND_GLOB", "films/*.html")
    (tmp_path / "pagefind.yml").write_text("keep_index_url: true\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    index(site)
    assert snapshot(site / FOLDER) == plain


def test_a_folder_may_be_given_from_where_one_stands(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.parent)
    index(Path("site"))
    assert len(fragments(site)) == 2


def test_a_site_without_words_is_told(tmp_path: Path) -> None:
    (tmp_path / "bare.html").write_text("<html><body><p>No words of the book</p></body></html>", encoding="utf-8")
    with pytest.raises(SearchIndexError, match=r"^the search index could not be made: no page of the site has words"):
        index(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows runs no shell scripts")
def test_a_failure_of_the_program_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = site.parent / "pagefind"
    program.write_text("#!/bin/sh\necho 'Error: no room' >&2\necho 'Error: no room' >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("stuntbook.publish.pagefind.get_executable", lambda: program)
    with pytest.raises(SearchIndexError, match=r"^the search index could not be made: Error: no room$"):
        index(site)


def found_in(index: Path) -> tuple[dict[str, Any], set[bytes]]:
    """What an index shows of each page, and which words it holds; without the words of anchors, which we don't use."""
    pages = {}
    for path in (index / "fragment").rglob("*.pf_fragment"):
        page = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        pages[page["url"]] = {**page, "anchors": [{**anchor, "text": ""} for anchor in page["anchors"]]}
    return pages, {path.read_bytes() for path in (index / "index").iterdir()}


def assert_cut_down_alike(site: Path) -> None:
    """The index of a site is what Pagefind makes of its whole pages."""
    index(site)
    ours = found_in(site / FOLDER)
    pages = sorted(site.rglob("*.html"))
    with search_index(site) as made:
        for page in pages:
            made.add(page.relative_to(site).as_posix(), page.read_text("utf-8"))
        made.build()
    assert ours == found_in(site / FOLDER)
    assert all(ours)


def page_around(body: str) -> str:
    """A page with what the search does not read around its words."""
    facet = '<meta data-pagefind-filter="kind[content]" content="Stunt">'
    head = f'<head><meta charset="utf-8"><title>A &amp; B</title>{facet}</head>'
    menu = '<header><a href="/" title="Home">Menu</a></header>'
    main = f'<main class="m">{body}</main><footer>End</footer>'
    return f'<!doctype html>\n<html lang="en" class="no-js">{head}<body>{menu}{main}</body></html>'


SPECIAL = {
    "tags": '<h1 id="top">Up</h1><p class="a" title="x &gt; y">high <a href="/" rel="external">up</a></p>',
    "ignored": '<p>In <span class="e" data-pagefind-ignore>out <span>out</span></span> in</p>',
    "ignored-deep": f"<p>In</p><div data-pagefind-ignore>{'<div>out ' * 5}{'</div>' * 5}</div><p>in</p>",
    "ignored-facet": '<p>In</p><p data-pagefind-ignore><b data-pagefind-meta="m">out</b></p>',
    "told-of": "<p>Write <code>a data-pagefind-ignore b</code> there.</p>",
    "unclosed": "<p data-pagefind-ignore>out<p>In",
    "raw": '<p title="a > b" data-pagefind-ignore>out</p><img alt="1 > 0" src="a.png"><p>in</p>',
    "weights": '<div class="w" data-pagefind-weight="9"><h2 class="h" id="h">High</h2></div>up',
    "attributes": '<dl><dd data-pagefind-index-attrs="data-label" data-label="Film:">Up</dd></dl>',
    "headerlink": '<h2 id="a">Up<a class="headerlink" href="#a">¶</a></h2>',
    "script": 'In<script type="module">out = "<p>";</script><svg class="s"><text x="1">in</text></svg>',
    "twice": "First</div><p>between</p><div data-pagefind-body>Last",
}
"""What may be cut down wrongly."""


@pytest.mark.parametrize("name", SPECIAL)
def test_cut_down_a_page_is_found_as_before(tmp_path: Path, name: str) -> None:
    pages = {"page.html": SPECIAL[name], "other.html": SPECIAL["weights"]}
    for path, body in pages.items():
        html = page_around(f"<section><div data-pagefind-body>{body}</div></section>")
        (tmp_path / path).write_text(html, encoding="utf-8")
    (tmp_path / "bare.html").write_text(page_around("<p>No words of the book</p>"), encoding="utf-8")
    assert_cut_down_alike(tmp_path)


@pytest.mark.parametrize("root", [ROOT, SITES / "valid"], ids=["real", "valid"])
def test_cut_down_a_whole_site_is_found_as_before(tmp_path: Path, root: Path) -> None:
    build_site(root, tmp_path / "site", load_and_check(root, Report()))
    assert_cut_down_alike(tmp_path / "site")


def test_pages_given_are_those_that_are_found(site: Path) -> None:
    with search_index(site) as made:
        made.add("people/ann/index.html", page_around("<h1 data-pagefind-body>Ann</h1>"))
        made.add("films/index.html", page_around("<h1 data-pagefind-body>Other films</h1>"))
        made.build()
    assert {url: page["content"] for url, page in fragments(site).items()} == {
        "/people/ann/": "Ann.",  # with Pagefind’s full stop
        "/films/": "Other films.",
        "/stunts/halo-jump/": "HALO jump. From very high up. ≠ He jumped",
    }


def test_pages_are_numbered_as_they_are_given(tmp_path: Path) -> None:
    """However the folder lists its files: that differs from one file system to another, and so did the whole index."""
    given = [f"/{letter}/" for letter in "nbzamcyx"]
    with search_index(tmp_path) as made:
        for address in given:
            made.add(f"{address[1:]}index.html", page_around(f"<h1 data-pagefind-body>{address}</h1>"))
        made.build()
    files = sorted((tmp_path / FOLDER / "fragment").rglob("*.pf_fragment"))
    assert [json.loads(gzip.decompress(file.read_bytes())[12:])["url"] for file in files] == given


def test_many_pages_weigh_little_in_what_every_search_loads(tmp_path: Path) -> None:
    """Names of files are most of it: a hash takes four bytes, whatever the compression."""
    for number in range(1000):
        (tmp_path / f"{number}.html").write_text(page_around(f"<h1 data-pagefind-body>{number}</h1>"), encoding="utf-8")
    index(tmp_path)
    (table,) = (tmp_path / FOLDER).glob("*.pf_meta")
    assert len(fragments(tmp_path)) == 1000
    assert table.stat().st_size < 3000
