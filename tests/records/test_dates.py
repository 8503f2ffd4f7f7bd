"""Dates in EDTF: what is accepted, how it reads and how it sorts."""

import pytest

from stuntbook.records.dates import parse_edtf


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2018", "2018"),
        ("2018-07", "July 2018"),
        ("2018-07-27", "27 July 2018"),
        ("2018-07-01", "1 July 2018"),
        ("2000-02-29", "29 February 2000"),
        ("XXXX-07-27", "27 July, year not stated"),
        ("XXXX-02-29", "29 February, year not stated"),
        ("XXXX-07", "July, year not stated"),
        ("XXXX", "year not stated"),
        ("201X", "2010s"),
        ("20XX", "2000s"),
        ("201X-07", "July, 2010s"),
        ("2018-XX", "2018"),
        ("2018-1X", "2018"),
        ("2018-07-XX", "July 2018"),
        ("2018-07-2X", "July 2018"),
        ("2018?", "2018 (uncertain)"),
        ("2018-07~", "July 2018 (approximate)"),
        ("2018-07-27%", "27 July 2018 (uncertain and approximate)"),
        ("XXXX-07-27?", "27 July, year not stated (uncertain)"),
        ("2018-XX-27", "day 27 of a month not stated, 2018"),
    ],
)
def test_a_date_for_readers(text: str, shown: str) -> None:
    assert str(parse_edtf(text)) == shown


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not an EDTF date"),
        ("27 July 2018", "not an EDTF date"),
        ("2018-7-27", "not an EDTF date"),
        ("18-07-27", "not an EDTF date"),
        ("20180727", "not an EDTF date"),
        ("2018/2019", "not an EDTF date"),
        ("2018-07-27T10:00", "not an EDTF date"),
        ("2018-07-27\n", "not an EDTF date"),
        (" 2018", "not an EDTF date"),
        ("?2018", "not an EDTF date"),
        ("2018-xx", "not an EDTF date"),
        ("２０１８", "not an EDTF date"),
        ("2018-13", "has no month 13"),
        ("2018-00", "has no month 0"),
        ("2018-04-31", "has no day 31"),
        ("2018-04-00", "has no day 0"),
        ("2019-02-29", "has no day 29"),
        ("1900-02-29", "has no day 29"),
        ("XXXX-02-30", "has no day 30"),
        ("2018-XX-32", "has no day 32"),
        ("0000", "year"),
    ],
)
def test_what_is_no_date(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_edtf(text)


def test_dates_sort_by_what_is_known() -> None:
    dates = ["2017", "2017-03", "2017-03-04", "2018", "XXXX-01-01", "2016-12-31"]
    ordered = ["2016-12-31", "2017-03-04", "2017-03", "2017", "2018", "XXXX-01-01"]
    assert sorted(dates, key=lambda text: parse_edtf(text).sort_key) == ordered
