"""`addresses.txt` -> the addresses that were published: the editor commits it, so that none of them vanishes unseen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stuntbook.diagnostics import Location, Report
from stuntbook.layout import ADDRESSES_FILE

_PAGE = r"[a-z0-9-]+/[a-z0-9-]+/"
_LINE = re.compile(rf"({_PAGE})(?:#(\S+)|\s+((?:[a-z0-9-]+/)+))?")


@dataclass(frozen=True, slots=True)
class Published:
    """A line of the manifest: the address of a page, or of a statement on it."""

    address: str
    anchor: str
    """Empty for the page itself."""
    leads_to: str
    """Where the editor has it lead, now that the page is no more; empty where the line does not say."""
    location: Location

    def __str__(self) -> str:
        anchor = f"#{self.anchor}" if self.anchor else ""
        return f"{self.address}{anchor}{' ' if self.leads_to else ''}{self.leads_to}"


def read_manifest(text: str, report: Report) -> Iterator[Published]:
    """The lines of a manifest. Blank ones, and those that begin with #, say nothing."""
    for number, line in enumerate(text.splitlines(), start=1):
        location = Location(ADDRESSES_FILE, number)
        if match := _LINE.fullmatch(line.strip()):
            yield Published(match[1], match[2] or "", match[3] or "", location)
        elif line.strip() and not line.startswith("#"):
            advice = "write films/fallout/, films/fallout/#anchor, or films/old/ films/new/ where one leads to another"
            report.error(location, "bad-address", "this line names no page of a record or an article", advice)
