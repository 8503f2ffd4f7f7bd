"""Measure this project's build next to other generators' of the same pages: `python -m benchmarks --help`."""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.builds import OURS, RIVALS, Build, MissingError, our_build, our_parts, rival_build
from benchmarks.generate import generate
from benchmarks.measure import CommandError, Run, bytes_in, peak_mib, run
from benchmarks.pages import first_difference
from benchmarks.rebuilds import measure_rebuilds, rebuild_table
from stuntbook.diagnostics import Report
from stuntbook.memo import Memo
from stuntbook.reading.sources import load

RUNS = 5


class DifferentPagesError(Exception):
    """Two sites that ought to hold the same don't; the message says where."""


def main() -> None:
    """Exit code 0; 1 where a build fails or the sites differ; 2 for wrong usage."""
    parser = _parser()
    arguments = parser.parse_args()
    if arguments.rebuild and arguments.root:
        parser.error("--rebuild edits a sentence of the made-up knowledge base: leave --root out")
    try:
        with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=arguments.scratch) as scratch:
            result = measure(arguments, Path(scratch))
    except (CommandError, DifferentPagesError, MissingError, ValueError) as error:
        sys.exit(f"error: {error}")
    print(table(result))  # noqa: T201
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, help="films, stunts, people and sources [default: 1000]")
    parser.add_argument("--seed", type=int, default=1, help="of the made-up knowledge base [default: 1]")
    parser.add_argument("--root", type=Path, help="measure this knowledge base, and make none up")
    parser.add_argument("--against", type=_rivals, default=(), help=f"some of {','.join(RIVALS)} [default: none]")
    parser.add_argument("--parts", action="store_true", help="measure `check` and the search index by themselves too")
    parser.add_argument("--rebuild", action="store_true", help="measure builds after one edited sentence too")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"timed runs of each [default: {RUNS}]")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument("--scratch", type=Path, help="a folder for all that is written on the way [default: /tmp]")
    return parser


def _rivals(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := [name for name in names if name not in RIVALS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(RIVALS)}")
    return names


def measure(arguments: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """Prepare, compare and time. The result is what `--json` writes.

    `pages` counts films, stunts, people and sources. Of each of the `builds`: `median_s` and the single `runs_s` from
    the start of the process to its end, `cpu_s` of all processors, `peak_mib` of memory, `bytes` of all that is
    written and `html_bytes` of the pages alone. `rebuilds` is what `measure_rebuilds` gives, where that is asked for.
    """
    root, addresses = _knowledge_base(arguments, scratch)
    log = scratch / "log"
    ours = our_build(root, scratch)
    builds, peaks = [ours], {OURS: _peak(ours, log)}
    assert ours.output is not None
    # The rivals start from the pages of our site, and must give them back.
    builds += [rival_build(name, ours.output, addresses, scratch) for name in arguments.against]
    builds += our_parts(root) if arguments.parts else ()
    peaks |= {build.name: _peak(build, log) for build in builds[1:]}
    sites = {build.name: build.output for build in builds if build.output}
    if difference := first_difference(addresses, sites):
        raise DifferentPagesError(difference)
    runs = _in_turn(builds, arguments.runs, log)
    result = {
        "pages": len(addresses),
        "builds": {build.name: figures(build, runs[build.name], peaks[build.name]) for build in builds},
    }
    if arguments.rebuild:
        result["rebuilds"] = measure_rebuilds([build for build in builds if build.output], arguments.runs, log)
    return result


def _knowledge_base(arguments: argparse.Namespace, scratch: Path) -> tuple[Path, Sequence[str]]:
    if not arguments.root:
        root = scratch / "knowledge"
        root.mkdir()
        return root, generate(root, pages=arguments.pages, seed=arguments.seed)
    library = load(arguments.root, Report(), Memo())
    records = [f"{record.section}/{identifier}/" for identifier, record in library.records.items()]
    # A copy: its caches are taken away before each build.
    root = scratch / "knowledge"
    shutil.copytree(arguments.root, root, ignore=shutil.ignore_patterns(".*", "site", "tests", "benchmarks"))
    return root, [*records, *(f"sources/{identifier}/" for identifier in library.articles)]


def _peak(build: Build, log: Path) -> float:
    build.clean()
    return peak_mib(build.command, build.folder, build.environment, log)


def _in_turn(builds: Sequence[Build], rounds: int, log: Path) -> dict[str, list[Run]]:
    """Each build once a round, so that a slow spell of the machine falls on all."""
    runs: dict[str, list[Run]] = {build.name: [] for build in builds}
    for _ in range(rounds):
        for build in builds:
            build.clean()
            runs[build.name].append(run(build.command, build.folder, build.environment, log))
    return runs


def figures(build: Build, runs: Sequence[Run], peak: float) -> dict[str, Any]:
    """What the result holds of one build, whose output is still there. `peak` is in MiB."""
    pages = build.output.rglob("*.html") if build.output else ()
    return {
        "median_s": round(statistics.median(run.seconds for run in runs), 3),
        "peak_mib": round(peak, 1),
        "bytes": bytes_in(build.output) if build.output else 0,
        "html_bytes": sum(page.stat().st_size for page in pages),
        "cpu_s": round(statistics.median(run.cpu_seconds for run in runs), 3),
        "runs_s": [round(run.seconds, 3) for run in runs],
    }


def table(result: dict[str, Any]) -> str:
    """The figures for people; the ratio is that of our time to the other's."""
    heads = f"{'median':>9} {'range':>17} {'ratio':>6} {'CPU':>9} {'peak':>10} {'written':>10} {'HTML':>10}"
    lines = [f"{result['pages']:,} pages", "", f"{'':12} {heads}"]
    ours = result["builds"][OURS]["median_s"]
    for name, build in result["builds"].items():
        low, high = min(build["runs_s"]), max(build["runs_s"])
        ratio = f"{ours / build['median_s']:.2f}" if build["html_bytes"] else ""
        sizes = [f"{build[key] / 2**20:6.1f} MiB" for key in ("bytes", "html_bytes")]
        lines.append(
            f"{name:12} {build['median_s']:7.2f} s {low:7.2f} – {high:5.2f} s {ratio:>6}"
            f" {build['cpu_s']:7.2f} s {build['peak_mib']:6.0f} MiB {' '.join(sizes)}"
        )
    if "rebuilds" in result:
        lines.append(rebuild_table(result["rebuilds"], OURS))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
