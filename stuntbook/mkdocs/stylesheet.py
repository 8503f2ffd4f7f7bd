"""The theme's stylesheets and ours -> one, so that a page waits for one file and not for three."""

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from stuntbook.memo import Memo
from stuntbook.mkdocs.making import SiteMaker
from stuntbook.mkdocs.settings import is_changed_by_others
from stuntbook.mkdocs.unused_styles import without_unused
from stuntbook.pages.rendering import TEMPLATES
from stuntbook.publish.site_folder import write

STYLES = Path(__file__).parent / "styles"
STYLE_ORDER = (
    *("base", "header", "facts", "statements", "quotes", "disputes", "lists", "listings", "references", "citations"),
    *("sources", "evidence", "figures", "home", "search", "print"),
)
"""The stylesheets in the order of the cascade."""
NOT_YET_KNOWN = "assets/stuntbook/site.00000000.css"
"""What MkDocs' own pages link to until all pages are there whose markup says what the stylesheet has to hold."""
_KIND = "stylesheet"
_FROM_ELSEWHERE = re.compile(r"<script[^>]*\ssrc=[\"']?(?:https?:)?//")


def one_stylesheet(theme_folders: Iterable[str]) -> str:
    """All styles, in the order of the cascade."""
    folders = [Path(folder, "assets", "stylesheets") for folder in theme_folders]
    paths = [path for name in ("main", "palette") for folder in folders for path in folder.glob(f"{name}.*.min.css")]
    paths += [STYLES / f"{name}.css" for name in STYLE_ORDER]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def address_of(stylesheet: str) -> str:
    """Where a stylesheet stands within the site: another content has another address, so that none is out of date."""
    return f"assets/stuntbook/site.{sha256(stylesheet.encode()).hexdigest()[:8]}.css"


def publish_stylesheet(maker: SiteMaker, memo: Memo) -> None:
    """Write the stylesheet with what the site needs, and have all pages link to it.

    It comes when MkDocs has written its own pages, the scripts and all other files, and before ours are made.
    """
    paths = sorted(path for path in maker.folder.rglob("*") if path.suffix in (".html", ".js", ".css"))
    written = {path: _text(path) for path in paths}
    css = one_stylesheet(maker.config.theme.dirs)
    markup = "\n".join([*written.values(), *maker.frames(), *_templates(maker)])
    if not (_FROM_ELSEWHERE.search(markup) or is_changed_by_others(maker.config)):
        read = memo.tables.add("styles", {"all": css, "markup": markup})
        (css,) = memo.recall_each(_KIND, [""], lambda _: without_unused(read["all"], read["markup"]), use=_is_text)
        memo.keep_safe()
    address = address_of(css)
    write(maker.folder / address, css.encode())
    for path, text in written.items():
        if NOT_YET_KNOWN in text:
            write(path, text.replace(NOT_YET_KNOWN, address).encode())
    maker.chrome.environment.globals["stylesheet"] = address


def _is_text(_: str, kept: object) -> bool:
    return isinstance(kept, str)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _templates(maker: SiteMaker) -> Iterable[str]:
    """What a record may bring to its page; and where a site has templates of its own, all that these may include."""
    paths = [path for path in TEMPLATES.parent.rglob("*") if path.suffix in (".html", ".py")]
    theme = maker.config.theme
    if theme.custom_dir:
        folders = [Path(folder, part) for folder in theme.dirs for part in ("", "partials")]
        paths += [path for folder in folders for path in folder.glob("*.html")]
        paths += Path(theme.custom_dir).rglob("*.html")
    return map(_text, paths)
