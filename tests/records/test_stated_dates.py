"""Dates as texts state them, and as they follow from the day on which an article was published."""

import pytest

from stuntbook.records.stated_dates import is_worked_out, missing_part, states_about


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
        ("a fall of 9 feet in 2030", "en", "2030-23", "season"),
        ("in the fall of 2030", "en", "2030-23", ""),
        ("shot in May 2029, shown in July 2030", "en", "2030-05", "month"),
        ("shot in May 2029, shown in July 2030", "en", "2029-05", ""),
        ("on 3 May and on 12 July 2030", "en", "2030-07-03", "day"),
        ("from 3 to 5 July 2030", "en", "2030-07-05", ""),
        ("July 3-5, 2030", "en", "2030-07-03", ""),
        ("the first of July 2030", "en", "2030-07-01", ""),
        ("he may march in 2030", "en", "2030-05", "month"),
        ("he may march in 2030", "en", "2030-03", "month"),
        ("3/7/2030", "en", "2030-07-03", ""),
        ("3.7.2030", "de", "2030-07-03", ""),
        ("3.7.2030", "de", "2030-03-07", "month"),
        ("before 2,030 people", "en", "2030", "year"),
        ("the autumn of '98", "en", "1998-23", ""),
        ("in the nineties", "en", "199X", ""),
        ("in the 1980s", "en", "199X", "decade"),
        ("le 3 juillet 2030", "fr", "2030-07-03", ""),
        ("le 3 juillet 2030", "fr", "2030-08-03", "month"),
        ("le 3 juillet 2030", "fr", "2029-07-03", "year"),
        ("en été", "fr", "2030-07-03", ""),  # of a language whose words are not read nothing is said
        ("2030年7月3日", "ja", "2030-07-04", "day"),
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
        ("vorgestern", "2031-03-01", "2031-02-27", True),
        ("last week", "2031-03-13", "2031-03", True),
        ("on Monday", "2031-06-12", "2031-06-09", True),
        ("on Monday", "2031-06-12", "2031-06-10", False),
        ("next Friday", "2031-06-12", "2031-06-13", True),
        ("last summer", "2031-06-12", "2030-22", True),
        ("last summer", "2031-06-12", "2031-22", False),
    ],
)
def test_what_follows_from_the_day_of_the_article(words: str, published: str | None, when: str, follows: bool) -> None:
    language = "de" if words.split(maxsplit=1)[0] in ("vor", "zwei", "letzten", "gestern", "vorgestern") else "en"
    assert is_worked_out(when, words, language, published) is follows


@pytest.mark.parametrize(
    ("words", "when", "about"),
    [
        ("in 2031", "2031", False),
        ("around 2031", "2031", True),
        ("in about May 2031", "2031-05", True),
        ("etwa 2031", "2031", True),
        ("between 2029 and 2031", "2031", True),
        ("between takes in 2031", "2031", False),
        ("around 2031, that is in 2031", "2031", False),
        ("last year", "2031", None),
    ],
)
def test_whether_words_are_sure_of_a_date(words: str, when: str, about: bool | None) -> None:
    assert states_about(when, words) is about
