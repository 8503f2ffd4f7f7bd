"""The pages of Stuntbook's own site, written down as what the other generators start from."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.chrome import CONTENTS_PARTIAL, page_template
from benchmarks.generate import ROOT
from benchmarks.markdown import Link, to_markdown
from benchmarks.pages import Content, read_content, read_page

SECTIONS = {"films": "Films", "stunts": "Stunts", "people": "People", "sources": "Sources"}
THEME = ROOT / "stuntbook" / "mkdocs" / "theme"
STYLESHEET = "assets/stuntbook/site.css"
_GENERATED_ASSETS = ("cards",)
"""Folders of assets that hold something for each page."""

_MKDOCS = """site_name: Stuntbook
site_description: Film stunts, with the exact words of the articles that tell of them.
theme:
  name: material
  font: false
  custom_dir: theme
  features: [content.code.copy, navigation.tabs, navigation.top]
  palette:
    - media: "(prefers-color-scheme)"
      primary: custom
      accent: custom
      toggle: {icon: material/theme-light-dark, name: Always light}
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: custom
      accent: custom
      toggle: {icon: material/weather-sunny, name: Always dark}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: custom
      accent: custom
      toggle: {icon: material/weather-night, name: As the system is}
plugins: []
markdown_extensions: [attr_list, def_list, tables]
extra: {generator: false}
validation:
  nav: {omitted_files: ignore}
  links: {not_found: ignore, anchors: ignore}
nav:
  - Home: index.md
"""
_INDEX = "---\nhide: [navigation, toc]\n---\n\n"
_HUGO = """baseURL = "https://example.org/"
title = "Stuntbook"
disableKinds = ["taxonomy", "term", "rss"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.extensions]
typographer = false
linkify = false
[security]
allowContent = [".*"]
"""
_HUGO_LIST = """<!doctype html><html lang="en">
<head><title>{{ .Title }}</title></head><body><article><h1>{{ .Title }}</h1>
<ul>{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul></article></body></html>
"""


def write_mkdocs(folder: Path, site: Path, addresses: Sequence[str]) -> None:
    """The pages as Markdown with front matter, for MkDocs with Material and for Zensical.

    The navigation lists the home page and the index of each section; an index lists its pages. The theme is Material
    with this project's header, footer and head, and with its stylesheet and scripts.
    """
    docs = folder / "docs"
    shutil.rmtree(folder, ignore_errors=True)
    known = set(addresses)
    titles: dict[str, list[str]] = {section: [] for section in SECTIONS}
    for address in addresses:
        content = read_content(site, address)
        section, name = address.strip("/").split("/")
        titles[section].append(f"-   [{_plain(content.title)}]({name}.md)")
        text = to_markdown(content.article, _to_files(address, known))
        _write(docs / section / f"{name}.md", f"---\n{_front_matter(content)}---\n\n{text}")
    nav = [f"  - {label}: {section}/index.md\n" for section, label in SECTIONS.items()]
    _write(folder / "mkdocs.yml", _MKDOCS + "".join(nav))
    _write(docs / "index.md", f"{_INDEX}# Stuntbook\n")
    for section, label in SECTIONS.items():
        _write(docs / section / "index.md", f"{_INDEX}# {label}\n\n" + "\n".join(titles[section]) + "\n")
    _write_theme(folder / "theme", site)


def write_hugo(folder: Path, site: Path, addresses: Sequence[str]) -> None:
    """The pages as Markdown with front matter, and as the template the chrome of the site's own pages.

    Raises ValueError where two pages of the site don't have the same chrome.
    """
    _write_hugo(folder, site, addresses, lambda content: to_markdown(content.article, lambda href: href), "md")


def write_hugo_html(folder: Path, site: Path, addresses: Sequence[str]) -> None:
    """As `write_hugo`, with the finished HTML of each article in place of its Markdown: Hugo has only to frame it."""
    _write_hugo(folder, site, addresses, lambda content: content.article, "html")


def _write_hugo(
    folder: Path, site: Path, addresses: Sequence[str], body: Callable[[Content], str], ending: str
) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for content in (read_content(site, address) for address in addresses):
        front_matter = json.dumps(_hugo_matter(content), ensure_ascii=False)
        page = folder / "content" / f"{content.address.strip('/')}.{ending}"
        _write(page, f"{front_matter}\n\n{body(content)}")
    for section, label in SECTIONS.items():
        _write(folder / "content" / section / "_index.md", json.dumps({"title": label}) + "\n")
    _write(folder / "hugo.toml", _HUGO)
    _write(folder / "layouts" / "single.html", _chrome(site, addresses))
    _write(folder / "layouts" / "list.html", _HUGO_LIST)
    _write(folder / "layouts" / "home.html", _HUGO_LIST)
    _write(folder / "layouts" / "_partials" / "contents.html", CONTENTS_PARTIAL)
    ignored = shutil.ignore_patterns(*_GENERATED_ASSETS)
    shutil.copytree(site / "assets", folder / "static" / "assets", ignore=ignored)


def _chrome(site: Path, addresses: Sequence[str]) -> str:
    samples = (addresses[0], addresses[-1])
    templates = [page_template(read_page(site, address), read_content(site, address)) for address in samples]
    one, other = (template.split() for template in templates)
    if one != other:
        line = next(pair for pair in zip(one, other, strict=False) if pair[0] != pair[1])
        raise ValueError(f"the chrome of {samples[0]} is not that of {samples[1]}: {line[0]!r}, {line[1]!r}")
    return templates[0]


def _hugo_matter(content: Content) -> dict[str, object]:
    return {
        "title": content.title,
        "description": content.description,
        "og_type": content.og_type,
        "linked_data": content.linked_data,
    }


def _front_matter(content: Content) -> str:
    """YAML front matter, its values in the form that JSON has in common with YAML."""
    about = {
        "og_type": content.og_type,
        "linked_data": json.dumps(content.linked_data, ensure_ascii=False),
    }
    matter = {
        "title": content.title,
        "description": content.description,
        "hide": ["navigation", "toc"],
        "stuntbook": about,
    }
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in matter.items())


def _to_files(address: str, known: set[str]) -> Link:
    """Addresses of pages as links to their Markdown files, which is how MkDocs wants them."""
    folder = posixpath.dirname(address.strip("/"))

    def link(href: str) -> str:
        path, mark, anchor = href.partition("#")
        if not path or re.match(r"[a-z]+:", path):
            return href
        target = posixpath.normpath(posixpath.join(address, path)) + "/"
        if target in known:
            return f"{posixpath.relpath(target.strip('/'), folder)}.md{mark}{anchor}"
        index = f"{target}index.md" if target.strip("/") in SECTIONS else "index.md"
        return posixpath.relpath(index, folder)

    return link


def _write_theme(folder: Path, site: Path) -> None:
    shutil.copytree(THEME, folder, ignore=shutil.ignore_patterns("sitemap.xml"))
    # With the theme's own document under its own name, ours needs another.
    document = (folder / "base.html").rename(folder / "main.html")
    document.write_text(document.read_text(encoding="utf-8").replace("material:", ""), encoding="utf-8")
    # The plugin names its stylesheet after its content, and tells the language of a page; here both are given.
    for path in (folder / "main.html", *(folder / "partials" / f"{name}.html" for name in ("head", "language"))):
        text = re.sub(r"\bstylesheet \|", f"'{STYLESHEET}' |", path.read_text(encoding="utf-8"))
        path.write_text(text.replace("language_of(page)", '"en"'), encoding="utf-8")
    sheets = sorted((site / "assets" / "stuntbook").glob("site.*.css"))
    _write(folder / STYLESHEET, "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets))


def _plain(title: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|])", r"\\\1", title)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
