"""The one style sheet, made from the tokens: labels by role, cards, fields, lists, menus, bars.

A label says its role in the dynamic property ``role`` (`TYPE` in tokens) and its colour in
``tone`` (``second``, ``third``, ``accent``, ``ok``, ``warn``, ``stop``, ``gold``).
"""

from __future__ import annotations

from judgeapp.gui.tokens import (
    CELL_HEIGHT,
    POINTS_HEIGHT,
    RADIUS_CARD,
    RADIUS_DIALOG,
    RADIUS_FIELD,
    TYPE,
    VIDEO,
    VIDEO_KEYS,
    VIDEO_TEXT,
    VIDEO_TEXT2,
    Tokens,
)

_SHEET = """
QWidget#page, QStackedWidget#pages {{ background: {bg}; }}
QLabel {{ color: {text}; background: transparent; }}
QLabel:disabled {{ color: {text3}; }}
QLabel[tone="second"] {{ color: {text2}; }}
QLabel[tone="third"] {{ color: {text3}; }}
QLabel[tone="accent"] {{ color: {accent}; }}
QLabel[tone="ok"] {{ color: {ok}; }}
QLabel[tone="warn"] {{ color: {warn}; }}
QLabel[tone="stop"] {{ color: {stop}; }}
QLabel[tone="gold"] {{ color: {gold}; }}
QFrame#card {{ background: {surface}; border: 1px solid {line}; border-radius: {card}px; }}
QFrame#dialog {{ background: {surface}; border: 1px solid {line}; border-radius: {dialog}px; }}
QFrame#sunken {{ background: {sunken}; border: none; border-radius: {field}px; }}
QFrame#bar {{ background: {surface}; border: none; border-top: 1px solid {line}; }}
QFrame#topbar {{ background: {surface}; border: none; border-bottom: 1px solid {line}; }}
QFrame#rail {{ background: {rail}; border: none; border-right: 1px solid {line}; }}
QFrame#drawer {{ background: {surface}; border: none; border-left: 1px solid {line}; }}
QFrame#hairline {{ background: {line}; border: none; max-height: 1px; min-height: 1px; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {{ background: {surface}; color: {text};
  border: 1px solid {edge}; border-radius: {field}px; padding: 0 10px;
  placeholder-text-color: {text3};
  selection-background-color: {accentfill}; selection-color: {on_accent}; }}
QLineEdit, QComboBox {{ min-height: {height}px; max-height: {height}px; }}
QPlainTextEdit, QTextEdit {{ padding: 6px 8px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {{
  border: 2px solid {accent}; padding: 0 9px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 5px 7px; }}
QLineEdit[state="refused"] {{ border: 2px solid {stop}; padding: 0 9px; }}
QLineEdit:disabled, QComboBox:disabled {{ background: {sunken}; color: {text3};
  border-color: {line}; }}
QComboBox {{ padding-right: 32px; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow {{ image: none; }}
QAbstractItemView {{ background: {surface}; color: {text}; border: none; outline: none;
  selection-background-color: {accentsoft}; selection-color: {text}; }}
QComboBox QAbstractItemView {{ border: 1px solid {line}; padding: 4px; }}
QHeaderView {{ background: {surface}; border: none; }}
QHeaderView::section {{ background: {surface}; color: {text3}; border: none;
  border-bottom: 1px solid {line}; padding: 6px 8px; font-size: {small}px; font-weight: 500; }}
QTableCornerButton::section {{ background: {surface}; border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; min-height: 32px; min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: none; border: none; width: 0; height: 0; }}
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {edge}; padding: 4px 8px;
  font-size: {small}px; }}
QMenu {{ background: {surface}; color: {text}; border: 1px solid {line}; padding: 6px; }}
QMenu::item {{ padding: 8px 24px 8px 12px; border-radius: 5px; }}
QMenu::item:selected {{ background: {accentsoft}; }}
QFrame#current {{ background: {surface}; border: 2px solid {accent}; border-radius: {card}px; }}
QFrame#beside {{ border: none; border-left: 1px solid {line}; }}
QFrame#player {{ background: {video}; border: none; }}
QWidget#speeds {{ background: {video_keys}; border-radius: {field}px; }}
QLabel[tone="video"] {{ color: {video_text}; }}
QLabel[tone="video-second"] {{ color: {video_text2}; }}
QLabel#badge {{ background: {accentsoft}; color: {accent}; border-radius: {field}px;
  font-size: {number}px; font-weight: 700; padding: 4px 8px; }}
QLineEdit#points {{ font-size: {points}px; font-weight: 600; min-height: {points_height}px;
  max-height: {points_height}px; padding: 0 4px; }}
QLineEdit#mark {{ font-weight: 600; min-height: {mark_height}px; max-height: {mark_height}px;
  padding: 0 3px 0 14px; }}
QLineEdit#quiet:!focus {{ border: none; border-bottom: 1px solid {edge}; border-radius: 0;
  padding: 0 2px; }}
QListView#bare {{ background: transparent; }}
QTextBrowser#paper {{ background: #FFFFFF; color: #1B1B1A; border: none; padding: 12px; }}
QTextBrowser#reading {{ border: none; padding: 0; }}
QScrollBar[kind="thin"]:vertical {{ width: 6px; margin: 0 1px; }}
QSplitter::handle {{ background: {line}; }}
QCheckBox, QRadioButton {{ color: {text}; spacing: 8px; min-height: {height}px; }}
"""

_ROLE = 'QLabel[role="{role}"] {{ font-size: {pixels}px; font-weight: {weight}; }}\n'


def style_sheet(tokens: Tokens, scale: float) -> str:
    """Return the style sheet of a theme at a text size."""
    roles = "".join(
        _ROLE.format(role=role, pixels=round(pixels * scale), weight=weight)
        for role, (pixels, weight, _) in TYPE.items()
    )
    return roles + _SHEET.format(
        **vars(tokens),
        card=RADIUS_CARD,
        dialog=RADIUS_DIALOG,
        field=RADIUS_FIELD,
        height=round(36 * scale),
        small=round(13 * scale),
        number=round(22 * scale),
        points=round(40 * scale),
        points_height=round(POINTS_HEIGHT * scale) - 4,
        mark_height=round(CELL_HEIGHT * scale) - 4,
        video=VIDEO,
        video_keys=VIDEO_KEYS,
        video_text=VIDEO_TEXT,
        video_text2=VIDEO_TEXT2,
    )
