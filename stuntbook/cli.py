"""The commands: the one module that prints and sets exit codes.

Exit codes: 0 fine, 1 problems in the data, 2 wrong usage.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from stuntbook.checks import load_and_check
from stuntbook.coverage import Coverage, Use, accounted, measure_coverage, percent
from stuntbook.diagnostics import Report, plural
from stuntbook.evidence import Span
from stuntbook.knowledge import KnowledgeBase
from stuntbook.resolution import Source

PROBLEMS = 1


class _BuildByDefault(click.Group):
    """Runs `build` where the command line names no command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] != "--help"):
            args = ["build", *args]
        return super().parse_args(ctx, args)


_root = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The knowledge base's folder.  [default: this one]",
)


@click.group(cls=_BuildByDefault)
def main() -> None:
    """Stuntbook turns articles and stunts.yaml into a website about film stunts.

    Every citation is found in its article first, and every problem is shown with its place and what to do about it.
    Without a command, the site is built.
    """


@main.command()
@_root
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to put the site.  [default: site/ in the knowledge base's folder]",
)
def build(root: Path, site_dir: Path | None) -> None:
    """Check the knowledge base and build the site."""
    started = time.monotonic()
    knowledge, _ = _checked(root)
    # MkDocs is imported only where it is needed: checking starts in half the time without it.
    from stuntbook.mkdocs_plugin import SiteError, build_site  # noqa: PLC0415

    try:
        target = build_site(root, site_dir, knowledge)
    except SiteError as error:
        _fail(str(error))
    click.echo(f"{_counts(knowledge)}\nBuilt {_relative(target)} in {time.monotonic() - started:.1f} s.")


@main.command()
@_root
def check(root: Path) -> None:
    """Check the knowledge base, and build nothing."""
    knowledge, report = _checked(root)
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
    knowledge, _ = _checked(root)
    results = list(measure_coverage(knowledge))
    for result in results:
        click.echo("\n".join(_coverage_lines(knowledge, result)))
    done, total = accounted(results)
    click.echo(f"All articles: {percent(done, total)} % accounted for ({done} of {total} sentences).")
    if fail_under is not None and percent(done, total) < fail_under:
        _fail(f"That is less than {fail_under} %.")


def _coverage_lines(knowledge: KnowledgeBase, result: Coverage) -> Iterator[str]:
    source = knowledge.sources[result.source]
    counts = ", ".join(f"{result.count(use)} {use}" for use in Use if result.count(use))
    yield f"{source.article.path}: {percent(*result.accounted)} % accounted for ({counts})"
    for sentence in result.sentences:
        if sentence.use is Use.UNUSED:
            yield f"  {_place(source, sentence.span)}: not used: {_shown(source, sentence.span)}"
    for quotation in result.missing_quotations:
        yield f"  {_place(source, quotation)}: no quote of: {_shown(source, quotation)}"
    for name in result.unlinked_names:
        yield f"  {_place(source, name.span)}: no link to {name.record}: {_shown(source, name.span)}"


def _place(source: Source, span: Span) -> str:
    return f"line {source.article.body_line + source.text.line(span) - 1}"


def _shown(source: Source, span: Span) -> str:
    return " ".join(source.text.text(span).split())


@main.command()
@_root
def serve(root: Path) -> None:
    """Serve the site and reload it on every edit.

    What is wrong with an edit is shown in the browser, until it is mended. The address is http://127.0.0.1:8000/
    unless mkdocs.yml names another (dev_addr). Ctrl-C ends it.
    """
    from stuntbook.mkdocs_plugin import SiteError, serve_site  # noqa: PLC0415

    logging.basicConfig(format="%(message)s", level=logging.INFO, stream=sys.stderr)
    try:
        serve_site(root)
    except SiteError as error:
        _fail(str(error))


def _checked(root: Path) -> tuple[KnowledgeBase, Report]:
    """The knowledge base and its report, or the end of the program with all problems printed; warnings pass."""
    report = Report()
    knowledge = load_and_check(root, report)
    if rendered := report.render():
        click.echo(rendered, err=True)
        click.echo(f"\n{report.summary()}.", err=True)
    if report.has_errors:
        sys.exit(PROBLEMS)
    return knowledge, report


def _counts(knowledge: KnowledgeBase) -> str:
    statements = list(knowledge.all_statements())
    citations = sum(len(statement.passages) for statement in statements)
    records = (
        plural(len(knowledge.films), "film"),
        plural(len(knowledge.stunts), "stunt"),
        plural(len(knowledge.people), "person"),
        plural(len(knowledge.sources), "article"),
    )
    proven = f"{plural(len(statements), 'statement')}, {plural(citations, 'citation')} found word for word"
    return f"{', '.join(records)}; {proven}."


def _fail(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(PROBLEMS)


def _relative(path: Path) -> str:
    return f"{path.relative_to(Path.cwd())}/" if path.is_relative_to(Path.cwd()) else f"{path}/"
