"""What the last check of a knowledge base found, for as long as neither its files nor the program change."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from stuntbook.layout import ARTICLES_FOLDER, CACHE, KNOWLEDGE_FILE

_FILE = "verdict.json"
_JUDGES = ("markdown-it-py", "pydantic", "python-frontmatter", "pyyaml", "rapidfuzz")
"""Libraries that have a say in what is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a check tells."""

    problems: str
    """All diagnostics as text; empty for none."""
    summary: str
    """Their counts in words."""
    has_errors: bool
    counts: str
    """How much there is of everything, in words."""


class Verdicts:
    """The verdict on a knowledge base that is kept in its cache. It holds for the bytes of the files alone."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file = root / CACHE / _FILE
        self._key = self._fingerprint()

    def recall(self) -> Verdict | None:
        """The kept verdict, if it is one on these files by this program."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            kept = json.loads(self._file.read_bytes())
            if kept["key"] == self._key:
                return Verdict(**kept["verdict"])
        return None

    def keep(self, verdict: Verdict) -> None:
        """Keep a verdict, unless a file has changed since this was made. What can't be written is not kept."""
        if self._fingerprint() == self._key:
            with suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.write_text(json.dumps({"key": self._key, "verdict": asdict(verdict)}), encoding="utf-8")

    def _fingerprint(self) -> str:
        """SHA-256 (FIPS 180-4) of all that a verdict depends on, names and lengths of the files included."""
        total = sha256(json.dumps([sys.version, *map(version, _JUDGES)]).encode())
        for path in self._files():
            try:
                content = path.read_bytes()
            except OSError as error:
                content = str(error).encode()
            total.update(json.dumps([path.name, len(content)]).encode() + content)
        return total.hexdigest()

    def _files(self) -> Iterator[Path]:
        yield from sorted(Path(__file__).parent.glob("*.py"))
        yield self._root / KNOWLEDGE_FILE
        yield from sorted((self._root / ARTICLES_FOLDER).glob("*.md"))
