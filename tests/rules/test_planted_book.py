"""A made-up book, sound as it stands, in which one entry at a time is planted: errors to find, truths to let pass.

The book is `tests/sites/planted`. What is planted stands in `planted-errors.yaml` and `planted-truths.yaml`, with what
today's rules make of it, and how many of each kind they judge rightly: a rule that is mended shows there.
"""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.layout import KNOWLEDGE_FILE
from stuntbook.memo import Memo
from tests.support import SITES

Entry = Mapping[str, Any]
Check = Callable[[str], list[tuple[str, str]]]
"""What is reported of a text of `stunts.yaml`: each code, with the line of the text that it points at."""
TEXT = (SITES / "planted" / KNOWLEDGE_FILE).read_text(encoding="utf-8")
DATA = yaml.safe_load(TEXT)
ERRORS, TRUTHS = (
    yaml.safe_load((Path(__file__).parent / f"planted-{name}.yaml").read_text(encoding="utf-8"))
    for name in ("errors", "truths")
)


def is_right(entry: Entry) -> bool:
    """Whether the rules judge an entry as they should, as the tables have it."""
    return not entry.get("undetectable") and "today" not in entry


def name_of(entry: Entry) -> str:
    return f"{entry['kind']}-{entry['name']}"


def lines(data: Any, indent: str = "") -> Iterator[str]:
    """Mappings and lists as YAML, with each value on the line of its key."""
    for key, value in data.items() if isinstance(data, dict) else (("-", each) for each in data):
        start = f"{indent}- " if key == "-" else f"{indent}{key}: "
        if not isinstance(value, dict | list):
            yield start + json.dumps(value, ensure_ascii=False)  # JSON's scalars are YAML's
            continue
        first, *others = lines(value, f"{indent}  ")
        yield from (start + first.lstrip(), *others) if key == "-" else (start.rstrip(), first, *others)


def planted(entry: Entry) -> str:
    """The text of the book with the entry in it."""
    if "replace" in entry:
        old, new = entry["replace"]
        assert TEXT.count(old) == 1
        return TEXT.replace(old, new)
    book = deepcopy(DATA)
    record = next(section[entry["into"]] for section in book.values() if entry["into"] in section)
    record.update(entry.get("set", {}))
    for path, value in (*entry.get("add", {}).items(), *entry.get("and", {}).items()):
        *parents, name = path.split(".")
        holder = record
        for parent in parents:
            holder = holder.setdefault(parent, {})
        holder.setdefault(name, []).append(value)
    return "\n".join(lines(book))


def checker(root: Path) -> Check:
    """Checks the book in a new folder."""
    shutil.copytree(SITES / "planted", root)
    memo = Memo()

    def check(text: str) -> list[tuple[str, str]]:
        (root / KNOWLEDGE_FILE).write_text(text, encoding="utf-8")
        report, split = Report(), text.splitlines()
        load_and_check(root, report, memo=memo)
        where = ((each.code, each.location) for each in report)
        return [(code, split[at.line - 1] if at.path == KNOWLEDGE_FILE else at.path) for code, at in where]

    return check


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    return checker(tmp_path_factory.mktemp("planted") / "book")


def test_the_book_is_sound(check: Check) -> None:
    assert check(TEXT) == check("\n".join(lines(DATA))) == []


@pytest.mark.parametrize("entry", ERRORS["errors"], ids=name_of)
def test_an_error_is_found(entry: Entry, check: Check) -> None:
    reported = check(planted(entry))
    assert any(str(entry.get("where", "")) in line for _, line in reported) == is_right(entry), reported


@pytest.mark.parametrize("entry", TRUTHS["truths"], ids=name_of)
def test_a_truth_is_accepted(entry: Entry, check: Check) -> None:
    reported = check(planted(entry))
    assert (not reported) == is_right(entry), reported


@pytest.mark.parametrize(("table", "what", "right"), [(ERRORS, "errors", "found"), (TRUTHS, "truths", "accepted")])
def test_the_counts_are_those_of_the_table(table: Mapping[str, Any], what: str, right: str) -> None:
    all_of, right_of = (Counter(each["kind"] for each in table[what] if rule(each)) for rule in (bool, is_right))
    counts = {kind: f"{right_of[kind]} of {all_of[kind]}" for kind in all_of}
    assert table[right] == counts | {"all": f"{right_of.total()} of {all_of.total()}"}
