"""Templates -> HTML, and where a template is wrong."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, TemplateError

from stuntbook.diagnostics import Diagnostic, Location, Report, plural
from stuntbook.knowledge.coverage import percent
from stuntbook.knowledge.statements import of_kind
from stuntbook.pages import components
from stuntbook.pages.indexes.listing import listing_address
from stuntbook.records.dates import shown_date

TEMPLATES = Path(__file__).parent / "templates"


class BrokenTemplateError(Exception):
    """A template is wrong; `diagnostic` says where. It can be pickled, for pages that are made in other processes."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


def render_problems(report: Report) -> str:
    """A whole HTML document that shows a report, for a browser that looks at a knowledge base with errors."""
    problems = [(diagnostic, report.excerpt(diagnostic.location)) for diagnostic in report]
    return fill(page_templates(), "problems.html", {"problems": problems, "summary": report.summary()})


def fill(environment: Environment, name: str, context: Mapping[str, object]) -> str:
    """What a template of that name makes of a context. Raises BrokenTemplateError."""
    with _located():
        return environment.get_template(name).render(context)


def compile_templates() -> None:
    """Find what is wrong with the text of any template before a page is made. Raises BrokenTemplateError."""
    with _located():
        for name in page_templates().list_templates():
            page_templates().get_template(name)


@contextmanager
def _located() -> Iterator[None]:
    """Say where a template is wrong: Jinja puts the template's own line into the traceback."""
    try:
        yield
    except TemplateError as error:
        places = [
            Location(f"templates/{Path(frame.filename).relative_to(TEMPLATES).as_posix()}", frame.lineno or 1)
            for frame in traceback.extract_tb(error.__traceback__)
            if Path(frame.filename).is_relative_to(TEMPLATES)
        ]
        diagnostic = Diagnostic(
            location=places[-1] if places else Location("templates"),
            code="template",
            message=error.message or type(error).__name__,
            advice="correct the template",
        )
        raise BrokenTemplateError(diagnostic) from error


@cache
def page_templates() -> Environment:
    """What the pages' templates are rendered with."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=bytecode_cache(),
    )
    environment.filters |= {
        "date": shown_date,
        "of_kind": lambda statements, *kinds: list(of_kind(statements, *kinds)),
        "percentage": components.percentage,
    }
    environment.globals |= {
        "components": components,
        "listing_address": listing_address,
        "percent": percent,
        "plural": plural,
    }
    return environment


def bytecode_cache() -> FileSystemBytecodeCache | None:
    """Jinja's own cache of compiled templates: compiling all takes half a second. None where it has no safe folder."""
    with suppress(RuntimeError, OSError):
        return FileSystemBytecodeCache()
    return None
