"""The certificate `lotus` (giấy chứng nhận): quiet, flush left beside a panel, on A4 landscape.

Lengths in mm from the top-left corner, sizes in pt. The panel holds everything that isn't read
aloud: emblem, lotus, number. The place of the QR code (18–42, bottom 191.5) stays free until
certificates are signed; the number stands in the middle of the panel until then.
"""

from __future__ import annotations

from judgeapp.domain.papers import PaperKind
from judgeapp.formats.certificate_layout import (
    Block,
    Builder,
    Fields,
    flow,
    name_block,
    phrase,
    phrase_block,
    single,
)
from judgeapp.formats.fitting import SLACK, NameRule, Sizes
from judgeapp.formats.ornament_lotus import (
    GREY,
    PANEL_AXIS,
    ROSE,
    TEAL,
    TEXT,
    lotus_ornament,
)
from judgeapp.formats.pen import Pen
from judgeapp.formats.stack import Item, Set, Sized
from judgeapp.formats.typeset import POINT, Line, Row, Style, centred, flush, side_by_side

WIDTH, HEIGHT = 297.0, 210.0
_LEFT, _MEASURE = 100.0, 187.0
_SIGN_AXIS, _SIGN_WIDTH = 238.0, 96.0
_NAME_INK = "12211F"
_PRIZE_FULL = 19.0


def _at_left(line: Line) -> Row:
    return flush(line, _LEFT)


_GREY = Style("BeVietnamPro-Regular", GREY)
_PLAIN = Style("BeVietnamPro-Regular", TEXT)
_LINES = (Sizes(11.5, 9.5), Sizes(11.5, 9.5))
_NAME = name_block(
    Style("BeVietnamPro-SemiBold", _NAME_INK),
    NameRule(full=30, floor=14),
    _MEASURE,
    _at_left,
    3.4,
)
_CERTIFY = Block("certify", _GREY, (Sizes(11.5, 10),), 0)
_POST = Block("post", _PLAIN, _LINES, 4.2, 0.6, 0.3)
_UNIT = Block("unit", _PLAIN, _LINES, 1.3, 0.2, 0.5)
_UNIT_ALONE = Block("unit", _PLAIN, _LINES, _POST.gap, _POST.least, _UNIT.inner)
_CONTEST = Block("contest", _PLAIN, (Sizes(11.5, 10), Sizes(11.5, 9.5)), 2.7, 0.6, 0.5)


def _prize(words: Fields, most: float) -> list[Item]:
    """Set "đã đạt" and the prize on one baseline, or the prize in a line of its own."""
    reached = single("reached", words["reached"], _GREY, 11.5)
    style = Style("BeVietnamPro-Bold", ROSE)
    room = _MEASURE - reached.width - 3.2
    full = 15 + (_PRIZE_FULL - 15) * most
    lines = phrase("prize", words["prize"], style, (Sizes(full, 13), Sizes(full, 11)), room)
    gap = 11.5 * POINT * 0.45 + 0.4
    first = side_by_side([reached, lines[0]], _LEFT, gap)
    indent = _LEFT + reached.width + gap
    sized = Sized("prize", _PRIZE_FULL, 13 if len(lines) == 1 else 11)
    more = [Item(flush(line, indent), 0.3, of=sized) for line in lines[1:]]
    return [Item(first, 6.8, 1.6, sized), *more]


class Lotus:
    """The layout of the certificate."""

    kind: PaperKind = "certificate"
    width, height = WIDTH, HEIGHT
    base_font = "BeVietnamPro-Regular"
    emblem = (PANEL_AXIS, 40.0, 26.0)
    measure = _MEASURE

    def ornament(self) -> Pen:
        """Return panel, lotus, water and bar."""
        return lotus_ornament()

    def fixed_rows(self, words: Fields) -> list[Set]:
        """Return the rows that all certificates of a print share.

        Raises:
            Misfit: if a fact of the office cannot be printed.
        """
        superior = Style("BeVietnamPro-Regular", GREY, 0.03)
        giver = Style("BeVietnamPro-SemiBold", TEAL, 0.05)
        rows = []
        if words["superior"]:
            (line,) = phrase("superior", words["superior"], superior, (Sizes(9.2, 8),), _MEASURE)
            rows.append(Set(_at_left(line), 26.0))
        sizes = (Sizes(9.8, 9), Sizes(9.8, 8.5))
        for index, line in enumerate(phrase("giver", words["giver"], giver, sizes, _MEASURE)):
            rows.append(Set(_at_left(line), 31.6 + 5.0 * index))
        title = single("title", words["certificate"], Style("BeVietnamPro-Light", TEAL, 0.03), 36)
        rows.append(Set(_at_left(title), 60.0))
        number = single("number", words["number"], _GREY, 8.5)
        rows.append(Set(centred(number, PANEL_AXIS), 183.4))
        return rows + self.signing_rows(words)

    def signing_rows(self, words: Fields) -> list[Set]:
        """Return place, date and signer: what is never printed beforehand.

        Raises:
            Misfit: if one of them cannot be printed.
        """
        bold, plain = "BeVietnamPro-SemiBold", "BeVietnamPro-Regular"
        if words["authority"]:
            texts = [
                ("place_date", plain, GREY, 9.8, 145.8),
                ("authority", bold, TEAL, 10.5, 151.4),
                ("post_of_signer", plain, TEAL, 10.5, 156.6),
            ]
        else:
            texts = [
                ("place_date", plain, GREY, 9.8, 151.0),
                ("post_of_signer", bold, TEAL, 10.5, 156.6),
            ]
        texts.append(("signer", bold, _NAME_INK, 11.5, 196.4))
        rows = []
        for field, font, colour, size, y in texts:
            if words[field]:
                style = Style(font, colour, 0.02 if words[field].isupper() else 0.0)
                (line,) = phrase(field, words[field], style, (Sizes(size, 8),), _SIGN_WIDTH)
                rows.append(Set(centred(line, _SIGN_AXIS), y))
        return rows

    def own_rows(self, words: Fields) -> list[Set]:
        """Return the rows of one certificate, top to bottom.

        Raises:
            Misfit: if one of its fields cannot be printed.
        """
        unit = _UNIT if words["post"] else _UNIT_ALONE
        builders: list[Builder] = [
            phrase_block(_CERTIFY, _MEASURE, _at_left),
            _NAME,
            phrase_block(_POST, _MEASURE, _at_left),
            phrase_block(unit, _MEASURE, _at_left),
            _prize,
            phrase_block(_CONTEST, _MEASURE, _at_left),
        ]
        bottom = 140.0 if words["authority"] else 143.0
        rows = flow(words, builders, 76.5, bottom, above=0.0)
        serial = phrase(
            "serial",
            words["serial"],
            Style("BeVietnamPro-SemiBold", TEAL),
            (Sizes(13, 9),),
            60 - SLACK,
        )
        rows.append(Set(centred(serial[0], PANEL_AXIS), 189.6))
        return rows
