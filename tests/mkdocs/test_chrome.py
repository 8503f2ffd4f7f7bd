"""Pages put together from parts are byte for byte what the theme's whole template gives."""

import shutil
from pathlib import Path

import pytest

from stuntbook.mkdocs.chrome import Chrome
from stuntbook.safe import Safe
from tests.site_tools import PUBLISHED, ROOT, SITE_URL, build, copy_root, differences, snapshot
from tests.support import SITES


@pytest.mark.parametrize(("name", "root"), [("site", ROOT), ("published", ROOT), ("small", SITES / "valid")])
def test_every_page_is_what_the_whole_template_gives(
    name: str, root: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = request.getfixturevalue(name)
    monkeypatch.setattr(Chrome, "around", Chrome.whole)
    build(root, tmp_path, **(PUBLISHED if parts.base == SITE_URL else {}))
    assert differences(parts.files, snapshot(tmp_path)) == []


def test_an_editors_own_files_are_published_whatever_their_folder(tmp_path: Path) -> None:
    """Files of the theme that stand in folders of the same name are not."""
    root = shutil.copytree(SITES / "valid", tmp_path / "book")
    own = {"assets/javascripts/own.js": "// own", "assets/stylesheets/own.css": "p { color: red }"}
    for path, content in own.items():
        file = root / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    build(root, tmp_path / "site")
    folders = ("assets/javascripts/", "assets/stylesheets/")
    assert {
        path: content.decode() for path, content in snapshot(tmp_path / "site").items() if path.startswith(folders)
    } == own


def test_cards_outlive_a_build_that_draws_none(tmp_path: Path) -> None:
    root = copy_root(tmp_path / "book")
    build(root, tmp_path / "site", **PUBLISHED)
    assert (tmp_path / "site/assets/cards").exists()
    safe = Safe.of(root)
    assert safe
    kept = snapshot(safe.folder / "cards")
    build(root, tmp_path / "site")
    assert not (tmp_path / "site/assets/cards").exists()
    assert snapshot(safe.folder / "cards") == kept != {}
