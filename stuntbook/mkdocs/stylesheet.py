"""The theme's stylesheets and ours -> one, so that a page waits for one file and not for three."""

import re
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from stuntbook.mkdocs.chrome import Chrome
from stuntbook.mkdocs.making import SiteMaker
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


def publish_stylesheet(maker: SiteMaker) -> None:
    """Write the stylesheet with what the site needs, and have all pages link to it.

    It comes when MkDocs has written its own pages, the scripts and all other files, and before ours are made.
    """
    written = {path: _text(path) for path in maker.folder.rglob("*") if path.suffix in (".html", ".js", ".css")}
    css = one_stylesheet(maker.config.theme.dirs)
    markup = "\n".join([*written.values(), *_samples(maker), *_templates(maker.config)])
    if not (_FROM_ELSEWHERE.search(markup) or _is_changed_by_others(maker.config)):
        css = without_unused(css, markup)
    address = address_of(css)
    write(maker.folder / address, css.encode())
    for path, text in written.items():
        if NOT_YET_KNOWN in text:
            write(path, text.replace(NOT_YET_KNOWN, address).encode())
    maker.chrome.environment.globals["stylesheet"] = address


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _samples(maker: SiteMaker) -> Iterable[str]:
    """A document of each kind of generated pages: what the theme draws around one does not depend on the record."""
    kinds = {address if page.entry.is_index else type(page.entry.subject): address for address, page in maker.pages.items()}
    sampler = replace(maker, chrome=Chrome(maker.chrome.environment))
    return [sampler.document(address)[0] for address in kinds.values()]


def _templates(config: MkDocsConfig) -> Iterable[str]:
    """What a record may bring to its page; and where a site has templates of its own, all that these may include."""
    paths = [path for path in TEMPLATES.parent.rglob("*") if path.suffix in (".html", ".py")]
    if config.theme.custom_dir:
        folders = [Path(folder, part) for folder in config.theme.dirs for part in ("", "partials")]
        paths += [path for folder in folders for path in folder.glob("*.html")]
        paths += Path(config.theme.custom_dir).rglob("*.html")
    return map(_text, paths)


def _is_changed_by_others(config: MkDocsConfig) -> bool:
    """Whether a page may get what stands in no file: from another plugin, or from a stylesheet of another host."""
    by_plugins = any(config.plugins.events[event] for event in ("page_context", "post_page"))
    return by_plugins or any("//" in path for path in config.extra_css)
