"""Whole knowledge bases, checked as an editor checks them: one that is right, and one for every way to go wrong.

What stands in `sites/invalid` are those that go wrong, with the report that each must give, to the letter. One with a
`mkdocs.yml` goes wrong only when its site is built.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

import stuntbook
from stuntbook.cli import main
from stuntbook.diagnostics import Report
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.memo import Memo
from stuntbook.pages.site import Site
from stuntbook.pages.site_page import Publication
from stuntbook.reading.sources import load
from stuntbook.records.citable import Judged, Model, editable_fields
from stuntbook.rules.engine import JUDGEMENT_CODES
from stuntbook.rules.identity import is_of_pages
from tests.support import LARGE_CODES, PROGRAM_CODES, SITES, Case, cases, subclasses

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_report_is_the_expected_one(case: Case, tmp_path: Path) -> None:
    command = ["build", "--site-dir", str(tmp_path / "site")] if "mkdocs.yml" in case.files else ["check"]
    result = CliRunner().invoke(main, [*command, "--root", str(case.write(tmp_path / "root"))])
    assert result.stderr == case.report
    assert result.exit_code == (1 if " error[" in case.report else 0)
    assert not (tmp_path / "site").exists()


def codes_in(tree: ast.AST) -> Iterator[str]:
    """The codes that a module reports: `report.error(location, code, …)`, `Diagnostic(location, code, …)`, `code=…`."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            named = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
            if ast.unparse(call.func).rpartition(".")[2] in ("error", "Diagnostic") and len(call.args) > 3:
                named.append(call.args[1])
            yield from (node.value for node in named if isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_every_code_is_expected_somewhere() -> None:
    package = Path(stuntbook.__file__).parent
    used = {code for path in package.rglob("*.py") for code in codes_in(ast.parse(path.read_text(encoding="utf-8")))}
    expected = {code for case in CASES for code in case.codes}
    chosen = {"misquotation", "passage-not-found"}  # by what is cited: a quote or another statement
    assert expected == (used | chosen | set(JUDGEMENT_CODES)) - PROGRAM_CODES - LARGE_CODES


def models_of(value: object) -> Iterator[Model]:
    """A value's models, nested ones included."""
    if isinstance(value, Model):
        yield value
        for name in type(value).model_fields:
            yield from models_of(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from models_of(item)


def test_the_valid_one_uses_every_field_of_every_model() -> None:
    library = load(SITES / "valid", Report(), Memo())
    used: dict[type[BaseModel], set[str]] = {}
    for record in (*library.articles.values(), *library.records.values()):
        for model in models_of(record):
            names = {field.alias or name: name for name, field in type(model).model_fields.items()}
            filled = {key for key in editable_fields(type(model)) if names[key] in model.model_fields_set}
            used.setdefault(Judged, set()).update(filled & {"silence", "id", "also"})  # alike for all that have them
            used.setdefault(type(model), set()).update(filled)
    abstract = {model for model in subclasses(Model) if any(subclasses(model)) and model not in used}
    unused = {
        f"{model.__name__}.{name}"
        for model in subclasses(Model)
        if model not in abstract
        for name in set(editable_fields(model)) - used.get(model, set()) - used[Judged]
    }
    assert unused == set()


def test_no_statement_can_have_the_id_of_a_part_of_its_page(book: KnowledgeBase) -> None:
    pages = {page.address: page for page in Site(book, Publication()).pages()}
    for record in book.records:
        own = {statement.anchor for statement in book.statements_of(record)}
        anchors = re.findall(r'\sid="([^":]+)"', pages[address_of(record)].html)
        assert {each for each in anchors if each not in own and not is_of_pages(each)} == set()


def test_the_valid_one_has_every_evidence_status(valid: KnowledgeBase) -> None:
    statuses = {statement.evidence.status.value for statement in valid.all_statements()}
    assert statuses == {"articles", "article", "said", "disputed", "unsourced"}
