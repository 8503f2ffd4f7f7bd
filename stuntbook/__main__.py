"""The program: `python -m stuntbook`, the command `stuntbook`, and `build_site.py`.

It knows how to end before it loads what it needs, which takes longer than anything else that nobody could interrupt.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Never

STOPPED = 128
"""An exit code above this one is that of a signal, as shells have it."""


def main(root: Path | None = None) -> None:
    """Do what the command line says, in a folder other than the current one where that is given."""
    with ending_plainly():
        from stuntbook.cli import main as commands  # noqa: PLC0415

        commands(default_map={name: {"root": str(root)} for name in commands.commands} if root else None)


@contextmanager
def ending_plainly() -> Iterator[None]:
    """End the program with a line, and no traceback, where a signal or a file that can't be used ends the block.

    A signal ends it as an exception does, so that nothing is left half done.
    """
    told: list[int] = []
    _on_signals(lambda number, _: _stop(number, told))
    failure: BaseException | None = None
    try:
        yield
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
    with suppress(OSError):  # a terminal that is gone
        from stuntbook.progress import CLEAR_LINE  # noqa: PLC0415

        start = CLEAR_LINE if sys.stderr.isatty() else ""
        print(f"{start}{line}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
