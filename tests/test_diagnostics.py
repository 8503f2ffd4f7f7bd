"""Reports: order, counts, the excerpt with its caret, and the words for numbers of things."""

import pytest

from stuntbook.diagnostics import EXCERPT_WIDTH, Diagnostic, Location, Report, Severity, did_you_mean, plural


def problem(path: str, line: int = 1, column: int = 1, severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(
        location=Location(path, line, column), code="some-rule", message="wrong", advice="do this", severity=severity
    )


def test_diagnostics_come_by_place() -> None:
    report = Report()
    places = [("b.md", 1, 1), ("a.md", 10, 1), ("a.md", 9, 2), ("a.md", 9, 1)]
    report.extend(problem(*place) for place in places)
    assert [(d.location.path, d.location.line, d.location.column) for d in report] == sorted(places)


def test_the_same_problem_counts_once() -> None:
    report = Report()
    report.extend([problem("a.md"), problem("a.md"), problem("b.md")])
    assert report.summary() == "2 errors"


@pytest.mark.parametrize(
    ("severities", "summary", "has_errors"),
    [
        ([], "no problems", False),
        ([Severity.ERROR], "1 error", True),
        ([Severity.WARNING], "1 warning", False),
        ([Severity.WARNING, Severity.ERROR, Severity.WARNING], "1 error, 2 warnings", True),
    ],
)
def test_summary(severities: list[Severity], summary: str, has_errors: bool) -> None:
    report = Report()
    report.extend(problem("a.md", line, severity=severity) for line, severity in enumerate(severities, 1))
    assert report.summary() == summary
    assert report.has_errors is has_errors


def test_a_whole_report() -> None:
    report = Report()
    report.remember_text("a.md", "first\n  second\n")
    report.add(
        Diagnostic(
            location=Location("a.md", 2, 3), code="some-rule", message="wrong", details=("near: x",), advice="do this"
        )
    )
    report.add(problem("b.md", severity=Severity.WARNING))
    assert report.render() == (
        "a.md:2:3: error[some-rule]: wrong\n"
        "  2 |   second\n"
        "    |   ^\n"
        "  near: x\n"
        "  help: do this\n"
        "\n"
        "b.md:1:1: warning[some-rule]: wrong\n"
        "  help: do this"
    )


@pytest.mark.parametrize(
    ("text", "line", "column", "excerpt"),
    [
        ("one\r\ntwo\r\n", 2, 2, ("two", " ^")),
        ("one\vstill one\ntwo", 2, 1, ("two", "^")),
        ("one\x85still\u2028one\ntwo", 2, 1, ("two", "^")),
        ("\tone", 1, 2, ("\tone", "\t^")),
        ("運河 no", 1, 4, ("運河 no", "   ^")),
        ("one", 1, 99, ("one", "   ^")),
        ("one", 2, 1, None),
        ("one", 0, 1, None),
    ],
)
def test_excerpt(text: str, line: int, column: int, excerpt: tuple[str, str] | None) -> None:
    report = Report()
    report.remember_text("a.md", text)
    assert report.excerpt(Location("a.md", line, column)) == excerpt


@pytest.mark.parametrize("column", [1, 49, 50, 51, 52, 250, 299, 300, 301])
def test_a_long_line_is_cut_around_the_caret(column: int) -> None:
    line = "".join(chr(0x4E00 + index) for index in range(300))
    report = Report()
    report.remember_text("a.md", line)
    excerpt = report.excerpt(Location("a.md", 1, column))
    assert excerpt
    shown, caret = excerpt
    assert len(shown.strip("…")) == EXCERPT_WIDTH
    assert f"{shown}\n"[caret.index("^")] == f"{line}\n"[column - 1]
    assert shown.startswith("…") is (shown.strip("…")[0] != line[0])
    assert shown.endswith("…") is (shown.strip("…")[-1] != line[-1])


@pytest.mark.parametrize("character", ["\x07", "\x1b", "\x00", "\x9b"])
def test_no_control_character_reaches_a_terminal(character: str) -> None:
    report = Report()
    report.remember_text("a.md", f"one {character}[31m two")
    report.error(Location("a.md", 1, 5), "some-rule", f'there is no "{character}[31m" here', "do this")
    assert character not in report.render()


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (0, "error", "0 errors"),
        (1, "error", "1 error"),
        (1, "person", "1 person"),
        (1024, "person", "1,024 people"),
        (3, "injury", "3 injuries"),
        (2, "day", "2 days"),
        (1, "injury", "1 injury"),
    ],
)
def test_plural(number: int, noun: str, words: str) -> None:
    assert plural(number, noun) == words


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [("summery", 'did you mean "summary"?'), ("xyz", ""), ("", "")],
)
def test_did_you_mean(word: str, suggestion: str) -> None:
    assert did_you_mean(word, ["title", "summary"]) == suggestion


def test_a_report_keeps_a_number_of_problems_and_counts_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stuntbook.diagnostics.MOST_DIAGNOSTICS", 2)
    report, others = Report(), Report()
    for line in range(1, 4):
        report.add(Diagnostic(Location("a", line), "code", "message", severity=Severity.WARNING))
        others.error(Location("b", line), "code", "message", "")
    before = report.has_errors
    report.extend(others)
    assert (before, report.has_errors) == (False, True)
    assert len(list(report)) == 2
    assert report.render().endswith("… and 4 problems more")
    assert report.summary() == "3 errors, 3 warnings"


def test_no_line_is_longer_than_anybody_reads() -> None:
    report = Report()
    report.error(Location("a"), "code", "x" * 10_000, "y" * 10_000, ("z" * 10_000,))
    assert max(map(len, report.render().splitlines())) < 2_100


def test_what_changes_the_order_of_a_line_is_replaced() -> None:
    report = Report()
    report.error(Location("a"), "code", "a \u202e turned \u2066 and \u200f marked", "")
    assert report.render().endswith("a \ufffd turned \ufffd and \u200f marked")
