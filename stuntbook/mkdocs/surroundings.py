"""What stands around pages and beside knowledge, as a digest: settings, navigation, and what a site has of its own."""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import blake2b
from pathlib import Path

from babel import Locale
from mkdocs.structure import StructureItem
from mkdocs.structure.pages import Page

from stuntbook.mkdocs.making import GeneratedPage, SiteMaker

_NOT_SHOWN = {"hooks", "plugins", "site_dir", "strict", "theme"}
"""Settings that no template shows as they are."""


def surroundings_of(maker: SiteMaker) -> str:
    """The digest of all that is given to pages and data files beside knowledge, and that the program does not hold."""
    config, theme = maker.config, maker.config.theme
    settings = {name: _plain(value) for name, value in config.items() if name not in _NOT_SHOWN}
    look = (theme.name, theme.custom_dir, sorted(theme.static_templates), {name: _plain(theme[name]) for name in theme})
    words = {name: value for name, value in maker.chrome.environment.globals.items() if isinstance(value, str)}
    by_hand = [_item(page) for page in map(_page_of, maker.documents) if page]
    plugins = {name: _plain(getattr(plugin, "config", None)) for name, plugin in config.plugins.items()}
    own = _files([theme.custom_dir, config.docs_dir] if theme.custom_dir else [])
    moment = os.environ.get("SOURCE_DATE_EPOCH")
    around = (settings, plugins, look, words, _items(maker.nav.items), by_hand, list(own), maker.language, moment)
    return maker.knowledge.tables.digest_of(around)


def _page_of(file: object) -> Page | None:
    page = getattr(file, "page", None)
    return page if isinstance(page, Page) and not isinstance(page, GeneratedPage) else None


def _items(items: Iterable[StructureItem]) -> list[object]:
    return [[_item(each), _items(getattr(each, "children", None) or ())] for each in items]


def _item(item: StructureItem) -> object:
    own = (getattr(item, name, None) for name in ("title", "url", "meta", "is_homepage"))
    return [type(item).__name__, *map(_plain, own)]


def _plain(value: object) -> object:
    """A setting as it can be told; what can't be is left, and is equal to nothing."""
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(each)] for key, each in value.items()]
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if isinstance(value, partial):
        return [_plain(each) for each in (value.func, value.args, value.keywords)]
    if callable(value) and hasattr(value, "__qualname__"):
        return [value.__module__, value.__qualname__]
    return str(value) if isinstance(value, str | Path | Locale) else value


def _files(folders: Iterable[str | None]) -> Iterator[tuple[str, str]]:
    for folder in filter(None, folders):
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                yield str(path), blake2b(path.read_bytes()).hexdigest()
