"""The pages written by hand: what is wrong with their files, and how MkDocs is kept from failing on their words."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePath
from types import FrameType
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, InclusionLevel, get_files
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from stuntbook.diagnostics import Location, Report
from stuntbook.mkdocs.settings import as_text, project_of
from stuntbook.reading.files import load_text
from stuntbook.reading.folders import check_file, check_files, check_links

_LARGEST = 1
"""The most megabytes of a page: MkDocs takes a second or more for each."""
_PATIENCE = 5.0
"""How many seconds of work a page may take; an ordinary one takes some hundredths."""
_TEXTS = ("title", "description", "subtitle", "author", "status", "icon", "template")
_LISTS = ("hide", "tags")
"""The keys of a front matter that themes read."""


def check_docs(config: MkDocsConfig, report: Report) -> list[File]:
    """The files in the folder of pages written by hand; what is wrong with them and the theme's goes to the report."""
    docs, root = Path(config.docs_dir), project_of(config)
    if config.theme.custom_dir:
        check_files(Path(config.theme.custom_dir), root, Path(config.theme.custom_dir).name, report)
    if not check_links(docs, root, docs.name, report):
        return []  # MkDocs would follow them
    files = list(get_files(config))
    for file in files:
        if file.inclusion is not InclusionLevel.EXCLUDED:
            _check_file(file, config, report)
    return files


def path_of(file: File, config: MkDocsConfig) -> str:
    """What reports call a file of that folder."""
    return f"{Path(config.docs_dir).name}/{file.src_uri}".encode("utf-8", "replace").decode()


def _check_file(file: File, config: MkDocsConfig, report: Report) -> None:
    path = path_of(file, config)
    source = Path(config.docs_dir, file.src_path)
    if path.removeprefix(f"{Path(config.docs_dir).name}/") != file.src_uri:
        report.error(Location(path), "not-utf-8", f"the name of {path} is not UTF-8", "rename the file")
    elif check_file(source, Path(config.docs_dir), project_of(config), path, report) and file.is_documentation_page():
        text = load_text(source, path, _LARGEST, report)
        if text is not None and text.startswith("---"):
            with _reported(path, report):
                _check_front_matter(get_data(text)[1], text, path, config, report)


def _check_front_matter(meta: Any, text: str, path: str, config: MkDocsConfig, report: Report) -> None:
    for key, value in meta.items():
        wrong, advice = "", ""
        if key in _TEXTS and isinstance(value, list | dict | set | tuple | bytes):
            wrong, advice = "is not text", "write one text, in quotation marks"
        elif key in _LISTS and not _is_list_of_words(value):
            wrong, advice = "is not a list of words", "write words, with a dash before each"
        elif key == "template" and not _has(config, value, ""):
            wrong, advice = "names a template that the theme does not have", "correct the name, or remove the key"
        elif key == "icon" and not _has(config, f"{value}.svg", ".icons"):
            wrong, advice = "names an icon that the theme does not have", "correct the name, or remove the key"
        if wrong:
            report.error(_line_of(str(key), text, path), "front-matter", f'"{key}" {wrong}', advice)


def _is_list_of_words(value: object) -> bool:
    each = value if isinstance(value, list) else [value]
    return value is None or (isinstance(value, str | list) and not any(isinstance(x, list | dict | set) for x in each))


def _has(config: MkDocsConfig, name: object, folder: str) -> bool:
    """Whether one of the theme's folders holds a file."""
    if name is None:
        return True
    parts = PurePath(str(name)).parts
    inside = bool(parts) and ".." not in parts and not PurePath(str(name)).is_absolute()
    return inside and any(Path(each, folder, *parts).is_file() for each in config.theme.dirs)


def _line_of(key: str, text: str, path: str) -> Location:
    """Where a key of the front matter stands; the start of the file where that can't be told."""
    lines = text.split("\n")
    return Location(path, next((number for number, line in enumerate(lines, 1) if line.startswith(key)), 1))


def show_as_typed(item: StructureItem) -> None:
    """Have templates show the texts of a page, a section or a link of the navigation as they were typed.

    What MkDocs makes of a heading is HTML already, and stays as it is.
    """
    for name in ("title", "url", "edit_url"):
        if isinstance(text := getattr(item, name, None), str) and (typed := as_text(text)) != text:
            setattr(item, name, typed)
    if isinstance(item, Page):
        item.meta.update({key: as_text(item.meta[key]) for key in _TEXTS if isinstance(item.meta.get(key), str)})
    for child in getattr(item, "children", None) or ():
        show_as_typed(child)


def guard(page: Page, report: Report, config: MkDocsConfig) -> None:
    """Have a page written by hand report what its words make MkDocs fail on, and go on as an empty one."""
    path = path_of(page.file, config)

    def guarded(work: Callable[..., None], *arguments: Any) -> None:
        with _reported(path, report):
            work(*arguments)
        page.markdown, page.content = page.markdown or "", page.content or ""

    for name in ("read_source", "render"):
        setattr(page, name, partial(guarded, getattr(page, name)))


@contextmanager
def _reported(path: str, report: Report) -> Iterator[None]:
    """Report why a page made MkDocs fail in a block."""
    try:
        with _limited():
            yield
    except MkDocsException:
        raise  # said by a plugin
    except _TooLongError:
        message = f"MkDocs needs more than {_PATIENCE:.0f} seconds for this page"
        advice = "divide it into several, and look for brackets or marks that are repeated thousands of times"
        report.error(Location(path), "page", message, advice)
    except RecursionError:
        advice = "take lists, quotations and emphasis out of one another"
        report.error(Location(path), "page", "something on this page is nested too deeply for MkDocs", advice)
    except Exception as error:  # of any extension of Markdown
        message = f"MkDocs can't read this page: {type(error).__name__}: {error}"
        report.error(Location(path), "page", message, "correct what it names")


class _TooLongError(BaseException):
    """Nothing that an extension of Markdown catches."""


@contextmanager
def _limited() -> Iterator[None]:
    """Raise _TooLongError in a block that takes too long, where the system can measure that: not on Windows."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise _TooLongError

    # The program's own time: what others take of the processor does not count.
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
