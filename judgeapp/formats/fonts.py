"""The fonts of everything on paper: which there are, their letters, their ink, their kerning.

Words: an *em* is the type size; the *ink* of a letter is the rectangle around what is printed of
it, which its advance width says nothing about; *kerning* moves a pair of letters together.
All lengths here are in em. The fonts are whole and embedded (resources/fonts, SIL OFL); Vietnamese
never falls back to a font of the machine. Not here: sizes, lines and places (typeset, fitting).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from judgeapp.system.paths import resources

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FALLBACK = "NotoSerif-Regular"
FALLBACK_BOLD = "NotoSerif-Bold"
_PAIRS, _EXTENSION = 2, 9  # kinds of GPOS lookups


class Glyph(NamedTuple):
    """A letter's advance and the rectangle of its ink; a blank has no ink (``inked`` false)."""

    advance: float
    left: float
    bottom: float
    right: float
    top: float
    inked: bool


class Face:
    """One font file, read as far as it is needed."""

    def __init__(self, name: str) -> None:
        from fontTools.ttLib import TTFont

        self.name = name
        self.file = resources() / "fonts" / f"{name}.ttf"
        self._font: TTFont = TTFont(BytesIO(self.file.read_bytes()), lazy=True)
        self._cmap: dict[int, str] = self._font.getBestCmap()
        self._units = float(self._font["head"].unitsPerEm)
        self._glyphs: dict[str, Glyph] = {}
        self._pairs: dict[str, float] = {}
        self._kerning = _kerning_lookups(self._font)

    def missing(self, text: str) -> list[str]:
        """Return the letters of ``text`` that this font cannot draw, each once, in order."""
        return list(dict.fromkeys(char for char in text if ord(char) not in self._cmap))

    def glyph(self, char: str) -> Glyph:
        """Return a letter's advance and ink.

        Raises:
            KeyError: if the font lacks the letter; `missing` is asked first.
        """
        known = self._glyphs.get(char)
        if known is None:
            known = self._glyphs[char] = self._read_glyph(self._cmap[ord(char)])
        return known

    def _read_glyph(self, name: str) -> Glyph:
        advance = self._font["hmtx"][name][0] / self._units
        outline = self._font["glyf"][name]
        if outline.numberOfContours == 0:
            return Glyph(advance, 0.0, 0.0, 0.0, 0.0, inked=False)
        left, bottom, right, top = (
            value / self._units
            for value in (outline.xMin, outline.yMin, outline.xMax, outline.yMax)
        )
        return Glyph(advance, left, bottom, right, top, inked=True)

    def kern(self, left: str, right: str) -> float:
        """Return how much further (negative: closer) ``right`` stands after ``left``."""
        pair = left + right
        known = self._pairs.get(pair)
        if known is None:
            first, second = self._cmap[ord(left)], self._cmap[ord(right)]
            change = sum(_in_lookup(lookup, first, second) for lookup in self._kerning)
            known = self._pairs[pair] = change / self._units
        return known


class _PairTable(NamedTuple):
    """One pair subtable: where each first glyph stands in it, and the table itself."""

    covered: dict[str, int]
    table: Any


def _kerning_lookups(font: TTFont) -> list[list[_PairTable]]:
    """Return the lookups of the font's kerning for Latin, each as its pair subtables."""
    if "GPOS" not in font:
        return []
    table = font["GPOS"].table
    scripts = {record.ScriptTag: record.Script for record in table.ScriptList.ScriptRecord}
    script = scripts.get("latn") or scripts.get("DFLT")
    if script is None:
        return []
    features = [
        table.FeatureList.FeatureRecord[index] for index in script.DefaultLangSys.FeatureIndex
    ]
    wanted = {
        index
        for feature in features
        if feature.FeatureTag == "kern"
        for index in feature.Feature.LookupListIndex
    }
    return [_pair_tables(table.LookupList.Lookup[index]) for index in sorted(wanted)]


def _pair_tables(lookup: Any) -> list[_PairTable]:
    found = []
    for subtable in lookup.SubTable:
        inner = subtable.ExtSubTable if subtable.LookupType == _EXTENSION else subtable
        if inner.LookupType == _PAIRS:
            places = {glyph: index for index, glyph in enumerate(inner.Coverage.glyphs)}
            found.append(_PairTable(places, inner))
    return found


def _in_lookup(subtables: Iterable[_PairTable], first: str, second: str) -> int:
    """Return the change of the first glyph's advance, by the first subtable that applies."""
    for covered, table in subtables:
        place = covered.get(first)
        if place is None:
            continue
        if table.Format == 1:
            for record in table.PairSet[place].PairValueRecord:
                if record.SecondGlyph == second:
                    return _advance(record.Value1)
        else:
            row = table.ClassDef1.classDefs.get(first, 0)
            column = table.ClassDef2.classDefs.get(second, 0)
            return _advance(table.Class1Record[row].Class2Record[column].Value1)
    return 0


def _advance(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0) or 0) if value else 0


@cache
def face(name: str) -> Face:
    """Return a bundled font by its file name without ending, such as ``Lora-SemiBold``."""
    return Face(name)


@cache
def registered(name: str) -> Any:
    """Return ReportLab's font of that name, registered for embedding on first use."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont

    font = EmbeddedFont(name, str(face(name).file))
    pdfmetrics.registerFont(font)
    return font


def face_for(text: str, wish: str, fallback: str) -> Face | None:
    """Return the font that a text is set in: the wished one, or the fallback for all of it.

    None if even the fallback lacks a letter; `unprintable` names it.
    """
    wished = face(wish)
    if not wished.missing(text):
        return wished
    other = face(fallback)
    return None if other.missing(text) else other


def unprintable(text: str, wish: str, fallback: str) -> list[str]:
    """Return the letters for which ``text`` cannot be set: those that the fallback lacks."""
    return face(fallback).missing(text) if face(wish).missing(text) else []
