"""What browsers are told that pages may do: a Content-Security-Policy, with which no script that got in would run.

Pages have scripts, styles and pictures of their own site alone, and nothing of it stands within them
(https://www.w3.org/TR/CSP3/). Where a site adds what the policy would stop, pages go without one.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from stuntbook.mkdocs.making import GeneratedPage

_SELF = "'self' file:"
"""The site itself, and a disk from which it is read: for that, not all browsers take the first."""
POLICY = (
    f"default-src 'none'; script-src {_SELF} 'wasm-unsafe-eval'; style-src {_SELF}; img-src {_SELF} data:; "
    f"font-src {_SELF}; media-src {_SELF}; connect-src 'self'; form-action {_SELF}; base-uri 'none'"
)
"""The search is a program in WebAssembly, and the theme's stylesheet holds pictures."""
_ON_THE_WEB = f"{POLICY.replace(' file:', '')}; frame-ancestors 'self'"
TAG = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
"""How a page has it."""
_ALIGNED = re.compile(r'(<t[dh]) style="text-align: (\w+);"')
_STOPPED = re.compile(
    r"""
    <script(?![^>]*\ssrc\s*=)(?![^>]*\btype\s*=\s*["']?application/) | <(?:style|iframe|frame|object|embed|base)\b
    | <[a-z][^>]*\s(?:style|on[a-z]+)\s*= | \shref\s*=\s*["']?\s*javascript:
    | <(?:script|img|video|audio|source|track|input)\b[^>]*\s(?:src|srcset|poster)\s*=\s*["']?\s*(?:https?:)?//
    | <link\b(?=[^>]*\brel\s*=\s*["']?(?:stylesheet|preload|modulepreload|icon))[^>]*\shref\s*=\s*["']?\s*(?:https?:)?//
    | <(?:form|button|input)\b[^>]*\s(?:form)?action\s*=\s*["']?\s*(?:https?:)?//
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ASKS_ELSEWHERE = re.compile(r"(?:\burl\(|@import)\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
_EVENTS = ("env", "page_context", "post_page", "template_context", "post_template")
"""What gives other plugins the whole of a page, or what it is made with."""
_HARMLESS = ("mkdocs.contrib.search", "material.plugins.meta", "material.plugins.search", "material.plugins.tags")
"""Plugins that add no code of their own."""
_NAMED = 3
"""How many causes are named."""
_MOST_RULES = 100
"""How many a host reads (https://developers.cloudflare.com/pages/configuration/headers/); by default, each keeps
files for a short time or not at all."""
_SHORT, _FOR_EVER = "public, max-age=600", "public, max-age=31536000, immutable"
_DIGEST = re.compile(r"site\.[0-9a-f]{8}\.css|pagefind\.\w+\.pf_meta|\w+\.pf_(?:index|filter)")
"""Names of files that others take when their content changes. Those of Pagefind's `fragment` are too short for that."""


def align_without_style(html: str) -> str:
    """HTML whose tables have their columns aligned by the attribute for it."""
    return _ALIGNED.sub(r'\1 align="\2"', html)


def obstacles(config: MkDocsConfig, files: Files) -> str:
    """What of a site the policy would stop, in a few words; empty where there is nothing."""
    everywhere = (_in_settings(config), _in_templates(config), _in_plugins(config), _in_files(config, files))
    found = list(dict.fromkeys(cause for each in everywhere for cause in each))
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f"{', '.join(found[:_NAMED])}{more}"


def _in_settings(config: MkDocsConfig) -> Iterator[str]:
    for key in ("extra_css", "extra_javascript"):
        if any("//" in str(path) for path in config[key]):
            yield f"{key} from elsewhere"
    for key in ("logo", "favicon"):
        if "//" in str(config.theme.get(key) or ""):
            yield f"theme.{key} from elsewhere"
    if config.theme.get("font") is not False:
        yield "theme.font"
    analytics = config.extra.get("analytics")
    if isinstance(analytics, dict) and analytics.get("provider"):
        yield "extra.analytics"
    if any("//" in str(path) for path in config.extra.get("polyfills") or ()):
        yield "extra.polyfills"


def _in_templates(config: MkDocsConfig) -> Iterator[str]:
    folder = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    for path in sorted(folder.rglob("*.html")) if folder else ():
        if _STOPPED.search(path.read_text(encoding="utf-8", errors="replace")):
            yield f"{folder.name if folder else ''}/{path.relative_to(folder or path).as_posix()}"


def _in_plugins(config: MkDocsConfig) -> Iterator[str]:
    names = {id(plugin): name for name, plugin in config.plugins.items()}
    for event in _EVENTS:
        for method in config.plugins.events[event]:
            plugin = getattr(method, "__self__", None)
            name = names.get(id(plugin))
            if name is None:
                yield f"the hook {_file_of(method)}"
            elif name != "stuntbook" and not type(plugin).__module__.startswith(_HARMLESS):
                yield f"the plugin {name}"


def _file_of(function: Any) -> str:
    code = getattr(function, "__code__", None)
    return Path(code.co_filename).name if code else str(function)


def _in_files(config: MkDocsConfig, files: Files) -> Iterator[str]:
    for path in config.extra_css:
        file = files.get_file_from_path(path)
        if file and _ASKS_ELSEWHERE.search(file.content_string):
            yield path
    for file in files.documentation_pages():
        if file.page and not isinstance(file.page, GeneratedPage) and _STOPPED.search(file.page.content or ""):
            yield f"the page {file.src_uri}"


def headers_file(folder: Path, base: str, policy: bool) -> bytes:
    """What hosts of static sites read as `_headers`: the policy, and for how long each file may be kept.

    `folder` is that of the finished site, and `base` the path at which it is published. No two rules for one file say
    how long it may be kept: hosts would join them.
    """
    always = [f"Content-Security-Policy: {_ON_THE_WEB}"] if policy else []
    always += ["X-Content-Type-Options: nosniff", "Referrer-Policy: strict-origin-when-cross-origin"]
    rules = [(f"{base}*", always), (base, [f"Cache-Control: {_SHORT}"])]
    _, kept = _kept(str(folder))
    if len(kept) + len(rules) > _MOST_RULES:
        kept = [(path, long) for path, long in kept if long == _FOR_EVER]
    rules += [(f"{base}{path}", [f"Cache-Control: {long}"]) for path, long in kept]
    return "".join(f"{path}\n{''.join(f'  {line}{chr(10)}' for line in lines)}" for path, lines in rules).encode()


def _kept(folder: str, name: str = "") -> tuple[set[bool], list[tuple[str, str]]]:
    """Whether files of a folder may be kept for ever; and the paths of these and, with an asterisk, of all in a folder.

    Each path comes with how long what is there may be kept.
    """
    kinds, kept = set[bool](), list[tuple[str, str]]()
    for each in sorted(os.scandir(folder), key=lambda each: each.name):
        if each.is_dir():
            own_kinds, own = _kept(each.path, f"{name}{each.name}/")
            kept += [(f"{name}{each.name}/*", _term(own_kinds == {True}))] if len(own_kinds) == 1 else own
        else:
            own_kinds = {bool(_DIGEST.fullmatch(each.name))}
            kept.append((f"{name}{each.name}", _term(own_kinds == {True})))
        kinds |= own_kinds
    return kinds, kept


def _term(is_named_by_content: bool) -> str:
    return _FOR_EVER if is_named_by_content else _SHORT
