"""A build that starts from what earlier ones have made gives what a build from nothing gives, byte for byte.

Edits are made at random, of everything that a site is made of. After each, the site is built from what is kept, and
compared with one that is built with nothing kept. What is kept may be damaged at any moment, and any build killed.
"""

import gc
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from stuntbook.data.json_files import record_data
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.mkdocs.making import GeneratedPage, SiteMaker
from stuntbook.pages.site_page import SitePage
from stuntbook.records.article import Article
from stuntbook.records.model import AnyRecord
from stuntbook.safe import Safe
from tests.knowledge.test_history import commit, git
from tests.mkdocs import test_incremental
from tests.mkdocs.test_incremental import change_a_word, change_places, lose_a_record, move_lines
from tests.site_tools import PUBLISHED, differences, environment, mkdocs_here, replace_in, snapshot, stuntbook_here
from tests.support import SITES, THOROUGH

EDITS = 300 if THOROUGH else 6
KILLS = 10 if THOROUGH else 1
LONGEST = 2.5
"""After at most how many seconds a build is killed."""

Dice = random.Random
Edit = Callable[[Path, Dice], None]
Result = tuple[int, str, dict[str, bytes]]
"""Exit code, errors and files of a build."""


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages that are made."""
    addresses, document = list[str](), SiteMaker.document

    def make(maker: SiteMaker, address: str) -> tuple[str, SitePage]:
        addresses.append(address)
        return document(maker, address)

    monkeypatch.setattr(SiteMaker, "document", make)
    return addresses


def built(root: Path, kept: Path) -> Result:
    """What a build gives that uses what a folder keeps."""
    cache = {"XDG_CACHE_HOME": str(kept), "WIN_PD_OVERRIDE_LOCAL_APPDATA": str(kept)}
    finished = stuntbook_here("build", "--root", root, "--site-dir", kept / "site", **PUBLISHED, **cache)
    gc.collect()  # which a command leaves to the end of its process
    return finished.returncode, finished.stderr, snapshot(kept / "site")


def with_template(book: Path) -> Path:
    """A new book that has a template of its own."""
    shutil.copytree(SITES / "valid", book)
    (book / "overrides").mkdir()
    (book / "overrides/main.html").write_text('{% extends "base.html" %}\n', encoding="utf-8")
    replace_in(book / "mkdocs.yml", "  font: false", "  font: false\n  custom_dir: overrides")
    return book


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A folder with a book that has a template of its own, and with what its first build has kept; what that gave."""
    first = tmp_path_factory.mktemp("rebuilding") / "first"
    with_template(first / "book")
    now = copy_with_links(first, first.with_name("now"))  # what is kept belongs to a book at its place
    clean = built(now / "book", now / "kept")
    shutil.rmtree(first)
    copy_with_links(now, first)
    return first, clean


@pytest.fixture
def book(once: tuple[Path, Result]) -> Path:
    """The book, as it was when it was built for the first time."""
    first, _ = once
    shutil.rmtree(now := first.with_name("now"))
    return copy_with_links(first, now) / "book"


@pytest.fixture
def kept(book: Path) -> Path:
    """What the first build of the book has kept, and its site."""
    return book.with_name("kept")


@pytest.fixture
def clean(once: tuple[Path, Result]) -> Result:
    """What the first build of the book gave."""
    return once[1]


def copy_with_links(source: Path, target: Path) -> Path:
    """A copy of a folder, in which one file in several places is one file, too."""
    places: dict[int, str] = {}

    def copy(path: str, place: str) -> None:
        first = places.setdefault(os.stat(path).st_ino, place)
        if first == place:
            shutil.copy2(path, place)
        else:
            os.link(first, place)

    return shutil.copytree(source, target, copy_function=copy)


def assert_same_as_clean(root: Path, kept: Path, clean: Path, what: object = "") -> bool:
    """Whether the book can be built; then what is built from what is kept is the same as from nothing."""
    code, errors, files = built(root, kept)
    shutil.rmtree(clean, ignore_errors=True)
    clean_code, clean_errors, clean_files = built(root, clean)
    assert (code, errors) == (clean_code, clean_errors), what
    if code == 0:
        assert differences(files, clean_files) == [], what
    return code == 0


# --- Edits


def _in(path: str, change: Callable[[str, Dice], str]) -> Edit:
    def edit(root: Path, dice: Dice) -> None:
        file = root / path
        file.write_text(change(file.read_text(encoding="utf-8"), dice), encoding="utf-8")

    return edit


def add_a_record(text: str, dice: Dice) -> str:
    number = dice.randrange(10**6)
    person = f"  new-{number}:\n    name: Wim {number}\n    note: See [[{dice.choice(records(text))}]].\n"
    return text.replace("people:\n", f"people:\n{person}", 1)


def records(text: str) -> list[str]:
    return re.findall(r"(?m)^  ([a-z0-9-]+):$", text)


def change_an_identifier(text: str, dice: Dice) -> str:
    """Of a record, wherever it is named."""
    old = dice.choice(records(text))
    return re.sub(rf"(?<![\w-]){old}(?![\w-])", f"{old[:20].rstrip('-')}-{dice.randrange(1000)}", text)


def change_a_title(text: str, dice: Dice) -> str:
    title = dice.choice(list(re.finditer(r"(?m)^    (?:title|name): (.+)$", text)))
    return text[: title.end()] + dice.choice([" II", " again"]) + text[title.end() :]


def change_settings(text: str, dice: Dice) -> str:
    number = dice.randrange(1000)
    return dice.choice(
        [
            re.sub("site_name: .*", f"site_name: Book {number}", text),
            f"{text.partition('extra:')[0]}extra:\n  stuntbook:\n    synonyms: [[jump, leap{number}]]\n",
            f"{text.partition('extra:')[0]}extra:\n  stuntbook:\n    formats: {{markdown: true}}\n",
            f"{text.partition('copyright:')[0]}copyright: By {number}\n",
            re.sub(r"  - (?:Fil|Pic)[\w ]+: films/", f"  - Pictures {number}: films/", text),
        ]
    )


def change_the_template(text: str, dice: Dice) -> str:
    block = dice.choice(["announce", "footer", "extrahead"])
    words = dice.choice(["{{ page.title }}", "{{ config.site_name }}", str(dice.randrange(1000))])
    return f'{{% extends "base.html" %}}\n{{% block {block} %}}<!-- {words} -->{{{{ super() }}}}{{% endblock %}}\n'


def change_an_article(root: Path, dice: Dice) -> None:
    path = dice.choice(sorted((root / "articles").glob("*.md")))
    head, body = re.split(r"(?<=\n---\n)", path.read_text(encoding="utf-8"), maxsplit=1)
    changed = [(head, f"A new beginning.\n\n{body}"), (head, f"{body}\nA new end.\n")]
    changed += [(re.sub("publisher: .*", rf"\g<0> {dice.randrange(100)}", head), body)]
    path.write_text("".join(dice.choice(changed)), encoding="utf-8")


NINE: dict[str, Edit] = {
    "texts": _in("stunts.yaml", change_a_word),
    "titles": _in("stunts.yaml", change_a_title),
    "identifiers": _in("stunts.yaml", change_an_identifier),
    "articles": change_an_article,
    "added records": _in("stunts.yaml", add_a_record),
    "removed records": _in("stunts.yaml", lose_a_record),
    "lines moved": _in("stunts.yaml", lambda text, dice: dice.choice([move_lines, change_places])(text, dice)),
    "templates": _in("overrides/main.html", change_the_template),
    "mkdocs.yml": _in("mkdocs.yml", change_settings),
}
OTHERS: tuple[Edit, ...] = (test_incremental.edit, _in("docs/by-hand.md", lambda text, dice: f"{text}\nA word more.\n"))


def test_whatever_is_edited_a_rebuild_gives_what_a_clean_build_gives(book: Path, kept: Path, tmp_path: Path) -> None:
    dice, sound = random.Random(2), tmp_path / "sound"
    shutil.copytree(book, sound)
    shown = 0
    for number in range(EDITS):
        kind = dice.choice([*NINE, *NINE, "others"])
        NINE.get(kind, dice.choice(OTHERS))(book, dice)
        is_sound = assert_same_as_clean(book, kept, tmp_path / "clean", (number, kind))
        shown += is_sound
        if is_sound or dice.random() < 0.9:  # what is broken is mended, most often at once
            origin, copy = (book, sound) if is_sound else (sound, book)
            shutil.rmtree(copy)
            shutil.copytree(origin, copy)
    assert shown > EDITS / 3, "too few of the edits leave something to compare"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("kind", NINE if THOROUGH else ["articles", "removed records", "templates"])
def test_after_a_build_that_was_killed_the_next_gives_the_same(
    kind: str, book: Path, kept: Path, tmp_path: Path
) -> None:
    dice = random.Random(kind)
    before = shutil.copytree(book, tmp_path / "before")
    for number in range(KILLS):
        NINE[kind](book, dice)
        cache = environment(**PUBLISHED, XDG_CACHE_HOME=str(kept))
        command = [sys.executable, "-m", "stuntbook", "--root", str(book), "--site-dir", str(kept / "site")]
        program = subprocess.Popen(command, env=cache, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0, LONGEST))
        program.send_signal(signal.SIGKILL)
        program.wait()
        if not assert_same_as_clean(book, kept, tmp_path / "clean", number):
            shutil.rmtree(book)
            shutil.copytree(before, book)


def test_a_commit_is_an_edit_too(book: Path, tmp_path: Path) -> None:
    git(book, "init", "--quiet")
    commit(book, 1)
    with patch.dict(os.environ, GIT_DIR=str(book / ".git")):
        for day in (2, 3):
            NINE["added records"](book, random.Random(day))
            assert_same_as_clean(book, tmp_path / "kept", tmp_path / "clean", "not committed")
            commit(book, day)
            assert assert_same_as_clean(book, tmp_path / "kept", tmp_path / "clean", day)


# --- What is made again


def test_what_did_not_change_is_neither_made_nor_written_again(
    book: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = {path: path.stat().st_mtime_ns for path in (kept / "site").rglob("*") if path.is_file()}
    for made in ("document", "search_document"):
        monkeypatch.setattr(SiteMaker, made, None)
    code, errors, _ = built(book, kept)
    assert (code, errors) == (0, "")
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_a_sentence_is_on_few_pages(book: Path, kept: Path, made: list[str]) -> None:
    note = "note: A note on a person."
    text = (book / "stunts.yaml").read_text(encoding="utf-8")
    person = re.findall(r"(?m)^  ([a-z-]+):\n    name:", text)[-1]
    (book / "stunts.yaml").write_text(text.replace(f"  {person}:\n", f"  {person}:\n    {note}\n"), encoding="utf-8")
    assert built(book, kept)[0] == 0
    of_records = {each for each in made if each.count("/") == 2 and not each.startswith("people/")}
    assert f"people/{person}/" in made
    assert len(of_records) < 5, of_records


def test_a_data_file_is_put_together_of_pieces_that_are_kept(
    book: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[str]()

    def tell(knowledge: KnowledgeBase, record: AnyRecord | Article) -> dict[str, object]:
        told.append(record.id)
        return record_data(knowledge, record)

    monkeypatch.setattr("stuntbook.data.json_files.record_data", tell)
    text = (book / "stunts.yaml").read_text(encoding="utf-8")
    person = re.findall(r"(?m)^  ([a-z-]+):\n    name:", text)[-1]
    replace_in(book / "stunts.yaml", f"  {person}:\n", f"  {person}:\n    note: A note on a person.\n")
    assert built(book, kept)[0] == 0
    assert told == [person]


@pytest.mark.skipif(os.name == "nt", reason="Windows numbers files otherwise")
def test_the_folders_of_the_site_before_last_are_used_again(book: Path, kept: Path) -> None:
    def folders() -> set[int]:
        return {path.parent.stat().st_ino for path in (kept / "site/stunts").rglob("index.html")}

    first = folders()
    assert built(book, kept)[0] == built(book, kept)[0] == 0
    assert folders() == first


def test_only_what_belongs_to_the_site_is_taken_from_the_one_before_last(
    book: Path, kept: Path, tmp_path: Path
) -> None:
    pages = sorted((kept / "site/stunts").glob("*/index.html"))
    (pages[0].parent / "more.html").write_text("Something else.", encoding="utf-8")
    pages[1].unlink()
    pages[1].write_text("Something else.", encoding="utf-8")
    shutil.rmtree(pages[2].parent)
    (kept / "site/more/and/more").mkdir(parents=True)
    (kept / "site/more/index.html").write_text("Something else.", encoding="utf-8")
    assert built(book, kept)[0] == 0
    assert list((kept / "stuntbook").glob("*/site/more"))
    dice = random.Random(4)
    NINE["added records"](book, dice)
    NINE["lines moved"](book, dice)
    assert assert_same_as_clean(book, kept, tmp_path / "clean")
    assert [path for path in (kept / "site").rglob("*") if path.is_dir() and not any(path.iterdir())] == []


def test_fresh_uses_nothing_of_before(book: Path, tmp_path: Path, made: list[str]) -> None:
    built(book, tmp_path)
    first = sorted(made)
    made.clear()
    stuntbook_here("build", "--root", book, "--site-dir", tmp_path / "site", "--fresh", XDG_CACHE_HOME=str(tmp_path))
    assert sorted(made) == first


def test_no_page_is_held_once_it_is_written(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All pages of a large book would fill the memory."""
    pages, document = list[GeneratedPage](), SiteMaker.document

    def make(maker: SiteMaker, address: str) -> tuple[str, SitePage]:
        pages.append(maker.pages[address])
        return document(maker, address)

    monkeypatch.setattr(SiteMaker, "document", make)
    assert built(book, tmp_path)[0] == 0
    assert len(pages) > 20
    assert [page for page in pages if page.made or page.content] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_where_a_book_is_and_where_it_goes_are_read_too(tmp_path: Path) -> None:
    """Sites of one knowledge base start from what the others have left."""
    site, settings = tmp_path / "club", "site_name: A club\ntheme: {name: material, font: false}\n"
    settings += "repo_url: https://code.example/club/book\nedit_uri: edit/main/docs/\nplugins: [stuntbook: "
    (site / "docs").mkdir(parents=True)
    (site / "docs/rules.md").write_text("# Rules\n", encoding="utf-8")
    shutil.copytree(SITES / "valid", site / "book")
    (site / "link").symlink_to(site / "book")
    for options in ("root: book", "root: link", "root: link, prefix: a", "root: link, prefix: b/c", "root: book"):
        (site / "mkdocs.yml").write_text(f"{settings}{{{options}}}]\n", encoding="utf-8")
        assert assert_same_as_clean(site, tmp_path / "kept", tmp_path / "clean", options)


@pytest.mark.parametrize(
    ("others", "is_kept"), [("  - search\n", True), ("  - tags\n", False), ("hooks: [hook.py]\n", False)]
)
def test_pages_are_kept_where_nobody_else_has_a_hand_in_them(
    others: str, is_kept: bool, tmp_path: Path, made: list[str]
) -> None:
    root = shutil.copytree(SITES / "valid", tmp_path / "book")
    (root / "hook.py").write_text("def on_page_context(context, **_):\n    return context\n", encoding="utf-8")
    replace_in(root / "mkdocs.yml", "  - stuntbook\n", f"  - stuntbook\n{others}")
    for _ in range(2):
        made.clear()
        code, errors, _ = built(root, tmp_path)
        assert code == 0, errors
    assert bool(made) is not is_kept


# --- What is kept, damaged


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 1] = b"~"
    path.write_bytes(content)


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: tuple[Callable[[Path], object], ...] = (
    flip,
    replace_by_folder,
    cut,
    lambda path: path.write_bytes(b""),
    Path.unlink,
)


@pytest.mark.parametrize("damage", DAMAGES if THOROUGH else DAMAGES[:2])
def test_what_is_damaged_is_made_again(damage: Callable[[Path], object], book: Path, kept: Path, clean: Result) -> None:
    for file in [each for each in (kept / "stuntbook").rglob("*") if each.is_file()]:
        damage(file)
    assert built(book, kept) == clean


def safe_of(book: Path, kept: Path) -> Safe:
    with patch.dict(os.environ, XDG_CACHE_HOME=str(kept)):
        safe = Safe.of(book)
    assert safe
    return safe


NOT_KEPT: tuple[object, ...] = ({"seen": [["a", "b", "c"]], "kept": {"x": [[7], 1]}}, {"seen": 1, "kept": {}}, [], 3)


@pytest.mark.parametrize("content", NOT_KEPT if THOROUGH else NOT_KEPT[:2])
def test_what_nobody_would_keep_is_not_used(content: object, book: Path, kept: Path, clean: Result) -> None:
    safe = safe_of(book, kept)
    names = {path.stem for path in safe.folder.glob("*.json")}
    assert {"output", "verdict", "stylesheet", "pieces of data stuntbook.json"} <= names
    for name in (*names, "changes"):
        safe.put(name, content)
    assert built(book, kept) == clean


A_LINE_MORE = ("films:\n", "films:\n  # a line more\n")
"""An edit for which data files are put together anew."""


@pytest.fixture(scope="module")
def clean_with_a_line_more(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """What a build of the book gives after that edit, with nothing kept."""
    folder = tmp_path_factory.mktemp("more")
    book = with_template(folder / "book")
    replace_in(book / "stunts.yaml", *A_LINE_MORE)
    return built(book, folder)


NO_RESULTS: tuple[object, ...] = (
    *([[], []], [], None, [["../../x"], "", ""]),
    *(3, [[], [], 3], [["0" * 40], "", ""], [5, 10**9], [-9, -5]),
)


@pytest.mark.parametrize("result", NO_RESULTS if THOROUGH else NO_RESULTS[:4])
def test_what_is_no_result_is_made_again(
    result: object, book: Path, kept: Path, clean_with_a_line_more: Result
) -> None:
    safe = safe_of(book, kept)
    replace_in(book / "stunts.yaml", *A_LINE_MORE)
    kinds = ["lines", "declared", "disputes", "groups", "weighed", "verdict", "stylesheet", "output", "found"]
    for name in (*kinds, *(path.stem for path in safe.folder.glob("pieces *.json"))):
        content = safe.get(name)
        content["kept"] = {each: [reads, result] for each, (reads, _) in content["kept"].items()}
        safe.put(name, content)
    assert built(book, kept) == clean_with_a_line_more


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_files_can_be_read_by_those_who_may_read_what_is_made_now(book: Path, tmp_path: Path) -> None:
    """MkDocs' own build makes them for those who may read what its user makes, ours for everybody."""
    before = os.umask(0o077)
    try:
        cache = {"XDG_CACHE_HOME": str(tmp_path)}
        with patch.dict(os.environ, cache):
            assert mkdocs_here("build", "--quiet", "--site-dir", str(tmp_path / "theirs"), cwd=book).returncode == 0
            stuntbook_here("build", "--root", book, "--site-dir", tmp_path / "site", **cache)
    finally:
        os.umask(before)
    for name, mode in (("theirs", 0o600), ("site", 0o644)):
        modes = {path.stat().st_mode & 0o777 for path in (tmp_path / name).rglob("index.html")}
        assert modes == {mode}


def test_a_published_file_that_somebody_changed_is_made_again(book: Path, kept: Path, tmp_path: Path) -> None:
    """It may be the same file as the one that is kept."""
    for path in (kept / "site").rglob("*.html"):
        with path.open("a", encoding="utf-8") as file:
            file.write("<p>Something else.</p>")
    assert assert_same_as_clean(book, kept, tmp_path / "clean")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_folder_into_which_others_can_write_is_not_used(book: Path, kept: Path, made: list[str]) -> None:
    (kept / "stuntbook").chmod(0o777)
    assert built(book, kept)[0] == 0
    assert made
