"""Other plugins beside ours: they work on the book's pages as on others, or are refused in one sentence.

Small plugins of the tests' own do here what those on PyPI do. A weekly job installs those, and builds a site with each;
elsewhere, what is missing skips its test.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from shutil import copytree
from typing import Any
from xml.etree import ElementTree

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from stuntbook.mkdocs.live import LiveSite
from stuntbook.mkdocs.making import SiteMaker
from stuntbook.mkdocs.others import settle
from stuntbook.mkdocs.plugin import StuntbookPlugin
from tests.site_tools import (
    ROOT,
    Site,
    built_once,
    copy_program,
    environment,
    mkdocs_here,
    parse,
    replace_in,
    run,
    stuntbook_here,
    text_of,
)
from tests.support import SITES

STUNT = "stunts/skate-crossing/"
TITLE = "{{ Skate }} crossing"
SETTINGS = """
site_name: A small book
site_url: https://book.example/x/
theme: {name: material, font: false}
"""
UNDER_GIT = {name: value for name, value in environment().items() if name != "GIT_DIR"}
INSTALLED = {each.name for each in entry_points(group="mkdocs.plugins")}


def small_root(folder: Path, plugins: str, hook: str = "") -> Path:
    """A copy of the small knowledge base whose settings name plugins, as lines of YAML, and perhaps a hook."""
    root = copytree(SITES / "valid", folder / "root")
    settings = f"{SETTINGS}plugins:\n  - stuntbook\n{plugins}"
    if hook:
        (root / "hook.py").write_text(hook, encoding="utf-8")
        settings += "hooks: [hook.py]\n"
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return root


def told(finished: subprocess.CompletedProcess[str]) -> str:
    """What a build said that failed, in a sentence that names the stage of the build that it ended."""
    output = finished.stdout + finished.stderr
    assert finished.returncode == 1, output
    assert "Traceback" not in output
    (line,) = (line for line in output.splitlines() if "stuntbook: " in line and "Content-Security-Policy" not in line)
    return line.partition("stuntbook: ")[2]


# --- What plugins are told of the book's pages, and what they make of it

HOOK = """
import json
import re
import re
from pathlib import Path

from jinja2 import Template

seen = {"sources": {}, "filled in": [], "feed": {}, "contexts": [], "written": []}


def on_files(files, config):
    for file in files.documentation_pages():  # as a feed, or whatever asks git, does
        seen["sources"][file.src_uri] = Path(file.abs_src_path).name


def on_page_markdown(markdown, page, config, files):  # as macros do
    page.title = Template(page.title or "").render() or page.title
    seen["filled in"].append(page.title)
    page.meta["revised"] = "1 May 2021"
    return Template(markdown).render()


def on_page_content(html, page, config, files):
    list(page.toc.items)
    seen["feed"][page.url] = [page.title, len(html), page.meta.get("description")]
    return html.replace("Written by hand", "Told by hand").replace("Editor’s note", "An editor’s remark")


def on_page_context(context, page, config, nav):
    seen["contexts"].append(page.url)
    assert page.meta["revised"] == "1 May 2021"


def on_post_page(output, page, config):
    return re.sub(r">\\s+<", "><", output)


def on_post_build(config):
    folder = Path(config.site_dir)
    seen["written"] = [path.relative_to(folder).as_posix() for path in folder.rglob("index.html")]
    Path(config.site_dir, "seen.json").write_text(json.dumps(seen))
"""


def build_with_hook(folder: Path) -> None:
    themes = ("tags", "typeset", "blog", "meta", "projects", "social: {cards: false}", "group: {plugins: []}")
    names = ("search", *(f"material/{name}" for name in themes))
    root = small_root(folder, "".join(f"  - {name}\n" for name in names), HOOK)
    docs = root / "docs"
    (docs / "blog/posts").mkdir(parents=True)
    (docs / "blog/index.md").write_text("# Blog\n", encoding="utf-8")
    post = "---\ndate: 2024-01-01\n---\n# A post\n\n[The crossing](../../stunts/skate-crossing/index.md)\n"
    (docs / "blog/posts/a.md").write_text(post, encoding="utf-8")
    (docs / "tagged.md").write_text("---\ntags: [boats]\n---\n# Tagged\n", encoding="utf-8")
    (docs / "tags.md").write_text("# Tags\n\n<!-- material/tags -->\n", encoding="utf-8")
    finished = mkdocs_here("build", "--strict", cwd=root)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    (folder / "log.txt").write_text(finished.stdout + finished.stderr, encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What holds a small site that was built with a hook and Material's plugins, and what the build said."""
    return built_once(tmp_path_factory, "with-plugins", build_with_hook)


@pytest.fixture(scope="module")
def hooked(folder: Path) -> Site:
    return Site(folder / "root/site", "https://book.example/x/")


@pytest.fixture(scope="module")
def seen(hooked: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(hooked.files["seen.json"])
    return found


def test_a_page_of_the_book_comes_from_its_file_and_from_no_article(seen: dict[str, Any]) -> None:
    assert seen["sources"][f"{STUNT}index.md"] == "stunts.yaml"
    assert seen["sources"]["sources/tide-weekly/index.md"] == "stunts.yaml"
    assert seen["sources"]["by-hand.md"] == "by-hand.md"


def test_no_words_of_the_book_are_taken_for_a_template(hooked: Site, seen: dict[str, Any]) -> None:
    assert [title for title in seen["filled in"] if title and "crossing" in title.lower()] == []
    assert TITLE in text_of(hooked.pages[STUNT].article)


def test_a_plugin_is_given_title_and_content_of_each_page(hooked: Site, seen: dict[str, Any]) -> None:
    title, length, description = seen["feed"][STUNT]
    assert title == TITLE
    assert length > 1000
    assert "what the articles say" in description
    assert {address for address in hooked.pages if "blog" not in address} <= {*seen["feed"], ""} | {"tags/"}


def test_what_plugins_make_of_a_page_is_shown(hooked: Site, small: Site) -> None:
    changed = [address for address, page in small.pages.items() if "Editor’s note" in text_of(page.article)]
    assert changed
    assert {"Editor’s note" in hooked.pages[each].html for each in changed} == {False}
    assert "Told by hand" in hooked.pages["by-hand/"].html
    written, whole = text_of(hooked.pages[STUNT].article), text_of(small.pages[STUNT].article)
    assert written.replace(" ", "") == whole.replace("Editor’s note", "An editor’s remark").replace(" ", "")
    assert "> <" not in hooked.pages[STUNT].html


def test_plugins_find_all_pages_when_the_site_is_written(hooked: Site, seen: dict[str, Any]) -> None:
    assert {f"{address}index.html" for address in hooked.pages} <= set(seen["written"])
    assert set(hooked.pages) == set(seen["contexts"])


def test_blog_and_tags_work_beside_the_book(hooked: Site) -> None:
    (post,) = (page for address, page in hooked.pages.items() if address.startswith("blog/2024/"))
    assert f"https://book.example/x/{STUNT}" in set(post.links())
    assert "tagged" in hooked.pages["tags/"].html


def test_what_the_site_has_already_does_nothing_and_says_so(folder: Path, hooked: Site) -> None:
    log = (folder / "log.txt").read_text(encoding="utf-8")
    assert "the plugin search does nothing here: the site has a search of its own" in log
    assert "the plugin social does nothing here" in log
    assert [path for path in hooked.files if "search_index" in path or "images/social" in path] == []


def test_a_plugin_keeps_what_it_is_told_though_several_processes_could_make_the_pages(tmp_path: Path) -> None:
    program = copy_program(tmp_path / "program")
    module = program / "stuntbook/parallel.py"
    text, changed = re.subn(r"(?m)^WORTH = .*$", "WORTH = 0", module.read_text(encoding="utf-8"))
    assert changed == 1
    module.write_text(text, encoding="utf-8")
    root = small_root(tmp_path, "", HOOK)
    finished = run(program / "build_site.py", "build", "--root", root, cwd=root)
    assert finished.returncode == 0, finished.stderr
    assert STUNT in json.loads((root / "site/seen.json").read_text(encoding="utf-8"))["contexts"]


# --- What can't be

FAILING = """
def on_{}(*arguments, page=None, **others):
    if page is None or page.url == "{}":
        raise ValueError("Oh no")
"""


@pytest.mark.parametrize(
    ("event", "build"),
    [
        ("files", "mkdocs"),
        ("page_content", "mkdocs"),
        ("page_context", "mkdocs"),
        ("post_page", "mkdocs"),
        ("post_page", "stuntbook"),
    ],
)
def test_a_plugin_that_fails_is_told_with_the_page(event: str, build: str, tmp_path: Path) -> None:
    root = small_root(tmp_path, "", FAILING.format(event, STUNT))
    finished = mkdocs_here("build", cwd=root) if build == "mkdocs" else stuntbook_here("build", "--root", root)
    page = "" if event == "files" else f" on {STUNT}index.md"
    assert told(finished) == f"the plugin hook.py fails{page}: ValueError: Oh no (hook.py, line 4)"


def test_a_plugin_that_takes_pages_away_is_refused(tmp_path: Path) -> None:
    hook = f"def on_files(files, config):\n    files.remove(files.src_uris['{STUNT}index.md'])\n"
    refusal = told(mkdocs_here("build", cwd=small_root(tmp_path, "", hook)))
    assert refusal.startswith(f"hook.py takes 1 page of the book away, {STUNT} first: have it leave them in")


def test_a_plugin_that_changes_all_addresses_is_refused(tmp_path: Path) -> None:
    refusal = told(mkdocs_here("build", cwd=small_root(tmp_path, "  - material/offline\n")))
    assert "perhaps offline, switches use_directory_urls off" in refusal


@pytest.mark.parametrize("name", ["encryptcontent", "i18n", "print-site"])
def test_a_plugin_that_would_give_something_wrong_is_refused(name: str, tmp_path: Path) -> None:
    config = load_config(str(small_root(tmp_path, "") / "mkdocs.yml"))
    settle(config)
    config.plugins[name] = BasePlugin()
    with pytest.raises(PluginError, match=f"take the plugin {name} out of mkdocs.yml: "):
        settle(config)


# --- While an editor works

LATER = """
def on_page_content(html, page, config, files):
    if "forbidden" in html:
        raise ValueError("Oh no")
    return html + "<p>Seen by the hook</p>"
"""


def test_while_serving_a_plugin_is_given_what_an_edit_has_made(tmp_path: Path) -> None:
    root = small_root(tmp_path, "", LATER)
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
    plugin = config.plugins["stuntbook"]
    assert isinstance(plugin, StuntbookPlugin)
    plugin.on_startup(command="serve", dirty=False)
    build(config, serve_url="http://127.0.0.1:8000/")
    site = LiveSite(plugin.made(SiteMaker), str.encode, lambda *_: [], "/")

    def page_after(old: str, new: str) -> str:
        replace_in(root / "stunts.yaml", old, new)
        assert plugin.refresh()
        site.show(plugin.made(SiteMaker))
        return b"".join(site({"PATH_INFO": f"/{STUNT}"}, lambda *_: bytearray().extend)).decode()

    page = page_after(TITLE, "Another crossing")
    assert "Another crossing</h1>" in page
    assert "<p>Seen by the hook</p>" in page
    assert "the plugin hook.py fails on" in page_after("Another crossing", "A forbidden crossing")


# --- Those on PyPI

WORKING = {
    "alias": "",
    "autorefs": "",
    "awesome-nav": "",
    "awesome-pages": "",
    "callouts": "",
    "gen-files": "{scripts: [pages.py]}",
    "git-authors": "",
    "git-revision-date-localized": "{enable_creation_date: true, strict: true}",
    "glightbox": "",
    "include-markdown": "",
    "literate-nav": "",
    "llmstxt": "{sections: {Stunts: ['stunts/*.md'], Others: [index.md, by-hand.md]}}",
    "macros": "{on_error_fail: true}",
    "minify": "{minify_html: true}",
    "mkdocstrings": "",
    "open-in-new-tab": "",
    "redirects": f"{{redirect_maps: {{old.md: {STUNT}index.md}}}}",
    "rss": "{match_path: stunts/.*}",
    "section-index": "",
    "table-reader": "",
}
"""Plugins that work with a book, with the settings that they need."""
GENERATING = """
import mkdocs_gen_files

with mkdocs_gen_files.open("made.md", "w") as file:
    file.write("# Made\\n\\n[All stunts](stunts/index.md)\\n")
"""
REFUSED = {
    "encryptcontent": "{global_password: a-long-one}",
    "exclude": "{glob: ['stunts/*']}",
    "i18n": "{languages: [{locale: en, default: true, name: English}, {locale: de, name: Deutsch}]}",
    "print-site": "",
}
"""Those that don't."""


def root_with(name: str, settings: str, folder: Path) -> Path:
    """A small knowledge base under git with a plugin from PyPI. Skips the test where that is not installed."""
    if name not in INSTALLED:
        pytest.skip(f"the plugin {name} is not installed")
    root = small_root(folder, f"  - {name}: {settings}\n")
    (root / "pages.py").write_text(GENERATING, encoding="utf-8")
    for command in ("init -q", "add .", "-c user.name=A -c user.email=a@book.example commit -qm Written"):
        subprocess.run(["git", *command.split()], cwd=root, env=UNDER_GIT, check=True)
    return root


def by_mkdocs(root: Path) -> subprocess.CompletedProcess[str]:
    """Builds in a process of its own, since some plugins change MkDocs for good."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(command, cwd=root, env=UNDER_GIT, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("name", WORKING)
def test_it_works_with_a_book(name: str, tmp_path: Path, small: Site) -> None:
    root = root_with(name, WORKING[name], tmp_path)
    finished = by_mkdocs(root)
    assert finished.returncode == 0, finished.stderr
    built = Site(root / "site", "https://book.example/x/")
    assert set(small.pages) <= set(built.pages)
    assert [path for path, content in built.files.items() if not content and path != "assets/_mkdocstrings.css"] == []
    for address, page in small.pages.items():
        if address != "search/":  # which tells where the site is
            assert text_of(page.article) in text_of(parse(built.pages[address].html)), address
    if name in CHECKS:
        CHECKS[name](built, small)


def check_feed(site: Site, _: Site) -> None:
    for name in ("feed_rss_created.xml", "feed_rss_updated.xml"):
        items = ElementTree.fromstring(site.files[name]).findall(".//item")
        assert {f"{site.base}{each}" for each in site.pages if each.startswith("stunts/")} == {
            each.findtext("link") for each in items
        }
        assert TITLE in {each.findtext("title") for each in items}


def check_smaller(site: Site, small: Site) -> None:
    lines = {
        address: (page.html.count("\n"), small.pages[address].html.count("\n")) for address, page in site.pages.items()
    }
    assert [address for address, (minified, written) in lines.items() if minified > written / 2] == []


def check_texts(site: Site, _: Site) -> None:
    assert TITLE in site.files[f"{STUNT}index.md"].decode()
    assert f"{site.base}{STUNT}index.md" in site.files["llms.txt"].decode()


def check_redirect(site: Site, _: Site) -> None:
    assert "../stunts/skate-crossing/" in site.files["old/index.html"].decode()


CHECKS: dict[str, Callable[[Site, Site], None]] = {
    "llmstxt": check_texts,
    "minify": check_smaller,
    "redirects": check_redirect,
    "rss": check_feed,
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    root = root_with(name, REFUSED[name], tmp_path)
    assert name in told(by_mkdocs(root))
    assert not (root / "site").exists()


# --- What the docs say

DOCS = (ROOT / "docs/plugins.md").read_text(encoding="utf-8")


def test_the_docs_name_each_plugin() -> None:
    rows = re.findall(r"^\| (`.+?) \| (.+) \|$", DOCS, re.MULTILINE)
    refused = {name for names, what in rows if what.startswith("Refused") for name in re.findall("`(.+?)`", names)}
    named = {name for names, _ in rows for name in re.findall("`(.+?)`", names)}
    assert refused == {*REFUSED, "material/offline"}
    assert {*WORKING, *REFUSED} == {name for name in named if "/" not in name and name != "search"}


def test_the_docs_show_what_a_build_says(tmp_path: Path) -> None:
    root = small_root(tmp_path, "", FAILING.format("page_content", STUNT))
    assert f"```text\nstuntbook: {told(mkdocs_here('build', cwd=root))}\n```" in DOCS
