"""Rows -> a listing: what an index page lists, what readers narrow it by, and the orders in which it can stand.

A listing is whole, and in order, as it comes. Every entry carries its values and its place in each order, so that the
page's script only hides and moves entries: whatever is compared is compared here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Generic, TypeVar
from unicodedata import category, combining, name, normalize

WHOLE = 120
"""How many entries an index page holds at most, to be sorted and narrowed where it stands."""
PAGE = 60
"""How many entries each page holds of a listing that has more."""
JUMPS = 60
"""How many groups a listing has at most to lead to each of them from its top."""
NONE = "-"
"""The value of what has none. No identifier looks like this."""
PRESENT = "yes"
"""The value of what an entry either has or has not."""
UNGROUPED = "entries"
"""The id of the group that holds every entry where none has a heading."""
_LATIN = str.maketrans("æðøþđħıłŋœə", "adotdhilnoe")
"""Letters that Unicode does not decompose, and those under which readers look for them."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that readers narrow a listing to."""

    value: str
    """As the address has it: an identifier, or a name turned into one."""
    label: str
    count: int
    """How many entries have it."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a listing is narrowed by."""

    key: str
    """As the address has it; one lower-case word."""
    label: str
    everything: str
    """What the choice of no value is called; empty where an entry only has it or has it not."""
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Attribute(Generic[T]):
    """Where the rows of a listing have their values of one kind from."""

    key: str
    label: str
    everything: str
    values: Callable[[T], Iterable[tuple[str, str]]]
    """Value and label of each value that a row has."""
    known: Iterable[str] = ()
    """The order of the values; those that it lacks follow by their labels."""

    def filter(self, rows: Iterable[T]) -> Filter:
        """The filter of a listing of these rows."""
        labels: dict[str, str] = {}
        counts: dict[str, int] = {}
        for row in rows:
            values = list(self.values(row))
            for value, label in values:
                labels.setdefault(value, label)
            for value in dict(values):
                counts[value] = counts.get(value, 0) + 1
        place = {value: index for index, value in enumerate(self.known)}
        order = sorted(
            labels, key=lambda each: (each == NONE, place.get(each, len(place)), fold_name(labels[each]), each)
        )
        choices = tuple(Choice(value, labels[value], counts[value]) for value in order)
        return Filter(self.key, self.label, self.everything, choices)


def mark(key: str, label: str, has: Callable[[T], bool]) -> Attribute[T]:
    """The attribute of what an entry either has or has not."""
    return Attribute(key, label, "", lambda row: ((PRESENT, label),) if has(row) else ())


@dataclass(frozen=True)
class Order(Generic[T]):
    """An order in which a listing can stand."""

    key: str
    """As the address has it; empty for the order in which the page comes."""
    label: str
    by: Callable[[T], Any]
    """What is compared; rows that tie stay in the order in which the page comes."""
    heading: str = ""
    """The key of the attribute whose values head groups of entries; empty where the entries stand in one list."""


@dataclass(frozen=True)
class ListItem(Generic[T]):
    """One line of a listing."""

    row: T
    names: str
    """What it is looked up by; empty where that is all that it says."""
    values: Mapping[str, tuple[str, ...]]
    """Its values on each attribute."""
    places: tuple[int, ...]
    """Its place in each of the orders, from 0."""


@dataclass(frozen=True)
class Group(Generic[T]):
    """Neighbouring entries below one heading."""

    id: str
    """Unique on the page: the key of its attribute and its value there, or `UNGROUPED`."""
    label: str
    """Empty where it has no heading."""
    entries: tuple[ListItem[T], ...]
    size: int
    """How many entries it has, on whatever pages."""


@dataclass(frozen=True)
class Listing(Generic[T]):
    """What an index page lists."""

    count: str
    """How many entries there are: `8 stunts`."""
    groups: tuple[Group[T], ...]
    spare: tuple[Group[T], ...]
    """The groups of the other orders, empty, each kind in its order."""
    filters: tuple[Filter, ...]
    """Those of which any entry has a value."""
    orders: tuple[Order[T], ...]
    """The first is the one in which the page comes."""
    number: int = 1
    """Which page of the whole this is, from 1."""
    last: int = 1
    """How many pages the whole has."""
    jumps: tuple[tuple[Group[T], int], ...] = ()
    """The groups to lead to from the top, each with the page on which it begins."""

    def pages(self) -> Iterator[Listing[T]]:
        """The listing in pages of a size that can be loaded; in one where it is short enough to be sorted there."""
        entries = [(group, entry) for group in self.groups for entry in group.entries]
        size = PAGE if len(entries) > WHOLE else max(1, len(entries))
        parts = [entries[start : start + size] for start in range(0, max(1, len(entries)), size)]
        begin: dict[str, tuple[Group[T], int]] = {}
        for number, part in enumerate(parts, 1):
            for group, _ in part:
                begin.setdefault(group.id, (group, number))
        jumps = tuple(begin.values()) if 1 < len(begin) <= JUMPS else ()
        for number, part in enumerate(parts, 1):
            by_group = groupby(part, key=lambda each: each[0].id)
            groups = tuple(replace(begin[id_][0], entries=tuple(entry for _, entry in own)) for id_, own in by_group)
            yield replace(self, groups=groups, number=number, last=len(parts), jumps=jumps)


@dataclass(frozen=True, kw_only=True)
class ListingPlan(Generic[T]):
    """How rows of one kind are listed."""

    orders: tuple[Order[T], ...]
    attributes: tuple[Attribute[T], ...] = ()
    """Those that readers narrow the listing by."""
    groups: Attribute[T] | None = None
    """By its first value a row finds its group, in the order in which the page comes."""
    names: Callable[[T], str] = lambda row: ""

    def listing(self, rows: Sequence[T], count: str) -> Listing[T]:
        """The listing of the rows; `count` says how many there are.

        One that has several pages can't be sorted or narrowed in place: it comes in one order, without filters.
        """
        if page_count(len(rows)) > 1 and len(self.orders) > 1:
            return replace(self, orders=self.orders[:1], attributes=(), names=lambda row: "").listing(rows, count)
        first = sorted(rows, key=self.orders[0].by)
        orders = [sorted(range(len(first)), key=lambda index: order.by(first[index])) for order in self.orders]
        places = zip(*map(_inverse, orders), strict=True)
        entries = [self._entry(row, places) for row, places in zip(first, places, strict=True)]
        groups = ((head, tuple(group)) for head, group in groupby(entries, key=self._head))
        filters = tuple(each for each in (attribute.filter(first) for attribute in self.attributes) if each.choices)
        heads = tuple(Group(*head, group, len(group)) for head, group in groups)
        return Listing(count, heads, tuple(self._spare(filters)), filters, self.orders)

    def _spare(self, filters: Iterable[Filter]) -> Iterator[Group[T]]:
        headings = {order.heading for order in self.orders} - {self.orders[0].heading}
        if "" in headings:
            yield Group(UNGROUPED, "", (), 0)
        for each in filters:
            if each.key in headings:
                yield from (Group(f"{each.key}-{choice.value}", choice.label, (), 0) for choice in each.choices)

    def _entry(self, row: T, places: tuple[int, ...]) -> ListItem[T]:
        attributes = (*self.attributes, self.groups) if self.groups else self.attributes
        return ListItem(
            row,
            self.names(row),
            {attribute.key: tuple(dict(attribute.values(row))) for attribute in attributes},
            places,
        )

    def _head(self, entry: ListItem[T]) -> tuple[str, str]:
        if not self.groups:
            return UNGROUPED, ""
        value, label = next(iter(self.groups.values(entry.row)))
        return f"{self.groups.key}-{value}", label


def page_count(entries: int) -> int:
    """How many pages a listing of so many entries has."""
    return -(-entries // PAGE) if entries > WHOLE else 1


def listing_address(address: str, number: int) -> str:
    """The address of a page of a listing: `stunts/`, and then `stunts/page/2/`."""
    return address if number == 1 else f"{address}page/{number}/"


def _inverse(order: Sequence[int]) -> list[int]:
    places = [0] * len(order)
    for place, index in enumerate(order):
        places[index] = place
    return places


def fold_name(text: str) -> str:
    """A name as it is compared: without case, accents and the forms of its letters."""
    decomposed = normalize("NFKD", text).casefold()
    return "".join(each for each in decomposed if not combining(each)).translate(_LATIN)


def slug(text: str) -> str:
    """A name as a value in addresses: `free-climbing` for `Free climbing`. Letters of every script stay."""
    return "-".join(re.findall(r"[^\W_]+", fold_name(text))) or NONE


def letter_of(text: str) -> tuple[str, str]:
    """The group of a person's name in a list from A to Z: its value in addresses, and its heading.

    It is the first letter of the last word, without its accent: `Ö` stands with `O`. Other scripts are a group each,
    called as Unicode calls the script; names without a letter are the last one, `#`.
    """
    for word in (text.rsplit(maxsplit=1)[-1], text):
        letter = next((each for each in fold_name(word) if category(each) in ("Ll", "Lo")), "")
        if "a" <= letter <= "z":
            return letter, letter.upper()
        script = name(letter, "").partition(" ")[0] if letter else ""
        if script not in ("", "LATIN"):
            return script.lower(), "Chinese" if script == "CJK" else script.capitalize()
    return "other", "#"


def alphabetical(text: str) -> tuple[int, str, str, str]:
    """What people's names are sorted by: group, last word, name. Latin letters come first, names without one last."""
    value, label = letter_of(text)
    part = 2 if label == "#" else int(len(value) > 1)
    return part, value, fold_name(text.rsplit(maxsplit=1)[-1]), fold_name(text)
