"""Colours and type of the screens, light and dark, from the tokens of the design.

Follows the system's choice. Sizes are logical pixels; Qt scales them with the screen.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from judgeapp.system.paths import resources


@dataclass(frozen=True)
class Tokens:
    """The named colours of one theme."""

    bg: str
    surface: str
    hover: str
    line: str
    edge: str
    text: str
    text2: str
    accent: str
    accentfill: str
    accenthover: str
    stop: str
    stopsoft: str


LIGHT = Tokens(
    bg="#F5F5F2", surface="#FFFFFF", hover="#F0F0EC", line="#E1E0DB", edge="#8B8982",
    text="#1B1B1A", text2="#504E4A", accent="#1D5BC4", accentfill="#1D5BC4",
    accenthover="#174CA8", stop="#B3261E", stopsoft="#FCE8E6",
)  # fmt: skip
DARK = Tokens(
    bg="#161719", surface="#1F2124", hover="#2A2C30", line="#35383D", edge="#7C7F86",
    text="#ECEBE8", text2="#BDBBB6", accent="#8AB0FF", accentfill="#3568D4",
    accenthover="#3D6EDC", stop="#FF8F86", stopsoft="#40201E",
)  # fmt: skip

_SHEET = """
QWidget#page {{ background: {bg}; }}
QLabel {{ color: {text}; background: transparent; }}
QLabel[kind="second"] {{ color: {text2}; }}
QLabel[kind="refusal"] {{ color: {stop}; background: {stopsoft}; border-radius: 7px;
  padding: 10px 14px; }}
QFrame#card {{ background: {surface}; border: 1px solid {line}; border-radius: 10px; }}
QPushButton {{ background: {accentfill}; color: #FFFFFF; border: 2px solid {accentfill};
  border-radius: 7px; padding: 8px 16px; font-weight: 500; }}
QPushButton:hover {{ background: {accenthover}; border-color: {accenthover}; }}
QPushButton:focus {{ border-color: {text}; }}
QPushButton[kind="plain"] {{ background: {surface}; color: {text}; border: 1px solid {edge}; }}
QPushButton[kind="plain"]:hover {{ background: {hover}; }}
QPushButton[kind="plain"]:focus {{ border: 2px solid {accent}; }}
"""


def load_fonts() -> None:
    """Make the bundled screen font known to Qt; the system's fonts are never relied on."""
    for path in sorted((resources() / "fonts").rglob("Inter*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def system_is_dark(app: QApplication) -> bool:
    """Tell whether the system asks for a dark theme."""
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def apply_theme(app: QApplication, *, dark: bool) -> None:
    """Give the application the palette, style sheet and font of a theme, at once."""
    tokens = DARK if dark else LIGHT
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, tokens.bg),
        (QPalette.ColorRole.Base, tokens.surface),
        (QPalette.ColorRole.Text, tokens.text),
        (QPalette.ColorRole.WindowText, tokens.text),
        (QPalette.ColorRole.Highlight, tokens.accentfill),
    ):
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
    app.setStyleSheet(_SHEET.format(**vars(tokens)))
    font = QFont("Inter")
    font.setPixelSize(15)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
