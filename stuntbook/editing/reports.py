"""Reports -> what other programs read: annotations on GitHub, and JSON."""

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from stuntbook.diagnostics import Diagnostic, Report, Severity

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
