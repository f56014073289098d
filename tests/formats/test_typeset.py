"""Setting lines: ink against a slow second way, stacks in their field, breaks by their rules."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.formats.fitting import NameRule, Sizes, fit_name, fit_phrase
from judgeapp.formats.fonts import face
from judgeapp.formats.stack import Item, stack, stack_up
from judgeapp.formats.typeset import (
    CLEAR,
    POINT,
    Line,
    Row,
    Style,
    centred,
    clearance,
    flush,
    shape,
    side_by_side,
)

STYLE = Style("Lora-Regular", "000000")
LETTERS = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYẤẪỔỮỆỰaăâbcdđeêghiklmnoôơpqrstuưvxyấẫổữệựgqjp ,.’-"

texts = st.text(alphabet=LETTERS, min_size=1, max_size=40)
sizes = st.sampled_from([9.5, 13.0, 21.0, 30.0])


def line(text: str, size: float = 13.0) -> Line:
    return Line(shape(text, STYLE.font), size, STYLE.colour)


@given(upper=texts, lower=texts, big=sizes, small=sizes, shift=st.floats(-20, 20))
def test_clearance_is_that_of_every_pair_of_letters(
    upper: str, lower: str, big: float, small: float, shift: float
) -> None:
    above, below = centred(line(upper, big), 100.0), centred(line(lower, small), 100.0 + shift)
    slow = max(
        (
            b.top - a.bottom + CLEAR
            for a in above.boxes
            for b in below.boxes
            if b.left < a.right + CLEAR / 2 and b.right > a.left - CLEAR / 2
        ),
        default=0.0,
    )
    assert clearance(above, below) == pytest.approx(max(slow, 0.0))


@given(text=texts, tracking=st.sampled_from([0.0, 0.06, 0.18]))
def test_ink_by_hand(text: str, tracking: float) -> None:
    """Advance, kerning and tracking added letter by letter; none after the last letter."""
    source = face(STYLE.font)
    x, left, right = 0.0, [], []
    for index, char in enumerate(text):
        glyph = source.glyph(char)
        if glyph.inked:
            left.append(x + glyph.left)
            right.append(x + glyph.right)
        x += glyph.advance + tracking
        x += source.kern(char, text[index + 1]) if index + 1 < len(text) else 0
    ink = shape(text, STYLE.font, tracking).ink
    assert (ink.left, ink.right) == pytest.approx((min(left, default=0), max(right, default=0)))


def test_rows_stand_on_their_ink() -> None:
    assert flush(line("Jơ"), 100.0).ink.left == pytest.approx(100.0)
    row = centred(line("Lê Ánh"), 148.5)
    assert (row.ink.left + row.ink.right) / 2 == pytest.approx(148.5)
    pair = side_by_side([line("đạt", 11.5), line("Nhì", 19.0)], 100.0, 2.0)
    first = max(b.right for b in pair.boxes[:3])
    assert pair.boxes[3].left - first == pytest.approx(2.0)


items = st.lists(st.tuples(texts.filter(str.strip), sizes, st.floats(0, 6)), min_size=1, max_size=6)


@given(rows=items, height=st.floats(5, 90))
def test_a_stack_stays_in_its_field_and_apart(
    rows: list[tuple[str, float, float]], height: float
) -> None:
    wanted = [Item(centred(line(text, size), 100.0), gap) for text, size, gap in rows]
    placed = stack(wanted, 80.0, 80.0 + height)
    if placed is None:
        return
    for item in placed:
        assert item.y - item.row.ink.top >= 80.0 - 1e-6 or item is not placed[0]
    last = placed[-1]
    assert placed[0].y - placed[0].row.ink.top >= 80.0 - 1e-6
    assert last.y - last.row.ink.bottom <= 80.0 + height + 1e-6
    for upper, lower in pairwise(placed):
        assert lower.y - upper.y >= clearance(upper.row, lower.row) - 1e-6
        assert lower.y - upper.y >= 1.1 * lower.row.em - 1e-6


def test_gaps_shrink_together_and_then_nothing_fits() -> None:
    wanted = [Item(centred(line("xxx"), 100.0), gap) for gap in (0, 4, 8)]
    roomy = stack(wanted, 0, 100)
    tight = stack(wanted, 0, 20)
    assert roomy is not None
    assert tight is not None
    free = [b.y - a.y - 1.1 * 13 * POINT for a, b in pairwise(roomy)]
    less = [b.y - a.y - 1.1 * 13 * POINT for a, b in pairwise(tight)]
    assert free == pytest.approx([4, 8])
    assert less[0] / 4 == pytest.approx(less[1] / 8)
    assert less[0] < 4
    assert stack(wanted, 0, 8) is None
    assert stack([], 0, 8) == []


def test_a_stack_can_grow_upward() -> None:
    rows = [centred(line("Trên Ổ"), 100.0), centred(line("Dưới"), 100.0)]
    upper, lower = stack_up(rows, 51.0, [6.0])
    assert (upper.y, lower.y) == (45.0, 51.0)


RULE = NameRule(full=30, floor=14)


@given(words=st.lists(st.sampled_from(["Nguyễn", "Ôn", "Phượng", "Ẩn", "Trân"]), min_size=1,
                      max_size=16), width=st.sampled_from([60.0, 120.0, 214.0]))  # fmt: skip
def test_a_name_keeps_its_words_and_its_room(words: list[str], width: float) -> None:
    name = " ".join(words)
    lines = fit_name(name, STYLE, RULE, width)
    if lines is None:
        assert shape(name, STYLE.font).ink.right * 14 * POINT > width - 1
        return
    assert " ".join(item.shape.text for item in lines) == name
    assert all(item.width <= width and 14 <= item.size <= 30 for item in lines)
    if len(lines) == 2 and len(words) >= 4:
        assert all(len(item.shape.text.split()) >= 2 for item in lines)


def broken(text: str, width: float) -> list[str]:
    lines = fit_phrase(text, STYLE, (Sizes(13, 11), Sizes(11.5, 9.5)), width)
    assert lines is not None
    return [item.shape.text for item in lines]


def test_a_phrase_takes_the_fewest_lines() -> None:
    assert broken("Chi bộ A", 100) == ["Chi bộ A"]
    assert len(broken("Đảng bộ Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn", 70)) == 2


def test_a_comma_ends_a_line_rather_than_a_word_of_the_same_name() -> None:
    upper, lower = broken(
        "Chi bộ Trung tâm Nghiên cứu Khoa học, Đảng bộ Sở Thử nghiệm Sông Mây", 75
    )
    assert upper.endswith("Khoa học,")
    assert lower.startswith("Đảng bộ")


def test_words_that_belong_together_stay_together() -> None:
    for width in range(48, 80, 2):
        for text in broken("Đạt giải Khuyến khích Hội thi Báo cáo viên giỏi năm 2026", width):
            assert not text.endswith((" Hội", " Báo", " Báo cáo", " giải", " Khuyến"))


def test_a_hard_break_is_kept() -> None:
    lines = fit_phrase("Đảng ủy\ncác cơ quan", STYLE, (Sizes(13, 11), Sizes(11, 9)), 200)
    assert lines is not None
    assert [item.shape.text for item in lines] == ["Đảng ủy", "các cơ quan"]
    assert fit_phrase("a\nb\nc", STYLE, (Sizes(13, 11), Sizes(11, 9)), 200) is None


def test_a_row_of_blanks_has_no_ink() -> None:
    assert Row([(0.0, line(" "))]).boxes == ()
