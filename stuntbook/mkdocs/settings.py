"""What we read of MkDocs' configuration, and what we set in it."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import cast
from urllib.parse import urljoin, urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from markupsafe import Markup, escape
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.config_options import Dir, ExtraScriptValue, Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from stuntbook.data.edition import Edition
from stuntbook.data.files import FORMATS, OFF
from stuntbook.diagnostics import Location, Report, did_you_mean
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.history import NO_HISTORY, History
from stuntbook.layout import ARTICLES_FOLDER
from stuntbook.pages.site_page import Publication
from stuntbook.reading.settings import Synonyms, read_synonyms
from stuntbook.reading.settings_file import place_of_settings
from stuntbook.text.web_address import flaw_in

_PREFIX = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*", re.ASCII)
_SCRIPTED = re.compile(
    r"announce\.dismiss|content\.(code\.(annotate|copy|select)|footnote\.tooltips|tabs\.link|tooltips)|header\.autohide|"
    r"navigation\.(instant(\..+)?|top|tracking)|search\..+|toc\.follow"
)
"""The theme's features that its script brings about."""
THEME = Path(__file__).parent / "theme"
SCRIPT = "assets/stuntbook/stuntbook.js"
"""The one of every page."""
_TEXTS = ("site_name", "site_description", "site_author", "copyright", "repo_name")
"""Settings that templates show."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_BEYOND_THE_WEB = ("mailto", "tel")
_IN_NO_ADDRESS = re.compile(r"[\s\"<>\\^`{|}]")


class _Prefix(Type[str]):
    """A folder of the site's addresses, without slashes around it."""

    def run_validation(self, value: object) -> str:
        prefix = super().run_validation(value).strip("/")
        if prefix and not _PREFIX.fullmatch(prefix):
            raise ValidationError("expected the names of folders in letters, figures, - and _, such as stunts-book/")
        return prefix


class Options(Config):  # type: ignore[no-untyped-call]
    """What the plugin can be told in `mkdocs.yml`."""

    root = Optional(Dir(exists=True))
    """The knowledge base's folder; by default that of `mkdocs.yml`."""
    prefix = _Prefix(str, default="")
    """The folder of the site in which the book is; by default it is the whole site."""


def options_of(config: MkDocsConfig) -> Options:
    """The plugin's options."""
    return cast(Options, config.plugins["stuntbook"].config)


def add_theme(config: MkDocsConfig) -> None:
    """Have MkDocs use our templates and script.

    Raises PluginError where the theme is another, or the site's addresses would be others.
    """
    if config.theme.name != "material":
        raise PluginError(f"stuntbook: the pages need the theme material, and {_name(config)} has {config.theme.name}")
    if not config.use_directory_urls:
        raise PluginError(
            f"stuntbook: the site's addresses end in a slash; remove use_directory_urls from {_name(config)}"
        )
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
    script = ExtraScriptValue(book_of(config) + SCRIPT)
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
    social = config.extra.get("social")
    links = [str(each.get("link")) for each in social if isinstance(each, dict)] if isinstance(social, list) else []
    flaws += [("extra", link, _flaw_in_link(link)) for link in links]
    flaws += [("nav", address, _flaw_in(address)) for address in _addresses(config.nav) if _leads_elsewhere(address)]
    flaws = [each for each in flaws if each[2]]
    place = place_of_settings(Path(config.config_file_path), report) if flaws else None
    for key, address, flaw in flaws:
        location = place.find(key).key if place else Location(Path(config.config_file_path).name)
        report.error(location, "bad-value", f'the address "{address}" {flaw}', "correct the address")


def _flaw_in(address: str) -> str | None:
    return flaw_in(address) or ("holds a character that no address holds" if _IN_NO_ADDRESS.search(address) else None)


def _flaw_in_link(address: str) -> str | None:
    if _leads_elsewhere(address):
        return _flaw_in(address)
    return "holds a character that no address holds" if _IN_NO_ADDRESS.search(address) else None


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


def titles_in_nav(config: MkDocsConfig) -> dict[str, str]:
    """What the navigation calls pages, as HTML, by the paths that it names them by."""
    return dict(_titles(config.nav))


def _titles(nav: object) -> Iterator[tuple[str, str]]:
    for each in nav if isinstance(nav, list) else [nav]:
        for title, value in each.items() if isinstance(each, dict) else ():
            if isinstance(value, str):
                yield value, as_text(title)
            else:
                yield from _titles(value)


def varies_by_page(config: MkDocsConfig) -> bool:
    """Whether what is drawn around pages may be another for each: by a template of the site, a hook or a plugin."""
    return bool(config.theme.custom_dir or config.plugins.events["page_context"] or others_change_templates(config))


def without_effect(config: MkDocsConfig) -> list[str]:
    """The settings that are switched on and need the theme's own script, which no page has."""
    features = [each for each in config.theme.get("features") or () if _SCRIPTED.fullmatch(str(each))]
    analytics = config.extra.get("analytics")
    others = [f"extra.{key}" for key in ("consent", "version") if config.extra.get(key)]
    others += ["extra.analytics.feedback"] if isinstance(analytics, dict) and analytics.get("feedback") else []
    return [*features, *others]


def others_change_templates(config: MkDocsConfig) -> bool:
    """Whether a hook or another plugin is given what templates are rendered with."""
    own = config.plugins.get("stuntbook")
    return any(getattr(each, "__self__", None) is not own for each in config.plugins.events["env"])


def project_of(config: MkDocsConfig) -> Path:
    """The folder of `mkdocs.yml`."""
    return Path(config.config_file_path).parent


def _name(config: MkDocsConfig) -> str:
    return Path(config.config_file_path).name


def root_of(config: MkDocsConfig) -> Path:
    """The knowledge base's folder."""
    root = options_of(config).root
    return Path(root) if root else project_of(config)


def book_of(config: MkDocsConfig) -> str:
    """The address of the book's home page within the site: empty, or with a slash at the end."""
    prefix = options_of(config).prefix
    return f"{prefix}/" if prefix else ""


def check_folders(config: MkDocsConfig, site: Path) -> None:
    """Raise PluginError where the full texts of articles would be published, or be replaced by the site."""
    root, docs, site = (Path(os.path.realpath(each)) for each in (root_of(config), config.docs_dir, site))
    articles = Path(os.path.realpath(root / ARTICLES_FOLDER))
    if articles.is_relative_to(docs) or docs.is_relative_to(articles):
        raise PluginError(
            f"stuntbook: docs_dir is {config.docs_dir}, which would publish the full texts of the articles in "
            f"{articles}; choose another folder for pages"
        )
    if root.is_relative_to(site) or site.is_relative_to(articles):
        raise PluginError(
            f"stuntbook: site_dir is {site}, which would replace files of the knowledge base in {root}; "
            "choose another folder for the site"
        )


def way_to_root(config: MkDocsConfig) -> str:
    """The relative path from the folder of the pages written by hand to the knowledge base's."""
    return os.path.relpath(root_of(config), config.docs_dir).replace(os.sep, "/")


def synonyms_of(config: MkDocsConfig, report: Report) -> Synonyms:
    """What means the same to whoever searches (`extra: {stuntbook: {synonyms: …}}`)."""
    return read_synonyms(config.extra, Path(config.config_file_path), report)


def _address_of_book(config: MkDocsConfig) -> str:
    return f"{config.site_url}{book_of(config)}" if config.site_url else ""


def publication_of(config: MkDocsConfig, history: History = NO_HISTORY) -> Publication:
    """What pages say of the site as a whole."""
    repository = ""
    if config.repo_url and config.edit_uri:
        # GitHub shows a file at `blob`, next to the `edit` of the edit links.
        shown = re.sub(r"^edit/", "blob/", config.edit_uri)
        repository = urljoin(f"{config.repo_url.rstrip('/')}/", f"{shown}{way_to_root(config)}/")
    address = _address_of_book(config)
    return Publication(name=site_name_of(config), address=address, repository=repository, history=history)


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
        address=_address_of_book(config),
        folder=book_of(config),
        licence=str(own.get("licence") or ""),
        date=made,
        history=history,
        without=_without(own.get("formats") or {}, config),
    )


def _without(formats: object, config: MkDocsConfig) -> frozenset[str]:
    """The formats that are not wanted: what `extra: {stuntbook: {formats: {sqlite: false, markdown: true}}}` says."""
    if not isinstance(formats, dict) or not all(isinstance(wanted, bool) for wanted in formats.values()):
        example = "{sqlite: false, markdown: true}"
        raise PluginError(f"{_name(config)}: extra.stuntbook.formats: write for example {example}")
    if unknown := next((name for name in formats if name not in FORMATS), None):
        advice = did_you_mean(str(unknown), FORMATS) or f"there are {', '.join(FORMATS)}"
        raise PluginError(f'{_name(config)}: extra.stuntbook.formats: there is no format "{unknown}"; {advice}')
    return frozenset(name for name in FORMATS if not formats.get(name, name not in OFF))


def report_address(config: MkDocsConfig) -> str:
    """Where readers report a problem, with `{url}` and `{statement}` to be filled in; empty where that is not known.

    It is what `extra: {stuntbook: {report: …}}` says, or else the issue form of a repository on GitHub. Raises
    PluginError where the setting is no address that a report can be sent to.
    """
    own = config.extra.get("stuntbook")
    address = own.get("report") if isinstance(own, dict) else None
    if address:
        return _checked_address(address, config)
    repository = (config.repo_url or "").rstrip("/")
    if urlsplit(repository).hostname != "github.com":
        return ""
    return f"{repository}/issues/new?template=report.yml&permalink={{url}}&statement={{statement}}"


def _checked_address(address: object, config: MkDocsConfig) -> str:
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
        f'{_name(config)}: extra.stuntbook.report is "{found}": {problem}\n'
        'write for example report: "https://example.org/report?page={url}&text={statement}"'
    )
