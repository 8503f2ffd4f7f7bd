"""Time `check` and the whole build of the real knowledge base, as whole processes, and print the medians."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 5


def seconds(*arguments: str) -> float:
    """How long one run takes, from the start of the process to its end. Raises CalledProcessError if it fails."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "build_site.py", *arguments], cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        commands = {"check": ["check"], "build": ["build", "--site-dir", str(Path(scratch) / "site")]}
        for arguments in commands.values():
            seconds(*arguments)  # fills the caches of the file system and of Python
        # In turn, so that a slow spell of the machine falls on both.
        times = [{name: seconds(*arguments) for name, arguments in commands.items()} for _ in range(RUNS)]
    for name in commands:
        values = [run[name] for run in times]
        print(f"{name}: median {statistics.median(values):.2f} s of {RUNS} ({min(values):.2f} to {max(values):.2f})")  # noqa: T201


if __name__ == "__main__":
    main()
