"""What is derived remembers what it read, and is kept for as long as all of that is the same.

Whatever looks into a `Table` while a `Memo` has it made depends on what it found there: nobody lists inputs by hand.
What was read is compared by its digest, so that a result of a process of long ago is kept by the same proof as one of a
moment ago.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from stuntbook import parallel
from stuntbook.diagnostics import Diagnostic, Report
from stuntbook.readings import Read, Tables, few, note, reading
from stuntbook.safe import Safe, digest

Kept = TypeVar("Kept")
_FILE = "*"
"""Stands in place of a name for the file in which the pieces of all names are."""

_Own = Sequence[int]
"""What a result has read, by the numbers of the readings in its group."""


@dataclass(slots=True)
class _Group(Generic[Kept]):
    """Results of one kind: each with what it has read, and the digests of all of that."""

    reads: list[Read] = field(default_factory=list)
    """What any of them has read. By its number in this list, results and digests tell of it."""
    before: dict[str, tuple[_Own, Kept]] = field(default_factory=dict)
    """The results of the run before, by their names."""
    seen: Mapping[int, str] = field(default_factory=dict)
    """The digests of then, of what they have read."""
    now: dict[str, tuple[_Own, Kept]] = field(default_factory=dict)
    """The results of this run, found or made."""
    sees: dict[int, str] = field(default_factory=dict)
    """The digests of now, as far as they were asked for."""
    is_new: bool = False
    """Whether anything was made since the results were put where the next process finds them."""
    lasts: bool = False
    """Whether they are put there."""
    is_foreign: bool = False
    """Whether another process may have made what was there before."""
    _same: set[int] = field(default_factory=set)
    """The readings that are the same as before."""
    _numbers: dict[Read, int] = field(default_factory=dict)

    def followed(self) -> "_Group[Kept]":
        """That of the next run: where nothing of a kind was asked for, what was there before it is there still."""
        if not self.now:
            return self.again()
        reads, results, seen = self.kept()
        return _Group(reads, results, seen, is_new=self.is_new, lasts=self.lasts)

    def again(self) -> "_Group[Kept]":
        """The same, for a run in which other digests may be found."""
        return _Group(
            self.reads, self.before, self.seen, is_new=self.is_new, lasts=self.lasts, is_foreign=self.is_foreign
        )

    def kept(self) -> tuple[list[Read], dict[str, tuple[_Own, Kept]], Mapping[int, str]]:
        """The readings, results and digests of this run: without what nobody has read in it, if that is most."""
        if 2 * len(self.sees) >= len(self.reads):
            return self.reads, self.now, self.sees
        place = {number: at for at, number in enumerate(self.sees)}
        results: dict[str, tuple[_Own, Kept]] = {
            name: ([place[each] for each in own], result) for name, (own, result) in self.now.items()
        }
        return [self.reads[each] for each in place], results, dict(enumerate(self.sees.values()))

    def find(self, name: str, tables: Tables) -> tuple[_Own, Kept] | None:
        """A result of before with what it has read, if all of that is the same now."""
        found = self.before.get(name)
        if found and not self._same.issuperset(found[0]):
            for number in found[0]:
                if number not in self._same:
                    if number not in self.sees:
                        self.sees[number] = tables.digest(self.reads[number])
                    if self.sees[number] != self.seen[number]:
                        return None
                    self._same.add(number)
        return found

    def forget(self, names: Iterable[str]) -> None:
        """Have results be made again."""
        for name in names:
            self.before.pop(name, None)
            self.now.pop(name, None)

    def told(self, own: _Own) -> Iterable[Read]:
        """What a result has read."""
        return map(self.reads.__getitem__, own)

    def remember(self, name: str, reads: Iterable[Read], result: Kept, tables: Tables) -> None:
        """Have a result be one of this run."""
        if not self._numbers:
            self._numbers = {read: number for number, read in enumerate(self.reads)}
        own: list[int] = []
        for read in reads:
            if (number := self._numbers.setdefault(read, len(self.reads))) == len(self.reads):
                self.reads.append(read)
            if number not in self.sees:
                self.sees[number] = tables.digest(read)
            own.append(number)
        self.now[name], self.is_new = (own, result), True


class Memo:
    """Results of a run, each for as long as what it has read is the same in the next.

    A name stands for one result of its kind within a run. What a run does not ask for, while it asks for others of the
    kind, is forgotten when the next one begins. Only what was there before errors is kept until they are mended, for it
    is wanted again then.
    """

    def __init__(self, *, keeping: bool = True, safe: Safe | None = None) -> None:
        """`safe` is where results that are made many at once lie from one process to the next."""
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
        self._held = {kind: group.again() for kind, group in self._held.items()}

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
            group.remember(name, few(reads), result, self.tables)
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
        """As `recall` for many of a kind, which are made on every processor. They are made of what JSON can hold.

        What `use` refuses of what another process may have made is made again; where there will be no other run, that
        is all that was there before.

        `before` does once what each of several processes would have to do.
        """
        group = self._group(kind)
        group.lasts = True
        unmade = set(names).difference(self.held(kind, names, use))
        missing = [name for name in names if name in unmade]
        if not (self.keeping or self.safe):
            yield from parallel.each(lambda number: make(names[number]), len(names), before)
            return

        def work(number: int) -> tuple[Kept, set[Read]]:
            with reading() as reads:
                result = make(missing[number])
            return result, few(reads)

        made = parallel.each(work, len(missing), before)
        for name in names:
            if name not in unmade:
                yield group.now[name][1]
                continue
            result, reads = next(made)
            if keep(result):
                group.remember(name, reads, result, self.tables)
            yield result

    def recall_each_checked(
        self,
        kind: str,
        names: Sequence[str],
        report: Report,
        make: Callable[[str, Report], Kept],
        use: Callable[[str, Kept], bool] = lambda _, __: True,
    ) -> dict[str, Kept]:
        """As `recall_each`, for what reports problems, as in `recall_checked`: the results by their names."""

        def work(name: str) -> tuple[Kept, tuple[Diagnostic, ...]]:
            own = Report()
            return make(name, own), tuple(own)

        def is_used(name: str, checked: tuple[Kept, tuple[Diagnostic, ...]]) -> bool:
            result, problems = checked
            return not problems and use(name, result)

        each = self.recall_each(kind, names, work, keep=lambda checked: not checked[1], use=is_used)
        results = {}
        for name, (result, problems) in zip(names, each, strict=True):
            results[name] = result
            report.extend(problems)
        return results

    def held(
        self, kind: str, names: Iterable[str], use: Callable[[str, Any], bool] = lambda _, __: True
    ) -> dict[str, Any]:
        """The results of a kind that are the same as before, by their names, but what `use` refuses, as above."""
        group = self._group(kind)
        held = [name for name in names if self._holds(kind, name)]
        if self._may_be_foreign(kind):
            used = parallel.each(lambda number: _is_used(use, held[number], group), len(held))
            refused = {name for name, is_used in zip(held, used, strict=True) if not is_used}
            for each in (group, self._held.get(kind, group)):
                each.forget(refused)
            held = [name for name in held if name not in refused]
        return {name: group.now[name][1] for name in held}

    def recall_joined(self, kind: str, parts: Iterable[bytes | str], make: Callable[[str], bytes]) -> bytes:
        """A file of parts one behind the other: bytes as they are, and for a name what `make` gives.

        What was made of a name is kept as its place in the file, which the caller puts into the safe.
        """
        if not self.safe:
            return b"".join(part if isinstance(part, bytes) else make(part) for part in parts)
        group, pieces, end = self._group(kind), list[bytes | memoryview](), 0
        group.lasts = True
        _, last = group.before.get(_FILE, ((), ""))
        before = memoryview(self.safe.get_file(str(last)))
        for part in parts:
            if isinstance(part, bytes):
                pieces.append(part)
            elif (found := group.find(part, self.tables)) and (place := _place(found[1], before)):
                note(group.told(found[0]))
                pieces.append(before[place])
                group.now[part] = found[0], [end, end + len(pieces[-1])]
            else:
                with reading() as reads:
                    pieces.append(make(part))
                group.remember(part, few(reads), [end, end + len(pieces[-1])], self.tables)
            end += len(pieces[-1])
        content = b"".join(pieces)
        group.remember(_FILE, (), digest(content).hex(), self.tables)
        self.keep_safe()
        return content

    def keep_safe(self) -> None:
        """Put what was made many at once where the next process finds it."""
        if not self.safe:
            return
        for kind, group in self._groups.items():
            if group.lasts and (group.is_new or group.now.keys() != group.before.keys()):
                reads, kept, seen = group.kept()
                digests = [seen.get(number, "") for number in range(len(reads))]
                self.safe.put(kind, {"reads": reads, "seen": digests, "kept": kept})
                group.is_new = False

    def _group(self, kind: str) -> _Group[Any]:
        if kind not in self._groups:
            self._groups[kind] = _opened(self.safe.get(kind) if self.safe else None)
        return self._groups[kind]

    def _may_be_foreign(self, kind: str) -> bool:
        groups = (self._group(kind), self._held.get(kind))
        return not self.keeping or any(group.is_foreign for group in groups if group)

    def _holds(self, kind: str, name: str) -> bool:
        """Whether a result of the run before, or of the last one without errors, is one of this run."""
        group, held = self._group(kind), self._held.get(kind)
        if name not in group.now:
            if found := group.find(name, self.tables):
                group.now[name] = found
            elif held and (found := held.find(name, self.tables)):
                group.remember(name, held.told(found[0]), found[1], self.tables)
            else:
                return False
        note(group.told(group.now[name][0]))
        return True


def _place(kept: Any, content: memoryview) -> slice | None:
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
        reads = [(str(table), str(key)) for table, key in content["reads"]]
        before = {name: (own, result) for name, (own, result) in content["kept"].items()}
        seen = dict(enumerate(map(str, content["seen"])))
        numbers = set[int]().union(*(own for own, _ in before.values()))
        if len(seen) == len(reads) and numbers <= set(range(len(reads))):
            return _Group(reads, before, seen, is_foreign=True)
    except (TypeError, ValueError, KeyError, AttributeError):
        pass
    return _Group()
