"""A checked knowledge base -> a folder of Markdown, which generators that know nothing of this project build."""

import json
import re
from collections.abc import Container, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils.yaml import yaml_load

from stuntbook.data.files import exports
from stuntbook.data.markdown_lists import markdown_book
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.history import history_of
from stuntbook.layout import CONFIG_FILE, DOCS_FOLDER
from stuntbook.mkdocs.building import load_settings, told_plainly
from stuntbook.mkdocs.hand_written import check_docs
from stuntbook.mkdocs.settings import book_of, edition_of, root_of
from stuntbook.publish.site_folder import SiteError, write
from stuntbook.reading.files import load_text

_OURS = ("plugins", "hooks", "docs_dir", "site_dir", "INHERIT")
"""The settings that mean nothing without this project, or name its folders."""
_LARGEST = 16
"""The most megabytes of settings."""
_LISTED = ("*/index.md", "*/*/index.md")
"""The pages of a book that no navigation has to list."""
_PYTHON_NAME = "\ue000"
"""What marks the name of something in Python, for which JSON has no form."""


def export_markdown(root: Path, folder: Path, knowledge: KnowledgeBase) -> int:
    """Write the whole book as Markdown, with the pages written by hand and settings for MkDocs and Zensical.

    Returns how many files of Markdown there are. Raises SiteError where the folder holds something, or can't be
    written; then it is left as it was.
    """
    if folder.is_symlink() or folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise SiteError(f"error: {folder} is no empty folder; choose another, or empty it")
    with told_plainly():
        config = load_settings(root)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as place:
            paths = _write_docs(Path(place, "book", DOCS_FOLDER), config, knowledge)
            write(Path(place, "book", CONFIG_FILE), _settings(config, paths).encode())
            if folder.is_dir():
                folder.rmdir()
            Path(place, "book").rename(folder)
    return sum(path.endswith(".md") for path in paths)


def _write_docs(folder: Path, config: MkDocsConfig, knowledge: KnowledgeBase) -> set[str]:
    """Write the pages, the data files to which pages written by hand may lead, and these; return all their paths."""
    edition = edition_of(config, knowledge, history_of(root_of(config)))
    files = dict(markdown_book(edition))
    files |= {path: make() for path, make in exports(edition).items() if path.startswith("data/")}
    files = {f"{book_of(config)}{path}": content for path, content in files.items()}
    for path, content in files.items():
        write(folder / path, content)
    by_hand = _by_hand(config)
    for file in (each for each in by_hand if each.inclusion is not InclusionLevel.EXCLUDED):
        if file.src_uri in files:
            raise SiteError(f"error: {Path(config.docs_dir).name}/{file.src_uri} has the name of a file of the book")
        target = folder / file.src_path
        target.parent.mkdir(parents=True, exist_ok=True)
        copyfile(Path(config.docs_dir, file.src_path), target)
    return {*files, *(file.src_uri for file in by_hand)}


def _by_hand(config: MkDocsConfig) -> list[File]:
    """The files in the folder of pages written by hand. Raises SiteError where a build would refuse one of them."""
    report = Report()
    files = check_docs(config, report)
    if report.has_errors:
        raise SiteError(f"{report.render()}\n\n{report.summary()}.")
    return files


def _settings(config: MkDocsConfig, paths: Container[str]) -> str:
    """The site's own settings without what belongs to this project; each value is JSON, which YAML reads."""
    settings = BytesIO((load_text(Path(config.config_file_path), CONFIG_FILE, _LARGEST, Report()) or "").encode())
    settings.name = config.config_file_path  # in whose folder MkDocs looks for a file that it inherits from
    written = {key: value for key, value in yaml_load(settings).items() if key not in _OURS}
    if not written.get("repo_url"):
        written.pop("edit_uri", None)  # MkDocs would warn on every page that it leads nowhere
    for key, own in (("theme", "custom_dir"), ("extra", "stuntbook")):
        if isinstance(written.get(key), dict):
            written[key] = {name: value for name, value in written[key].items() if name != own}
    if written.get("nav"):
        written["nav"] = list(_there(written["nav"], paths))
    not_listed = (f"/{book_of(config)}{each}\n" for each in _LISTED)
    written["not_in_nav"] = f"{written.get('not_in_nav') or ''}\n{''.join(not_listed)}".lstrip()
    written["plugins"] = ["search"]
    return "".join(f"{key}: {_as_yaml(value)}\n" for key, value in written.items())


def _there(nav: Iterable[Any], paths: Container[str]) -> Iterator[Any]:
    """A navigation without the pages of a site that a book as Markdown does not have, such as its search."""
    for item in nav:
        title, leads = next(iter(item.items())) if isinstance(item, dict) else (None, item)
        if isinstance(leads, list):
            yield {title: list(_there(leads, paths))}
        elif not str(leads).endswith(".md") or leads in paths:
            yield item


def _as_yaml(value: object) -> str:
    def name_of(found: Any) -> str:
        return f"{_PYTHON_NAME}{found.__module__}.{found.__qualname__}"

    text = json.dumps(value, ensure_ascii=False, default=name_of)
    return re.sub(rf'"{_PYTHON_NAME}([\w.]+)"', r"!!python/name:\1 ''", text)
