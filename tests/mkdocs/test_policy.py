"""Which pages have a Content-Security-Policy, what keeps a site from having one, and what hosts read of it."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from stuntbook.mkdocs.policy import headers_file
from tests.site_tools import Site, add_settings, build, replace_in, stuntbook_here
from tests.support import BOOK, write_book

TAG = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
TOLD = "stuntbook: Pages go without a Content-Security-Policy, which would stop what comes with "


def test_every_page_has_it_before_anything_that_it_could_stop(published: Site, small: Site) -> None:
    for site in (published, small):
        for path, content in site.files.items():
            if path.endswith(".html"):
                html = content.decode()
                assert len(TAG.findall(html)) == 1, path
                before = html.partition("<meta http-equiv")[0]
                assert not re.search(r"<(script|link|img|style)", before), path


def test_nothing_stands_in_a_page_that_it_would_stop(published: Site, small: Site) -> None:
    for site in (published, small):
        for path, document in site.documents.items():
            for element in document.tree.iter():
                own = {name for name in element.attrib if name == "style" or name.startswith("on")}
                assert not own, (path, element.tag, own)
                assert element.tag not in ("style", "iframe", "object", "embed", "base"), path
                if element.tag == "script":
                    assert element.get("src") or element.get("type") == "application/ld+json", path


def rules_of(text: str) -> list[tuple[str, list[str]]]:
    parts = re.findall(r"^(/.*)\n((?:  .*\n)+)", text, re.MULTILINE)
    return [(path, [line.strip() for line in lines.splitlines()]) for path, lines in parts]


def test_hosts_read_the_same_and_how_long_to_keep_each_file(published: Site) -> None:
    rules = rules_of(published.files["_headers"].decode())
    (path, always), *keeping = rules
    assert path == "/book/*"
    policy = TAG.findall(published.pages[""].html)[0]
    assert always == [
        f"Content-Security-Policy: {policy.replace(' file:', '')}; frame-ancestors 'self'",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: strict-origin-when-cross-origin",
    ]
    assert len(rules) <= 100
    for file in published.files.keys() - {"_headers"}:
        address = f"/book/{file.removesuffix('index.html') if file == 'index.html' else file}"
        found = [lines for path, lines in keeping if fnmatchcase(address, path)]
        assert len(found) == 1, (address, found)
        has_digest = re.search(r"\.pf_(index|filter|meta)$|/site\.\w{8}\.css$", file)
        expected = "public, max-age=31536000, immutable" if has_digest else "public, max-age=600"
        assert found[0] == [f"Cache-Control: {expected}"], address


def test_a_site_with_more_files_than_hosts_read_rules_for_says_what_may_be_kept(tmp_path: Path) -> None:
    for number in range(120):
        (tmp_path / f"{number}.txt").touch()
    (tmp_path / "site.01234567.css").touch()
    _, home, only = rules_of(headers_file(tmp_path, "/", policy=False).decode())
    assert (home[0], only[0]) == ("/", "/site.01234567.css")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return add_settings(write_book(tmp_path / "book", BOOK, gazette="Dara Quill jumped.\n"))


def add(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as opened:
        opened.write(text)


ELSEWHERE = "https://cdn.example/x"
OBSTACLES = {
    "extra_javascript from elsewhere": {"mkdocs.yml": f"extra_javascript: [{ELSEWHERE}.js]\n"},
    "extra_css from elsewhere": {"mkdocs.yml": "extra_css: [//cdn.example/x.css]\n"},
    "extra.analytics": {"mkdocs.yml": "extra: {analytics: {provider: google, property: G-X}}\n"},
    "own.css": {"mkdocs.yml": "extra_css: [own.css]\n", "docs/own.css": f"@import '{ELSEWHERE}.css';"},
    "the page own.md": {"docs/own.md": "# Own\n\n<p style='color: red'>Red.</p>\n"},
    "the hook own.py": {
        "mkdocs.yml": "hooks: [own.py]\n",
        "own.py": "def on_post_page(output, **_):\n    return output",
    },
    "own/partials/comments.html": {"own/partials/comments.html": "<script>comment()</script>"},
    "theme.font": {},
}


@pytest.mark.parametrize("cause", OBSTACLES)
def test_what_it_would_stop_is_named_and_pages_go_without(root: Path, cause: str) -> None:
    for path, text in OBSTACLES[cause].items():
        add(root, path, text)
    if cause == "theme.font":
        replace_in(root / "mkdocs.yml", ", font: false", "")
    if (root / "own").exists():
        replace_in(root / "mkdocs.yml", "font: false", "font: false, custom_dir: own")
    finished = stuntbook_here("build", "--root", root)
    assert finished.returncode == 0, finished.stderr
    assert [line for line in finished.stderr.splitlines() if "Policy" in line] == [f"{TOLD}{cause}"]
    for page in (root / "site").rglob("*.html"):
        assert not TAG.search(page.read_text(encoding="utf-8")), page
    headers = (root / "site/_headers").read_text(encoding="utf-8")
    assert "Content-Security-Policy" not in headers
    assert "X-Content-Type-Options: nosniff" in headers


def test_what_it_does_not_stop_is_no_obstacle(root: Path) -> None:
    files = {
        "docs/own.css": "p { color: red }",
        "docs/own.js": "document.title += '!';",
        "docs/own.md": "# Own\n\n| a | b |\n| --: | :-: |\n| 1 | 2 |\n\n`<script>x()</script>` and ![](own.png)\n",
        "docs/own.png": "",
        "docs/_headers": "/*\n  X-Own: 1\n",
        "own/partials/comments.html": "<p>Write to us.</p>",
        "mkdocs.yml": "extra_css: [own.css]\nextra_javascript: [own.js]\nmarkdown_extensions: [tables]\n",
    }
    for path, text in files.items():
        add(root, path, text)
    replace_in(root / "mkdocs.yml", "plugins: [stuntbook]", "plugins: [search, stuntbook]")
    replace_in(root / "mkdocs.yml", "font: false", "font: false, custom_dir: own")
    build(root, root / "site")
    page = (root / "site/own/index.html").read_text(encoding="utf-8")
    assert TAG.search(page)
    assert '<td align="right">1</td>' in page
    assert " style=" not in page
    assert (root / "site/_headers").read_text(encoding="utf-8") == files["docs/_headers"], "the site's own counts"
