"""The documentation keeps up with the code."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Status
from tests.support import LARGE_CODES, PROGRAM_CODES, ROOT, cases

DOCS = ROOT / "docs"
_NAMED = re.compile(r"^\| `([a-z0-9-]+)` \|", re.MULTILINE)


def test_every_rule_is_documented() -> None:
    documented = set(_NAMED.findall((DOCS / "checks.md").read_text(encoding="utf-8")))
    assert documented == {code for case in cases() for code in case.codes} | PROGRAM_CODES | LARGE_CODES


def test_the_example_stunt_is_a_part_of_the_real_one() -> None:
    """What docs/edit.md shows stands in `stunts.yaml`, which is checked."""
    shown = re.search(r"```yaml\n(stunts:.*?)```", (DOCS / "edit.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    assert _is_part(yaml.safe_load(shown[1]), yaml.safe_load((ROOT / "stunts.yaml").read_text(encoding="utf-8")))


def _is_part(part: Any, whole: Any) -> bool:
    """Whether all of a value stands in another, in the same order."""
    if isinstance(part, dict):
        return all(key in whole and _is_part(value, whole[key]) for key, value in part.items())
    if isinstance(part, list):
        rest = iter(whole if isinstance(whole, list) else [whole])
        return all(any(_is_part(each, other) for other in rest) for each in part)
    return bool(part == whole)


@pytest.mark.parametrize("status", Status)
def test_every_status_is_documented(status: Status) -> None:
    assert f"`{status}`" in (DOCS / "data.md").read_text(encoding="utf-8")


def test_the_readme_names_every_package() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    packages = {each.parent.name for each in (ROOT / "stuntbook").glob("*/__init__.py")}
    modules = {each.stem for each in (ROOT / "stuntbook").glob("*.py")} - {"__init__", "__main__"}
    assert {each for each in packages | modules if f"`{each}`" not in readme} == set()


def test_the_example_error_is_what_an_editor_gets(tmp_path: Path) -> None:
    """docs/edit.md shows a real report: the same one comes back for the same mistake."""
    shown = re.search(r"```text\n(.*?)```", (DOCS / "edit.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    shutil.copytree(ROOT / "articles", tmp_path / "articles")
    text = (ROOT / "stunts.yaml").read_text(encoding="utf-8")
    (tmp_path / "stunts.yaml").write_text(text.replace('"One chance per day"', '"One chance a day"'), encoding="utf-8")
    report = Report()
    assert isinstance(load_and_check(tmp_path, report), KnowledgeBase)
    assert _without_line_numbers(report.render()) == _without_line_numbers(shown[1].strip())


def _without_line_numbers(text: str) -> str:
    """The example keeps when a record is added above it."""
    return re.sub(r"\d+(?=:\d+: error)|\d+(?= \|)|(?<=line )\d+", "N", text)
