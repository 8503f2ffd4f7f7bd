"""Pages written by hand and MkDocs' settings: whatever they hold, a build ends with a site or a located problem."""

import re
from pathlib import Path

import pytest

from tests.site_tools import add_settings, parse, stuntbook_here
from tests.support import BOOK, write_book


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return add_settings(write_book(tmp_path / "book", BOOK, weekly="She jumped.\n"))


def built(root: Path) -> tuple[int, str]:
    """Exit code and what was told of the pages."""
    finished = stuntbook_here("build", "--quiet", "--root", root, "--site-dir", root.parent / "site")
    return finished.returncode, finished.stderr


PAGES = {
    b"# Caf\xe9\n": "docs/page.md:1:6: error[not-utf-8]",
    "\ufeff# Page\n".encode("utf-16"): "docs/page.md:1:1: error[not-utf-8]",
    b"---\nhide: 5\n---\n# Page\n": "docs/page.md:2:1: error[front-matter]",
    b"---\nhide: true\n---\n# Page\n": "docs/page.md:2:1: error[front-matter]",
    b"---\nstatus: [new]\n---\n# Page\n": "docs/page.md:2:1: error[front-matter]",
    b"---\ntags: [[a]]\n---\n# Page\n": "docs/page.md:2:1: error[front-matter]",
    b"---\na: 1\ntemplate: 5\n---\n# Page\n": "docs/page.md:3:1: error[front-matter]",
    b"---\ntemplate: /etc/passwd\n---\n# Page\n": "docs/page.md:2:1: error[front-matter]",
    b"---\ntitle: &a [*a]\n---\n# Page\n": "docs/page.md:2:1: error[front-matter]",
    b"[a link](https://[::1/)\n": "docs/page.md:1:1: error[page]",
    b" " * 1_000_001: "docs/page.md:1:1: error[large-file]",
}


@pytest.mark.parametrize(
    "content", PAGES, ids=[each.rpartition(" ")[2] + str(n) for n, each in enumerate(PAGES.values())]
)
def test_a_page_that_mkdocs_fails_on_is_a_located_problem(content: bytes, root: Path) -> None:
    (root / "docs" / "page.md").write_bytes(content)
    code, told = built(root)
    assert code == 1
    assert f"\n{PAGES[content]}: " in told
    assert not (root.parent / "site").exists()


def test_a_page_that_only_some_versions_of_markdown_can_read_is_read_or_is_a_located_problem(root: Path) -> None:
    (root / "docs" / "page.md").write_text("**a *b " * 2_000 + "c* d**" * 2_000, encoding="utf-8")
    code, told = built(root)
    assert "Traceback" not in told
    assert code == 0 or "\ndocs/page.md:1:1: error[page]: " in told


def test_a_page_that_takes_too_long_is_a_located_problem(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stuntbook.mkdocs.hand_written._PATIENCE", 0.2)
    (root / "docs" / "page.md").write_text("[" * 20_000, encoding="utf-8")
    code, told = built(root)
    assert code == 1
    assert "docs/page.md:1:1: error[page]: MkDocs needs more than" in told


@pytest.mark.parametrize(
    "front", ["hide: toc", "hide:", "title: 2031", "title:", "tags: [a, 5]", "other: {a: [5]}", "hide: [toc]"]
)
def test_what_templates_can_take_is_taken(front: str, root: Path) -> None:
    (root / "docs" / "page.md").write_text(f"---\n{front}\n---\n# Page\n", encoding="utf-8")
    assert built(root)[0] == 0


MARKUP = '<img src=x onerror="alert(1)">'
SHOWN = "&lt;img src=x onerror=&#34;alert(1)&#34;&gt;"


def test_markup_in_settings_and_titles_is_shown_as_it_was_typed(root: Path) -> None:
    settings = f"""
site_name: '{MARKUP} & Sons'
site_description: '{MARKUP}'
copyright: '&copy; 2031 {MARKUP}'
repo_url: https://example.org/owner/book
repo_name: '{MARKUP}'
edit_uri: '"><img src=x>/'
theme: {{name: material, font: false, features: [content.action.edit]}}
plugins: [stuntbook]
nav: [{{'{MARKUP} Home': index.md}}, {{'{MARKUP} Section': [page.md]}}, {{'{MARKUP} Link': 'https://example.org/'}}]
"""
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    front = f"---\ntitle: '{MARKUP}'\ndescription: '{MARKUP}'\nauthor: '{MARKUP}'\n---\n"
    (root / "docs" / "page.md").write_text(f"{front}Words.\n", encoding="utf-8")
    assert built(root)[0] == 0
    for page in (root.parent / "site").rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert not [each for each in parse(html).iter("img") if each.get("src") == "x"], page
        assert MARKUP not in html
        assert "© 2031" in html


def test_front_matter_does_not_reach_linked_data(root: Path) -> None:
    own = "stuntbook: {linked_data: '</script><script>alert(1)</script>', og_type: x, image: x}"
    (root / "docs" / "page.md").write_text(f"---\n{own}\n---\n# Page\n", encoding="utf-8")
    assert built(root)[0] == 0
    html = (root.parent / "site" / "page" / "index.html").read_text(encoding="utf-8")
    assert "alert(1)" not in html
    assert "application/ld+json" not in html


@pytest.mark.parametrize(
    "setting",
    [
        "site_url: https://[::1/",
        "theme: {name: material, font: false, features: 5}",
        "theme: {name: material, font: false, palette: 5}",
        "extra_css: [5]",
        "INHERIT: [5]",
        "INHERIT:",
        "INHERIT: /dev/zero",
        f"extra: {'{a: ' * 2_000}{'}' * 2_000}",
    ],
)
def test_settings_that_mkdocs_fails_on_end_with_a_line(setting: str, root: Path) -> None:
    key = setting.partition(":")[0]
    kept = [line for line in (root / "mkdocs.yml").read_text(encoding="utf-8").splitlines() if not line.startswith(key)]
    (root / "mkdocs.yml").write_text("\n".join([*kept, setting, ""]), encoding="utf-8")
    code, told = built(root)
    assert code == 1
    assert re.search(r"^(mkdocs\.yml:\d+:\d+: )?error", told, re.MULTILINE)
    assert "Traceback" not in told
