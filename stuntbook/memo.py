"""What is derived remembers what it read, and is kept for as long as all of that is the same.

Whatever looks into a `Table` while a `Memo` has it made depends on what it found there: nobody lists inputs by hand.
Looking at everything in a table is a dependency too, and so is asking for what is not there. What was read is compared
by its digest, so that a result of a process of long ago is kept by the same proof as one of a moment ago.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from hashlib import blake2b
from operator import is_
from secrets import token_hex
from typing import Any, Generic, TypeVar, cast

import orjson

from stuntbook import parallel
from stuntbook.diagnostics import Report
from stuntbook.safe import Safe, digest

Kept = TypeVar("Kept")
Value = TypeVar("Value")
Read = tuple[str, str]
"""The name of a table and a key that was looked up there, or one of the three below."""
EVERYTHING, KEYS, COUNT = "*", "[]", "#"
"""Stand in place of a key where all that a table holds was looked at, or only its keys, or how many they are."""
_FILE = "*"
"""Stands in place of a name for the file in which the pieces of all names are."""
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


def _few(reads: set[Read]) -> set[Read]:
    """The readings without those that others cover."""
    by_table: dict[str, list[Read]] = {}
    for read in reads:
        by_table.setdefault(read[0], []).append(read)
    all_of = {name for name, own in by_table.items() if len(own) > _MANY or (name, EVERYTHING) in reads}
    return {read for read in reads if read[0] not in all_of} | {(name, EVERYTHING) for name in all_of}


@dataclass(slots=True)
class _Group(Generic[Kept]):
    """Results of one kind: each with what it has read, and the digests of all of that."""

    before: dict[str, tuple[Iterable[Read], Kept]] = field(default_factory=dict)
    seen: Mapping[Read, str] = field(default_factory=dict)
    now: dict[str, tuple[Iterable[Read], Kept]] = field(default_factory=dict)
    sees: dict[Read, str] = field(default_factory=dict)
    is_new: bool = False
    """Whether anything was made since the results were put where the next process finds them."""

    def followed(self) -> "_Group[Kept]":
        """That of the next run: where nothing of a kind was asked for, what was there before it is there still."""
        if self.now:
            return _Group(self.now, self.sees, is_new=self.is_new)
        return _Group(self.before, self.seen, is_new=self.is_new)

    def find(self, name: str, sees: dict[Read, str], tables: Tables) -> tuple[Iterable[Read], Kept] | None:
        """A result of before with what it has read, if all of that is the same now. `sees` gets the digests of now."""
        found = self.before.get(name)
        for read in found[0] if found else ():
            if read not in sees:
                sees[read] = tables.digest(read)
            if self.seen[read] != sees[read]:
                return None
        return found


class Memo:
    """Results of a run, each for as long as what it has read is the same in the next.

    A name stands for one result of its kind within a run. What a run does not ask for, while it asks for others of the
    kind, is forgotten when the next one begins. Only what was there before errors is kept until they are mended, for it
    is wanted again then.
    """

    def __init__(self, *, keeping: bool = True, safe: Safe | None = None) -> None:
        """`safe` is where results lie from one process to the next, for the kinds that `keep_safe` names."""
        self.keeping = keeping
        """Whether there will be another run."""
        self.safe = safe
        self.tables = Tables()
        self._groups: dict[str, _Group[Any]] = {}
        self._held: Mapping[str, _Group[Any]] = {}
        """While there are errors: the groups of the first run that had some, with what the one before it has made."""

    def copy(self) -> "Memo":
        """Another one with the same results, for a run of which it is not known yet whether it tells anything."""
        other = Memo(keeping=self.keeping, safe=self.safe)
        other.tables, other._groups, other._held = self.tables, self._groups, self._held
        return other

    def begin(self) -> None:
        """Begin another run."""
        self.tables = Tables(self.tables)
        self._groups = {kind: group.followed() for kind, group in self._groups.items()}

    def end(self, *, broken: bool) -> None:
        """End a run, in which errors may have hidden some of what there is."""
        self._held = (self._held or self._groups) if broken else {}

    def recall(
        self, kind: str, name: str, make: Callable[[], Kept], keep: Callable[[Kept], bool] = lambda _: True
    ) -> Kept:
        """What `make` gives. A result that is not to be kept is made again in the next run."""
        if not self.keeping:
            return make()
        group = self._group(kind)
        if self._holds(kind, name):
            return cast(Kept, group.now[name][1])
        with reading() as reads:
            result = make()
        if keep(result):
            self._remember(group, name, reads, result)
        return result

    def recall_checked(self, kind: str, name: str, report: Report, make: Callable[[Report], Kept]) -> Kept:
        """As `recall`, for what reports problems. A result with problems is not kept: edits move their places."""
        own = Report()
        result = self.recall(kind, name, lambda: make(own), lambda _: not own)
        report.extend(own)
        return result

    def recall_each(  # noqa: PLR0913, PLR0917 - what is made, and what makes, judges and uses it
        self,
        kind: str,
        names: Sequence[str],
        make: Callable[[str], Kept],
        keep: Callable[[Kept], bool] = lambda _: True,
        use: Callable[[str, Kept], bool] = lambda _, __: True,
        before: Callable[[], object] = lambda: None,
    ) -> Iterator[Kept]:
        """As `recall` for many of a kind, which are made on every processor. What `use` refuses is made again.

        `before` does once what each of several processes would have to do.
        """
        group = self._group(kind)
        held = [name for name in names if self._holds(kind, name)]
        used = parallel.each(lambda number: _is_used(use, held[number], group), len(held))
        unmade = set(names).difference(name for name, is_used in zip(held, used, strict=True) if is_used)
        missing = [name for name in names if name in unmade]
        if not (self.keeping or self.safe):
            yield from parallel.each(lambda number: make(names[number]), len(names), before)
            return

        def work(number: int) -> tuple[Kept, set[Read]]:
            with reading() as reads:
                result = make(missing[number])
            return result, _few(reads)

        made = parallel.each(work, len(missing), before)
        for name in names:
            if name not in unmade:
                yield group.now[name][1]
                continue
            group.now.pop(name, None)
            result, reads = next(made)
            if keep(result):
                self._remember(group, name, reads, result)
            yield result

    def recall_joined(self, kind: str, parts: Iterable[bytes | str], make: Callable[[str], bytes]) -> bytes:
        """A file of parts one behind the other: bytes as they are, and for a name what `make` gives.

        What was made of a name is kept as its place in the file, which the caller puts into the safe.
        """
        if not self.safe:
            return b"".join(part if isinstance(part, bytes) else make(part) for part in parts)
        group, content = self._group(kind), bytearray()
        _, last = group.before.get(_FILE, ((), ""))
        before = self.safe.get_file(str(last))
        for part in parts:
            start = len(content)
            if isinstance(part, bytes):
                content += part
            elif (found := group.find(part, group.sees, self.tables)) and (place := _place(found[1], before)):
                note(found[0])
                content += before[place]
                group.now[part] = found[0], [start, len(content)]
            else:
                with reading() as reads:
                    content += make(part)
                self._remember(group, part, reads, [start, len(content)])
        group.now[_FILE], group.is_new = ((), digest(content).hex()), True
        self.keep_safe(kind)
        return bytes(content)

    def keep_safe(self, kind: str) -> None:
        """Put the results of a kind where the next process finds them. They are made of what JSON can hold."""
        group = self._groups.get(kind)
        if self.safe and group and (group.is_new or group.now.keys() != group.before.keys()):
            place = {read: number for number, read in enumerate(group.sees)}
            kept = {name: [[place[read] for read in reads], result] for name, (reads, result) in group.now.items()}
            self.safe.put(kind, {"seen": [[*read, seen] for read, seen in group.sees.items()], "kept": kept})
            group.is_new = False

    def _group(self, kind: str) -> _Group[Any]:
        if kind not in self._groups:
            self._groups[kind] = _opened(self.safe.get(kind) if self.safe else None)
        return self._groups[kind]

    def _holds(self, kind: str, name: str) -> bool:
        """Whether a result of the run before, or of the last one without errors, is one of this run."""
        group, held = self._group(kind), self._held.get(kind)
        found = group.find(name, group.sees, self.tables) or (held and held.find(name, group.sees, self.tables))
        if not found:
            return False
        note(found[0])
        group.now[name] = found
        return True

    def _remember(self, group: _Group[Any], name: str, reads: set[Read], result: object) -> None:
        group.now[name] = few, _ = tuple(_few(reads)), result
        group.sees.update((read, self.tables.digest(read)) for read in few)
        group.is_new = True


def _place(kept: Any, content: bytes) -> slice | None:
    """The place of a piece in a file as it was kept; None where that is no place in it."""
    match kept:
        case [int(start), int(end)] if 0 <= start <= end <= len(content):
            return slice(start, end)
    return None


def _is_used(use: Callable[[str, Any], bool], name: str, group: _Group[Any]) -> bool:
    """Whether a result that was kept can be used; what is no result of the kind can't."""
    try:
        return use(name, group.now[name][1])
    except (AttributeError, TypeError, ValueError):
        return False


def _opened(content: Any) -> _Group[Any]:
    """What was kept safe; nothing where that is not what was put there."""
    try:
        reads = [(str(table), str(key)) for table, key, _ in content["seen"]]
        seen = dict(zip(reads, (digest for _, _, digest in content["seen"]), strict=True))
        kept: dict[str, tuple[Iterable[Read], Any]] = {
            name: (tuple(reads[each] for each in own), result) for name, (own, result) in content["kept"].items()
        }
    except (TypeError, ValueError, KeyError, IndexError, AttributeError):
        return _Group()
    return _Group(kept, seen)
