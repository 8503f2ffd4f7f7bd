"""An address or a file -> the page that is there. The one module that uses the network.

An article's address comes from anywhere, and may lead, at once or by a redirect, into the network of whoever looks it
up. So each host's addresses are looked at first, and the connection is made to the very address that was looked at: a
name that is answered differently the second time (DNS rebinding) changes nothing.
"""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from functools import partial
from pathlib import Path
from threading import Event, Timer
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from stuntbook.diagnostics import plural

LARGEST = 5_000_000
"""The most bytes of a page."""
PATIENCE = 20.0
"""After how many seconds a page has to be there, redirects included."""
MOST_REDIRECTS = 5
_UNQUOTED = "%/:?#[]@!$&'()*+,;="
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {"User-Agent": "stuntbook", "Accept": "text/html, application/xhtml+xml;q=0.9", "Accept-Encoding": "gzip"}
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses of IPv6 that stand for one of IPv4: https://www.rfc-editor.org/rfc/rfc6052#section-2.1"""
_COMPATIBLE = ipaddress.ip_network("::/96")
"""The same in a form that is given up: https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.1"""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(Exception):
    """Why a page is not there, in words for an editor."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was received."""

    content: bytes
    encoding: str | None = None
    """The encoding that the server names."""
    url: str | None = None
    """Where it was, after redirects."""


def read_file(path: Path) -> Page:
    """The page that is saved in a file. Raises FetchError."""
    try:
        if path.stat().st_size > LARGEST:
            raise FetchError(_too_large(str(path)))
        return Page(path.read_bytes())
    except OSError as error:
        raise FetchError(f"{path} can't be read: {error.strerror}") from error


def fetch(url: str, *, allow_private: bool = False) -> Page:
    """The page at an address. Raises FetchError."""
    deadline = time.monotonic() + PATIENCE
    here = url
    for _ in range(MOST_REDIRECTS + 1):
        try:
            found = _get(here, deadline, allow_private)
        except TimeoutError as error:
            raise FetchError(f"{here} has not answered within {PATIENCE:.0f} seconds") from error
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            raise FetchError(f"{here} can't be read: {error}") from error
        if isinstance(found, Page):
            return found
        here = urljoin(here, found)
    raise FetchError(f"{url} leads from one address to the next, more than {plural(MOST_REDIRECTS, 'time')}")


def _get(url: str, deadline: float, allow_private: bool) -> Page | str:
    """The page at an address, or where a redirect leads."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError(f"{url} is no web address: one starts with https:// or http://")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    with _connected(host, port, deadline, allow_private, parts.scheme == "https") as plug:
        connection = http.client.HTTPConnection(host, port)
        connection.sock = plug
        target = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=_UNQUOTED)
        connection.request("GET", target, headers={"Host": parts.netloc.rpartition("@")[2], **_HEADERS})
        with closing(connection), connection.getresponse() as response:
            return _received(response, url)


def _received(response: http.client.HTTPResponse, url: str) -> Page | str:
    if response.status in _REDIRECTS and (location := response.getheader("Location")):
        return location
    if response.status != http.client.OK:
        raise FetchError(f"{url} answers {response.status} {response.reason}")
    _refuse_other_than_pages(url, response.headers)
    content = _unpacked(_read(response, url), response.headers, url)
    return Page(content, response.headers.get_content_charset(), url)


def _refuse_other_than_pages(url: str, headers: Message) -> None:
    if headers.get_content_type() not in ("text/html", "application/xhtml+xml"):
        raise FetchError(f"{url} is no page, but {headers.get_content_type()}")


def _read(response: http.client.HTTPResponse, url: str) -> bytes:
    if int(response.headers.get("Content-Length") or 0) > LARGEST:
        raise FetchError(_too_large(url))
    content = response.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise FetchError(_too_large(url))
    if response.length:
        raise http.client.IncompleteRead(content, response.length)
    return content


def _unpacked(content: bytes, headers: Message, url: str) -> bytes:
    if headers.get("Content-Encoding", "identity").lower() not in ("gzip", "x-gzip"):
        return content
    # A small file may unpack to gigabytes.
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    unpacked = unpacker.decompress(content, LARGEST + 1)
    if len(unpacked) > LARGEST:
        raise FetchError(_too_large(url))
    if not unpacker.eof:
        raise zlib.error("it ends early")
    return unpacked


def _too_large(what: str) -> str:
    return f"{what} has more than {LARGEST // 1_000_000} MB"


@contextmanager
def _connected(
    host: str, port: int, deadline: float, allow_private: bool, is_encrypted: bool
) -> Iterator[socket.socket]:
    """A connection to a host, which ends at the deadline whatever it is waiting for then."""
    plug = _connect(host, port, deadline, allow_private)
    late = Event()
    # A timeout of the socket starts anew with every byte, and a server may send one a second.
    timer = Timer(max(0, deadline - time.monotonic()), partial(_shut, plug, late))
    timer.daemon = True
    timer.start()
    try:
        if is_encrypted:
            plug = ssl.create_default_context().wrap_socket(plug, server_hostname=host)
        yield plug
    except (OSError, http.client.HTTPException, FetchError):
        if late.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
        plug.close()
    if late.is_set():
        raise TimeoutError


def _shut(plug: socket.socket, late: Event) -> None:
    late.set()
    with suppress(OSError):  # it may have ended by itself
        plug.shutdown(socket.SHUT_RDWR)


def _connect(host: str, port: int, deadline: float, allow_private: bool) -> socket.socket:
    """A connection to the first address of a host that answers, all of which have been looked at."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    refused = [address for *_, (address, *_) in found if not (allow_private or is_public(address))]
    if refused:
        message = f"{host} is at {refused[0]}, which is no public address"
        raise FetchError(f"{message}: --allow-private reads it all the same")
    for index, (family, kind, protocol, _, address) in enumerate(found):
        plug = socket.socket(family, kind, protocol)
        try:
            plug.settimeout(max(0.01, deadline - time.monotonic()))
            plug.connect(address)
        except OSError:
            plug.close()
            if index == len(found) - 1:
                raise
        else:
            return plug
    raise OSError(f"{host} has no address")


def is_public(text: str | int) -> bool:
    """Whether an address, in figures, is one of the public internet, and leads to no other within it."""
    address: Address = ipaddress.ip_address(str(text).partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        within = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _TRANSLATED:
            within.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if inner := [each for each in within if each is not None]:
            return all(each.is_global and not each.is_multicast for each in inner)
    return address.is_global and not address.is_multicast and address not in _COMPATIBLE
