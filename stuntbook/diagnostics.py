"""What is wrong with the knowledge base, and where.

Every stage reports into one `Report`; nothing is raised for bad data, so that an editor sees all problems in one run.
"""

import errno
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

EXCERPT_WIDTH = 100
"""How many characters of a source line are shown at most; longer lines are cut around the caret."""

MOST_DIAGNOSTICS = 10_000
"""How many a report keeps; of what is beyond, it keeps the count."""
LONGEST_LINE = 2_000
"""How many characters a line of a problem has at most."""


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
    replacement: str = ""
    """What to write in place of the value, or the key, at the location, where the advice is sure of it."""

    def __post_init__(self) -> None:
        """Keep no more of each line than an editor reads: it may name a value of any length."""
        object.__setattr__(self, "message", _shortened(self.message))
        object.__setattr__(self, "advice", _shortened(self.advice))
        object.__setattr__(self, "details", tuple(map(_shortened, self.details)))


@dataclass(slots=True)
class Report:
    """All diagnostics of one run, with the texts that they point into."""

    _diagnostics: list[Diagnostic] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)
    _more: Counter[Severity] = field(default_factory=Counter)
    """How many there are beyond the most that are kept."""

    def add(self, diagnostic: Diagnostic) -> None:
        if len(self._diagnostics) < MOST_DIAGNOSTICS:
            self._diagnostics.append(diagnostic)
        else:
            self._more[diagnostic.severity] += 1

    def error(  # noqa: PLR0913, PLR0917 - what an error consists of
        self,
        location: Location,
        code: str,
        message: str,
        advice: str,
        details: tuple[str, ...] = (),
        replacement: str = "",
    ) -> None:
        """Add an error."""
        self.add(Diagnostic(location, code, message, advice, details, replacement=replacement))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        for diagnostic in diagnostics:
            self.add(diagnostic)
        if isinstance(diagnostics, Report):
            self._more += diagnostics._more

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
        return self._more[Severity.ERROR] > 0 or any(d.severity is Severity.ERROR for d in self._diagnostics)

    def excerpt(self, location: Location) -> tuple[str, str] | None:
        """The source line at `location` and the line with the caret below it, or None where there is no such line."""
        text = self._texts.get(location.path, "")
        ends = _line_ends(text)
        if not 0 < location.line <= len(ends):
            return None
        line = text[ends[location.line - 2] + 1 if location.line > 1 else 0 : ends[location.line - 1]].removesuffix(
            "\r"
        )
        column = min(location.column, len(line) + 1) - 1
        start = max(0, min(column - EXCERPT_WIDTH // 2, len(line) - EXCERPT_WIDTH))
        shown = line[start : start + EXCERPT_WIDTH]
        before, after = ("…" if start else ""), ("…" if start + EXCERPT_WIDTH < len(line) else "")
        pad = "".join("\t" if char == "\t" else " " for char in before + shown[: column - start])
        return f"{before}{shown}{after}", f"{pad}^"

    def render(self) -> str:
        """All diagnostics as text: `path:line:column: error[code]: message`, the source line, what to do."""
        left_out = [f"… and {plural(self._more.total(), 'problem')} more"] if self._more else []
        return "\n\n".join([*map(self._render_one, self), *left_out])

    def _render_one(self, diagnostic: Diagnostic) -> str:
        lines = [f"{diagnostic.location}: {diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"]
        if excerpt := self.excerpt(diagnostic.location):
            number = str(diagnostic.location.line)
            lines += [f"  {number} | {excerpt[0]}", f"  {' ' * len(number)} | {excerpt[1]}"]
        lines += [f"  {detail}" for detail in diagnostic.details]
        if diagnostic.advice:
            lines.append(f"  help: {diagnostic.advice}")
        return "\n".join(map(printable, lines))

    def summary(self) -> str:
        """The counts in words: `2 errors, 1 warning`, or `no problems`."""
        counts = Counter(diagnostic.severity for diagnostic in self) + self._more
        return ", ".join(plural(counts[each], each) for each in Severity if each in counts) or "no problems"


@lru_cache(maxsize=4)  # a report goes through its files one after the other
def _line_ends(text: str) -> Sequence[int]:
    """Where each line of a text ends; of what stands behind the last line feed, only if it is anything."""
    # Only line feeds end a line for YAML and for editors; str.splitlines() knows eight more.
    ends = array("L", (match.start() for match in re.finditer("\n", text)))
    if text and not text.endswith("\n"):
        ends.append(len(text))
    return ends


def _shortened(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def printable(line: str) -> str:
    """A line that is shown in the order in which it stands, and that no terminal can take for a command.

    Control characters are replaced, and those that change the direction of others.
    """
    return "".join("\ufffd" if _changes_others(char) else char for char in line)


def _changes_others(char: str) -> bool:
    is_direction = "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"
    return is_direction or (unicodedata.category(char) == "Cc" and char != "\t")


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
    match = closest(word, known)
    return f'did you mean "{match}"?' if match else ""


def closest(word: str, known: Iterable[str]) -> str:
    """The closest of the known words, or an empty string where none is close."""
    # Imported here, because what is in order asks for nothing close.
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    # Of two or three letters, most are alike by chance: "in" is no slip for "min".
    cutoff = 0.6 if len(word) > 3 else 0.81
    # Never less than what difflib finds, and much faster among thousands.
    likely = process.extract(
        word, list(known), scorer=Indel.normalized_similarity, score_cutoff=cutoff - 0.01, limit=20
    )
    matches = get_close_matches(word, [each for each, _, _ in likely], n=1, cutoff=cutoff)
    return matches[0] if matches else ""


def reason(error: OSError, written: str = "") -> str:
    """What a system says of a file that it can't read or write, on one line.

    Where there is no room left, Python may name no file; what was `written` is named then.
    """
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    place = error.filename2 or error.filename or (written if full else "")
    return ": ".join(filter(None, (str(place), error.strerror or str(error))))
