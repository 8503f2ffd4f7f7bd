"""A file of pieces, each of which tells of one thing, and is kept for as long as all that it tells is the same."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

Part = bytes | str
"""What stands in a file as it is, or the name of the thing whose piece stands there."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A file, which is its parts one behind the other."""

    parts: Callable[[], Iterable[Part]]
    piece: Callable[[str], bytes]
    """What is told of the thing of a name. It reads all that it needs when it is called."""

    def __call__(self) -> bytes:
        return b"".join(part if isinstance(part, bytes) else self.piece(part) for part in self.parts())


def as_json(data: Any, depth: int = 0) -> bytes:
    """JSON in lines, behind so many spaces, of which the first line has none."""
    return orjson.dumps(data, option=orjson.OPT_INDENT_2).replace(b"\n", b"\n" + b" " * depth)


def in_list(names: Iterable[str], depth: int) -> Iterator[Part]:
    """The parts of a list in JSON, whose entries stand behind so many spaces."""
    mark = b"["
    for name in names:
        yield mark + b"\n" + b" " * depth
        yield name
        mark = b","
    yield b"[]" if mark == b"[" else b"\n" + b" " * (depth - 2) + b"]"
