"""Which web addresses may be linked to."""

import pytest

from stuntbook.text.web_address import flaw_in

GOOD = [
    "https://gazette.example/canal?day=1&of=2#top",
    "http://gazette.example:8080",
    "https://gazette.example./",
    "https://under_score.gazette.example/a@b",
    "https://192.0.2.1/",
    "https://[2001:db8::1]:443/",
    "https://münchen.example/",
    "https://xn--mnchen-3ya.example/",
    "https://例え.jp/",
    "https://新聞ab.jp/",
    "https://пример.com/",
    "https://ελληνικά.gr/",
    "https://กรุงเทพ.ไทย/",
    "https://fa.example/می\u200cخواهم",
]
BAD = {
    "ftp://gazette.example/": "must be a web address",
    "javascript:alert(1)": "must be a web address",
    "https://": "must be a web address",
    "https:///canal": "must be a web address",
    "https://gazette.example/a b": "must be a web address",
    "https://gazette.example@evil.example/": 'names "gazette.example@" before the host',
    "https://a:b@evil.example/": 'names "a:b@" before the host',
    "https://gazette.example\\@evil.example/": "holds a backslash",
    "https://[::1/": "names a host that can't exist",
    "https://[::1%eth0]/": "names a host that can't exist",
    "https://[gazette]/": "names a host that can't exist",
    "https://gazette..example/": "names a host that can't exist",
    "https://-gazette.example/": "names a host that can't exist",
    "https://gazette%2eexample/": "names a host that can't exist",
    f"https://{'a' * 64}.example/": "names a host that can't exist",
    f"https://{'a.' * 130}example/": "names a host that can't exist",
    "https://1.2.3.4.5/": "names a host that can't exist",
    "https://0x7f.1/": "names a host that can't exist",
    "https://xn--99999999999/": "names a host that can't exist",
    "https://gazette.example:99999/": "names a port that can't exist",
    "https://gazette.example:/": "names a port that can't exist",
    "https://gazette.example\uff0fevil.example/": "names a host with letters that stand for others",
    "https://gazette.example/\u202egpj.exe": "holds a character that nobody sees",
    "https://gazette\u00ad.example/": "holds a character that nobody sees",
    "https://g\u0430zette.example/": "names a host whose letters look like those of another host",
    "https://xn--gzette-3nf.example/": "names a host whose letters look like those of another host",
    "https://\u0430\u0440\u0440\u04cf\u0435.com/": "names a host whose letters look like those of another host",
    "https://xn--80ak6aa92e.com/": "names a host whose letters look like those of another host",
}


@pytest.mark.parametrize("address", GOOD)
def test_an_address_may_be_of_any_language(address: str) -> None:
    assert flaw_in(address) is None


@pytest.mark.parametrize("address", BAD)
def test_an_address_that_misleads_or_leads_nowhere_has_a_flaw(address: str) -> None:
    assert (flaw_in(address) or "").startswith(BAD[address])
