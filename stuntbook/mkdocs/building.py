"""A checked knowledge base -> the folder of its site, by MkDocs' own build."""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import BufferingHandler
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from stuntbook.diagnostics import reason
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.layout import CONFIG_FILE
from stuntbook.mkdocs.plugin import StuntbookPlugin
from stuntbook.progress import Progress
from stuntbook.publish.replacing import replacing
from stuntbook.publish.site_folder import SiteError, check_target


def build_site(root: Path, site_dir: Path | None, knowledge: KnowledgeBase, progress: Progress | None = None) -> Path:
    """Build the site of a checked knowledge base as `mkdocs build --strict` does, and return the folder it is in.

    The site is built next to its folder and takes its place only when it is whole. `site_dir` is by default what
    `mkdocs.yml` says. Raises SiteError where the configuration or a hand-written page is wrong, or where the folder
    can't be written or holds something else than a site.
    """
    with told_plainly():
        site = os.path.realpath(site_dir) if site_dir else None
        config = load_config(str(root / CONFIG_FILE), site_dir=site, strict=True)
        target = Path(config.site_dir)
        check_target(root, target)
        plugin = config.plugins.get("stuntbook")
        if not isinstance(plugin, StuntbookPlugin):
            raise SiteError(f"{CONFIG_FILE} does not use the plugin: add stuntbook to its list of plugins")
        with replacing(target) as folder:
            config.site_dir = str(folder)
            plugin.checked, plugin.progress = knowledge, progress or Progress()
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
    return target


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn whatever stops MkDocs into a SiteError that holds what it logged. Raises SiteError."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
    told = BufferingHandler(sys.maxsize)
    told.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(told)
    try:
        yield
    except (Abort, ConfigurationError) as error:
        lines = [f"{record.levelname.lower()}: {record.getMessage()}" for record in told.buffer]
        raise SiteError("\n".join(dict.fromkeys(lines)) or error.format_message()) from error
    except OSError as error:
        # A folder that can't be written, or an address that another server has taken.
        raise SiteError(f"error: {reason(error, tempfile.tempdir or '')}") from error
    finally:
        logger.removeHandler(told)
