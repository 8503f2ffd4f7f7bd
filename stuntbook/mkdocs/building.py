"""A checked knowledge base -> the folder of its site, by MkDocs' own build."""

import logging
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging.handlers import BufferingHandler
from pathlib import Path

import mkdocs
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError, MkDocsException

from stuntbook.diagnostics import Report, reason
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.memo import Memo
from stuntbook.mkdocs.making import log
from stuntbook.mkdocs.plugin import StuntbookPlugin
from stuntbook.mkdocs.settings import check_folders, root_of
from stuntbook.progress import Progress
from stuntbook.publish.replacing import replacing
from stuntbook.publish.site_folder import SiteError, check_target, keep_files
from stuntbook.reading.settings_file import check_settings, knowledge_folder, settings_file


def build_site(
    root: Path,
    site_dir: Path | None,
    checked: tuple[KnowledgeBase, Memo],
    progress: Progress | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Path:
    """Build the site of a checked knowledge base as `mkdocs build --strict` does, and return the folder it is in.

    `checked` is the knowledge base with the memo of its check. The site is built next to its folder and takes its place
    only when it is whole; files that are the same as before are not written anew. `site_dir` is by default what
    `mkdocs.yml` says. `tell` gets what is worth saying and no problem. Raises SiteError where the configuration or a
    hand-written page is wrong, or where the folder can't be written or holds something else than a site.
    """
    with told_plainly(), _noticing(tell):
        config = load_settings(root, site_dir=os.path.realpath(site_dir) if site_dir else None, strict=True)
        target = Path(config.site_dir)
        check_target(root, target)
        plugin = config.plugins.get("stuntbook")
        if not isinstance(plugin, StuntbookPlugin):
            raise SiteError(f"{settings_file(root).name} does not use the plugin: add stuntbook to its list of plugins")
        check_folders(config, target)
        safe = checked[1].safe
        with replacing(target, safe.spare if safe else None) as folder:
            config.site_dir = str(folder)
            # What MkDocs alone knows of, as a file that the settings inherit from, may name another knowledge base.
            is_same = os.path.realpath(root_of(config)) == os.path.realpath(knowledge_folder(root))
            plugin.checked, plugin.progress = checked if is_same else None, progress or Progress()
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
            if target.is_dir():
                keep_files(target, folder, safe)
    return target


def load_settings(root: Path, **options: object) -> MkDocsConfig:
    """MkDocs' settings of a knowledge base, with some in place of what stands in the file.

    Raises SiteError, and what MkDocs raises where a setting is wrong.
    """
    report = Report()
    check_settings(root, report)
    if report.has_errors:
        raise SiteError(f"{report.render()}\n\n{report.summary()}.")
    try:
        return load_config(str(settings_file(root)), **options)  # type: ignore[arg-type]
    except (MkDocsException, OSError):
        raise
    except Exception as error:  # MkDocs looks for many mistakes, and fails on others
        place = settings_file(root).name
        why = f"{type(error).__name__}: {error}"
        raise SiteError(f"error: MkDocs can't make sense of a setting in {place}: {why}") from error


@contextmanager
def _noticing(tell: Callable[[str], None]) -> Iterator[None]:
    """Hand on what the plugin logs below a warning."""

    class Handler(logging.Handler):
        """Hands on a message."""

        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno == logging.INFO:
                tell(record.getMessage())

    # ProperDocs has another name before ours.
    logger, handler = logging.getLogger(log.logger.name.removesuffix(".mkdocs.making")), Handler()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn whatever stops MkDocs into a SiteError that holds what it logged. Raises SiteError."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
    told = BufferingHandler(sys.maxsize)
    told.setLevel(logging.WARNING)
    logger = logging.getLogger(mkdocs.__name__)  # that of ProperDocs has another name
    logger.addHandler(told)
    try:
        yield
    except SiteError:
        raise
    except (Abort, ConfigurationError) as error:
        lines = [f"{record.levelname.lower()}: {record.getMessage()}" for record in told.buffer]
        raise SiteError("\n".join(dict.fromkeys(lines)) or error.format_message()) from error
    except BuildError as error:
        raise SiteError(f"error: {error}") from error
    except OSError as error:
        # A folder that can't be written, or an address that another server has taken.
        raise SiteError(f"error: {reason(error, tempfile.tempdir or '')}") from error
    except Exception as error:
        # What MkDocs, a theme or a plugin fails on. Where MkDocs says on which page, that is part of it.
        lines = [record.getMessage() for record in told.buffer if record.levelno >= logging.ERROR]
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        lines.append(f"{type(error).__name__}: {error} ({where})")
        raise SiteError("\n".join(f"error: {line}" for line in lines)) from error
    finally:
        logger.removeHandler(told)
