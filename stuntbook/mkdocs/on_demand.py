"""What a browser asks a server for -> the answer, made at that moment; what nobody makes comes from the server."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a browser gets."""

    content: bytes = b""
    found: bool = True
    """Whether there is something at the address that was asked for."""
    address: str = ""
    """Where to look instead, relative to the site's root; empty for nowhere else."""


class OnDemand:
    """A WSGI application (PEP 3333) in front of another that serves files."""

    def __init__(self, files: WSGIApplication, mount: str, make: Callable[[str], Answer | None]) -> None:
        self._files = files
        self._mount = mount
        """The path at which the site begins, with a slash at both ends."""
        self._make = make
        """The answer for a path relative to the site's root, or None where there may be a file."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # What PEP 3333 calls a string holds bytes.
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        answer = self._make(path.removeprefix(self._mount)) if path.startswith(self._mount) else None
        if answer is None:
            return self._files(environ, start_response)
        if answer.address:
            start_response("302 Found", [("Location", quote(self._mount + answer.address))])
            return []
        kind = HTML if is_document(path) else mimetypes.guess_type(path)[0] or "application/octet-stream"
        headers = [("Content-Type", kind), ("Content-Length", str(len(answer.content)))]
        start_response("200 OK" if answer.found else "404 Not Found", headers)
        return [answer.content]


def is_document(path: str) -> bool:
    """Whether a browser shows what is at a path as a page."""
    name = path.rpartition("/")[2]
    return "." not in name or name.endswith(".html")
