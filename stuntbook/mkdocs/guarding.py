"""What a server on an editor's own machine must not answer: a web page elsewhere can make the browser ask it things."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]

_METHODS = ("GET", "HEAD")


def guarded(site: WSGIApplication, host: str) -> WSGIApplication:
    """A WSGI application (PEP 3333) that answers GET and HEAD for its own host, as the other does, and nothing else."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def refuse(status: str, why: bytes, *headers: tuple[str, str]) -> Iterable[bytes]:
            start_response(status, [("Content-Type", "text/plain"), *headers])
            return [why]

        method = environ["REQUEST_METHOD"]
        if not is_own(environ.get("HTTP_HOST", host), host):
            why = b"This server answers to localhost, to addresses of numbers and to the host of dev_addr.\n"
            return refuse("403 Forbidden", why)
        if method not in _METHODS:
            return refuse(
                "405 Method Not Allowed", b"This server answers GET and HEAD.\n", ("Allow", ", ".join(_METHODS))
            )
        if "\0" in environ["PATH_INFO"]:
            return refuse("400 Bad Request", b"No address holds a null character.\n")
        return (_without_body(site) if method == "HEAD" else site)(environ, start_response)

    return answer


def is_own(host: str, own: str) -> bool:
    """Whether a `Host` header names this machine: anybody can have any other name lead to it (DNS rebinding)."""
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        return name in ("localhost", own.lower()) or name.endswith(".localhost") or bool(ip_address(name))
    except ValueError:
        return False


def _without_body(site: WSGIApplication) -> WSGIApplication:
    """What answers HEAD: the headers that GET would get, and the length of what is left out among them."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, _: object = None) -> Callable[[bytes], object]:
            started.append((status, headers))
            return len

        body = site(environ, start)
        length = sum(len(part) for part in body)
        if hasattr(body, "close"):
            body.close()
        ((status, headers),) = started
        if all(name != "Content-Length" for name, _ in headers):
            headers = [*headers, ("Content-Length", str(length))]
        start_response(status, headers)
        return []

    return answer
