"""What YAML texts hold, kept from one run to the next, so that only what has changed is parsed again."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from stuntbook import yaml_reader
from stuntbook.diagnostics import Report
from stuntbook.layout import CACHE
from stuntbook.yaml_reader import Data, Parsed, read_yaml

_FILE = "readings.json"


class Readings:
    """The data of texts by their SHA-256 (FIPS 180-4), in the cache of a knowledge base, as JSON.

    Only texts in which nothing is wrong are kept. They hold for one version of the program that reads them.
    """

    def __init__(self, root: Path) -> None:
        self._file = root / CACHE / _FILE
        self._reader = sha256(Path(yaml_reader.__file__).read_bytes() + version("pyyaml").encode()).hexdigest()
        self._before = self._kept()
        self._now: dict[str, Any] = {}

    def _kept(self) -> dict[str, Any]:
        with suppress(OSError, ValueError, TypeError, KeyError):
            kept = orjson.loads(self._file.read_bytes())
            if kept["reader"] == self._reader:
                return dict(kept["texts"])
        return {}

    def read(self, text: str, path: str, report: Report) -> Parsed | None:
        """As `read_yaml`, which reads what was not read before."""
        key = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        if key in self._before:
            self._now[key] = self._before[key]
            return Parsed(_with_tuples(self._before[key]), yaml_reader.place_of(text, path))
        problems = Report()
        parsed = read_yaml(text, path, problems)
        report.extend(problems)
        if parsed and not problems:
            self._now[key] = parsed.data
        return parsed

    def save(self) -> None:
        """Keep what was read since this was made, and nothing else. What can't be written is not kept."""
        if self._now.keys() != self._before.keys():
            with suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.write_bytes(orjson.dumps({"reader": self._reader, "texts": self._now}))


def _with_tuples(data: Any) -> Data:
    """Data from JSON with tuples for lists."""
    if isinstance(data, dict):
        return {key: value if type(value) is str else _with_tuples(value) for key, value in data.items()}
    if isinstance(data, list):
        return tuple([_with_tuples(each) for each in data])
    return data  # type: ignore[no-any-return]
