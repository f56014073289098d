"""Names: one canonical form, equal spellings, and the order of the alphabet against ICU."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.domain.names import bare_key, clean, match_key, nfc, sort_key, text_key

# contest-rules.md 5, checked there with another implementation.
# fmt: off
IN_ORDER = [
    "An", "Ánh", "Ăn", "Ân", "Diệp", "Dũng", "Đức", "Ha", "Hà", "Hả", "Hã", "Há", "Hạ", "Hạnh",
    "Hằng", "O", "Ô", "Ơ", "Thúy", "Uyên", "Ước",
]
# Names of one word that programs put in a wrong place: all vowels, all tones, đ, ê, gi, qu, y.
TRICKY = [
    "Ánh", "Ăn", "Ân", "Ẩn", "Bảo", "Bạo", "Đạt", "Đào", "Dao", "Em", "Én", "Ễnh", "Gia", "Già",
    "Hoà", "Hòa", "Hoa", "Hoàng", "Khuê", "Ly", "Lý", "Mây", "Mẩy", "Oanh", "Ổn", "Quý", "Quỳ",
    "Ưng", "Ỷ",
]
# fmt: on
VIETNAMESE = [
    unicodedata.normalize("NFC", shaped + tone)
    for shaped in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
] + ["đ", "Đ"]
syllables = st.text(st.sampled_from([*VIETNAMESE, *"bcdghklmnpqrstvx"]), min_size=1, max_size=7)
names = st.lists(syllables, min_size=1, max_size=5).map(" ".join)


def test_all_letters_are_there() -> None:
    assert len(set(VIETNAMESE)) == 146  # 134 with a tone or a shape, and the 12 plain vowels


def test_the_order_of_the_rules() -> None:
    shuffled = IN_ORDER[:]
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == IN_ORDER


@pytest.mark.parametrize("seed", range(3))
def test_the_order_agrees_with_icu(seed: int) -> None:
    """QCollator has ICU behind it on Linux; elsewhere it may be another engine."""
    core = pytest.importorskip("PySide6.QtCore")
    collator = core.QCollator(core.QLocale("vi_VN"))
    chance = random.Random(seed)
    if not collator.compare("Ánh", "Bảo") < 0 or not collator.compare("Đạt", "Dũng") > 0:
        pytest.skip("no Vietnamese collation on this system")
    words = TRICKY + [
        "".join(chance.choices([*VIETNAMESE, *"bcdghklmnt"], k=4)) for _ in range(400)
    ]
    for one in words:
        other = chance.choice(words)
        theirs = collator.compare(one, other)
        ours = (sort_key(one) > sort_key(other)) - (sort_key(one) < sort_key(other))
        if nfc(one).casefold() != nfc(other).casefold():
            assert (theirs > 0) - (theirs < 0) == ours, (one, other)


def test_given_name_then_family_then_middle() -> None:
    people = ["Vũ Thị An", "Lê Xuân An", "Lê Bảo An", "Trần Văn Bé", "An"]
    assert sorted(people, key=sort_key) == [
        "An",
        "Lê Bảo An",
        "Lê Xuân An",
        "Vũ Thị An",
        "Trần Văn Bé",
    ]
    middle = sorted(people, key=lambda name: sort_key(name, middle_first=True))
    assert middle == ["An", "Lê Bảo An", "Vũ Thị An", "Lê Xuân An", "Trần Văn Bé"]


def test_letters_of_other_languages_stand_beside_their_likes() -> None:
    in_order = ["Ayun", "Bơ", "ƀa", "Dam", "Đam", "H'Hen", "Hòa", "Nŏ", "Nơ", "Zin"]
    keys = [text_key(name) for name in in_order]
    assert text_key("ƀa") < text_key("Bơ") < text_key("Dam")
    assert text_key("Nŏ") < text_key("Nô") < text_key("Nơ")
    assert text_key("H'Hen") < text_key("Hòa")
    assert max(keys) == text_key("Zin")
    assert text_key("Tổ 2") < text_key("Tổ a")


def test_equal_spellings_and_different_names() -> None:
    """cases/sheets/expected.json, s04."""
    for one, other in (
        ("Hoà", "Hòa"),
        ("Thuỳ", "Thùy"),
        ("Khoẻ", "Khỏe"),
        ("Uý", "Úy"),
        ("LƯỜNG  Văn", "Lường văn"),
        ("Quý", "Qúy"),
        ("Hoà-Bình", "Hòa-bình"),
    ):
        assert match_key(one) == match_key(other)
    for one, other in (
        ("Mẩy", "Mây"),
        ("Thuý", "Thuỷ"),
        ("Hùng", "Hưng"),
        ("Lan", "Lân"),
        ("Đạt", "Dạt"),
        ("Hoa-Bình", "Hòa-Bình"),
        ("Thi", "Thị"),
    ):
        assert match_key(one) != match_key(other)


def test_clean_takes_out_what_cannot_be_seen() -> None:
    assert clean("\ufeffTạ\u00a0Văn\u200b Ánh\u202c ") == "Tạ Văn Ánh"
    assert clean("Đỗ\u2003Minh\tKhuê\r\n") == "Đỗ Minh Khuê"
    assert clean("a\u200b\u0301") == "á"
    assert clean("x\x00\x07y") == "xy"


@given(st.text())
def test_clean_is_settled(text: str) -> None:
    once = clean(text)
    assert clean(once) == once == nfc(once)
    assert once == " ".join(once.split())


@given(st.text())
def test_keys_never_fail_and_hold_for_all_forms(text: str) -> None:
    for form in ("NFC", "NFD"):
        other = unicodedata.normalize(form, text)
        assert match_key(other) == match_key(text)
        assert sort_key(other) == sort_key(text)
    assert bare_key(bare_key(text)) == bare_key(text)


@given(names, names)
def test_equal_keys_mean_equal_bare_keys(one: str, other: str) -> None:
    if match_key(one) == match_key(other):
        assert bare_key(one) == bare_key(other)
    assert match_key(one.upper()) == match_key(one.lower())


@given(st.lists(names, max_size=8), st.randoms())
def test_order_is_one_order(people: list[str], chance: random.Random) -> None:
    in_order = sorted(people, key=sort_key)
    chance.shuffle(people)
    assert [sort_key(name) for name in sorted(people, key=sort_key)] == [
        sort_key(name) for name in in_order
    ]
