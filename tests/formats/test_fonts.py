"""The bundled fonts: whole for Vietnamese, measured as HarfBuzz and FreeType measure them."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pymupdf
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from judgeapp.formats.fonts import FALLBACK, FALLBACK_BOLD, face, face_for, unprintable
from judgeapp.system.paths import resources

FONTS = sorted(path.stem for path in (resources() / "fonts").glob("*.ttf"))
FAMILIES = {
    "BeVietnamPro": ["Light", "Regular", "Medium", "SemiBold", "Bold"],
    "Lora": ["Regular", "Italic", "SemiBold", "Bold"],
    "PlayfairDisplay": ["Bold"],
    "NotoSerif": ["Regular", "Bold"],
    "Inter": ["Regular", "Medium", "SemiBold", "Bold"],
}
DATA = Path(__file__).parent.parent / "data"


def vietnamese() -> str:
    """Return all letters with all tones in both cases: 12 vowels × 6 tones, đ and the rest."""
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    lower = [unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones]
    every = "".join(lower) + "bcdđghklmnpqrstvxfjwz"
    return every + every.upper()


def test_each_family_is_there_with_its_licence() -> None:
    wanted = [f"{family}-{style}" for family, styles in FAMILIES.items() for style in styles]
    assert set(wanted) <= set(FONTS)
    for family in FAMILIES:
        licence = (resources() / "fonts" / f"OFL-{family}.txt").read_text(encoding="utf-8")
        assert "SIL Open Font License, Version 1.1" in licence


@pytest.mark.parametrize("name", FONTS)
def test_each_font_has_every_vietnamese_letter(name: str) -> None:
    assert face(name).missing(vietnamese() + " .,;:-–’'()/0123456789…&<>“”") == []


def test_the_fallback_has_the_letters_of_the_peoples() -> None:
    for name in (FALLBACK, FALLBACK_BOLD):
        assert face(name).missing("ƀɃĭĬŏŎŭŬčČňŇ’ʼ") == []


def test_a_text_is_set_in_one_font_as_a_whole() -> None:
    assert face_for("Lê Ánh", "PlayfairDisplay-Bold", FALLBACK_BOLD) is face("PlayfairDisplay-Bold")
    assert face_for("Ƀrŏ", "PlayfairDisplay-Bold", FALLBACK_BOLD) is face(FALLBACK_BOLD)
    assert face_for("Lê 明", "PlayfairDisplay-Bold", FALLBACK_BOLD) is None
    assert unprintable("Lê 明 Ƀ 😀", "PlayfairDisplay-Bold", FALLBACK_BOLD) == ["明", "😀"]


KERNING = json.loads((DATA / "kerning_harfbuzz.json").read_text(encoding="utf-8"))["fonts"]


@pytest.mark.parametrize("name", sorted(KERNING))
def test_kerning_is_that_of_harfbuzz(name: str) -> None:
    source = face(name)
    ours = {pair: round(source.kern(*pair) * 1000) for pair in KERNING[name]}
    assert ours == KERNING[name]
    assert any(ours.values())


@pytest.mark.parametrize("name", ["Lora-Regular", "PlayfairDisplay-Bold", "BeVietnamPro-SemiBold"])
def test_advances_are_those_of_another_reader(name: str) -> None:
    source = face(name)
    other = pymupdf.Font(fontfile=str(source.file))  # type: ignore[no-untyped-call]  # no types
    for char in vietnamese() + " .,-’":
        advance = other.glyph_advance(ord(char))  # type: ignore[no-untyped-call]  # no types
        assert source.glyph(char).advance == pytest.approx(advance, abs=2e-3)


def test_ink_reaches_where_the_design_says() -> None:
    """Height of capitals with their marks in em, as measured for print: 1.16, 1.18 and 1.22."""
    marked = [char for char in vietnamese() if char.isupper()]
    tallest = {
        name: max(face(name).glyph(char).top for char in marked)
        for name in ("PlayfairDisplay-Bold", "Lora-Bold", "BeVietnamPro-Bold")
    }
    assert tallest["PlayfairDisplay-Bold"] == pytest.approx(1.16, abs=0.01)
    assert tallest["Lora-Bold"] == pytest.approx(1.18, abs=0.01)
    assert tallest["BeVietnamPro-Bold"] == pytest.approx(1.22, abs=0.01)
    assert face("PlayfairDisplay-Bold").glyph("H").top == pytest.approx(0.71, abs=0.01)
    assert not face("Lora-Regular").glyph(" ").inked


@pytest.mark.parametrize("name", ["Lora-Italic", "PlayfairDisplay-Bold", "BeVietnamPro-Bold"])
def test_ink_holds_the_whole_outline(name: str) -> None:
    """The bounds written in the font, against the outline followed curve by curve.

    Some bounds take control points of curves in: up to 8/1000 em of white more, never less ink.
    """
    source = face(name)
    font = TTFont(source.file)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    for char in vietnamese():
        pen = BoundsPen(glyphs)
        glyphs[names[ord(char)]].draw(pen)
        ink = source.glyph(char)
        left, bottom, right, top = pen.bounds
        assert left - 8 <= ink.left * 1000 <= left + 1
        assert bottom - 8 <= ink.bottom * 1000 <= bottom + 1
        assert right - 1 <= ink.right * 1000 <= right + 8
        assert top - 1 <= ink.top * 1000 <= top + 8
