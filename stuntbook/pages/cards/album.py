"""The images of cards, kept in a folder from one build to the next.

What draws them is imported where one is drawn: most commands draw none.
"""

import contextlib
import hashlib
import json
import logging
from collections.abc import Collection
from dataclasses import astuple
from functools import cached_property
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from stuntbook.pages.cards.card import Card

log = logging.getLogger(__name__)

PNG_END = b"\0\0\0\0IEND\xaeB`\x82"


class Album:
    """The images of cards, each in a file that is named by a SHA-256 of all that the image is made of.

    What can't be read is drawn again, and what can't be written is not kept.
    """

    def __init__(self, folder: Path | None) -> None:
        """`folder` is None where nothing can be kept."""
        self._folder = folder

    @cached_property
    def _drawing(self) -> bytes:
        return _drawing_digest()

    def name(self, card: Card) -> str:
        """The name of the file in which a card's image is kept."""
        return f"{hashlib.sha256(self._drawing + json.dumps(astuple(card)).encode()).hexdigest()}.png"

    def image(self, card: Card) -> bytes:
        """A card's PNG."""
        from PIL import Image  # noqa: PLC0415

        from stuntbook.pages.cards.drawing import draw_card  # noqa: PLC0415

        if self._folder is None:
            return draw_card(card)
        path = self._folder / self.name(card)
        with contextlib.suppress(OSError, SyntaxError, ValueError):
            image = path.read_bytes()
            # Compares the checksums of all parts but the last, which is the same in every PNG.
            Image.open(BytesIO(image), formats=["PNG"]).verify()
            if image.endswith(PNG_END):
                return image
        image = draw_card(card)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(image)
        except OSError:  # which is told of once all are drawn
            with contextlib.suppress(OSError):
                path.unlink()  # a part of it
        return image

    def remove_others(self, used: Collection[str]) -> None:
        """Remove the images of other names, and nothing else; and tell where those of these names can't be kept."""
        if self._folder is None:
            log.warning("warning: pictures for sharing can't be kept: every build draws them")
            return
        with contextlib.suppress(OSError):
            for path in self._folder.glob(f"{'[0-9a-f]' * 64}.png"):
                if path.name not in used:
                    path.unlink()
        if not all((self._folder / name).is_file() for name in used):
            log.warning("warning: pictures for sharing can't be kept in %s: every build draws them", self._folder)


def _drawing_digest() -> bytes:
    """A SHA-256 of what draws the cards: the modules and fonts of this folder, and the libraries."""
    from PIL import features  # noqa: PLC0415

    files = sorted(path for path in Path(__file__).parent.rglob("*.*") if path.suffix in {".py", ".otf", ".ttf"})
    engines = [
        features.version(name) for name in ("pil", "freetype2", "raqm", "harfbuzz", "fribidi", "zlib", "zlib_ng")
    ]
    libraries = json.dumps([*engines, version("python-bidi")]).encode()
    return hashlib.sha256(b"".join(path.read_bytes() for path in files) + libraries).digest()
