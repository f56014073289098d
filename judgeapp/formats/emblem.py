"""The office's emblem on a paper: read within limits, never drawn larger than its place."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.domain.errors import BadInput
from judgeapp.formats.typeset import POINT
from judgeapp.system.files import open_plain

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MAX_BYTES = 20 << 20
MAX_PIXELS = 50_000_000
_SIDE = 800  # px: 26 mm at 780 dots an inch; finer is not printed


@dataclass(frozen=True)
class Emblem:
    """An image as PNG, at most `_SIDE` pixels a side."""

    png: bytes

    def draw(self, canvas: Canvas, x: float, y: float, diameter: float, height: float) -> None:
        """Draw centred at (x, y) mm from the top-left corner of a sheet ``height`` mm high."""
        from reportlab.lib.utils import ImageReader

        side = diameter / POINT
        canvas.drawImage(
            ImageReader(io.BytesIO(self.png)),
            x / POINT - side / 2,
            (height - y) / POINT - side / 2,
            side,
            side,
            mask="auto",
            preserveAspectRatio=True,
        )


def read_emblem(file: Path) -> Emblem:
    """Read a PNG or JPEG of at most 50 megapixels, told by its content.

    Raises:
        BadInput: ``awards.emblem_missing``, ``awards.emblem_too_large``,
            ``awards.emblem_unreadable``.
    """
    from PIL import Image

    try:
        if file.stat().st_size > MAX_BYTES:
            raise BadInput("awards.emblem_too_large", file=file.name)
        with open_plain(file) as opened:
            content = opened.read()
    except OSError as error:
        raise BadInput("awards.emblem_missing", file=str(file)) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
        if image.width * image.height > MAX_PIXELS:
            raise BadInput("awards.emblem_too_large", file=file.name)
        picture = image.convert("RGBA")
    except Image.DecompressionBombError as error:
        raise BadInput("awards.emblem_too_large", file=file.name) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise BadInput("awards.emblem_unreadable", file=file.name) from error
    picture.thumbnail((_SIDE, _SIDE))
    target = io.BytesIO()
    picture.save(target, "PNG")
    return Emblem(target.getvalue())
