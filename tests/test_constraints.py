"""The constraints pin all that is needed, and this environment is the one that they describe.

The weekly jobs that test other versions leave these tests out.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.site_tools import ROOT

FILES = ("constraints.txt", "constraints-weekly.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def read(name: str) -> list[Requirement]:
    return [Requirement(line) for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]


def constrained(name: str) -> dict[str, str]:
    """The version of each distribution on this machine."""
    here = [each for each in read(name) if each.marker is None or each.marker.evaluate()]
    return {each.name: str(each.specifier).removeprefix("==") for each in here}


def needed(requirement: Requirement, seen: set[str]) -> Iterator[str]:
    """What a requirement brings on this machine, by what the installed distributions say."""
    name = canonicalize_name(requirement.name)
    for extra in ("", *requirement.extras):
        if f"{name}[{extra}]" not in seen:
            seen.add(f"{name}[{extra}]")
            yield name
            for each in map(Requirement, requires(name) or ()):
                if each.marker is None or each.marker.evaluate({"extra": extra}):
                    yield from needed(each, seen)


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_name_and_a_version(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9a-z.]+( ; [\w '<>=!.]+)?", line)] == []


def test_what_is_installed_for_the_tests_is_what_is_pinned() -> None:
    installed = {name: version(name) for name in needed(Requirement("stuntbook[test]"), set())}
    del installed["stuntbook"]
    pinned = constrained("constraints.txt")
    assert installed == {name: pinned.get(name) for name in installed}


@pytest.mark.parametrize(
    ("name", "extras"), [("constraints.txt", ("editing", "test", "benchmarks")), ("constraints-weekly.txt", EXTRAS)]
)
def test_what_is_asked_for_is_pinned_within_its_bounds(name: str, extras: tuple[str, ...]) -> None:
    direct = map(Requirement, [*PROJECT["dependencies"], *(line for extra in extras for line in EXTRAS[extra])])
    pinned = {each.name: str(each.specifier).removeprefix("==") for each in read(name)}
    for each in direct:
        if each.name != "stuntbook":
            assert each.specifier.contains(pinned[canonicalize_name(each.name)]), each


def test_both_files_say_the_same() -> None:
    common, weekly = constrained(FILES[0]), constrained(FILES[1])
    assert common == {name: weekly.get(name) for name in common}


def test_every_direct_dependency_has_a_lower_bound() -> None:
    direct = map(Requirement, [*PROJECT["dependencies"], *(line for lines in EXTRAS.values() for line in lines)])
    unbounded = {each.name for each in direct if not any(part.operator == ">=" for part in each.specifier)}
    assert unbounded == {"stuntbook"}
