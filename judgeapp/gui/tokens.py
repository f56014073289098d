"""The named colours, sizes and radii of the screens, light and dark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, as ``#RRGGBB``.

    Attributes:
        bg: ground of the window; ``rail`` of the rail; ``surface`` of cards, fields and top bars.
        sunken: segments, disabled things, code boxes; ``hover`` what the pointer is over.
        line: hairlines and card edges; ``edge`` borders of fields and plain buttons.
        text, text2, text3: words, second lines, table heads and placeholders.
        accent: links, focus, the current step; ``accentfill`` the one main button.
        accentsoft: selected rows and chosen options; ``accentline`` their thin line.
        ok, warn, stop, gold: what is done, needs you, stops you, is a prize; ``…soft`` behind it.
        warnmark: badges, the line of the cut, changed cells; never text.
        series: colours of charts, in order.
    """

    bg: str
    rail: str
    surface: str
    sunken: str
    hover: str
    line: str
    edge: str
    text: str
    text2: str
    text3: str
    accent: str
    accentfill: str
    accentfill_hover: str
    accentfill_pressed: str
    accentsoft: str
    accentline: str
    ok: str
    oksoft: str
    warn: str
    warnsoft: str
    warnmark: str
    stop: str
    stopsoft: str
    gold: str
    goldsoft: str
    on_accent: str
    on_mark: str
    on_stop: str
    series: tuple[str, ...]


LIGHT = Tokens(
    bg="#F5F5F2", rail="#EDEDE9", surface="#FFFFFF", sunken="#ECECE8", hover="#F0F0EC",
    line="#E1E0DB", edge="#8B8982", text="#1B1B1A", text2="#504E4A", text3="#686660",
    accent="#1D5BC4", accentfill="#1D5BC4", accentfill_hover="#174CA8",
    accentfill_pressed="#123E8C", accentsoft="#E6EEFB", accentline="#A9C4F0",
    ok="#1A7042", oksoft="#E2F3E8", warn="#8A5200", warnsoft="#FCF0D6", warnmark="#C47B00",
    stop="#B3261E", stopsoft="#FCE8E6", gold="#8A6414", goldsoft="#F8EFD9",
    on_accent="#FFFFFF", on_mark="#1B1B1A", on_stop="#FFFFFF",
    series=("#1D5BC4", "#C2571A", "#1A7F6B", "#8A4FB0", "#B0860B", "#5B6472", "#B83A6B"),
)  # fmt: skip

DARK = Tokens(
    bg="#161719", rail="#1A1B1E", surface="#1F2124", sunken="#121315", hover="#2A2C30",
    line="#35383D", edge="#7C7F86", text="#ECEBE8", text2="#BDBBB6", text3="#9C9A95",
    accent="#8AB0FF", accentfill="#3568D4", accentfill_hover="#3D6EDC",
    accentfill_pressed="#2A57B8", accentsoft="#1F2D4A", accentline="#3D5F9E",
    ok="#6CCB93", oksoft="#173326", warn="#EDB65A", warnsoft="#382B12", warnmark="#EDB65A",
    stop="#FF8F86", stopsoft="#40201E", gold="#E0B65C", goldsoft="#352C17",
    on_accent="#FFFFFF", on_mark="#1B1B1A", on_stop="#1B1B1A",
    series=("#8AB0FF", "#F2965B", "#5CC7B2", "#C79BE8", "#DDB84A", "#A0A8B5", "#F08BB2"),
)  # fmt: skip

# The player is the same dark in both themes.
VIDEO, VIDEO_TEXT, VIDEO_TEXT2, VIDEO_KEYS = "#0F1012", "#ECEBE8", "#B4B2AD", "#26282D"
VIDEO_PLAYED, VIDEO_TO_COME, VIDEO_NOTE = "#6F9BF2", "#6A6E76", "#F3D28A"

# Type: role -> (pixels, weight, line height in pixels) at the normal text size.
TYPE: dict[str, tuple[int, int, int]] = {
    "number-xl": (40, 600, 52),
    "number-l": (34, 700, 44),
    "title": (24, 600, 34),
    "heading": (20, 600, 30),
    "subhead": (17, 600, 26),
    "body": (15, 400, 22),
    "strong": (15, 600, 22),
    "small": (13, 400, 20),
    "small-strong": (13, 600, 20),
}

SCALES = {"normal": 1.0, "large": 1.15, "larger": 1.3}

FIELD_HEIGHT, ROW_HEIGHT, PILL_HEIGHT = 38, 42, 26
POINTS_WIDTH, POINTS_HEIGHT, CELL_WIDTH, CELL_HEIGHT = 130, 68, 60, 36
RADIUS_FIELD, RADIUS_CARD, RADIUS_DIALOG = 7, 10, 14
MARGIN, GAP = 24, 14
