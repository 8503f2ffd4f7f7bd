"""The commands: the one module that prints and sets exit codes.

Exit codes: 0 fine, 1 problems in the data, 2 wrong usage. A command imports what it needs when it runs, so that help
comes at once, and a check does not wait for MkDocs.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stuntbook.diagnostics import Report, plural
from stuntbook.layout import ADDRESSES_FILE, CONFIG_FILE, NEEDED
from stuntbook.progress import Progress, Stage

if TYPE_CHECKING:
    from stuntbook.knowledge.base import KnowledgeBase
    from stuntbook.knowledge.coverage import Coverage

PROBLEMS = 1
PATIENCE = 2.0
"""After how many seconds a terminal shows what is being done."""
REFRESH = 0.1
"""How many seconds pass between two looks at it."""
CLEAR_LINE = "\r\x1b[K"
"""To the start of the line, and nothing behind it: ECMA-48's carriage return and EL."""


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
    # Nobody's plugin has anything to do with the models: looking for them in all that is installed takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")


@main.command()
@_root
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to put the site.  [default: site/ in the knowledge base's folder]",
)
@_telling
def build(root: Path, site_dir: Path | None, quiet: bool, verbose: bool, profile: bool) -> None:
    """Check the knowledge base and build the site."""
    started = time.monotonic()
    progress = _progress(quiet, verbose)
    knowledge, _ = _checked(root, progress)
    _require_config(root)
    from stuntbook.mkdocs.building import build_site  # noqa: PLC0415
    from stuntbook.publish.site_folder import SiteError  # noqa: PLC0415

    try:
        with leaving_when_told():
            target = build_site(root, site_dir, knowledge, progress)
    except SiteError as error:
        _clear()
        _fail(str(error))
    _clear()
    if profile:
        _show_profile(progress)
    if not quiet:
        click.echo(f"{_counts(knowledge)}\nBuilt {_relative(target)} in {time.monotonic() - started:.1f} s.")


@contextmanager
def leaving_when_told() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, so that it leaves nothing half done; the program ends with 143."""
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@main.command()
@_root
@_telling
def check(root: Path, quiet: bool, verbose: bool, profile: bool) -> None:
    """Check the knowledge base, and build nothing."""
    progress = _progress(quiet, verbose)
    knowledge, report = _checked(root, progress)
    if profile:
        _show_profile(progress)
    if not quiet:
        click.echo(_counts(knowledge))
        if not report:
            click.echo("No problems.")


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
    from stuntbook.knowledge.coverage import accounted, measure_coverage, percent  # noqa: PLC0415

    knowledge, _ = _checked(root, Progress())
    results = list(measure_coverage(knowledge))
    for result in results:
        click.echo("\n".join(_coverage_lines(knowledge, result)))
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


def _coverage_lines(knowledge: KnowledgeBase, result: Coverage) -> Iterator[str]:
    from stuntbook.knowledge.coverage import Use, percent  # noqa: PLC0415

    source = knowledge.sources[result.source]
    counts = ", ".join(f"{result.count(use)} {use}" for use in Use if result.count(use))
    yield f"{source.article.path}: {percent(*result.accounted)} % accounted for ({counts})"
    found = [(sentence.span, "not used") for sentence in result.sentences if sentence.use is Use.UNUSED]
    found += [(quotation, "no quote of") for quotation in result.missing_quotations]
    found += [(name.span, f"no link to {name.record}") for name in result.unlinked_names]
    for span, what in found:
        line = source.article.body_line + source.text.line(span) - 1
        yield f"  line {line}: {what}: {' '.join(source.text.text(span).split())}"


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


def _progress(quiet: bool, verbose: bool) -> Progress:
    """Tells of every stage where that is asked for, and on a terminal of long work."""
    if quiet:
        return Progress()
    if verbose:
        return Progress(_tell_stage)
    return Progress(_on_one_line()) if sys.stderr.isatty() else Progress()


def _tell_stage(stage: Stage) -> None:
    if stage.done == 0:
        count = f" ({stage.total:,})" if stage.total else ""
        click.echo(f"{stage.name}{count}", err=True)


def _on_one_line() -> Callable[[Stage], None]:
    """Shows the stage of the moment, on one line of the terminal that is written over."""
    due = time.perf_counter() + PATIENCE

    def show(stage: Stage) -> None:
        nonlocal due
        if time.perf_counter() >= due:
            due = time.perf_counter() + REFRESH
            count = f": {stage.done:,} of {stage.total:,}" if stage.total else ""
            left = f", {stage.left:.0f} s left" if stage.left is not None else ""
            click.echo(f"{CLEAR_LINE}{stage.name}{count}{left}", err=True, nl=False)

    return show


def _clear() -> None:
    """Take the line of the moment away."""
    if sys.stderr.isatty():
        click.echo(CLEAR_LINE, err=True, nl=False)


def _show_profile(progress: Progress) -> None:
    """Where the time went, by stage."""
    total = sum(stage.seconds for stage in progress.stages) or 1.0
    for stage in progress.stages:
        count = f"{stage.done:,}" if stage.done else ""
        click.echo(f"{stage.seconds:8.2f} s {stage.seconds / total:5.0%}  {stage.name:<26}{count:>8}", err=True)


def _require_config(root: Path) -> None:
    """End the program where a folder lacks MkDocs' configuration."""
    if not (root / CONFIG_FILE).is_file():
        _fail(f"error: there is no {CONFIG_FILE} in {root.resolve()}\n  help: {NEEDED}")


def _checked(root: Path, progress: Progress) -> tuple[KnowledgeBase, Report]:
    """The knowledge base with its warnings, or the end of the program; either way with all problems printed."""
    from stuntbook.check import load_and_check  # noqa: PLC0415

    report = Report()
    knowledge = load_and_check(root, report, progress)
    _clear()
    if report:
        click.echo(report.render(), err=True)
        click.echo(f"\n{report.summary()}.", err=True)
    if report.has_errors:
        sys.exit(PROBLEMS)
    return knowledge, report


def _counts(knowledge: KnowledgeBase) -> str:
    statements = list(knowledge.all_statements())
    citations = sum(len(statement.passages) for statement in statements)
    counts = {**knowledge.by_kind, "article": knowledge.sources}
    listed = ", ".join(plural(len(each), kind) for kind, each in counts.items())
    return f"{listed}; {plural(len(statements), 'statement')}, {plural(citations, 'citation')} found word for word."


def _fail(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(PROBLEMS)


def _relative(path: Path) -> str:
    return f"{path.relative_to(Path.cwd())}/" if path.is_relative_to(Path.cwd()) else f"{path}/"
