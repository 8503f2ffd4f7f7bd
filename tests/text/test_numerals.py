"""The numbers that a text states, in figures and in words."""

import pytest

from stuntbook.text.numerals import Number, numbers_in, numerals


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("at 25,000 feet", [25000]),
        ("1,000,000.5", [1000000.5]),
        ("40.5 m", [40.5]),
        ("2.5 million", [2500000]),
        ("twenty-five thousand", [25000]),
        ("Twenty Five", [25]),
        ("one hundred and six", [106]),
        ("a hundred", [100]),
        ("a thousand and one", [1001]),
        ("thirteen hundred", [1300]),
        ("one thousand two hundred", [1200]),
        ("two hundred and fifty thousand", [250000]),
        ("two million three hundred thousand and four", [2300004]),
        ("zero", [0]),
        ("once, twice, a dozen", [1, 2, 12]),
        ("three, four", [3, 4]),
        ("one and two", [1, 2]),
        ("twenty and five", [20, 5]),
        ("2018-07-27", [2018, 7, 27]),
        ("25,00", [25]),
        ("a ten-foot pole", [10]),
        ("a 25-foot pole", [25]),
        ("fourteenth, hundreds, tension, someone", []),
        ("", []),
        ("from 11² m to 12³ m", [11, 12]),
        ("25,000¹ feet", [25000]),
    ],
)
def test_numbers_in(text: str, numbers: list[Number]) -> None:
    assert list(numbers_in(text)) == numbers


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("a drop of 38\u202f000 m, 38 000 m and 38’000 m", "en", [38000, 38000, 38000]),
        ("38 000 m, 38\u2009000 m, 38\u00a0000 m", "fr", [38000, 38000, 38000]),
        ("38.000 m und 3,5 m", "de", [38000, 3.5]),
        ("12,34,567 rupees", "en", [1234567]),
        ("3½ m, ¾ of it, 3 1/2 and 1/4", "en", [3.5, 0.75, 3.5, 0.25]),
        ("three and a half m, six and three quarters", "en", [3.5, 6.75]),
        ("two thirds, a tenth of a second, half a dozen", "en", [2 / 3, 0.1, 6]),
        (".7 of a mile", "en", [0.7]),
        ("fiel ,7 m", "de", [0.7]),
        ("38k, $3.5m, 3.5 million, €4bn", "en", [38000, 3500000, 3500000, 4000000000]),
        ("3.5 m high", "en", [3.5]),
        ("once, twice, thrice, a dozen, a single take", "en", [1, 2, 3, 12, 1]),
        ("the 3rd of 4 takes, 21st", "en", [4]),
        ("HK$35 million, £110,000, 60ft", "en", [35000000, 110000, 60]),
        ("einundzwanzig, dreitausendfünfhundert, zweieinhalb, anderthalb", "de", [21, 3500, 2.5, 1.5]),
        ("zwölf Meter, hundertzehn, einmal, ein halbes Jahr, sechzig", "de", [12, 110, 1, 0.5, 60]),
        ("weit, beim Hafen, dreist, zweifel", "de", []),
        ("三十 ３０ ٣٠", "ja", [30, 30, 30]),
        ("1.000", "en", []),  # a thousand, or one: it can't be told
        ("12,5", "xx", [12.5]),
        ("3 milliards, 2,5 millions, 4 mille", "fr", [3000000000, 2500000, 4000]),
        ("5 миллионов", "ru", [5000000]),
        ("25 tausend", "de", [25000]),
        ("several thousand, a few hundred, tens of thousands, a couple of hundred", "en", []),
    ],
)
def test_numerals_by_language(text: str, language: str, numbers: list[Number]) -> None:
    assert list(numbers_in(text, language)) == numbers


def test_a_numeral_knows_where_it_stands() -> None:
    text = "İt fell 38\u202f000 m, three and a half times, a tenth of a second"
    stretches = [text[each.start : each.end] for each in numerals(text)]
    assert stretches == ["38\u202f000", "three and a half", "a tenth"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("one hundred " * 400, "en"), ("two and a half " + "hundred " * 400, "en"), ("einhalb" * 5_000, "de")],
)
def test_numbers_that_nobody_means_end(text: str, language: str) -> None:
    assert all(each.value <= 10**18 for each in numerals(text, language))
