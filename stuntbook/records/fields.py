"""The kinds of values that a record's fields hold, and what each refuses."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from stuntbook.records.dates import parse_edtf

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
ID_LENGTH = 80
"""The most characters of an identifier: with the folders around it, a path stays within what systems can store."""
TEXT_LENGTH = 10_000
"""The most characters of a text."""
_UNNAMED = r"(?:an?|the|one|some|several|two|three|four|five|six) \S.*"
""""a crew member", "one of the producers": how an article speaks of somebody whom it does not name."""
RESERVED_NAMES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
)
"""Names that no file or folder may have on Windows:
https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions"""


def _is_control(char: str) -> bool:
    is_noncharacter = 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE
    return is_noncharacter or (unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t")


def _readable(text: str) -> str:
    """Refuse what no page can show: control characters, and text of white space alone."""
    if len(text) > TEXT_LENGTH:
        raise PydanticCustomError(
            "long_text",
            "is {length} characters long, and {most} are the most",
            {"length": f"{len(text):,}", "most": f"{TEXT_LENGTH:,}", "advice": "make two texts of it"},
        )
    if not text.strip():
        raise PydanticCustomError("blank", "is blank: write a text, or leave the key out")
    if text.isprintable():
        return text
    # What Python does not know may be newer than its tables; only noncharacters will never be anything.
    bad = next((c for c in text if _is_control(c)), None)
    if bad is not None:
        raise PydanticCustomError(
            "control_character", "holds the control character U+{code}", {"code": f"{ord(bad):04X}"}
        )
    return text


def _allowed_id(text: str) -> str:
    if text in RESERVED_NAMES:
        raise PydanticCustomError("reserved_id", '"{name}" is a name that Windows keeps for itself', {"name": text})
    return text


def is_unnamed(speaker: str) -> bool:
    """Whether a speaker is a description, such as "a crew member", and no identifier."""
    return " " in speaker


def _edtf(text: str) -> str:
    try:
        parse_edtf(text)
    except ValueError as error:
        raise PydanticCustomError("edtf", "{reason}", {"reason": str(error)}) from error
    return text


def _http(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", text):
        raise PydanticCustomError("http", 'must be a web address that starts with "https://" or "http://"')
    return text


Text = Annotated[str, AfterValidator(_readable)]
PROSE = {"format": "prose"}
"""What tells prose from other text in a JSON Schema."""
Prose = Annotated[Text, Field(json_schema_extra=dict(PROSE))]
"""Text that takes emphasis, links and `[[id]]` cross-references."""


@dataclass(frozen=True, slots=True)
class WithinRecord:
    """Marks an identifier that belongs to the record that holds it: it names a statement of it, or once named it."""


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_LENGTH), AfterValidator(_allowed_id)]
StatementId = Annotated[Id, WithinRecord()]
FormerIds = tuple[StatementId, ...]
WhoeverSpeaks = Annotated[Text, StringConstraints(pattern=f"{ID_PATTERN}|^{_UNNAMED}$")]
"""The identifier of a record, or how an article describes somebody whom it does not name."""
Edtf = Annotated[Text, AfterValidator(_edtf)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Silence = dict[str, Text]
"""Rules that don't apply here: the rule's name, and the reason."""
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")]
WebAddress = Annotated[Text, AfterValidator(_http)]
