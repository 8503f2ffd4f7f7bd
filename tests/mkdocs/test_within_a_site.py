"""A book within a site that has pages of its own: where its files are, where its pages go, and what is refused."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin
from xml.etree.ElementTree import fromstring

import pytest

from tests.mkdocs.test_serve import start
from tests.site_tools import ROOT, Site, add_settings, build, copy_root, mkdocs_here, replace_in, run, stuntbook_here
from tests.support import BOOK, SITES, write_book

SITE_URL = "https://club.example/site/"
SETTINGS = f"""\
site_name: Our film club
site_url: {SITE_URL}
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.tabs.sticky, navigation.instant, content.code.copy]
plugins:
  - stuntbook: {{root: book, prefix: stunts-book/}}
extra:
  social:
    - {{icon: fontawesome/brands/mastodon, link: "https://social.example/@club", name: The club elsewhere}}
exclude_docs: drafts/
validation:
  links: {{not_found: warn, anchors: warn}}
nav:
  - Welcome: index.md
  - Rules: rules.md
  - The stunts: stunts-book/index.md
  - All their films: stunts-book/films/index.md
  - stunts-book/people/index.md
"""
NOTICE = (
    "stuntbook: Pages go without the theme's own script, so these settings have no effect: "
    "navigation.instant, content.code.copy"
)


def make_club(root: Path) -> Path:
    """A site with pages of its own, a knowledge base in a folder of it, and settings in mkdocs.yaml."""
    files = {
        "mkdocs.yaml": SETTINGS,
        "docs/index.md": "# Welcome\n\nSee [a film](stunts-book/films/glass-canal/index.md#top).\n",
        "docs/rules.md": "# Rules\n\nNobody talks during films about penguins.\n",
        "docs/drafts/stunts-book/index.md": "# A draft\n",
        "docs/robots.txt": "User-agent: *\n",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    for name in ("articles", "stunts.yaml"):
        copy = shutil.copytree if (SITES / "valid" / name).is_dir() else shutil.copy2
        (root / "book").mkdir(exist_ok=True)
        copy(SITES / "valid" / name, root / "book" / name)
    return root


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = make_club(tmp_path_factory.mktemp("club"))
    build(root, root / "site")
    return Site(root / "site", SITE_URL)


def test_the_book_has_a_folder_and_all_else_is_the_sites_own(club: Site) -> None:
    outside = {path for path in club.files if not path.startswith("stunts-book/")}
    own = {
        "_redirects",
        "robots.txt",
        "index.html",
        "rules/index.html",
        "404.html",
        "sitemap.xml",
        "sitemap.xml.gz",
        "_headers",
    }
    assert own <= outside
    assert all(path.startswith("assets/") for path in outside - own)
    assert club.files["robots.txt"] == b"User-agent: *\n"
    assert (
        b"/site/stunts-book/films/lantern/ /site/stunts-book/films/lantern-and-tide/ 301\n" in club.files["_redirects"]
    )
    for path in ("index.html", "films/glass-canal/index.html", "data/stuntbook.json", "assets/cards/home.png"):
        assert f"stunts-book/{path}" in club.files
    assert any(path.startswith("stunts-book/pagefind/") for path in club.files)


def test_every_link_leads_somewhere(club: Site) -> None:
    pages = {document.url: set(document.ids) for document in club.documents.values()}
    for document in club.documents.values():
        for link in document.links():
            address, _, anchor = link.partition("#")
            if address.startswith(SITE_URL):
                path = address.removeprefix(SITE_URL).partition("?")[0]
                assert path in club.files or f"{path}index.html" in club.files, (document.path, link)
                assert not anchor or address not in pages or anchor in pages[address], (document.path, link)


def test_every_file_that_a_page_asks_for_is_there(club: Site) -> None:
    for document in club.documents.values():
        for tag, name in (("script", "src"), ("link", "href"), ("form", "action")):
            for element in document.tree.iter(tag):
                address = urljoin(document.url, element.get(name, "//nothing.example/"))
                if address.startswith(SITE_URL) and element.get("rel") != "canonical":
                    path = address.removeprefix(SITE_URL)
                    assert {path, f"{path}index.html"} & club.files.keys(), (document.path, address)


def test_what_machines_read_names_the_whole_address(club: Site) -> None:
    book = f"{SITE_URL}stunts-book/"
    page = club.pages["stunts-book/films/glass-canal/"].html
    assert f'<link rel="canonical" href="{book}films/glass-canal/">' in page
    assert f'<meta property="og:image" content="{book}assets/cards/films/glass-canal.png">' in page
    assert f'"@id":"{book}films/glass-canal/"' in page
    listed = [each.text for each in fromstring(club.files["sitemap.xml"].decode()).findall(".//{*}loc")]
    assert {SITE_URL, f"{SITE_URL}rules/", book, f"{book}films/glass-canal/"} <= set(listed)
    assert json.loads(club.files["stunts-book/data/datapackage.json"])["homepage"] == book


def test_pages_are_called_as_the_navigation_calls_them(club: Site) -> None:
    films, rules = (club.pages[address].html for address in ("stunts-book/films/", "rules/"))
    assert "<title>All their films - Our film club</title>" in films
    assert re.search(r'<a href="../stunts-book/films/" class="md-tabs__link">All their films</a>', rules)
    assert re.search(r'<a href="../stunts-book/people/" class="md-tabs__link">People</a>', rules)


def test_the_rest_of_the_settings_counts(club: Site) -> None:
    assert not any("draft" in path for path in club.files)
    assert 'href="https://social.example/@club"' in club.pages["stunts-book/films/glass-canal/"].html


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_club(tmp_path / "club")


def test_mkdocs_builds_and_names_what_has_no_effect(root: Path, club: Site) -> None:
    finished = mkdocs_here("build", "--strict", cwd=root)
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr.count(NOTICE) == 1
    assert sorted(Site(root / "site", SITE_URL).files) == sorted(club.files)


def test_the_commands_find_the_book(root: Path) -> None:
    built, checked = stuntbook_here("build", "--root", root), stuntbook_here("check", "--root", root)
    assert (built.returncode, checked.returncode) == (0, 0)
    assert built.stderr == f"{NOTICE}\n"
    assert stuntbook_here("build", "--root", root, "--quiet").stderr == ""
    replace_in(root / "book/stunts.yaml", "films:", "films")
    for command in ("build", "check"):
        finished = stuntbook_here(command, "--root", root)
        assert finished.returncode == 1
        assert "stunts.yaml:" in finished.stderr


def test_the_book_may_be_named_by_a_file_that_the_settings_inherit_from(root: Path) -> None:
    (root / "mkdocs.yaml").rename(root / "base.yml")
    (root / "mkdocs.yml").write_text("INHERIT: base.yml\n", encoding="utf-8")
    for name in ("articles", "stunts.yaml"):
        copy = shutil.copytree if (SITES / "planted" / name).is_dir() else shutil.copy2
        copy(SITES / "planted" / name, root / name)
    (root / "docs/_redirects").write_text("/old /new 301\n", encoding="utf-8")
    build(root, root / "site")
    assert (root / "site/stunts-book/films/glass-canal/index.html").exists()
    assert (root / "site/_redirects").read_text(encoding="utf-8") == "/old /new 301\n", "the site's own counts"


def test_serve_shows_it_and_sees_edits(root: Path) -> None:
    replace_in(root / "mkdocs.yaml", f"site_url: {SITE_URL}\n", "")
    (root / "mkdocs.yaml").rename(root / "mkdocs.yml")  # to which the address is added
    with start(root, "-m", "stuntbook", "serve") as server:
        server.shows("stunts-book/films/glass-canal/", "Glass Canal")
        server.shows("", "Welcome")
        server.shows("stunts-book/data/lines.json", "stunts.yaml")
        assert server.get("stunts-book/pagefind/pagefind-entry.json")[0] == 200
        server.edit("book/stunts.yaml", "title: Glass Canal", "title: Canal of Glass")
        server.shows("stunts-book/films/glass-canal/", "Canal of Glass")


# --- What is refused


def refusals() -> Iterator[tuple[str, str]]:
    yield "docs_dir: book/articles", "would publish the full texts of the articles in"
    yield "docs_dir: book", "would publish the full texts of the articles in"
    yield "site_dir: book/articles/site", "would replace files of the knowledge base in"
    yield "site_dir: book", ""
    yield "theme: mkdocs", "the pages need the theme material, and mkdocs.yaml has mkdocs"
    yield "plugins: [stuntbook: {root: elsewhere}]", "isn't an existing directory"
    yield "plugins: [stuntbook: {root: book, prefix: a/../b}]", "expected the names of folders"
    yield "plugins: [stuntbook: {root: book, prefix: 5}]", "prefix"
    yield "plugins: [stuntbook: {root: book}]", "give the book a folder of its own with the option `prefix`"
    yield "extra: {social: [{icon: material/web, link: 'javascript:alert(1)'}]}", "must be a web address"
    yield "extra: {social: [{icon: material/web, link: '\" onclick=\"alert(1)'}]}", "no address holds"


@pytest.mark.parametrize(("setting", "expected"), list(refusals()))
def test_what_would_do_harm_is_refused_in_a_sentence(root: Path, setting: str, expected: str) -> None:
    with (root / "mkdocs.yaml").open("a", encoding="utf-8") as file:
        file.write(f"{setting}\n")
    finished = stuntbook_here("build", "--root", root)
    assert finished.returncode == 1
    assert expected in finished.stderr
    assert "Traceback" not in finished.stderr
    by_mkdocs = mkdocs_here("build", cwd=root)
    assert by_mkdocs.returncode == 1
    assert expected in by_mkdocs.stderr
    assert (root / "book/stunts.yaml").exists()
    assert not (root / "site").exists()


def test_articles_next_to_the_settings_are_not_published_either(tmp_path: Path) -> None:
    root = add_settings(write_book(tmp_path / "book", BOOK, gazette="Dara Quill jumped.\n"))
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("docs_dir: articles\n")
    assert "would publish the full texts" in stuntbook_here("build", "--root", root).stderr


# --- mkdocs.yaml


def test_the_settings_may_be_in_mkdocs_yaml(site: Site, tmp_path: Path) -> None:
    root = copy_root(tmp_path / "book")
    (root / "mkdocs.yml").rename(root / "mkdocs.yaml")
    shutil.copytree(ROOT / "stuntbook", root / "stuntbook", ignore=shutil.ignore_patterns("__pycache__"))
    finished = run(root / "build_site.py", cwd=tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert sorted(Site(root / "site", site.base).files) == sorted(site.files)
    (root / "mkdocs.yaml").write_text("site_name: [\n", encoding="utf-8")
    assert "mkdocs.yaml:2:1: error[yaml-syntax]" in stuntbook_here("build", "--root", root).stderr


def test_the_whole_site_leaves_as_markdown(tmp_path: Path) -> None:
    root, folder = make_club(tmp_path / "club"), tmp_path / "markdown"
    replace_in(root / "docs/index.md", "#top", "")  # a part that only pages of the site have
    exported = stuntbook_here("export", "--root", root, "--markdown", folder)
    assert exported.returncode == 0, exported.stderr
    built = mkdocs_here("build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    assert (folder / "docs/stunts-book/films/glass-canal/index.md").is_file()
    assert (folder / "site/rules/index.html").is_file()
