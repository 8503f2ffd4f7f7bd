"""What is wrong with the knowledge base, and where.

Every stage reports into one `Report`; nothing is raised for bad data, so that an editor sees all problems in one run.
"""

import errno
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

EXCERPT_WIDTH = 100
"""How many characters of a source line are shown at most; longer lines are cut around the caret."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in an input file."""

    path: str
    """Relative to the knowledge base's folder, with forward slashes."""
    line: int = 1
    """Counted from 1."""
    column: int = 1
    """In characters, counted from 1."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Severity(StrEnum):
    """Errors refuse the build; warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: where it is, what it is, and what to do about it."""

    location: Location
    code: str
    """The rule's name in kebab-case, as listed in the documentation."""
    message: str
    advice: str = ""
    details: tuple[str, ...] = ()
    """Lines of evidence, such as the nearest passage; shown below the source line."""
    severity: Severity = Severity.ERROR


@dataclass(slots=True)
class Report:
    """All diagnostics of one run, with the texts that they point into."""

    _diagnostics: list[Diagnostic] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)

    def add(self, diagnostic: Diagnostic) -> None:
        self._diagnostics.append(diagnostic)

    def error(self, location: Location, code: str, message: str, advice: str, details: tuple[str, ...] = ()) -> None:
        """Add an error."""
        self.add(Diagnostic(location, code, message, advice, details))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self._diagnostics.extend(diagnostics)

    def remember_text(self, path: str, text: str) -> None:
        """Keep the text of an input file, so that its lines can be shown."""
        self._texts[path] = text

    def __iter__(self) -> Iterator[Diagnostic]:
        """The diagnostics sorted by place; the same one reported twice comes once."""
        return iter(sorted(dict.fromkeys(self._diagnostics), key=attrgetter("location", "code", "message")))

    def __bool__(self) -> bool:
        """Whether there is anything to report."""
        return bool(self._diagnostics)

    @property
    def has_errors(self) -> bool:
        return any(d.severity is Severity.ERROR for d in self._diagnostics)

    def excerpt(self, location: Location) -> tuple[str, str] | None:
        """The source line at `location` and the line with the caret below it, or None where there is no such line."""
        lines = _lines(self._texts.get(location.path, ""))
        if not 0 < location.line <= len(lines) or lines[location.line - 1 :] == [""]:
            return None
        line = lines[location.line - 1]
        column = min(location.column, len(line) + 1) - 1
        start = max(0, min(column - EXCERPT_WIDTH // 2, len(line) - EXCERPT_WIDTH))
        shown = line[start : start + EXCERPT_WIDTH]
        before, after = ("…" if start else ""), ("…" if start + EXCERPT_WIDTH < len(line) else "")
        pad = "".join("\t" if char == "\t" else " " for char in before + shown[: column - start])
        return f"{before}{shown}{after}", f"{pad}^"

    def render(self) -> str:
        """All diagnostics as text: `path:line:column: error[code]: message`, the source line, what to do."""
        return "\n\n".join(self._render_one(diagnostic) for diagnostic in self)

    def _render_one(self, diagnostic: Diagnostic) -> str:
        lines = [f"{diagnostic.location}: {diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"]
        if excerpt := self.excerpt(diagnostic.location):
            number = str(diagnostic.location.line)
            lines += [f"  {number} | {excerpt[0]}", f"  {' ' * len(number)} | {excerpt[1]}"]
        lines += [f"  {detail}" for detail in diagnostic.details]
        if diagnostic.advice:
            lines.append(f"  help: {diagnostic.advice}")
        return "\n".join(map(_printable, lines))

    def summary(self) -> str:
        """The counts in words: `2 errors, 1 warning`, or `no problems`."""
        counts = Counter(diagnostic.severity for diagnostic in self)
        return ", ".join(plural(counts[each], each) for each in Severity if each in counts) or "no problems"


@lru_cache(maxsize=4)  # a report goes through its files one after the other
def _lines(text: str) -> list[str]:
    # Only line feeds end a line for YAML and for editors; str.splitlines() knows eight more.
    return [line.removesuffix("\r") for line in text.split("\n")]


def _printable(line: str) -> str:
    """A line that a terminal can't take for a command: control characters are replaced."""
    return "".join("\ufffd" if unicodedata.category(char) == "Cc" and char != "\t" else char for char in line)


def plural(number: int, noun: str) -> str:
    """`1 error`, `2 errors`, `3 injuries`, `1,024 people`."""
    if number == 1:
        return f"1 {noun}"
    if noun == "person":
        return f"{number:,} people"
    ending = noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"
    return f"{number:,} {ending}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean "halo-jump"?` for the closest of the known words, or an empty string where none is close."""
    # Of two or three letters, most are alike by chance: "in" is no slip for "min".
    matches = get_close_matches(word, list(known), n=1, cutoff=0.6 if len(word) > 3 else 0.81)
    return f'did you mean "{matches[0]}"?' if matches else ""


def reason(error: OSError, written: str = "") -> str:
    """What a system says of a file that it can't read or write, on one line.

    Where there is no room left, Python may name no file; what was `written` is named then.
    """
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    place = error.filename2 or error.filename or (written if full else "")
    return ": ".join(filter(None, (str(place), error.strerror or str(error))))
