"""A build after one edited sentence, in a new process: what it takes, and which files are not as before."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.builds import Build
from benchmarks.measure import Run, run

BEFORE, AFTER = "The rehearsal was not filmed.", "The rehearsal itself was not filmed."
"""A sentence of many made-up stunts, and what is made of it."""
_Files = dict[Path, tuple[int, int]]


def measure_rebuilds(builds: Sequence[Build], rounds: int, log: Path) -> dict[str, Any]:
    """Per build what `--json` writes, of runs that take turns. Each starts from what the one before has left.

    `files` are those that are new, gone, or of another time or size, as a deployment by `rsync` looks at them, and
    `sent` is the size of those that are there.
    """
    edited = {build.name: _holders(build.folder, BEFORE) for build in builds}
    runs: dict[str, list[tuple[Run, int, int]]] = {build.name: [] for build in builds}
    for number in range(rounds):
        for build in builds:
            assert build.output
            _edit(edited[build.name][number])
            before = _files(build.output)
            took = run(build.again or build.command, build.folder, build.environment, log)
            after = _files(build.output)
            changed = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
            sent = sum(after[path][1] for path in changed if path in after)
            runs[build.name].append((took, len(changed), sent))
    return {name: _figures(own) for name, own in runs.items()}


def _figures(runs: Sequence[tuple[Run, int, int]]) -> dict[str, Any]:
    return {
        "median_s": round(statistics.median(each.seconds for each, _, _ in runs), 3),
        "cpu_s": round(statistics.median(each.cpu_seconds for each, _, _ in runs), 3),
        "runs_s": [round(each.seconds, 3) for each, _, _ in runs],
        "files": max(files for _, files, _ in runs),
        "sent": max(sent for _, _, sent in runs),
    }


def rebuild_table(rebuilds: dict[str, Any], ours: str) -> str:
    """The figures for people; the ratio is that of our time to the other's."""
    lines = [
        "",
        "after one edited sentence",
        "",
        f"{'':12} {'median':>9} {'ratio':>6} {'CPU':>9} {'files':>7} {'sent':>11}",
    ]
    for name, each in rebuilds.items():
        ratio = f"{rebuilds[ours]['median_s'] / each['median_s']:.2f}"
        size = f"{each['sent'] / 2**20:7.2f} MiB"
        lines.append(
            f"{name:12} {each['median_s']:7.2f} s {ratio:>6} {each['cpu_s']:7.2f} s {each['files']:>7,} {size}"
        )
    return "\n".join(lines)


def _holders(folder: Path, sentence: str) -> list[Path]:
    """For each place of a sentence in the files of a folder, the file."""
    found: list[Path] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".yaml", ".md", ".html"} and path.is_file() and "site" not in path.relative_to(folder).parts:
            found += [path] * path.read_text(encoding="utf-8").count(sentence)
    return found


def _edit(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(BEFORE, AFTER, 1), encoding="utf-8")


def _files(folder: Path) -> _Files:
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): (status.st_mtime_ns, status.st_size) for path, status in found}
