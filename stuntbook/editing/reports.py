"""Reports -> what other programs read: annotations on GitHub, and JSON; and coverage as the lines of a terminal."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from stuntbook.diagnostics import Diagnostic, Report, Severity
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.coverage import Coverage, Use, percent

Reports = Mapping[str, Report]
"""Per folder of a knowledge base, as it is reached from where the command runs, what is wrong there."""


def as_github(reports: Reports) -> str:
    """A workflow command per problem, which GitHub shows on the line of the file that it is about.

    The form is that of https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    return "\n".join(_command(folder, problem) for folder, report in reports.items() for problem in report)


def _command(folder: str, problem: Diagnostic) -> str:
    place = problem.location
    properties = {"file": _path(folder, problem), "line": place.line, "col": place.column, "title": problem.code}
    listed = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    advice = (f"help: {problem.advice}",) if problem.advice else ()
    return f"::{problem.severity} {listed}::{_escaped(_lines((problem.message, *problem.details, *advice)))}"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _escaped(text: str, more: str = "") -> str:
    """A text as workflow commands take it; within a property, `more` is escaped too."""
    for char in f"%\r\n{more}":
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def as_json(reports: Reports) -> str:
    """The problems as a JSON document."""
    problems = [_as_data(folder, report, problem) for folder, report in reports.items() for problem in report]
    counts = {f"{each}s": sum(problem["severity"] == each for problem in problems) for each in Severity}
    return json.dumps({"problems": problems, **counts}, ensure_ascii=False, indent=2)


def _as_data(folder: str, report: Report, problem: Diagnostic) -> dict[str, Any]:
    excerpt = report.excerpt(problem.location)
    return {
        "path": _path(folder, problem),
        "line": problem.location.line,
        "column": problem.location.column,
        "severity": problem.severity,
        "rule": problem.code,
        "message": problem.message,
        "details": problem.details,
        "advice": problem.advice,
        "source": excerpt[0] if excerpt else None,
    }


def _path(folder: str, problem: Diagnostic) -> str:
    return PurePosixPath(folder, problem.location.path).as_posix()


def coverage_lines(knowledge: KnowledgeBase, result: Coverage) -> Iterator[str]:
    """How much of an article is used, and what is not."""
    source = knowledge.sources[result.source]
    counts = ", ".join(f"{result.count(use)} {use}" for use in Use if result.count(use))
    yield f"{source.article.path}: {percent(*result.accounted)} % accounted for ({counts})"
    found = [(sentence.span, "not used") for sentence in result.sentences if sentence.use is Use.UNUSED]
    found += [(quotation, "no quote of") for quotation in result.missing_quotations]
    found += [(name.span, f"no link to {name.record}") for name in result.unlinked_names]
    for span, what in found:
        line = source.article.body_line + source.text.line(span) - 1
        yield f"  line {line}: {what}: {' '.join(source.text.text(span).split())}"
