"""The stylesheet has what a site may need, and little else."""

import re
from pathlib import Path

import pytest
from mkdocs.utils import get_theme_dir

from stuntbook.mkdocs.stylesheet import STYLES, one_stylesheet
from stuntbook.mkdocs.unused_styles import Words, without_unused
from tests.site_tools import ROOT, Site, add_settings, build, replace_in, snapshot
from tests.support import BOOK, write_book


@pytest.mark.parametrize(
    ("css", "markup", "kept"),
    [
        (".a { x: y }", '<p class="a">', ".a{x:y}"),
        (".a { x: y }", '<p class="b">', ""),
        (".a, .b > .c, .d { x: y }", '<p class="a c d">', ".a,.d{x:y}"),
        ("#a { x: y } #b { x: y }", '<p id="a">', "#a{x:y}"),
        ("kbd, p.a > i::before, *, ::marker { x: y }", "<p class=a><i>", "p.a > i::before,*,::marker{x:y}"),
        # An element may lack what these name.
        ("p:not(.b), p:is(.b, .a), p:hover { x: y }", "<p>", "p:not(.b),p:is(.b, .a),p:hover{x:y}"),
        ("[dir=rtl] p, [dir=ltr] p { x: y }", '<p dir="ltr">', "[dir=ltr] p{x:y}"),
        ('[data-a="b c"] { x: y }', "<p data-a='b c'>", '[data-a="b c"]{x:y}'),
        ("[data-a], [data-a^=b], [data-a=b i] { x: y }", "", "[data-a],[data-a^=b],[data-a=b i]{x:y}"),
        (r".a\:b, .\31 0 { x: y }", "10", r".a\:b,.\31 0{x:y}"),
        # Templates and scripts put names together.
        (".a--b, .b--c, .c { x: y }", 'class="a--{{ kind }}"', ".a--b{x:y}"),
        (".a__b, .b__b { x: y }", "`${name}__b`", ".a__b,.b__b{x:y}"),
        ("@media print { .a { x: y } .b { x: y } }", "a", "@media print{.a{x:y}}"),
        ("@media print { .b { x: y } } @supports (x: y) { @media all { .a { x: y } } }", "a",
         "@supports (x: y){@media all{.a{x:y}}}"),
        ("@keyframes k { from { x: y } } @charset 'UTF-8';", "", '@keyframes k { from { x: y } }@charset "UTF-8";'),
        (".a { x; y: z } ) .b { x: y } .a { x: y", "a", ".a{y:z}.a{x:y}"),
        ("/* a */ .a/* b */ > i { x: /* c */ y\n  z }", "a i", ".a > i{x:y z}"),
        (".a { x: '}'; y: url(\"data:,{;}\") /* .b { */ }", "a", '.a{x:"}";y:url("data:,{;}")}'),
        (".a { } .a { x: y !important; x: z; }", "a", ".a{x:y!important;x:z}"),
        (".a { x: y; & .b { x: y } z: z }", "a", ".a{x:y;& .b { x: y };z:z}"),
        # A property that only what has gone asks for has nobody who asks for it.
        ("p { --a: b; --c: d; --e: f; x: var( --a , 1) } .b { x: var(--c) }", "<p style='x: var(--e)'>",
         "p{--a:b;--e:f;x:var( --a , 1)}"),
    ],
)  # fmt: skip
def test_what_applies_to_nothing_is_left_out(css: str, markup: str, kept: str) -> None:
    assert without_unused(css, markup) == kept


@pytest.fixture
def css(site: Site) -> str:
    """The stylesheet of the real site."""
    (css,) = (each.decode() for path, each in site.files.items() if re.match(r"assets/stuntbook/site\..*css", path))
    return css


def test_properties_that_are_asked_for_are_kept(css: str) -> None:
    asked, defined = set(re.findall(r"var\((--[\w-]+)\)", css)), set(re.findall(r"(--[\w-]+):", css))
    whole = one_stylesheet([get_theme_dir("material")])
    assert asked & set(re.findall(r"(--[\w-]+):", whole)) <= defined
    assert len(css) < len(whole) / 2


def test_dark_colours_move_nothing(css: str) -> None:
    """They set nothing but colours, as custom properties, and leave out pictures that are for light ones."""
    rules = re.findall(r"([^{}]*=.?slate[^{}]*)\{([^{}]*)\}", css)
    declared = [each for selector, content in rules if "only-light" not in selector for each in content.split(";")]
    assert len(declared) > 20
    colour = re.compile(r"color-scheme:dark|--md-hue:\d+|--[\w-]+:[^;]*(#|hsla?\(|rgba?\(|var\().*")
    assert [each for each in declared if not colour.fullmatch(each)] == []
    assert "prefers-color-scheme" not in css


def test_no_style_of_ours_is_for_what_is_never_there() -> None:
    made_of = [path for path in (ROOT / "stuntbook").rglob("*") if path.suffix in (".html", ".js", ".py")]
    words = Words.of("\n".join(path.read_text(encoding="utf-8") for path in made_of))
    names = {name for path in STYLES.glob("*.css") for name in re.findall(r"\.(sb-[\w-]+)", path.read_text("utf-8"))}
    assert [name for name in sorted(names) if not words.may_be(name)] == []
    assert not words.may_be("sb-nothing")


# --- What a site brings along


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return add_settings(write_book(tmp_path / "book", BOOK, gazette="She jumped.\n"))


def stylesheet_of(root: Path) -> str:
    build(root, root / "site")
    files = snapshot(root / "site")
    (path,) = (path for path in files if re.match(r"assets/stuntbook/site\.\w+\.css", path))
    documents = [content.decode() for name, content in files.items() if name.endswith(".html")]
    links = {link for each in documents for link in re.findall(r"assets/stuntbook/site[^\"]*", each)}
    assert links == {path}
    return files[path].decode()


def add(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as opened:
        opened.write(text)


SAMPLE = ".md-typeset .tabbed-set"


def test_a_book_that_brings_nothing_has_none_of_it(root: Path) -> None:
    assert SAMPLE not in stylesheet_of(root)


def test_no_edit_of_a_record_changes_the_styles(root: Path) -> None:
    """Or all pages would be others after it: words of a record make no element."""
    before = stylesheet_of(root)
    for old, new in (
        ("canal:", "tabbed-set:"),
        ("film: canal", "film: tabbed-set"),
        ("title: Canal", "title: tabbed-set"),
    ):
        replace_in(root / "stunts.yaml", old, new)
    assert stylesheet_of(root) == before


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/own.md", '# Own\n\n<div class="tabbed-set"></div>\n'),
        ("docs/own.html", '<div class="tabbed-set"></div>\n'),
        ("docs/own.js", 'document.body.className = "tabbed-set";\n'),
        ("docs/own.js", "document.body.className = `${name}-set`;\n"),
        ("mkdocs.yml", "copyright: <span class=tabbed-set>\n"),
        ("mkdocs.yml", "extra_javascript: [https://example.org/own.js]\n"),
        ("mkdocs.yml", "extra_javascript: [//example.org/own.js]\n"),
        ("mkdocs.yml", "extra_css: [https://example.org/own.css]\n"),
        ("docs/own.md", '# Own\n\n<script src="https://example.org/own.js"></script>\n'),
    ],
)
def test_what_a_book_brings_has_its_styles(root: Path, path: str, text: str) -> None:
    add(root, path, text)
    assert SAMPLE in stylesheet_of(root)


@pytest.mark.parametrize("hook", ["on_post_page(output", "on_page_context(context"])
def test_what_a_hook_may_bring_has_its_styles(root: Path, hook: str) -> None:
    add(root, "hook.py", f"def {hook}, **rest):\n    return None\n")
    add(root, "mkdocs.yml", "hooks: [hook.py]\n")
    assert SAMPLE in stylesheet_of(root)


def test_what_a_template_of_a_book_may_bring_has_its_styles(root: Path) -> None:
    """Also where only some records have it, or where a partial of the theme does."""
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings.replace("font: false", "font: false, custom_dir: own"), encoding="utf-8")
    own = '{% extends "base.html" %}{% block footer %}{% if page.title == "-" %}<p class="tabbed-set">{% endif %}'
    add(root, "own/partials/copyright.html", own + '{% include "partials/search.html" %}{% endblock %}')
    css = stylesheet_of(root)
    assert SAMPLE in css
    assert ".md-search__form" in css
