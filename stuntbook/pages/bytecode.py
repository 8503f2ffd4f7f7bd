"""Compiled templates that are kept from one run to the next, and are used only if they are what was kept."""

import os
import stat
from contextlib import suppress
from hashlib import sha256
from io import BytesIO

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


def bytecode_cache() -> FileSystemBytecodeCache | None:
    """Jinja's own cache of compiled templates: compiling all takes half a second. None where it has no safe folder."""
    with suppress(RuntimeError, OSError):
        return _CheckedCache()
    return None


class _CheckedCache(FileSystemBytecodeCache):
    """A cache whose files begin with the digest of what follows: Python fails in any way on code that was damaged.

    What can't be read is compiled again, and what can't be written is not kept.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            name = self._file_of(bucket)
            if stat.S_ISREG(os.stat(name).st_mode):
                with open(name, "rb") as file:
                    digest, code = file.read(sha256().digest_size), file.read()
                if digest == sha256(code).digest():
                    bucket.load_bytecode(BytesIO(code))

    def dump_bytecode(self, bucket: Bucket) -> None:
        name = self._file_of(bucket)
        with suppress(OSError), open(f"{name}.{os.getpid()}", "wb") as file:
            code = bucket.bytecode_to_string()
            file.write(sha256(code).digest() + code)
            file.close()
            os.replace(file.name, name)

    def _file_of(self, bucket: Bucket) -> str:
        return os.path.join(self.directory, self.pattern % bucket.key)
