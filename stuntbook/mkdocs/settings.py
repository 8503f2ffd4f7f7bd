"""What we read of MkDocs' configuration, and what we set in it."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from markupsafe import Markup, escape
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from stuntbook.data.edition import Edition
from stuntbook.data.files import FORMATS, OFF
from stuntbook.diagnostics import Location, Report, did_you_mean
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.history import NO_HISTORY, History
from stuntbook.pages.site_page import Publication
from stuntbook.reading.settings import Synonyms, read_synonyms
from stuntbook.reading.settings_file import place_of_settings
from stuntbook.text.web_address import flaw_in

THEME = Path(__file__).parent / "theme"
SCRIPT = "assets/stuntbook/stuntbook.js"
"""The one of every page."""
_TEXTS = ("site_name", "site_description", "site_author", "copyright", "repo_name")
"""Settings that templates show."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_BEYOND_THE_WEB = ("mailto", "tel")
_IN_NO_ADDRESS = re.compile(r"[\s\"<>\\^`{|}]")


def add_theme(config: MkDocsConfig) -> None:
    """Have MkDocs use our templates and script. Raises PluginError where the site's addresses would be others."""
    if not config.use_directory_urls:
        raise PluginError("stuntbook: the site's addresses end in a slash; remove use_directory_urls from mkdocs.yml")
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
    script = ExtraScriptValue(SCRIPT)
    script.type = "module"
    config.extra_javascript.append(script)
    if not config.repo_url:
        config.edit_uri = None  # MkDocs would warn on every page that it leads nowhere
    for name in _TEXTS:
        if config[name]:
            config[name] = as_text(config[name])


def extend_templates(environment: Environment, config: MkDocsConfig) -> None:
    """Let our templates extend those of the same name in the theme, as "material:" and the name."""
    below = config.theme.dirs[config.theme.dirs.index(str(THEME)) + 1 :]
    theme = PrefixLoader({"material": FileSystemLoader(below)}, ":")
    environment.loader = ChoiceLoader([loader for loader in (environment.loader, theme) if loader])


def as_text(html: str) -> Markup:
    """A text for templates that take it for HTML, so that markup in it is shown as it was typed.

    Characters may be written as in HTML (`&copy;`), as many do; so what this gives comes back as it is.
    """
    return escape(unescape(str(html)))


def site_name_of(config: MkDocsConfig) -> str:
    """The name of the site, as it was typed."""
    return unescape(str(config.site_name))


def check_addresses(config: MkDocsConfig, report: Report) -> None:
    """Report the web addresses in MkDocs' settings that no page may lead to."""
    named = [("site_url", config.site_url), ("repo_url", config.repo_url)]
    flaws = [(key, address, _flaw_in(address)) for key, address in named if address]
    flaws += [("nav", address, _flaw_in(address)) for address in _addresses(config.nav) if _leads_elsewhere(address)]
    flaws = [each for each in flaws if each[2]]
    place = place_of_settings(Path(config.config_file_path), report) if flaws else None
    for key, address, flaw in flaws:
        location = place.find(key).key if place else Location(Path(config.config_file_path).name)
        report.error(location, "bad-value", f'the address "{address}" {flaw}', "correct the address")


def _flaw_in(address: str) -> str | None:
    return flaw_in(address) or ("holds a character that no address holds" if _IN_NO_ADDRESS.search(address) else None)


def _leads_elsewhere(address: str) -> bool:
    """Whether an address in the navigation names no file."""
    scheme = _SCHEME.match(address)
    return address.startswith("//") or bool(scheme and scheme[1].lower() not in _BEYOND_THE_WEB)


def _addresses(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    for each in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _addresses(each)


def is_changed_by_others(config: MkDocsConfig) -> bool:
    """Whether pages may get what stands in no file: from another plugin, a hook, or a stylesheet of another host."""
    events = config.plugins.events
    return any(events["page_context"] + events["post_page"]) or any("//" in path for path in config.extra_css)


def varies_by_page(config: MkDocsConfig) -> bool:
    """Whether what is drawn around pages may be another for each: by a template of the site, a hook or a plugin."""
    return bool(config.theme.custom_dir or config.plugins.events["page_context"] or others_change_templates(config))


def others_change_templates(config: MkDocsConfig) -> bool:
    """Whether a hook or another plugin is given what templates are rendered with."""
    own = config.plugins.get("stuntbook")
    return any(getattr(each, "__self__", None) is not own for each in config.plugins.events["env"])


def root_of(config: MkDocsConfig) -> Path:
    """The knowledge base's folder."""
    return Path(config.config_file_path).parent


def way_to_root(config: MkDocsConfig) -> str:
    """The relative path from the folder of the pages written by hand to the knowledge base's."""
    return os.path.relpath(root_of(config), config.docs_dir).replace(os.sep, "/")


def synonyms_of(config: MkDocsConfig, report: Report) -> Synonyms:
    """What means the same to whoever searches (`extra: {stuntbook: {synonyms: …}}`)."""
    return read_synonyms(config.extra, Path(config.config_file_path), report)


def publication_of(config: MkDocsConfig, history: History = NO_HISTORY) -> Publication:
    """What pages say of the site as a whole."""
    repository = ""
    if config.repo_url and config.edit_uri:
        # GitHub shows a file at `blob`, next to the `edit` of the edit links.
        shown = re.sub(r"^edit/", "blob/", config.edit_uri)
        repository = urljoin(f"{config.repo_url.rstrip('/')}/", f"{shown}{way_to_root(config)}/")
    return Publication(name=site_name_of(config), address=config.site_url or "", repository=repository, history=history)


def edition_of(config: MkDocsConfig, knowledge: KnowledgeBase, history: History) -> Edition:
    """What data files say of the knowledge base as a whole. Raises PluginError for settings that mean nothing."""
    own = config.extra.get("stuntbook")
    own = own if isinstance(own, dict) else {}
    moment = os.environ.get("SOURCE_DATE_EPOCH")
    made = datetime.fromtimestamp(int(moment), UTC).isoformat() if moment else history.date
    return Edition(
        knowledge=knowledge,
        name=site_name_of(config),
        description=config.site_description or "",
        address=config.site_url or "",
        licence=str(own.get("licence") or ""),
        date=made,
        history=history,
        without=_without(own.get("formats") or {}),
    )


def _without(formats: object) -> frozenset[str]:
    """The formats that are not wanted: what `extra: {stuntbook: {formats: {sqlite: false, markdown: true}}}` says."""
    if not isinstance(formats, dict) or not all(isinstance(wanted, bool) for wanted in formats.values()):
        raise PluginError("mkdocs.yml: extra.stuntbook.formats: write for example {sqlite: false, markdown: true}")
    if unknown := next((name for name in formats if name not in FORMATS), None):
        advice = did_you_mean(str(unknown), FORMATS) or f"there are {', '.join(FORMATS)}"
        raise PluginError(f'mkdocs.yml: extra.stuntbook.formats: there is no format "{unknown}"; {advice}')
    return frozenset(name for name in FORMATS if not formats.get(name, name not in OFF))


def report_address(config: MkDocsConfig) -> str:
    """Where readers report a problem, with `{url}` and `{statement}` to be filled in; empty where that is not known.

    It is what `extra: {stuntbook: {report: …}}` says, or else the issue form of a repository on GitHub. Raises
    PluginError where the setting is no address that a report can be sent to.
    """
    own = config.extra.get("stuntbook")
    address = own.get("report") if isinstance(own, dict) else None
    if address:
        return _checked_address(address)
    repository = (config.repo_url or "").rstrip("/")
    if urlsplit(repository).hostname != "github.com":
        return ""
    return f"{repository}/issues/new?template=report.yml&permalink={{url}}&statement={{statement}}"


def _checked_address(address: object) -> str:
    found = str(address)
    if urlsplit(found).scheme not in ("https", "http", "mailto"):
        problem = "expected an address that begins with https: or mailto:"
    elif unknown := set(re.findall(r"\{[^}]*\}?|\}", found)) - {"{url}", "{statement}"}:
        problem = f"{sorted(unknown)[0]} stands for nothing; there are {{url}} and {{statement}}"
    elif "{url}" not in found:
        problem = "without {url}, a report does not say which page it is about"
    else:
        return found
    raise PluginError(
        f'mkdocs.yml: extra.stuntbook.report is "{found}": {problem}\n'
        'write for example report: "https://example.org/report?page={url}&text={statement}"'
    )
