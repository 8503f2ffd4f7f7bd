"""A command run as a whole process: how long it takes, how much of the processors, and how much memory at its peak."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_INTERVAL = 0.02
"""Seconds between two looks at the memory."""
_PROC = Path("/proc")
_Process = subprocess.Popen[bytes]


class CommandError(Exception):
    """A command failed; the message is what it printed last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run took."""

    seconds: float
    """From the start of the process to its end."""
    cpu_seconds: float
    """Of all processors, its children's included."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> Run:
    """Run a command to its end; what it prints goes to `log`. Raises CommandError if it fails."""
    with log.open("wb") as output:
        started = time.perf_counter()
        process = _start(command, folder, environment, output.fileno())
        # wait4 tells what this process and the children it waited for used (Linux manual page wait4(2)).
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    _finish(process, status, command, log)
    return Run(seconds=seconds, cpu_seconds=usage.ru_utime + usage.ru_stime)


def peak_mib(command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> float:
    """Run a command, and return the most memory in MiB that it and its children held at once.

    The proportional set size (PSS, proc(5)) counts what processes share once. It is looked up many times a second,
    which slows the command down: no run is timed and looked at both. Where there is no /proc, the memory is that of
    the largest process. Raises CommandError as `run` does.
    """
    peak = 0
    with log.open("wb") as output:
        process = _start(command, folder, environment, output.fileno())
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, sum(map(_pss_kib, _family(process.pid))))
            time.sleep(_INTERVAL)
    _finish(process, status, command, log)
    # What the system notes as a process's largest size is at least that of the process which started it.
    return (peak or usage.ru_maxrss) / 1024


def _start(command: Sequence[str], folder: Path, environment: Mapping[str, str], output: int) -> _Process:
    return subprocess.Popen(  # noqa: S603 -- the commands are this package's own
        command,
        cwd=folder,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
    )


def _finish(process: _Process, status: int, command: Sequence[str], log: Path) -> None:
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        printed = log.read_text(encoding="utf-8", errors="replace")[-4000:]
        raise CommandError(f"{' '.join(command)} ended with {process.returncode}:\n{printed}")


def _family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    found = [pid]
    for parent in found:
        try:
            found += map(int, (_PROC / f"{parent}/task/{parent}/children").read_text().split())
        except OSError:
            continue  # it has ended in the meantime
    return found


def _pss_kib(pid: int) -> int:
    try:
        lines = (_PROC / f"{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def bytes_in(folder: Path) -> int:
    """The size of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
