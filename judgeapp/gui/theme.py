"""The theme in use: tokens to palette, style sheet and fonts, switched at once.

Widgets that paint themselves ask `theme()` at each painting; they repaint by themselves when the
style sheet changes. Sizes are logical pixels times the chosen text size.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from judgeapp.gui.style_sheet import style_sheet
from judgeapp.gui.tokens import DARK, LIGHT, SCALES, TYPE, Tokens
from judgeapp.system.paths import resources
from judgeapp.system.settings import TextSize, ThemeChoice

FAMILY = "Inter"
_PROPERTY = "judgeapp_theme"


class Theme(QObject):
    """Colours and sizes of the whole application.

    Attributes:
        tokens: the colours in use.
        scale: what type and row heights are multiplied by.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice: ThemeChoice = "system"
        self.tokens: Tokens = LIGHT
        self.scale = 1.0
        self._fonts: dict[str, QFont] = {}
        app.setProperty(_PROPERTY, self)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    def use(self, choice: ThemeChoice, text_size: TextSize = "normal") -> None:
        """Switch to a theme and a text size, at once and everywhere."""
        self._choice = choice
        self.scale = SCALES[text_size]
        self._fonts.clear()
        dark = choice == "dark" or (choice == "system" and self._system_is_dark())
        self.tokens = DARK if dark else LIGHT
        self._app.setPalette(_palette(self.tokens))
        self._app.setFont(self.font("body"))
        self._app.setStyleSheet(style_sheet(self.tokens, self.scale))
        self.changed.emit()

    def px(self, pixels: float) -> int:
        """Return a length of text or rows at the chosen text size."""
        return round(pixels * self.scale)

    def font(self, role: str) -> QFont:
        """Return the font of a role of `TYPE`, figures of equal width, no hinting."""
        kept = self._fonts.get(role)
        if kept is None:
            pixels, weight, _ = TYPE[role]
            kept = QFont(FAMILY)
            kept.setPixelSize(self.px(pixels))
            kept.setWeight(QFont.Weight(weight))
            kept.setFeature(QFont.Tag("tnum"), 1)
            kept.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[role] = kept
        return QFont(kept)  # the caller may change its own

    def color(self, token: str) -> QColor:
        """Return a token's colour by its name, or a colour that is given as ``#RRGGBB``."""
        return QColor(token if token.startswith("#") else getattr(self.tokens, token))

    def _system_is_dark(self) -> bool:
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _system_changed(self) -> None:
        if self._choice == "system":
            text_size = next(name for name, scale in SCALES.items() if scale == self.scale)
            self.use("system", cast("TextSize", text_size))


def theme() -> Theme:
    """Return the application's theme."""
    app = QApplication.instance()
    found = app.property(_PROPERTY) if app is not None else None
    if not isinstance(found, Theme):
        raise RuntimeError("start_theme() comes first")
    return found


def start_theme(app: QApplication) -> Theme:
    """Give the application its style, fonts and theme; once, before the first widget."""
    found = app.property(_PROPERTY)
    if isinstance(found, Theme):
        return found
    app.setStyle("Fusion")
    for path in sorted((resources() / "fonts").glob(f"{FAMILY}-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    started = Theme(app)
    started.use("system")
    return started


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, tokens.bg),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.surface),
        (role.Button, tokens.surface),
        (role.Text, tokens.text),
        (role.WindowText, tokens.text),
        (role.ButtonText, tokens.text),
        (role.ToolTipBase, tokens.surface),
        (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.text3),
        (role.Highlight, tokens.accentfill),
        (role.HighlightedText, tokens.on_accent),
        (role.Link, tokens.accent),
    ):
        palette.setColor(which, QColor(colour))
    group = QPalette.ColorGroup.Disabled
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(group, which, QColor(tokens.text3))
    return palette
