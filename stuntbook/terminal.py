"""What a command tells of its work as it goes: on a terminal, on one line that is written over."""

import sys
import time
from collections.abc import Callable

import click

from stuntbook.progress import CLEAR_LINE, Progress, Stage

PATIENCE = 2.0
"""After how many seconds a terminal shows what is being done."""
REFRESH = 0.1
"""How many seconds pass between two looks at it."""


def progress_of(quiet: bool, verbose: bool) -> Progress:
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


def tell_notice(notice: str) -> None:
    """Tell of something that is no problem."""
    clear_line()
    click.echo(notice, err=True)


def clear_line() -> None:
    """Take the line of the moment away."""
    if sys.stderr.isatty():
        click.echo(CLEAR_LINE, err=True, nl=False)


def show_profile(progress: Progress) -> None:
    """Where the time went, by stage."""
    total = sum(stage.seconds for stage in progress.stages) or 1.0
    for stage in progress.stages:
        count = f"{stage.done:,}" if stage.done else ""
        click.echo(f"{stage.seconds:8.2f} s {stage.seconds / total:5.0%}  {stage.name:<26}{count:>8}", err=True)
