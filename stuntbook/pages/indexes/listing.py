"""Rows -> a listing: what an index page lists, what readers narrow it by, and the orders in which it can stand.

A listing is whole, and in order, as it comes. Every entry carries its values and its place in each order, so that the
page's script only hides and moves entries: whatever is compared is compared here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Generic, NamedTuple, TypeVar
from unicodedata import category, combining, name, normalize

from stuntbook.diagnostics import plural
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.records.model import Film, Record

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
Values = Iterable[tuple[str, str]]
"""Value and label of each value that a row has."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that readers narrow a listing to."""

    value: str
    """As the address has it: an identifier, or a name turned into one."""
    label: str
    count: int
    """How many entries have it."""


class Filter(NamedTuple):
    """What a listing is narrowed by."""

    key: str
    """As the address has it; one lower-case word."""
    label: str
    everything: str
    """What the choice of no value is called; empty where an entry only has it or has it not."""
    choices: tuple[Choice, ...]


class Attribute(NamedTuple, Generic[T]):
    """Where the rows of a listing have their values of one kind from."""

    key: str
    label: str
    everything: str
    values: Callable[[T], Values]
    known: Iterable[str] = ()
    """The order of the values; those that it lacks follow by their labels."""

    def filter(self, rows: Iterable[T]) -> Filter:
        """The filter of a listing of these rows."""
        labels: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for row in rows:
            values = list(self.values(row))
            counts.update(dict(values).keys())
            for value, label in values:
                labels.setdefault(value, label)
        place = positions(self.known)
        choices = [Choice(value, label, counts[value]) for value, label in labels.items()]
        choices.sort(key=lambda each: (fold_name(each.label), each.value))
        choices.sort(key=lambda each: (each.value == NONE, place.get(each.value, len(place))))
        return Filter(self.key, self.label, self.everything, tuple(choices))


def mark(key: str, label: str, has: Callable[[T], bool]) -> Attribute[T]:
    """The attribute of what an entry either has or has not."""
    return Attribute(key, label, "", lambda row: ((PRESENT, label),) if has(row) else ())


def named_attribute(
    key: str, label: str, everything: str, names: Callable[[T], Iterable[str]], known: Iterable[str] = ()
) -> Attribute[T]:
    """The attribute of names that are no identifiers; it shows each with a capital."""
    return Attribute(
        key, label, everything, lambda row: ((slug(each), each[:1].upper() + each[1:]) for each in names(row)), known
    )


def people_attribute(
    knowledge: KnowledgeBase, key: str, label: str, people: Callable[[T], Iterable[str]]
) -> Attribute[T]:
    """The attribute of people and organisations; whom an article does not name is known by its words."""
    known = knowledge.agents

    def value(speaker: str) -> tuple[str, str]:
        return (speaker, known[speaker].name) if speaker in known else (slug(speaker), speaker)

    return Attribute(key, label, "Everybody", lambda row: map(value, people(row)), known)


def film_attribute(knowledge: KnowledgeBase, films: Callable[[T], Iterable[Film | None]]) -> Attribute[T]:
    def values(row: T) -> Values:
        return ((film.id, film.title) if film else (NONE, "In no film") for film in films(row))

    return Attribute("film", "Film", "All films", values, knowledge.films)


class Order(NamedTuple, Generic[T]):
    """An order in which a listing can stand."""

    key: str
    """As the address has it; empty for the order in which the page comes."""
    label: str
    by: Callable[[T], Any]
    """What is compared; rows that tie stay in the order in which the page comes."""
    heading: str = ""
    """The key of the attribute whose values head groups of entries; empty where the entries stand in one list."""

    @property
    def told_by(self) -> object:
        """What pages show of it; its effect stands in the places of the entries."""
        return self.key, self.label, self.heading


class ListItem(NamedTuple, Generic[T]):
    """One line of a listing."""

    row: T
    names: str
    """What it is looked up by; empty where that is all that it says."""
    values: Mapping[str, tuple[str, ...]]
    """Its values on each attribute."""
    places: tuple[int, ...]
    """Its place in each of the orders, from 0."""


class Group(NamedTuple, Generic[T]):
    """Neighbouring entries below one heading."""

    id: str
    """Unique on the page: the key of its attribute and its value there, or `UNGROUPED`."""
    label: str
    """Empty where it has no heading."""
    entries: tuple[ListItem[T], ...] = ()
    size: int = 0
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
        last = page_count(len(entries))
        parts = [entries[start : start + PAGE] for start in range(0, last * PAGE, PAGE)] if last > 1 else [entries]
        begin: dict[str, tuple[Group[T], int]] = {}
        for number, part in enumerate(parts, 1):
            for group, _ in part:
                begin.setdefault(group.id, (group._replace(entries=()), number))
        jumps = tuple(begin.values()) if 1 < len(begin) <= JUMPS else ()
        for number, part in enumerate(parts, 1):
            by_group = groupby(part, key=lambda each: each[0].id)
            groups = tuple(begin[id_][0]._replace(entries=tuple(entry for _, entry in own)) for id_, own in by_group)
            yield replace(self, groups=groups, number=number, last=last, jumps=jumps)


def listing_of(  # noqa: PLR0913 - what is listed, how it is narrowed and in which orders it stands
    rows: Sequence[T],
    noun: str,
    *,
    orders: tuple[Order[T], ...],
    attributes: tuple[Attribute[T], ...] = (),
    groups: Attribute[T] | None = None,
    names: Callable[[T], str] = lambda row: "",
) -> Listing[T]:
    """The listing of the rows, of which `noun` names one; `attributes` are what it can be narrowed by.

    By its first value of `groups` a row finds its group, in the order in which the page comes. A listing that has
    several pages can't be sorted or narrowed in place: it comes in one order, without filters.
    """
    if page_count(len(rows)) > 1 and len(orders) > 1:
        return listing_of(rows, noun, orders=orders[:1], groups=groups)

    def head(item: ListItem[T]) -> tuple[str, str]:
        if not groups:
            return UNGROUPED, ""
        value, label = next(iter(groups.values(item.row)))
        return f"{groups.key}-{value}", label

    first = sorted(rows, key=orders[0].by)
    places = [positions(sorted(range(len(first)), key=lambda index: order.by(first[index]))) for order in orders]
    shown = (*attributes, groups) if groups else attributes
    items = [
        ListItem(
            row,
            names(row),
            {each.key: tuple(dict(each.values(row))) for each in shown},
            tuple(place[index] for place in places),
        )
        for index, row in enumerate(first)
    ]
    # Spellings of one name are one group.
    headed = [tuple(own) for _, own in groupby(items, key=lambda item: head(item)[0])]
    filters = tuple(each for each in (attribute.filter(first) for attribute in attributes) if each.choices)
    other = {order.heading for order in orders} - {orders[0].heading}
    spare: list[Group[T]] = [Group(UNGROUPED, "")] if "" in other else []
    spare += [
        Group(f"{each.key}-{one.value}", one.label) for each in filters if each.key in other for one in each.choices
    ]
    heads = tuple(Group(*head(own[0]), own, len(own)) for own in headed)
    return Listing(plural(len(rows), noun), heads, tuple(spare), filters, orders)


def page_count(entries: int) -> int:
    """How many pages a listing of so many entries has."""
    return -(-entries // PAGE) if entries > WHOLE else 1


def listing_address(address: str, number: int) -> str:
    """The address of a page of a listing: `stunts/`, and then `stunts/page/2/`."""
    return address if number == 1 else f"{address}page/{number}/"


def positions(keys: Iterable[T]) -> dict[T, int]:
    return {key: place for place, key in enumerate(keys)}


def searchable_names(record: Record) -> str:
    return " ".join((record.display_name, *record.aliases))


def newest_first(film: Film | None) -> int:
    """The latest year first, what has none last."""
    return -film.year.value if film and film.year else 0


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
