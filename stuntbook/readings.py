"""Tables that have whoever looks into them remember what they have read, and digests of what is there.

Looking at everything in a table is a reading too, and so is asking for what is not there.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from operator import is_
from secrets import token_hex
from typing import Any, TypeVar, cast

import orjson

Value = TypeVar("Value")
Read = tuple[str, str]
"""The name of a table and a key that was looked up there, or one of the three below."""
EVERYTHING, KEYS, COUNT = "*", "[]", "#"
"""Stand in place of a key where all that a table holds was looked at, or only its keys, or how many they are."""
_MANY = 500
"""Who looks up so many keys of one table is taken to have looked at everything in it."""

_readers: list[set[Read]] = []
"""What is being made has read so far; what is made in order to make it comes behind it."""


@contextmanager
def reading() -> Iterator[set[Read]]:
    """Whatever is looked up in the block. It counts as read by what is made around the block, too."""
    reads: set[Read] = set()
    _readers.append(reads)
    try:
        yield reads
    finally:
        _readers.pop()
        note(reads)


def note(reads: Iterable[Read]) -> None:
    """Have what is being made depend on these."""
    if _readers:
        _readers[-1].update(reads)


class Table(Mapping[str, Value]):
    """A mapping that has whoever looks into it remember what they have looked at."""

    __slots__ = ("_held", "_make", "name")

    def __init__(self, name: str, held: Mapping[str, Value] | Callable[[], Mapping[str, Value]]) -> None:
        """`held` is what the table holds, or makes it when it is first looked at: then that is nobody's reading."""
        self.name = name
        self._make = held if callable(held) else None
        self._held: Mapping[str, Value] = {} if callable(held) else held

    def __getitem__(self, key: str) -> Value:
        if _readers:
            _readers[-1].add((self.name, key))
        return (self._held if self._make is None else self.held())[key]

    def get(self, key: str, default: Any = None) -> Any:
        if _readers:
            _readers[-1].add((self.name, key))
        return (self._held if self._make is None else self.held()).get(key, default)

    def __contains__(self, key: object) -> bool:
        if _readers:
            _readers[-1].add((self.name, str(key)))
        return key in self.held()

    def __iter__(self) -> Iterator[str]:
        note(((self.name, KEYS),))
        return iter(self.held())

    def __len__(self) -> int:
        note(((self.name, COUNT),))
        return len(self.held())

    def values(self) -> Any:
        note(((self.name, EVERYTHING),))
        return self.held().values()

    def items(self) -> Any:
        note(((self.name, EVERYTHING),))
        return self.held().items()

    def held(self) -> Mapping[str, Value]:
        """What the table holds, unnoticed."""
        if self._make is not None:
            make, self._make = self._make, None
            _readers.append(set())
            try:
                self._held = make()
            finally:
                _readers.pop()
        return self._held


class Tables:
    """The tables of a run, with the digests of what is in them; those of objects that were there before are known."""

    def __init__(self, before: "Tables | None" = None) -> None:
        self._tables: dict[str, Table[Any]] = {}
        self._digests: dict[Read, str] = {}
        self._told: dict[Read, object] = {}
        """Of what the digests are."""
        self._shared: dict[int, tuple[object, str]] = {}
        """The digests of objects that stand in several tables, and the objects, so that no other gets their number."""
        self._before = (before._told, before._digests) if before else ({}, {})

    def add(self, name: str, held: Mapping[str, Value] | Callable[[], Mapping[str, Value]]) -> Table[Value]:
        """A table of that name, in place of any that there was."""
        if name in self._tables:
            self._digests = {read: digest for read, digest in self._digests.items() if read[0] != name}
        self._tables[name] = table = Table(name, held)
        return table

    def make_all(self) -> None:
        """Make the tables that are made when they are looked at."""
        for table in self._tables.values():
            table.held()

    def digest(self, read: Read) -> str:
        """The digest of what is now found by a reading; empty where there is nothing."""
        if read not in self._digests:
            self._digests[read] = self._digest(*read)
        return self._digests[read]

    def _digest(self, name: str, key: str) -> str:
        if name not in self._tables:
            return token_hex(12)  # of what is not known, nothing is the same
        held = self._tables[name].held()
        if key == EVERYTHING:
            return self.digest_of([(each, self.digest((name, each))) for each in held])
        if key in {KEYS, COUNT}:
            return self.digest_of(list(held) if key == KEYS else len(held))
        if key not in held:
            return ""
        self._told[name, key] = value = held[key]
        told, digests = self._before
        return digests[name, key] if _is_same(told.get((name, key)), value) else self.digest_of(value)

    def digest_of(self, value: object) -> str:
        """A BLAKE2 digest (RFC 7693) of a value and all values in it.

        Of an object that has a property `told_by`, that stands for it, and of one with `told_once` the digest of that.
        What can't be told is equal to nothing.
        """
        try:
            data = orjson.dumps(value, self._plain, orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_NON_STR_KEYS)
        except orjson.JSONEncodeError:
            return token_hex(12)
        return blake2b(data, digest_size=12).hexdigest()

    def _plain(self, value: Any) -> object:
        if not _is_shared(cast(Hashable, type(value))):
            return _plain(value)
        if id(value) not in self._shared:
            self._shared[id(value)] = value, self.digest_of(value.told_once)
        return self._shared[id(value)][1]


def _is_same(one: object, other: object) -> bool:
    """Whether two are one object, or hold the same objects. Equal ones may differ, as 1 and 1.0 do."""
    if isinstance(one, tuple | list) and type(one) is type(other):
        return len(one) == len(other) and all(map(is_, one, other))
    return one is other is not None


@cache
def _is_shared(kind: Any) -> bool:
    return hasattr(kind, "told_once")


def _plain(value: Any) -> object:
    told = _told(cast(Hashable, type(value)))
    if told is None:
        raise TypeError(type(value).__name__)
    return told(value)


@cache
def _told(kind: Any) -> Callable[[Any], object] | None:
    if hasattr(kind, "told_by"):
        return lambda value: value.told_by
    if is_dataclass(kind):
        own, names = str(kind), [each.name for each in fields(kind) if each.compare]
        return lambda value: [own, *(getattr(value, name) for name in names)]
    if hasattr(kind, "model_fields"):
        return lambda value: [kind.__name__, vars(value)]
    if issubclass(kind, tuple):
        return list
    if issubclass(kind, frozenset | set):
        return sorted
    return dict if issubclass(kind, Mapping) else None


def few(reads: set[Read]) -> set[Read]:
    """The readings without those that others cover."""
    by_table: dict[str, list[Read]] = {}
    for read in reads:
        by_table.setdefault(read[0], []).append(read)
    all_of = {name for name, own in by_table.items() if len(own) > _MANY or (name, EVERYTHING) in reads}
    return {read for read in reads if read[0] not in all_of} | {(name, EVERYTHING) for name in all_of}
