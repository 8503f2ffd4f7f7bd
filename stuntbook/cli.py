"""The commands: what they print, and their exit codes; how a signal ends them is in `__main__`.

Exit codes: 0 fine, 1 problems in the data, 2 wrong usage. A command imports what it needs when it runs, so that help
comes at once, and a check does not wait for MkDocs.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stuntbook.diagnostics import Report, plural, reason
from stuntbook.layout import ADDRESSES_FILE, CONFIG_FILE, KNOWLEDGE_FILE, NEEDED
from stuntbook.progress import Progress
from stuntbook.terminal import clear_line, progress_of, show_profile, tell_notice

if TYPE_CHECKING:
    from stuntbook.editing.files import Draft
    from stuntbook.knowledge.base import KnowledgeBase
    from stuntbook.memo import Memo

PROBLEMS = 1


class _BuildByDefault(click.Group):
    """Runs `build` where the command line names no command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "--version")):
            args = ["build", *args]
        return super().parse_args(ctx, args)


_root = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The knowledge base's folder.  [default: this one]",
)


_fresh = click.option("--fresh", is_flag=True, help="Use nothing that an earlier run has made of the knowledge base.")


def _telling(command: Callable[..., None]) -> Callable[..., None]:
    """Options for how much a command tells of its work."""
    command = click.option("--quiet", is_flag=True, help="Show nothing but problems.")(command)
    command = click.option("--verbose", is_flag=True, help="Show each stage of the work.")(command)
    return click.option("--profile", is_flag=True, help="Show where the time went.")(command)


@click.group(cls=_BuildByDefault)
@click.version_option(package_name="stuntbook", prog_name="stuntbook", message="%(prog)s %(version)s")
def main() -> None:
    """Stuntbook turns articles and stunts.yaml into a website about film stunts.

    Every citation is found in its article first, and every problem is shown with its place and what to do about it.
    Without a command, the site is built.
    """
    # Where the output's encoding lacks a character, as Windows' for a file or a pipe may, it is shown by its number.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    # A command makes millions of small objects and keeps them to its end: looking for garbage would take most of it.
    gc.disable()
    atexit.register(gc.freeze)  # Python would look through all of them once more when it ends
    # Nobody's plugin has anything to do with the models: looking for them in all that is installed takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")


@main.command()
@_root
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to put the site.  [default: site/ in the knowledge base's folder]",
)
@_fresh
@_telling
def build(root: Path, site_dir: Path | None, fresh: bool, quiet: bool, verbose: bool, profile: bool) -> None:  # noqa: PLR0913, PLR0917 - an argument for each option
    """Check the knowledge base and build the site."""
    started = time.monotonic()
    progress = progress_of(quiet, verbose)
    from stuntbook.reading.settings_file import knowledge_folder  # noqa: PLC0415
    from stuntbook.recheck import counts_of, memo_of  # noqa: PLC0415

    book = knowledge_folder(root)
    memo = memo_of(book, fresh=fresh)
    knowledge, _ = _checked(book, progress, memo, for_editors=True)
    _require_config(root)
    from stuntbook.mkdocs.building import build_site  # noqa: PLC0415
    from stuntbook.publish.site_folder import SiteError  # noqa: PLC0415

    try:
        target = build_site(root, site_dir, (knowledge, memo), progress, (lambda _: None) if quiet else tell_notice)
    except SiteError as error:
        clear_line()
        _fail(str(error))
    clear_line()
    if profile:
        show_profile(progress)
    if not quiet:
        click.echo(f"{counts_of(knowledge)}\nBuilt {_relative(target)} in {time.monotonic() - started:.1f} s.")


@main.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(exists=True, path_type=Path))
@_root
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    help="How problems are told: as text, as annotations on GitHub, or as JSON.  [default: text]",
)
@_fresh
@_telling
def check(  # noqa: PLR0913, PLR0917 - an argument for each option
    files: tuple[Path, ...], root: Path, form: str, fresh: bool, quiet: bool, verbose: bool, profile: bool
) -> None:
    """Check the knowledge base, and build nothing.

    With files, as pre-commit calls it, the whole of every knowledge base that one of them belongs to is checked.
    """
    from stuntbook.reading.settings_file import knowledge_folder  # noqa: PLC0415
    from stuntbook.recheck import recheck  # noqa: PLC0415

    progress = progress_of(quiet, verbose)
    reports: dict[str, Report] = {}
    for folder in _folders_of(files) if files else [knowledge_folder(root)]:
        report, counts = recheck(folder, fresh, progress)
        reports[_relative_path(folder)] = report
        clear_line()
        if form == "text":
            if files and report and folder != Path.cwd():
                click.echo(f"In {_relative(folder)}:", err=True)
            _tell_check(counts, report, quiet)
    if form != "text":
        from stuntbook.editing.reports import as_github, as_json  # noqa: PLC0415

        if told := {"json": as_json, "github": as_github}[form](reports):
            click.echo(told)
    if profile:
        show_profile(progress)
    if any(report.has_errors for report in reports.values()):
        sys.exit(PROBLEMS)


def _folders_of(files: Iterable[Path]) -> list[Path]:
    """The folders of the knowledge bases that files belong to, each once; a file of none is passed over."""
    around = (file.absolute().parents for file in files)
    found = (next((each for each in folders if (each / KNOWLEDGE_FILE).is_file()), None) for folders in around)
    return list(dict.fromkeys(folder for folder in found if folder))


def _tell_check(counts: str, report: Report, quiet: bool) -> None:
    _tell_problems(report)
    if not quiet and not report.has_errors:
        click.echo(counts)
        if not report:
            click.echo("No problems.")


def _tell_problems(report: Report) -> None:
    if report:
        click.echo(report.render(), err=True)
        click.echo(f"\n{report.summary()}.", err=True)


@main.command()
@_root
@click.option("--markdown", "folder", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Where to.")
def export(root: Path, folder: Path) -> None:
    """Write the whole book as Markdown into an empty or new folder: docs/, and a mkdocs.yml for MkDocs or Zensical."""
    from stuntbook.reading.settings_file import knowledge_folder  # noqa: PLC0415

    knowledge, _ = _checked(knowledge_folder(root), Progress())
    _require_config(root)
    from stuntbook.mkdocs.exporting import export_markdown  # noqa: PLC0415
    from stuntbook.publish.site_folder import SiteError  # noqa: PLC0415

    try:
        count = export_markdown(root, folder, knowledge)
    except SiteError as error:
        _fail(str(error))
    click.echo(f"Wrote {plural(count, 'page')} of Markdown into {_relative(folder)}: docs/ and mkdocs.yml.")


@main.command()
@_root
@click.option(
    "--fail-under",
    type=click.IntRange(0, 100),
    metavar="N",
    help="Exit with 1 if less than N per cent of the articles' sentences are accounted for.",
)
def coverage(root: Path, fail_under: int | None) -> None:
    """Show what of each article is used."""
    from stuntbook.editing.reports import coverage_lines  # noqa: PLC0415
    from stuntbook.knowledge.coverage import accounted, measure_coverage, percent  # noqa: PLC0415

    knowledge, _ = _checked(root, Progress())
    results = list(measure_coverage(knowledge))
    for result in results:
        click.echo("\n".join(coverage_lines(knowledge, result)))
    done, total = accounted(results)
    click.echo(f"All articles: {percent(done, total)} % accounted for ({done} of {total} sentences).")
    if fail_under is not None and percent(done, total) < fail_under:
        _fail(f"That is less than {fail_under} %.")


@main.command()
@_root
def addresses(root: Path) -> None:
    """Record the addresses that are published now in addresses.txt, to be committed.

    From then on, none of them may vanish unless it leads to another.
    """
    from stuntbook.knowledge.redirects import manifest  # noqa: PLC0415
    from stuntbook.publish.site_folder import write  # noqa: PLC0415

    knowledge, _ = _checked(root, Progress())
    write(root / ADDRESSES_FILE, manifest(knowledge).encode())
    click.echo(f"{ADDRESSES_FILE} has the addresses of {plural(len(knowledge.by_id), 'page')} and their statements.")


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Begin a book: a small one about a made-up show, in a new folder, to look at and to change."""
    from stuntbook.editing.starting import start  # noqa: PLC0415

    try:
        written = start(folder)
    except OSError as error:
        _fail(f"error: {_why(error)}")
    click.echo("\n".join(f"Wrote {(folder / path).as_posix()}" for path in written))
    click.echo(f"\nTo see it: cd {folder.as_posix()}, and then: stuntbook serve")


@main.command()
@click.argument("source", metavar="FILE|URL")
@_root
@click.option("--id", "identifier", metavar="ID", help="The article's identifier.  [default: made from its headline]")
@click.option("--url", metavar="URL", help="Where it was published, if the page does not tell.")
@click.option("--allow-private", is_flag=True, help="Read addresses of this machine and of its network too.")
def add_article(source: str, root: Path, identifier: str | None, url: str | None, allow_private: bool) -> None:
    """Add an article from a page on the web, or from one that is saved as HTML."""
    from stuntbook.editing.articles import ArticleError, new_article  # noqa: PLC0415
    from stuntbook.editing.fetching import FetchError, fetch, read_file  # noqa: PLC0415
    from stuntbook.editing.files import save  # noqa: PLC0415

    with _needing_extra():
        from stuntbook.editing.extraction import ExtractionError, extract  # noqa: PLC0415
    try:
        page = fetch(source, allow_private=allow_private) if "://" in source else read_file(Path(source))
        added = new_article(root, extract(page), identifier=identifier, url=url)
        save([added.draft])
    except (ArticleError, ExtractionError, FetchError, OSError) as error:
        _fail(f"error: {_why(error)}")
    click.echo(f"Wrote {_relative_path(root / added.draft.path)}.")
    for what in added.missing:
        click.echo(f"Not found: {what}.")
    for line in added.boilerplate:
        click.echo(f"Taken for boilerplate: {line}")


@contextmanager
def _needing_extra() -> Iterator[None]:
    """End the program with what to install where a library of the extra `editing` is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        _fail(f'error: {error.name} is not installed\n  help: python -m pip install "stuntbook[editing]"')


@main.command()
@click.argument("article")
@_root
@click.option("--write", is_flag=True, help="Put it into stunts.yaml, once the difference is shown.")
def suggest(article: str, root: Path, write: bool) -> None:
    """Suggest the records that an article makes, for a person to reword and to complete.

    Without --write they are only printed. What check says of them then is what is left to do.
    """
    from stuntbook.editing.suggesting import SuggestionError  # noqa: PLC0415
    from stuntbook.editing.suggesting import suggest as suggestions_for  # noqa: PLC0415
    from stuntbook.editing.suggestions.inserting import LayoutError, insert  # noqa: PLC0415

    try:
        proposals, book = suggestions_for(root, article)
    except (LayoutError, SuggestionError, OSError, UnicodeError) as error:
        _fail(f"error: {_why(error)}")
    if write:
        _show_and_save([book], write)
    else:
        click.echo(insert("", proposals).text, nl=False)


@main.command()
@click.argument("old")
@click.argument("new")
@_root
@click.option("--write", is_flag=True, help="Change the files, once the difference is shown.")
def rename(old: str, new: str, root: Path, write: bool) -> None:
    """Give a record or an article another identifier, wherever it is named.

    The old one is kept in `former_ids`. Without --write only the difference is shown.
    """
    from stuntbook.editing.renaming import RenamingError  # noqa: PLC0415
    from stuntbook.editing.renaming import rename as changes_for  # noqa: PLC0415

    knowledge, _ = _checked(root, Progress())
    try:
        _show_and_save(changes_for(root, knowledge, old, new), write)
    except RenamingError as error:
        _fail(f"error: {error}")


@main.command()
@click.argument("old")
@click.argument("new")
@_root
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="How the changes are told.  [default: text]",
)
def diff(old: str, new: str, root: Path, form: str) -> None:
    """Show what changed in the knowledge between two revisions, or folders.

    Which sentences are new, removed, reworded, better or less supported, or disputed now, with the words that carry
    them. OLD and NEW are what git calls a revision (HEAD~1, main), or folders that hold a stunts.yaml.
    """
    from stuntbook.editing import comparing  # noqa: PLC0415

    tell = {"text": comparing.as_text, "markdown": comparing.as_markdown, "json": comparing.as_json}[form]
    try:
        click.echo(tell(comparing.compare(root, old, new)))
    except comparing.UnknownSideError as error:
        raise click.UsageError(str(error)) from None
    except comparing.BrokenSideError as error:
        _fail(f"error: {error}")


def _show_and_save(drafts: Sequence[Draft], write: bool) -> None:
    """Print what changes, and change it where that is asked for."""
    from stuntbook.editing.files import save  # noqa: PLC0415

    click.echo("".join(each.difference() for each in drafts), nl=False)
    if not write:
        click.echo("Nothing is changed yet: --write does it.", err=True)
        return
    try:
        save(drafts)
    except OSError as error:
        _fail(f"error: {_why(error)}")


@main.command()
@_root
def serve(root: Path) -> None:
    """Serve the site and reload it on every edit.

    What is wrong with an edit is shown in the browser, until it is mended. The address is http://127.0.0.1:8000/
    unless mkdocs.yml names another (dev_addr). Ctrl-C ends it.
    """
    import logging  # noqa: PLC0415

    _require_config(root)
    from stuntbook.mkdocs.serving import serve_site  # noqa: PLC0415
    from stuntbook.publish.site_folder import SiteError  # noqa: PLC0415

    logging.basicConfig(format="%(message)s", level=logging.INFO, stream=sys.stderr)
    try:
        serve_site(root)
    except SiteError as error:
        _fail(str(error))


@main.command()
def lsp() -> None:
    """Answer an editor that speaks the Language Server Protocol, on the standard streams."""
    with _needing_extra():
        from stuntbook.editing.language_server.server import run  # noqa: PLC0415
    gc.enable()  # it runs for days
    run()


def _require_config(root: Path) -> None:
    """End the program where a folder lacks MkDocs' configuration."""
    from stuntbook.reading.settings_file import settings_file  # noqa: PLC0415

    if not os.path.lexists(settings_file(root)):
        _fail(f"error: there is no {CONFIG_FILE} in {root.resolve()}\n  help: {NEEDED}")


def _checked(
    root: Path, progress: Progress, memo: Memo | None = None, *, for_editors: bool = False
) -> tuple[KnowledgeBase, Report]:
    """The knowledge base with its warnings, or the end of the program; either way with all problems printed.

    With `for_editors`, they complete from now on what it names.
    """
    from stuntbook.check import load_and_check  # noqa: PLC0415
    from stuntbook.data.schema_file import check_for_editors  # noqa: PLC0415

    report = Report()
    knowledge = (check_for_editors if for_editors else load_and_check)(root, report, progress, memo)
    clear_line()
    _tell_problems(report)
    if report.has_errors:
        sys.exit(PROBLEMS)
    return knowledge, report


def _why(error: Exception) -> str:
    return reason(error) if isinstance(error, OSError) else str(error)


def _fail(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(PROBLEMS)


def _relative(path: Path) -> str:
    return f"{_relative_path(path)}/"


def _relative_path(path: Path) -> str:
    """A path from the folder in which the command runs, where it lies there."""
    path = path.absolute()
    return (path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path).as_posix()
