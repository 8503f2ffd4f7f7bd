"""The program: `python -m stuntbook`, the command `stuntbook`, and `build_site.py`.

It knows how to end before it loads what it needs, which nobody could interrupt else without a traceback: at the top it
imports only what Python has loaded already, and `signal`.
"""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Never

STOPPED = 128
"""An exit code above this one is that of a signal, as shells have it."""


def main(root: str | None = None) -> None:
    """Do what the command line says, in a folder other than the current one where that is given."""

    def work() -> None:
        from stuntbook.cli import main as commands  # noqa: PLC0415

        commands(default_map={name: {"root": root} for name in commands.commands} if root else None)

    end_plainly(work)


def end_plainly(work: Callable[[], object]) -> None:
    """End the program with a line, and no traceback, where a signal or a file that can't be used ends the work.

    A signal ends it as an exception does, so that nothing is left half done.
    """
    told: list[int] = []
    _on_signals(lambda number, _: _stop(number, told))
    failure: BaseException | None = None
    try:
        work()
    except (Exception, SystemExit) as error:
        failure = error
    _on_signals(signal.SIG_IGN)  # all is done
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        failure = error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes it again, and would complain
    if told:  # whatever came of it: an exception of another kind, or none where a library has caught it
        number = told[0]
        _end(STOPPED + number, f"Stopped by {'Ctrl-C' if number == signal.SIGINT else signal.Signals(number).name}.")
    if isinstance(failure, OSError):
        from stuntbook.diagnostics import reason  # noqa: PLC0415

        _end(1, f"error: {reason(failure, 'standard output')}")
    if failure:
        raise failure


def _on_signals(action: Callable[[int, object], Never] | signal.Handlers) -> None:
    """Have this done when a signal asks the program to end, unless it was started to ignore it, as `nohup` does."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, action)


def _stop(number: int, told: list[int]) -> Never:
    _on_signals(signal.SIG_IGN)  # nothing interrupts what now puts things in order
    told.append(number)
    raise SystemExit(STOPPED + number)


def _end(code: int, line: str) -> Never:
    from contextlib import suppress  # noqa: PLC0415

    from stuntbook.progress import CLEAR_LINE  # noqa: PLC0415

    with suppress(OSError, AttributeError):  # a terminal that is gone, or that was never there
        print(f"{CLEAR_LINE if sys.stderr.isatty() else ''}{line}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
