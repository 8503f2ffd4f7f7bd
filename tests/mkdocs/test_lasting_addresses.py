"""Addresses and dates of a site whose book is edited and committed: what changed is told, and old addresses lead on."""

import shutil
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from stuntbook.layout import ADDRESSES_FILE
from tests.knowledge.test_history import commit, git
from tests.site_tools import SITE_URL, Site, add_settings, build, parse, replace_in, stuntbook_here, text_of
from tests.support import BOOK, write_book

BODY = "Dara Quill jumped over the canal three times. The jump took all day.\n"
SUMMARY = '    summary: [{text: "It took a day.", cite: {gazette: The jump took all day.}}]\n'
LASTMOD = "{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book that was published, in two revisions."""
    root = add_settings(write_book(tmp_path / "book", BOOK + SUMMARY, gazette=BODY))
    replace_in(root / "mkdocs.yml", "site_name", f"site_url: {SITE_URL}\nsite_name")
    (root / ".gitignore").write_text("site/\n", encoding="utf-8")
    git(root, "init", "--quiet")
    commit(root, 1)
    replace_in(root / "stunts.yaml", "It took a day.", "It took a whole day.")
    assert stuntbook_here("addresses", "--root", root).returncode == 0
    commit(root, 2)
    return root


def built(root: Path) -> Site:
    shutil.rmtree(root / "site", ignore_errors=True)
    build(root, root / "site", GIT_DIR=str(root / ".git"))
    return Site(root / "site", SITE_URL)


def check(root: Path) -> tuple[int, str]:
    """Exit code and errors of a check; what a book is lacking is no matter."""
    finished = stuntbook_here("check", "--root", root)
    return finished.returncode, finished.stderr if "error[" in finished.stderr else ""


def test_what_changed_is_told_everywhere(root: Path) -> None:
    site = built(root)
    changes = text_of(site.pages["changes/"].article)
    assert "2 April 2031" in changes
    assert "Reworded: It took a whole day. (Canal jump)It took a day." in changes
    assert "What this page tells last changed on 2 April 2031." in text_of(site.pages["stunts/canal-jump/"].article)
    assert "last changed" not in text_of(site.pages["people/mo-venn/"].article)
    dates = {each[0].text: each.findtext(LASTMOD) for each in fromstring(site.files["sitemap.xml"]) if each[0].text}
    assert dates[f"{SITE_URL}stunts/canal-jump/"] == "2031-04-02T12:00:00+00:00"
    assert dates[f"{SITE_URL}people/mo-venn/"] is None
    assert b"2031-04-02T12:00:00+00:00" in site.files["feed.xml"]
    assert 'type="application/atom+xml"' in site.documents["stunts/canal-jump/index.html"].html
    assert f"{SITE_URL}changes/" in site.pages["people/mo-venn/"].links()
    anchor = next(link for link in site.pages["changes/"].links() if "canal-jump/#" in link).partition("#")[2]
    assert anchor in site.pages["stunts/canal-jump/"].ids


def test_without_a_history_nothing_is_told(root: Path) -> None:
    build(root, root / "site")
    site = Site(root / "site", SITE_URL)
    assert not {"changes/index.html", "feed.xml"} & site.files.keys()
    assert all("last changed" not in document.html for document in site.documents.values())
    assert b"lastmod" not in site.files["sitemap.xml"]


def test_a_sentence_that_is_reworded_keeps_its_address(root: Path) -> None:
    lines = (root / ADDRESSES_FILE).read_text(encoding="utf-8").splitlines()
    (old,) = (line.partition("#")[2] for line in lines if line.startswith("stunts/canal-jump/#summary-"))
    replace_in(root / "stunts.yaml", "It took a whole day.", "It took the whole day.")
    code, told = check(root)
    assert code == 1
    assert f"give it `id: {old}`" in told
    replace_in(root / "stunts.yaml", 'text: "It took the', f'id: {old}, text: "It took the')
    assert check(root) == (0, "")
    assert old in built(root).pages["stunts/canal-jump/"].ids


def test_a_record_that_is_renamed_leads_on(root: Path) -> None:
    replace_in(root / "stunts.yaml", "  canal-jump:\n", "  great-jump:\n")
    code, told = check(root)
    assert code == 1
    assert "error[vanished-address]: stunts/canal-jump/ was published" in told
    assert 'if "great-jump" is what it is called now, give it `former_ids: [canal-jump]`' in told
    replace_in(root / "stunts.yaml", "  great-jump:\n", "  great-jump:\n    former_ids: [canal-jump]\n")
    assert check(root) == (0, "")
    site = built(root)
    page = parse(site.files["stunts/canal-jump/index.html"].decode(), strict=True)
    canonical, refresh = page.find(".//link[@rel='canonical']"), page.find(".//meta[@http-equiv='refresh']")
    assert canonical is not None
    assert canonical.get("href") == f"{SITE_URL}stunts/great-jump/"
    assert refresh is not None
    assert refresh.get("content") == "0; url=../great-jump/"
    assert site.files["_redirects"] == b"/book/stunts/canal-jump/ /book/stunts/great-jump/ 301\n"


def test_a_record_that_is_removed_leads_where_the_editor_says(root: Path) -> None:
    text = (root / "stunts.yaml").read_text(encoding="utf-8")
    (root / "stunts.yaml").write_text(text.partition("stunts:")[0], encoding="utf-8")
    assert "stunts/canal-jump/ was published" in check(root)[1]
    replace_in(root / ADDRESSES_FILE, "\nstunts/canal-jump/\n", "\nstunts/canal-jump/ films/canal/\n")
    assert check(root) == (0, "")
    assert b'url=../../films/canal/"' in built(root).files["stunts/canal-jump/index.html"]


def test_what_was_recorded_stays_recorded(root: Path) -> None:
    before = (root / ADDRESSES_FILE).read_text(encoding="utf-8")
    assert "\nfilms/canal/\n" in before
    stuntbook_here("addresses", "--root", root)
    assert (root / ADDRESSES_FILE).read_text(encoding="utf-8") == before
    replace_in(root / ADDRESSES_FILE, "\nfilms/canal/\n", "\nfilms/canal/\nfilms/ditch/ films/canal/\n")
    stuntbook_here("addresses", "--root", root)
    assert "\nfilms/ditch/ films/canal/\n" in (root / ADDRESSES_FILE).read_text(encoding="utf-8")
