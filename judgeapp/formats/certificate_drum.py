"""The commendation `drum` (giấy khen): red and gold, on A4 landscape.

Lengths in mm from the top-left corner, sizes in pt. The order of the fields is a rule: giver,
"tặng", title, name, unit, achievement; at the bottom left decision and book number, at the right
place and date, authority, post, room for signature and seal, name. The place of the QR code
(30–54, bottom 186.4) stays free until certificates are signed; the record lines begin there.
"""

from __future__ import annotations

from judgeapp.domain.papers import PaperKind
from judgeapp.formats.certificate_layout import (
    Block,
    Fields,
    flow,
    name_block,
    phrase,
    phrase_block,
    single,
)
from judgeapp.formats.fitting import NameRule, Sizes
from judgeapp.formats.ornament_drum import HEIGHT, RED, WIDTH, drum_ornament
from judgeapp.formats.pen import Pen
from judgeapp.formats.stack import Set, stack_up
from judgeapp.formats.typeset import Line, Row, Style, centred, flush

_INK = "241A14"
_AXIS = 148.5
_SIGN_AXIS = 213.0
_SIGN_WIDTH = 118.0
_LEFT, _RIGHT = 41.5, 255.5
_FLOW_TOP, _FLOW_BOTTOM = 84.0, 131.4
_RECORD_LEFT, _RECORD_WIDTH = 30.0, 104.0
_WHOLE = _RIGHT - _LEFT


def _centre(line: Line) -> Row:
    return centred(line, _AXIS)


def _signing(line: Line) -> Row:
    return centred(line, _SIGN_AXIS)


_PLAIN = Style("Lora-Regular", _INK)
_NAME = name_block(
    Style("PlayfairDisplay-Bold", _INK), NameRule(full=30, floor=14), _WHOLE, _centre, 2.5
)
_HONORIFIC = Block("honorific", Style("Lora-Italic", _INK), (Sizes(13, 11),), 0)
_POST = Block("post", _PLAIN, (Sizes(13, 10.5), Sizes(11, 9.5)), 3.05, 0.4)
_UNIT = Block("unit", _PLAIN, (Sizes(13, 11), Sizes(11.5, 9.5)), 0.95)
_ACHIEVEMENT = Block(
    "achievement", Style("Lora-SemiBold", RED), (Sizes(13.5, 12), Sizes(12.5, 10)), 3.9, 0.9
)
_UNIT_ALONE = Block("unit", _PLAIN, _UNIT.sizes, _POST.gap, _POST.least)


class Drum:
    """The layout of the commendation."""

    kind: PaperKind = "commendation"
    width, height = WIDTH, HEIGHT
    base_font = "Lora-Regular"
    emblem = (_AXIS, 30.9, 16.4)
    measure = _WHOLE

    def ornament(self) -> Pen:
        """Return frame, watermark and flourish."""
        return drum_ornament()

    def fixed_rows(self, words: Fields) -> list[Set]:
        """Return the rows that all certificates of a print share.

        Raises:
            Misfit: if a fact of the office cannot be printed.
        """
        rows = self._givers(words)
        rows.append(
            Set(
                _centre(single("bestow", words["bestow"], Style("Lora-Regular", _INK, 0.18), 11.5)),
                60.4,
            )
        )
        title = Style("PlayfairDisplay-Bold", RED, 0.06)
        rows.append(Set(_centre(single("title", words["commendation"], title, 48)), 80.2))
        return rows + self.signing_rows(words)

    def _givers(self, words: Fields) -> list[Set]:
        """Return superior body and giver, upward from the flourish, under the emblem's place."""
        superior = Style("Lora-Regular", _INK, 0.03)
        giver = Style("Lora-Bold", RED, 0.025)
        lines = phrase("giver", words["giver"], giver, (Sizes(13, 10.5), Sizes(11, 9)), _WHOLE)
        gaps = [5.0] * (len(lines) - 1)
        if words["superior"]:
            sizes = (Sizes(11, 9),) if len(lines) == 1 else (Sizes(9.5, 8),)
            lines = [*phrase("superior", words["superior"], superior, sizes, _WHOLE), *lines]
            gaps = [6.0 if not gaps else 4.6, *gaps]
        return stack_up([_centre(line) for line in lines], 51.0, gaps)

    def signing_rows(self, words: Fields) -> list[Set]:
        """Return place, date and signer: what is never printed beforehand.

        Raises:
            Misfit: if one of them cannot be printed.
        """
        texts = [("place_date", "Lora-Italic", 11.5, 137.0)]
        if words["authority"]:
            texts.append(("authority", "Lora-Bold", 11.5, 142.6))
            texts.append(("post_of_signer", "Lora-Regular", 11.5, 148.0))
        else:
            texts.append(("post_of_signer", "Lora-Bold", 11.5, 142.6))
        texts.append(("signer", "Lora-Bold", 12.5, 186.4))
        rows = []
        for field, font, size, y in texts:
            if words[field]:
                sizes = (Sizes(size, 8.5),)
                (line,) = phrase(field, words[field], Style(font, _INK), sizes, _SIGN_WIDTH)
                rows.append(Set(_signing(line), y))
        return rows

    def own_rows(self, words: Fields) -> list[Set]:
        """Return the rows of one certificate, top to bottom.

        Raises:
            Misfit: if one of its fields cannot be printed.
        """
        blocks = [_HONORIFIC, _POST, _UNIT if words["post"] else _UNIT_ALONE, _ACHIEVEMENT]
        builders = [phrase_block(block, _WHOLE, _centre) for block in blocks]
        builders.insert(1, _NAME)
        rows = flow(words, builders, _FLOW_TOP, _FLOW_BOTTOM, above=0.3)
        for field, y in (("decision", 175.0), ("decision_date", 179.7), ("book", 186.3)):
            sizes = (Sizes(9.5, 8),)
            (line,) = phrase(field, words[field], _PLAIN, sizes, _RECORD_WIDTH)
            rows.append(Set(flush(line, _RECORD_LEFT), y))
        return rows
