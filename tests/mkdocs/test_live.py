"""What a live site keeps of what it has made."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from stuntbook.diagnostics import Report
from stuntbook.mkdocs.live import KEPT, LiveSite
from stuntbook.mkdocs.making import SiteMaker


def test_a_bounded_number_of_answers_is_kept_until_the_next_edit(tmp_path: Path) -> None:
    made: Counter[str] = Counter()

    def document(address: str) -> tuple[str, None]:
        made[address] += 1
        return address, None

    addresses = [f"stunts/{number}/" for number in range(KEPT + 1)]
    fields = {"pages": dict.fromkeys(addresses), "report": Report(), "document": document, "book": ""}
    maker = cast(SiteMaker, SimpleNamespace(**fields))
    site = LiveSite(maker, str.encode, lambda *_: [], "/")

    def ask(address: str) -> bytes:
        return b"".join(site({"PATH_INFO": f"/{address}"}, lambda *_: bytearray().extend))

    assert [ask(address) for address in addresses] == [address.encode() for address in addresses]
    ask(addresses[-1])
    assert made[addresses[-1]] == 1  # kept
    ask(addresses[0])
    assert made[addresses[0]] == 2  # forgotten, as the one that was asked for longest ago
    site.show(maker)
    ask(addresses[-1])
    assert made[addresses[-1]] == 2
