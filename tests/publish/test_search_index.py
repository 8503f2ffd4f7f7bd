"""The search's index, made of a few search documents and read as the search reads it."""

import gzip
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, product
from pathlib import Path
from typing import Any

import cbor2
import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.memo import Memo
from stuntbook.pages.search_documents import SearchDocuments
from stuntbook.pages.site import Site
from stuntbook.pages.site_page import Publication
from stuntbook.publish.indexed_page import read_page
from stuntbook.publish.pagefind import FOLDER, Indexer, SearchIndexError, search_index
from stuntbook.publish.search_index import WORDS, write_index
from stuntbook.safe import Safe
from tests.site_tools import snapshot

JUMP = """<html><hr data-pagefind-filter="kind[k],film[f],film[g],person[p]" k="Stunt" f="Fallout" g="الفيلم" p="Ann">
<h1 id="top">HALO jump<a class="headerlink" href="#top">¶</a></h1>
<p>From very high up.</p>
<br id="summary-1:said">He jumped. <br id="summary-1:cited">he jumped off</html>
"""
FACETS = {"kind": ["Stunt"], "film": ["Fallout", "الفيلم"], "person": ["Ann"]}
FILES = {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind", "pagefind.en.pf_meta"}
"""What stands beside the folders of the index, without the hash in the last one's name."""
SITE = {"stunts/halo-jump": JUMP, "films": "<html><h1>Films</h1></html>"}


def index(site: Path, documents: Mapping[str, str], language: str = "en", memo: Memo | None = None) -> dict[str, bytes]:
    """Make the index of documents, by the addresses of their pages, and return its files by their paths within it."""
    with search_index(site, language) as made:
        for address, document in documents.items():
            made.add(f"{address}/index.html", document)
        write_index(made, memo=memo)
    return snapshot(site / FOLDER)


def unpacked(files: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    """The content of the index's files in one of its folders."""
    packed = {path: content for path, content in files.items() if path.startswith(f"{folder}/")}
    return {path: gzip.decompress(content).removeprefix(b"pagefind_dcd") for path, content in packed.items()}


def fragments(files: Mapping[str, bytes]) -> dict[str, Any]:
    """What the index shows of each page, by its address."""
    pages = map(json.loads, unpacked(files, "fragment").values())
    return {page["url"]: page for page in pages}


def names(files: Iterable[str]) -> set[str]:
    """The files beside the folders of the index, without hashes."""
    return {re.sub(r"_[0-9a-f]+(?=\.)", "", path) for path in files if "/" not in path}


def table(files: Mapping[str, bytes]) -> list[Any]:
    """The table of contents that every search loads first."""
    (content,) = (content for path, content in files.items() if path.endswith(".pf_meta"))
    found: list[Any] = cbor2.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd"))
    return found


def book(pages: int) -> dict[str, str]:
    """Documents of as many pages, each with words of its own."""
    return {
        f"stunts/{number}": f"<html><h1>Stunt {number}</h1><p>{'high up ' * (number % 9)}" for number in range(pages)
    }


def test_every_page_is_found_by_its_address_words_and_facets(tmp_path: Path) -> None:
    found = fragments(index(tmp_path, SITE))
    assert set(found) == {"/stunts/halo-jump/", "/films/"}
    jump = found["/stunts/halo-jump/"]
    assert jump["meta"] == {"title": "HALO jump"}
    assert jump["filters"] == FACETS
    # The full stop after the heading is Pagefind's.
    assert jump["content"] == "HALO jump. From very high up. He jumped. he jumped off"


def test_a_statement_begins_where_its_anchor_is(tmp_path: Path) -> None:
    jump = fragments(index(tmp_path, SITE))["/stunts/halo-jump/"]
    words = jump["content"].split()
    places = [(anchor["id"], words[anchor["location"]]) for anchor in jump["anchors"]]
    assert places == [("top", "HALO"), ("summary-1:said", "He"), ("summary-1:cited", "he")]


def test_a_page_without_a_document_is_not_found(tmp_path: Path) -> None:
    assert set(fragments(index(tmp_path, {**SITE, "films/page/2": ""}))) == {"/stunts/halo-jump/", "/films/"}


def test_pages_may_be_given_one_by_one(tmp_path: Path) -> None:
    with search_index(tmp_path, "en") as made:
        made.add("films/index.html", SITE["films"])
        made.add("checks/index.html", "<html><h1>How it is checked</h1></html>")
        write_index(made)
    assert set(fragments(snapshot(tmp_path / FOLDER))) == {"/films/", "/checks/"}


def test_only_what_the_search_loads_is_kept(tmp_path: Path) -> None:
    files = index(tmp_path, SITE)
    assert names(files) == FILES
    assert {path.split("/")[0] for path in files if "/" in path} == {"filter", "fragment", "index"}


def test_a_question_loads_few_words_of_a_small_index(tmp_path: Path) -> None:
    every = sorted(f"w{number:04}" for number in range(2 * WORDS + 50))
    files = index(tmp_path, {"films": f"<html><h1>{every[0]}</h1><p>{' '.join(every)}"})
    parts = {path: cbor2.loads(content)[0] for path, content in unpacked(files, "index").items()}
    listed = [(parts[f"index/{name}.pf_index"], first, last) for first, last, name in table(files)[2]]
    found = [word for words, _, _ in listed for word, *_ in words]
    assert found == sorted(found)
    assert set(every) <= set(found)
    assert [(words[0][0], words[-1][0]) for words, _, _ in listed] == [(first, last) for _, first, last in listed]
    assert {len(words) for words, _, _ in listed[:-1]} == {WORDS}
    assert len(parts) == len(listed) > 2


@pytest.mark.parametrize(
    ("language", "program", "meta"),
    [("de", "wasm.de.pagefind", "pagefind.de.pf_meta"), ("tlh", "wasm.unknown.pagefind", "pagefind.tlh.pf_meta")],
)
def test_a_language_has_the_program_that_knows_its_stems(
    tmp_path: Path, language: str, program: str, meta: str
) -> None:
    files = index(tmp_path, SITE, language)
    assert {program, meta} <= names(files)
    assert len([path for path in files if path.startswith("wasm.")]) == 1


def test_the_index_refers_to_the_files_that_are_there(tmp_path: Path) -> None:
    files = index(tmp_path, SITE)
    entry = json.loads(files["pagefind-entry.json"])
    assert f"pagefind.{entry['languages']['en']['hash']}.pf_meta" in files
    _, pages, chunks, filters, *_ = table(files)
    assert {f"fragment/{name}.pf_fragment" for name, _ in pages} == set(unpacked(files, "fragment"))
    assert {f"index/{chunk[-1]}.pf_index" for chunk in chunks} == set(unpacked(files, "index"))
    assert {f"filter/{hash_}.pf_filter" for _, hash_ in filters} == set(unpacked(files, "filter"))
    assert len(filters) == len(FACETS)


def test_the_same_documents_give_the_same_files(tmp_path: Path) -> None:
    filters = ",".join(f"facet-{each}[f{each}]" for each in range(6))
    documents = {
        f"stunts/{number}": f'<html><hr data-pagefind-filter="{filters}" '
        + " ".join(f'f{each}="{each}-{number % 5}"' for each in range(6))
        + f"><h1>Stunt {number}</h1><p>{'high up ' * number}</html>"
        for number in range(12)
    }
    made = [index(tmp_path / name, documents) for name in ("one", "two", "three", "four")]
    assert made[1:] == made[:1] * 3


def plain(title: str, text: str, more: str = "") -> str:
    """A document that the program need not read."""
    document = f'<html><hr data-pagefind-filter="kind[f0]" f0="Stunt"><h1 data-pagefind-weight="10">{title}</h1>'
    document += f"<p>{text}</p>{more}</html>"
    assert read_page("", document)
    return document


def test_an_index_is_put_together_of_what_is_kept_of_pages(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    safe = Safe(tmp_path / "kept")
    documents = SITE | {f"stunts/{each}": plain(f"Stunt {each}", f"high-up jumps, café {each}") for each in range(9)}
    changed = documents | {"stunts/7": plain("Stunt 7", "low Café jumped"), "odd": ODD}
    fewer = dict(islice(changed.items(), 4, None))
    named = fewer | {"stunts/8": plain("Stunt 8", "high", '<p data-pagefind-meta="aliases">The leap</p>')}
    for language, edition in product(("en", "de"), (documents, documents, changed, fewer, named)):
        memo = Memo(keeping=False, safe=safe)
        assert index(tmp_path / "again", edition, language, memo) == index(tmp_path / "new", edition, language)
        memo.keep_safe()


def test_the_program_is_asked_for_words_of_new_pages_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, files = list[list[str]](), Indexer.files

    def ask(indexer: Indexer, words: Sequence[str]) -> dict[str, bytes]:
        asked.append(list(words))
        return files(indexer, words)

    monkeypatch.setattr(Indexer, "files", ask)
    memo, documents = Memo(), {"stunts/1": plain("Stunt", "high up"), "stunts/2": plain("Jump", "high")}
    for edition in (documents, documents | {"stunts/2": plain("Jump", "low")}):
        memo.begin()
        index(tmp_path, edition, memo=memo)
        memo.end(broken=False)
    assert asked == [["Stunt.", "high", "up.", "Stunt", "Jump.", "high.", "Jump"], ["Jump.", "low.", "Jump"]]


def test_a_changed_word_renames_what_holds_it_alone(tmp_path: Path) -> None:
    """A host sends and keeps files by their names: all others need not be sent again."""
    documents = book(40)
    before = index(tmp_path, documents)
    documents["stunts/7"] = documents["stunts/7"].replace("high", "low", 1)
    after = index(tmp_path, documents)
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    assert [(len(gone), len(new))] == [(3, 3)]
    assert {path.split("/")[0].split("_")[0] for path in gone | new} == {"fragment", "index", "pagefind.en"}
    (fragment,) = (path for path in new if path.startswith("fragment/"))
    assert json.loads(unpacked(after, "fragment")[fragment])["url"] == "/stunts/7/"
    assert {path for path in before.keys() & after.keys() if before[path] != after[path]} == {"pagefind-entry.json"}


def test_pages_whose_names_begin_alike_have_files_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stuntbook.publish.search_index.DIGITS", 1)
    files = index(tmp_path, book(40))
    pages = [name for name, _ in table(files)[1]]
    assert len(set(pages)) == len(fragments(files)) == 40
    longer = [name for name in pages if len(name) > 1]
    assert len(longer) >= 40 - 32
    assert all(name[:-1] in pages[: pages.index(name)] for name in longer)


def test_many_pages_weigh_little_in_what_every_search_loads(tmp_path: Path) -> None:
    """Names of files are most of it: no compression makes them shorter."""
    files = index(tmp_path, book(1000))
    (size,) = (len(content) for path, content in files.items() if path.endswith(".pf_meta"))
    assert size < 5000


def test_pages_keep_the_order_in_which_they_are_given(tmp_path: Path) -> None:
    """However a folder lists its files: that differs from one file system to another, and so would the whole index."""
    given = list("nbzamcyx")
    files = index(tmp_path, {address: f"<html><h1>{address}{address}</h1></html>" for address in given})
    pages = [f"fragment/{name}.pf_fragment" for name, _ in table(files)[1]]
    urls = {path: json.loads(content)["url"] for path, content in unpacked(files, "fragment").items()}
    assert [urls[path] for path in pages] == [f"/{address}/" for address in given]


def test_a_new_index_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    old = index(tmp_path, SITE)
    assert set(fragments(index(tmp_path, {"stunts/halo-jump": JUMP}))) == {"/stunts/halo-jump/"}
    assert index(tmp_path, SITE) == old


def test_settings_that_lie_about_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = index(tmp_path, SITE)
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "de")
    (tmp_path / "pagefind.yml").write_text("keep_index_url: true\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert index(tmp_path, SITE) == plain


def test_a_folder_may_be_given_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(fragments(index(Path("site"), SITE))) == 2


def test_a_site_without_words_is_told(tmp_path: Path) -> None:
    with pytest.raises(SearchIndexError, match=r"^the search index could not be made: no page of the site has words"):
        index(tmp_path, {"films": ""})


@pytest.mark.skipif(os.name == "nt", reason="Windows runs no shell scripts")
def test_a_failure_of_the_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho 'Error: no room' >&2\necho 'Error: no room' >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("stuntbook.publish.pagefind.get_executable", lambda: program)
    with pytest.raises(SearchIndexError, match=r"^the search index could not be made: Error: no room$"):
        index(tmp_path / "site", SITE)


# --- What is read without Pagefind

ODD = """<html><hr data-pagefind-filter="kind[f0],film[f1],film[f2]" f0="Film" f1="Ünder &amp; &lt;x&gt;" f2="B  C">\
<h1 data-pagefind-weight="10">Café half-timbered iPhone&amp;Co</h1>\
<p data-pagefind-weight="8" data-pagefind-meta="aliases">Cafe, CAFÉ, café-au-lait</p><p>no stop</p><p>a (stop)</p>\
<p>กระโดด</p><p>नमस्ते</p><p>it ends…</p><p>&amp;</p><p> </p>\
<br id=":words">CAFE café half_timbered x\u200by \u200b z\u00a0w 👍 a👍 \
<br id="a-1:one-article:story"><span data-pagefind-weight="2">Äpfel O’Brien M:I-2 and/or 1,000 don't </span>\
<br id="a-1,b:cited">the half-timbered hálf-timbered ha-ha-ha-ha ― \
«Łódź» ein ﬁsh İstanbul ﷺ &amp;amp; e-\u0301 </html>"""


def content(files: Mapping[str, bytes]) -> list[Any]:
    """All that an index holds, in whatever files; Pagefind has the values of filters in another order in every run."""
    version, pages, chunks, filters, sorts, fields = table(files)
    shown, words, facets = (unpacked(files, folder) for folder in ("fragment", "index", "filter"))
    return [
        (version, sorts, fields, [length for _, length in pages]),
        [json.loads(shown[f"fragment/{name}.pf_fragment"]) for name, _ in pages],
        [word for *_, name in chunks for word in cbor2.loads(words[f"index/{name}.pf_index"])[0]],
        {name: sorted(cbor2.loads(facets[f"filter/{file}.pf_filter"])[1]) for name, file in filters},
    ]


@pytest.mark.parametrize("language", ["en", "de", "tlh"])
def test_pages_are_indexed_as_pagefind_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, valid: KnowledgeBase, language: str
) -> None:
    searched = SearchDocuments(valid, "Book")
    given = {each.address: searched.of_entry(each) for each in Site(valid, Publication()).entries}
    documents = {"films": SITE["films"], "odd": ODD, **given, **SITE}
    ours = index(tmp_path, documents, language)
    read = [read_page("", each) for each in documents.values()]
    assert len(list(filter(None, read))) == 1 + len(list(filter(None, given.values()))) > 20
    monkeypatch.setattr("stuntbook.publish.pagefind.read_page", lambda *_: None)
    with search_index(tmp_path, language) as made:
        for address, document in documents.items():
            made.add(f"{address}/index.html", document)
        theirs = made.files(())
    for one, other in zip(content(ours), content(theirs), strict=True):
        assert one == other
    assert index(tmp_path, documents, language) == ours
