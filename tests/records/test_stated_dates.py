"""Dates as texts state them, and as they follow from the day on which an article was published."""

import pytest

from stuntbook.records.stated_dates import is_worked_out, missing_part


@pytest.mark.parametrize(
    ("words", "language", "when", "missing"),
    [
        ("in March 2031", "en", "2031-03", ""),
        ("in March 2031", "en", "2030-03", "year"),
        ("in March 2031", "en", "2031-04", "month"),
        ("in March 2031", "en", "2031-03-01", "day"),
        ("in the spring of 2030", "en", "2030-21", ""),
        ("in the spring of 2030", "en", "2030-23", "season"),
        ("im Herbst 2030", "de", "2030-23", ""),
        ("im Frühjahr 2030", "de", "2030-24", "season"),
    ],
)
def test_what_words_state_of_a_date(words: str, language: str, when: str, missing: str) -> None:
    assert missing_part(when, words, language, "2031-03-01") == missing
    assert not is_worked_out(when, words, language, "2031-03-01")


@pytest.mark.parametrize(
    ("words", "published", "when", "follows"),
    [
        ("last month", "2031-01-15", "2030-12", True),
        ("last month", "2031-01-15", "2031-01", False),
        ("last month", "2031", "2030-12", False),
        ("last month", "2031-01~", "2030-12", False),  # of which month is not certain
        ("last month", None, "2030-12", False),
        ("earlier this year", "2031-01-15", "2031", True),
        ("last year in May", "2031-01-15", "2030-05", True),
        ("yesterday", "2031-03-01", "2031-02-28", True),
        ("yesterday", "2031-03-01", "2031-03-01", False),
        ("yesterday", "2031-03", "2031-02-28", False),
        ("two years ago", "2031-03-01", "2029", True),
        ("two years ago", "2031-03-01", "2030", False),
        ("three months ago", "2031-03-01", "2030-12", True),
        ("five days ago", "2031-03-01", "2031-02-24", True),
        ("a year ago", "2031-03-01", "2030", True),
        ("half a year ago", "2031-03-01", "2030-09", False),
        ("vor zwei Jahren", "2031-03-01", "2029", True),
        ("vor einem Monat", "2031-03-01", "2031-02", True),
        ("zwei Jahre lang", "2031-03-01", "2029", False),
        ("letzten Monat", "2031-03-01", "2031-02", True),
        ("gestern", "2031-03-01", "2031-02-28", True),
    ],
)
def test_what_follows_from_the_day_of_the_article(words: str, published: str | None, when: str, follows: bool) -> None:
    language = "de" if words.split(maxsplit=1)[0] in ("vor", "zwei", "letzten", "gestern") else "en"
    assert is_worked_out(when, words, language, published) is follows
