"""How long an editor waits: from a saved sentence to the page that shows it. `python -m benchmarks.edits --help`."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.builds import ENVIRONMENT
from benchmarks.generate import ROOT, generate
from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.knowledge.addresses import address_of
from stuntbook.layout import KNOWLEDGE_FILE

PATIENCE = 300
"""Seconds after which a page that does not come is taken not to come at all."""
LOOK = 0.01
"""Seconds between two looks at the page."""
REST = 0.5
"""Seconds between an edit that shows and the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence to be edited."""

    wordings: tuple[str, str]
    """What it says, and what it is to say."""
    line: int
    """Where it stands in its file, counted from 1."""
    address: str
    """Of its page."""


def main() -> None:
    """Exit code 0; 1 where a page does not come."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.edits", description=__doc__)
    parser.add_argument("--pages", type=int, default=5000, help="of a made-up knowledge base [default: 5000]")
    parser.add_argument("--root", type=Path, help="edit a copy of this knowledge base, and make none up")
    parser.add_argument("--edits", type=int, default=15, help="[default: 15]")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as scratch:
        root = Path(scratch) / "knowledge"
        if arguments.root:
            ignored = shutil.ignore_patterns(".*", "site", "tests", "benchmarks")
            shutil.copytree(arguments.root, root, ignore=ignored)
        else:
            root.mkdir()
            generate(root, pages=arguments.pages, seed=1)
        seconds = list(edits(root, arguments.edits))
    shown = f"median {statistics.median(seconds):.3f} s, {min(seconds):.3f} to {max(seconds):.3f} s"
    print(f"{len(seconds)} edits of a sentence: {shown}")  # noqa: T201


def edits(root: Path, count: int) -> Iterator[float]:
    """Serve a knowledge base, edit a sentence so many times, and give the seconds from each save to the page."""
    sentence = sentence_of(root)
    file = root / KNOWLEDGE_FILE
    with _server(root) as base:
        _wait(base + sentence.address, sentence.wordings[0])
        for number in range(count):
            time.sleep(REST)
            old, new = sentence.wordings[:: -1 if number % 2 else 1]
            lines = file.read_text(encoding="utf-8").split("\n")
            lines[sentence.line - 1] = lines[sentence.line - 1].replace(old, new)
            started = time.perf_counter()
            file.write_text("\n".join(lines), encoding="utf-8")
            _wait(base + sentence.address, new)
            yield time.perf_counter() - started


def sentence_of(root: Path) -> Sentence:
    """The first sentence without cross-references whose text stands on a line as it is. Raises ValueError for none."""
    lines = (root / KNOWLEDGE_FILE).read_text(encoding="utf-8").split("\n")
    knowledge = load_and_check(root, Report())
    for statement in knowledge.all_statements():
        words = getattr(statement.value, "text", "")
        line = statement.place.at("text").line
        if statement.kind == "story" and "[[" not in words and words.endswith(".") and words in lines[line - 1]:
            address = address_of(knowledge.record(statement.record))
            return Sentence(wordings=(words, f"{words[:-1]} indeed."), line=line, address=address)
    raise ValueError("no sentence is plain enough to be edited")


@contextmanager
def _server(root: Path) -> Iterator[str]:
    """A server on a free port, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"\ndev_addr: {address}\n")
    command = (sys.executable, str(ROOT / "build_site.py"), "serve", "--root", str(root))
    with (root.parent / "log").open("wb") as log:
        process = subprocess.Popen(command, env=os.environ | ENVIRONMENT, stdout=log, stderr=log)  # noqa: S603
        try:
            yield f"http://{address}/"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


def _wait(address: str, words: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=PATIENCE) as page:  # noqa: S310 - the server started here
                if words in page.read().decode():
                    return
        except (URLError, ConnectionError):
            pass
        time.sleep(LOOK)
    sys.exit(f"error: {words!r} did not come at {address}")


if __name__ == "__main__":
    main()
