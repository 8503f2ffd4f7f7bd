"""Other plugins beside ours: which do nothing here, which can't work with a book, and which of them has failed."""

import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.pages import Page

from stuntbook.diagnostics import plural

OWN = "stuntbook"
"""The name of our plugin."""
_IDLE: Mapping[str, str] = MappingProxyType(
    {
        "search": "the site has a search of its own",
        "social": "every page has a card of its own",
    }
)
"""Plugins whose work is done already, by their names without that of a theme."""
_UNFIT: Mapping[str, str] = MappingProxyType(
    {
        "encryptcontent": "what it hides would stay readable in the search, the data files and the cards",
        "i18n": "it makes each page of a file for each language, and a book's pages are made of no such files",
        "print-site": "it draws pages with the theme's templates after the site is built, and a book's pages need more",
    }
)
"""Plugins that would seem to work, and give something wrong."""

log = get_plugin_logger(__name__)


def settle(config: MkDocsConfig) -> None:
    """Put plugins to rest whose work is done already. Raises PluginError for those that can't work with a book."""
    for name, plugin in config.plugins.items():
        plain = _plain(name)
        if plain in _UNFIT:
            raise PluginError(f"stuntbook: take the plugin {plain} out of mkdocs.yml: {_UNFIT[plain]}")
        if plain in _IDLE:
            log.info("the plugin %s does nothing here: %s", plain, _IDLE[plain])
            for event, methods in config.plugins.events.items():
                if event != "config":  # which is being told
                    methods[:] = [each for each in methods if getattr(each, "__self__", None) is not plugin]


def is_left_to_us(config: MkDocsConfig) -> bool:
    """Whether neither a hook nor another plugin has a hand in the pages, of which nothing would be known."""
    return not config.hooks and set(map(_plain, config.plugins)) <= {OWN, *_IDLE}


def _plain(name: str) -> str:
    """A plugin's name without that of its theme, or the number of the time that it is used."""
    return name.rpartition("/")[2].partition(" ")[0]


def check_taken(pages: Iterable[str], config: MkDocsConfig) -> None:
    """Raise PluginError where another plugin has taken pages of a book away, or gives pages other addresses."""
    if missing := list(pages):
        taking = [_plain(name) for name, each in config.plugins.items() if name != OWN and hasattr(each, "on_files")]
        raise PluginError(
            f"stuntbook: {' or '.join(taking) or 'a plugin'} takes {plural(len(missing), 'page')} of the book away, "
            f"{missing[0]} first: have it leave them in, since the book's pages lead to one another"
        )
    if not config.use_directory_urls:
        raise PluginError(
            "stuntbook: a plugin, perhaps offline, switches use_directory_urls off, and the site's addresses end in a "
            "slash; from a disk it can be read without that plugin"
        )


def read_content(config: MkDocsConfig) -> bool:
    """Whether a hook or another plugin is told of the content of pages."""
    own = config.plugins.get(OWN)
    return any(getattr(each, "__self__", None) is not own for each in config.plugins.events["page_content"])


def fault_of(error: BaseException, plugins: Mapping[str, object]) -> str:
    """A sentence about the plugin or hook that has failed, and on which page; empty where the error is of another."""
    modules = {_module(plugin): name for name, plugin in plugins.items()}
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        module = str(frame.f_globals.get("__name__"))
        if module.partition(".")[0] == OWN:
            return ""
        if module in modules:
            page = frame.f_locals.get("page")
            what = f" on {page.file.src_uri}" if isinstance(page, Page) else ""
            where = f"{Path(frame.f_code.co_filename).name}, line {line}"
            return f"the plugin {modules[module]} fails{what}: {type(error).__name__}: {error} ({where})"
    return ""


def _module(plugin: object) -> str:
    """The name of the module that a plugin's class is from; a hook is a module itself."""
    return str(plugin.__name__ if isinstance(plugin, ModuleType) else type(plugin).__module__)
