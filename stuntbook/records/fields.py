"""The kinds of values that a record's fields hold, and what each refuses."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from stuntbook.records.dates import parse_edtf

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"


def _readable(text: str) -> str:
    """Refuse what no page can show: control characters, and text of white space alone."""
    if not text.strip():
        raise PydanticCustomError("blank", "is blank: write a text, or leave the key out")
    if text.isprintable():
        return text
    bad = next((c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Cn") and c not in "\n\t"), None)
    if bad is not None:
        raise PydanticCustomError(
            "control_character", "holds the control character U+{code}", {"code": f"{ord(bad):04X}"}
        )
    return text


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
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Edtf = Annotated[Text, AfterValidator(_edtf)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Silence = dict[str, Text]
"""Rules that don't apply here: the rule's name, and the reason."""
WebAddress = Annotated[Text, AfterValidator(_http)]
