"""Pagefind's program, kept running while it is given pages.

A message is JSON in Base64 (RFC 4648) with a comma behind it, and is answered in kind, in the order of the messages.
What they hold is what the package `pagefind` types as `InternalServiceRequest` and `InternalServiceResponse`
(https://pypi.org/project/pagefind/).

That package is a client for the same program, which we don't use: its version 1.5.2 sleeps for 0.1 s before it reads
each answer, one to a page, and fails where an answer is longer than 2 MiB, as an index of some hundred pages is
(`_wait_for_responses` and `launch` in its `service/__init__.py`).
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path, PurePath
from tempfile import TemporaryFile
from typing import IO, Any

import orjson
from pagefind_bin import get_executable  # type: ignore[import-untyped]

from stuntbook.publish.indexed_page import IndexedPage, fragment_path, read_page, url_of
from stuntbook.publish.site_folder import write

FOLDER = "pagefind"
"""Where the index is, within the site."""
_NOT_WORDS = (".headerlink", "pre")
"""What pages written by hand have beside their words: the links that MkDocs puts into their headings, and examples."""
VOCABULARY = ""
"""The address of what is no page, but tells by what each word is found."""
_INDEX = 0
"""The number of the first index that the program is asked for; it makes no other."""


class SearchIndexError(Exception):
    """The index could not be made; where the program failed, the reason is its own."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the search index could not be made: {reason}")


@contextmanager
def search_index(site: Path, language: str) -> Iterator[Indexer]:
    """The program until the end of the block, for a new index in place of the one that a site has.

    `language` is that of the site's pages (ISO 639-1), by which Pagefind stems words. Raises SearchIndexError where
    Pagefind fails, and FileNotFoundError where its program is missing.
    """
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    site.mkdir(parents=True, exist_ok=True)  # the program's words are kept there: the disk of others may be full
    # A setting left in the environment, or a file of settings where the build was started, would change the index.
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith("PAGEFIND_")}
    with (
        TemporaryFile(dir=site) as errors,
        subprocess.Popen(  # noqa: S603 - the program is the package's own, without a reader's words
            [str(get_executable()), "--service"],
            cwd=Path(__file__).parent,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as program,
    ):
        try:
            yield Indexer(program, errors, site / FOLDER, language)
        finally:
            program.kill()
            assert program.stdin is not None
            with suppress(OSError):  # what it has not taken
                program.stdin.close()


class Indexer:
    """Makes one index of the pages that it is given. Its methods raise SearchIndexError."""

    def __init__(self, program: subprocess.Popen[bytes], errors: IO[bytes], folder: Path, language: str) -> None:
        """`folder` is that of the index."""
        self._program = program
        self._errors = errors
        self._sent = 0
        self.folder = folder
        """Where the index will be."""
        self.pages: list[IndexedPage | str] = []
        """Those that it was given, in their order; of those that only the program reads, the address."""
        self.language = language.lower()
        # What `pagefind` types as `IndexConfig`.
        self._send("NewIndex", config={"exclude_selectors": _NOT_WORDS, "force_language": self.language})

    def add(self, path: str, html: str) -> None:
        """Give it a page by its path within the site, unless it is empty."""
        if read := read_page(path, html):
            page, fragment = read
            write(self.folder / fragment_path(page.fragment), fragment)
            self.pages.append(page)
        elif html:
            self.pages.append(url_of(path))
            self._send("AddFile", index_id=_INDEX, url=url_of(path), file_contents=html)

    def files(self, words: Iterable[str]) -> dict[str, bytes]:
        """The files of an index, by their paths within its folder: of the pages that only the program reads, in their
        order, and behind them, at `VOCABULARY`, of a page of words.
        """
        if content := " ".join(words):
            self._send("AddRecord", index_id=_INDEX, url=VOCABULARY, content=content, language="")
        self._send("GetFiles", index_id=_INDEX)
        # Written by the program, they would not always be there when it says so.
        files = []
        for answer in islice(self._answers(), self._sent):
            if answer["type"] == "Error":
                raise SearchIndexError(answer["message"])
            files = answer.get("files", ())
        return {PurePath(file["path"]).as_posix(): b64decode(file["content"]) for file in files}

    def _send(self, kind: str, **content: object) -> None:
        self._sent += 1
        message = {"message_id": self._sent, "payload": {"type": kind, **content}}
        assert self._program.stdin is not None
        try:
            self._program.stdin.write(b64encode(orjson.dumps(message)) + b",")
            self._program.stdin.flush()
        except OSError as error:
            raise SearchIndexError(self._last_words()) from error

    def _answers(self) -> Iterator[dict[str, Any]]:
        assert isinstance(self._program.stdout, io.BufferedReader)
        parts: list[bytes] = []
        while part := self._program.stdout.read1():
            *ends, rest = part.split(b",")
            for end in ends:
                yield orjson.loads(b64decode(b"".join((*parts, end))))["payload"]
                parts.clear()
            parts.append(rest)
        raise SearchIndexError(self._last_words())

    def _last_words(self) -> str:
        """What the program told before it ended, each line once."""
        self._program.wait()
        self._errors.seek(0)
        lines = (line.strip() for line in self._errors.read().decode("utf-8", "replace").splitlines())
        return " ".join(dict.fromkeys(filter(None, lines))) or "its program ended"
