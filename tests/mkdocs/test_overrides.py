"""Templates, hooks and plugins of a site's own, as MkDocs and Material document them: every page has its own values."""

import json
import re
from pathlib import Path

import pytest

from tests.site_tools import Site, add_settings, build, copy_root, stuntbook_here
from tests.support import write_book

FILMS = {"canal": "Canal", "harbour": "Harbour", "mill-race": "Mill race", "weir": "Weir"}
BOOK = json.dumps({"films": {identifier: {"title": title} for identifier, title in FILMS.items()}})
REPOSITORY = "repo_url: https://github.com/owner/book\nedit_uri: edit/main/docs/\n"
FEEDBACK = """\
extra:
  analytics:
    feedback:
      title: Was this page helpful?
      ratings:
        - {icon: material/thumb-up-outline, name: Yes, data: 1, note: 'About <a href="/f?t={title}&u={url}">this</a>.'}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book of several films, which have a section of their own."""
    return add_settings(write_book(tmp_path / "book", BOOK, gazette="She jumped.\n"))


def add(root: Path, settings: str = "", theme: str = "", **templates: str) -> None:
    """Add settings, keys of the theme, and templates of the site's own."""
    file = root / "mkdocs.yml"
    own = f"{theme}, custom_dir: overrides" if templates else theme
    text = file.read_text(encoding="utf-8").replace("font: false", f"font: false{own}")
    file.write_text(text + settings, encoding="utf-8")
    for name, template in templates.items():
        path = root / "overrides" / f"{name.replace('__', '/')}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template, encoding="utf-8")


def pages_of_films(root: Path) -> dict[str, str]:
    """The whole documents of all films, by their titles."""
    build(root, root / "site")
    return {
        title: (root / f"site/films/{identifier}/index.html").read_text(encoding="utf-8")
        for identifier, title in FILMS.items()
    }


def shown(root: Path, pattern: str) -> dict[str, str]:
    """What the page of each film shows once, by the film's title."""
    found = {title: re.findall(pattern, page) for title, page in pages_of_films(root).items()}
    assert {len(each) for each in found.values()} == {1}, found
    return {title: each[0] for title, each in found.items()}


# The first two pages are the same in this, as far as these tests go: that proves nothing of the third.
LATE = "I"
OWN_TITLES = {title: title if title > LATE else "" for title in FILMS.values()}


def test_the_documents_own_template(root: Path) -> None:
    own = '<b id="own">{{ page.title if page and page.title > "I" }}</b>'
    add(root, main=f'{{% extends "base.html" %}}{{% block announce %}}{own}{{% endblock %}}')
    assert shown(root, '<b id="own">(.*?)</b>') == OWN_TITLES


def test_any_part_of_it(root: Path) -> None:
    parts = ("comments", "copyright", "header", "tabs")
    templates = {f"partials__{name}": f'<i class="{name}">{{{{ page.title }}}}</i>' for name in parts}
    add(root, theme=", features: [navigation.tabs]", **templates)
    for title, page in pages_of_films(root).items():
        assert re.findall(r'<i class="(\w+)">', page) == ["header", "tabs", "comments", "copyright"]
        assert set(re.findall(r'<i class="\w+">(.*?)</i>', page)) == {title}
        for kept in ('<dialog class="sb-search"', '<link rel="stylesheet"', f">{title}</h1>", "stuntbook.js"):
            assert kept in page


def test_a_hook_that_adds_to_the_context(root: Path) -> None:
    (root / "hook.py").write_text(
        "def on_page_context(context, page, **_):\n"
        f'    context["changes"] = page.title if page.title > "{LATE}" else "early"\n    return context\n',
        encoding="utf-8",
    )
    add(root, "hooks: [hook.py]\n")
    own = {title: f"../../{title if title > LATE else 'early'}" for title in FILMS.values()}
    assert shown(root, r'<a href="([^"]*)">Recent changes</a>') == own


def test_a_hook_that_changes_what_templates_are_rendered_with(root: Path) -> None:
    (root / "hook.py").write_text(
        "from jinja2 import pass_context\n\n@pass_context\ndef own(context, value):\n"
        '    title = context["page"].title if context.get("page") else ""\n'
        f'    return f"{{value}} of {{title}}" if title > "{LATE}" else value\n\n'
        'def on_env(env, **_):\n    env.filters["url"] = own\n    return env\n',
        encoding="utf-8",
    )
    add(root, "hooks: [hook.py]\n")
    for title, page in pages_of_films(root).items():
        found = re.findall(rf" of ({'|'.join(FILMS.values())})\"", page.partition("<body")[2])
        assert set(found) == ({title} if title > LATE else set())


def test_what_a_hook_tells_of_a_page(root: Path) -> None:
    """As plugins do that know when a page was changed last."""
    (root / "hook.py").write_text(
        "def on_page_markdown(markdown, page, **_):\n"
        '    page.meta["revision_date"] = "later" if "weir" in page.url else "sooner"\n',
        encoding="utf-8",
    )
    add(root, "hooks: [hook.py]\n")
    found = shown(root, r'(?s)<aside class="md-source-file">.*?</span>\s*(\w+)\s*</span>')
    assert found == {title: "later" if title == "Weir" else "sooner" for title in FILMS.values()}


def test_the_form_for_feedback_names_its_page(root: Path) -> None:
    add(root, FEEDBACK)
    own = {title: f"{title.replace(' ', '%20')}&u=/films/{identifier}/" for identifier, title in FILMS.items()}
    assert shown(root, r'<a href="/f\?t=([^"]*)">this</a>') == own


def test_the_buttons_to_edit_and_to_view_the_source(root: Path) -> None:
    add(root, REPOSITORY, ", features: [content.action.view, content.action.edit]")
    build(root, root / "site")
    files = {"films/canal": "stunts.yaml", "films/weir": "stunts.yaml", "sources/gazette": "articles/gazette.md"}
    for page, file in files.items():
        html = (root / "site" / page / "index.html").read_text(encoding="utf-8")
        buttons = re.findall(r'<a href="([^"]*)"[^>]* class="md-content__button', html)
        assert buttons == [f"https://github.com/owner/book/{each}/main/{file}" for each in ("edit", "raw")]


def test_a_page_that_the_navigation_lists_is_marked_in_it(root: Path) -> None:
    """And the ones beside it, which it does not list, are not."""
    add(root, "nav:\n  - Home: index.md\n  - Films: films/index.md\n  - A weir: films/weir/index.md\n")
    for title, page in pages_of_films(root).items():
        marked = re.findall(r'<a href="[^"]*" aria-current="page">', page)
        assert len(marked) == (title == "Weir"), title


def test_a_template_that_shows_nothing_is_refused(root: Path) -> None:
    add(root, main=" ")
    finished = stuntbook_here("build", "--root", root)
    assert finished.returncode == 1
    assert "main.html:1:1: error[template]: the site's own main.html shows nothing" in finished.stderr
    assert not (root / "site").exists()


def test_one_line_above_the_real_site_is_all_that_changes(site: Site, tmp_path: Path) -> None:
    root = copy_root(tmp_path / "book")
    settings = root / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("  name: material\n", "  name: material\n  custom_dir: own\n"),
        encoding="utf-8",
    )
    (root / "own").mkdir()
    line = '{% extends "base.html" %}\n{% block announce %}<b>Hello</b>{% endblock %}\n'
    (root / "own/main.html").write_text(line, encoding="utf-8")
    build(root, tmp_path / "site")
    own = Site(tmp_path / "site", site.base)
    assert {path for path in own.files if "site." not in path} == {path for path in site.files if "site." not in path}
    for path, document in own.documents.items():
        found = re.sub(r'(?s)<aside class="md-banner">.*?<b>Hello</b>.*?</aside>', "", document.html)
        assert _plain(found) == _plain(site.documents[path].html), path


def _plain(html: str) -> str:
    """Without the name of the stylesheet, and white space."""
    return re.sub(r"\s+", "", re.sub(r"site\.\w{8}\.css", "", html))
