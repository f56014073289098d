"""The grid of posters: number, length, name and the worst finding in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetricsF,
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from judgeapp.gui import icons
from judgeapp.gui.pages.entries_attach import dropped
from judgeapp.gui.pages.entries_cards import Card, finding
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import RADIUS_CARD
from judgeapp.gui.widgets.pill import ink
from judgeapp.system.texts import Texts

CARD_ROLE = int(Qt.ItemDataRole.UserRole)
_POSTER = QSize(400, 225)
_LEAST, _GAP, _PAD = 200, 12, 6
_NAME, _LINE, _BADGE = 28, 26, 24
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
Index = QModelIndex | QPersistentModelIndex


def read_poster(path: Path) -> QImage:
    """Return a poster, small enough for a card; may run on any thread."""
    reader = QImageReader(str(path))
    reader.setScaledSize(reader.size().scaled(_POSTER, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class CardsModel(QAbstractListModel):
    """The cards in the order shown; never edited.

    Attributes:
        at_work: the name of the file that is being looked into, or empty.
        posters: pictures by file id.
    """

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.cards: list[Card] = []
        self.at_work = ""
        self.posters: dict[str, QImage] = {}

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Show these."""
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def show_work(self, file: str) -> None:
        """Show which file is being looked into."""
        if file != self.at_work:
            self.at_work = file
            self._all_changed()

    def add_posters(self, posters: dict[str, QImage]) -> None:
        """Take pictures that were read meanwhile."""
        self.posters.update(posters)
        self._all_changed()

    def _all_changed(self) -> None:
        if self.cards:
            self.dataChanged.emit(self.index(0), self.index(len(self.cards) - 1))

    def is_at_work(self, card: Card) -> bool:
        """Whether one of its files is being looked into."""
        return bool(self.at_work) and any(
            self.at_work.startswith(file.original_name) for file in card.files
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return number and name, all of it for a screen reader, or the card."""
        if not index.isValid() or index.row() >= len(self.cards):
            return None
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{card.id} {card.name}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = finding(self._texts, card, at_work=self.is_at_work(card)).text
            return ", ".join(filter(None, (f"{card.id} {card.name}", card.length, words)))
        return card if role == CARD_ROLE else None


class EntryGrid(QListView):
    """Cards in as many columns as there is room for; arrows walk, Enter opens.

    Attributes:
        opened: a card was opened.
        dropped: one file was dropped onto a card: the card and the file.
        others_dropped: anything else was dropped, a list of paths.
    """

    opened = Signal(object)
    dropped = Signal(object, object)
    others_dropped = Signal(object)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.cards = CardsModel(texts)
        self.columns = 1
        self.setModel(self.cards)
        self.setItemDelegate(_CardPainter(texts, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setObjectName("bare")
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)  # a list that moves nothing turns it off
        self.setAccessibleName(texts("gui.entries.grid"))
        self.clicked.connect(self._open)
        theme().changed.connect(self._fit)

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Show these; the current one stays current."""
        current = self.current_card()
        bar = self.verticalScrollBar().value()
        self.cards.set_cards(cards)
        self._fit()
        if current is not None:
            self.select(current.id)
        self.verticalScrollBar().setValue(bar)

    def current_card(self) -> Card | None:
        """Return the current card."""
        card = self.currentIndex().data(CARD_ROLE)
        return card if isinstance(card, Card) else None

    def select(self, contestant: str) -> None:
        """Make a contestant's card the current one."""
        for row, card in enumerate(self.cards.cards):
            if card.id == contestant:
                self.setCurrentIndex(self.cards.index(row))

    def _open(self, index: QModelIndex) -> None:
        card = index.data(CARD_ROLE)
        if isinstance(card, Card):
            self.opened.emit(card)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current card."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _file_over_card(self, event: QDropEvent) -> tuple[Card, Path] | None:
        """Return the card under a single dragged file; everything else is the page's."""
        paths = dropped(event)
        card = self.indexAt(event.position().toPoint()).data(CARD_ROLE)
        if len(paths) == 1 and paths[0].is_file() and isinstance(card, Card):
            return card, paths[0]
        return None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders; whose they are is seen while they move."""
        if dropped(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the card under the file."""
        over = self._file_over_card(event)
        if over is not None:
            self.select(over[0].id)
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a file for the card under it, or tell what else was dropped."""
        over = self._file_over_card(event)
        event.acceptProposedAction()
        if over is None:
            self.others_dropped.emit(dropped(event))
        else:
            self.dropped.emit(*over)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Choose columns and the height of all cards: names are never cut."""
        room = self.viewport().width() - 6  # Qt keeps a few pixels to itself
        self.columns = max(1, (room + _GAP) // (theme().px(_LEAST) + _GAP))
        wide = room // self.columns
        painter = self.itemDelegate()
        assert isinstance(painter, _CardPainter)
        painter.set_width(wide, self.cards.cards)
        size = QSize(wide, painter.height)
        if size != self.gridSize():
            self.setGridSize(size)


class _CardPainter(QStyledItemDelegate):
    """Paints one card."""

    def __init__(self, texts: Texts, grid: EntryGrid) -> None:
        super().__init__(grid)
        self._texts = texts
        self._grid = grid
        self._wide = _LEAST
        self._name_height = float(_NAME)
        self._line_height = float(_LINE)
        self.height = 200

    def set_width(self, wide: int, cards: Sequence[Card]) -> None:
        """Take note of the width of a card, and measure how high the words are."""
        self._wide = wide
        room = QRectF(0, 0, wide - _GAP - 2 * (_PAD + 6), 10_000)
        names = QFontMetricsF(theme().font("strong"))
        small = QFontMetricsF(theme().font("small-strong"))
        self._name_height = max(
            [names.boundingRect(room, _WRAP, card.name).height() for card in cards],
            default=0.0,
        )
        self._name_height = max(self._name_height, theme().px(22)) + 4
        room.setWidth(room.width() - 22)
        self._line_height = max(
            [
                small.boundingRect(room, _WRAP, finding(self._texts, card).text).height()
                for card in cards
            ],
            default=0.0,
        )
        self._line_height = max(self._line_height, theme().px(20)) + 4
        words = self._name_height + self._line_height
        self.height = round(self._poster_height() + 2 * _PAD + words + 8 + _GAP)

    def _poster_height(self) -> float:
        return (self._wide - _GAP - 2 * _PAD) * 9 / 16

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all cards."""
        return QSize(self._wide, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the card: picture, badges, name and finding."""
        card = index.data(CARD_ROLE)
        if not isinstance(card, Card):
            return
        state = option.state
        rect = option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        tokens = theme().tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(rect).adjusted(1, 1, -_GAP, -_GAP)
        edge = tokens.accent if chosen else tokens.line
        painter.setPen(QPen(QColor(edge), 2 if chosen else 1))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(box, RADIUS_CARD, RADIUS_CARD)
        if chosen and self._grid.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), RADIUS_CARD - 3, RADIUS_CARD - 3)
        at_work = self._grid.cards.is_at_work(card)
        picture = QRectF(box.x() + _PAD, box.y() + _PAD, box.width() - 2 * _PAD, 0)
        picture.setHeight(self._poster_height())
        self._paint_poster(painter, picture, card, at_work)
        self._badge(painter, picture, str(card.id), left=True)
        if card.length:
            self._badge(painter, picture, card.length, left=False)
        self._paint_words(painter, box, picture.bottom() + 6, card, at_work)
        painter.restore()

    def _paint_poster(self, painter: QPainter, box: QRectF, card: Card, at_work: bool) -> None:
        path = QPainterPath()
        path.addRoundedRect(box, 5, 5)
        painter.save()
        painter.setClipPath(path)
        image = self._grid.cards.posters.get(card.clip.id) if card.clip else None
        if image is None:
            painter.fillRect(box, theme().color("sunken"))
            sign = icons.pixmap("film" if card.clip else "circle-dashed", "text3", 26)
            painter.drawPixmap(QPointF(box.center().x() - 13, box.center().y() - 13), sign)
        else:
            painter.fillRect(box, QColor("#000000"))
            size = QSize(image.size()).scaled(
                box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
            )
            left = box.center().x() - size.width() / 2
            top = box.center().y() - size.height() / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), image)
        if at_work:
            painter.fillRect(box, QColor(0, 0, 0, 120))
        painter.restore()

    def _badge(self, painter: QPainter, box: QRectF, text: str, *, left: bool) -> None:
        font = theme().font("small-strong")
        wide = max(30.0, QFontMetricsF(font).horizontalAdvance(text) + 14)
        high = theme().px(_BADGE)
        place = QRectF(box.left() + 7, box.top() + 6, wide, high)
        if not left:
            place = QRectF(box.right() - wide - 7, box.bottom() - high - 6, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(15, 16, 18, 215))
        painter.drawRoundedRect(place, 5, 5)
        painter.setPen(QColor("#FFFFFF"))
        painter.setFont(font)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_words(
        self, painter: QPainter, box: QRectF, top: float, card: Card, at_work: bool
    ) -> None:
        left, room = box.x() + _PAD + 6, box.width() - 2 * (_PAD + 6)
        painter.setPen(theme().color("text"))
        painter.setFont(theme().font("strong"))
        painter.drawText(QRectF(left, top + 2, room, self._name_height), _WRAP, card.name)
        look = finding(self._texts, card, at_work=at_work)
        top += self._name_height
        words_token = "text2" if look.tone == "ok" else ink(look.tone)
        painter.drawPixmap(QPointF(left, top + 3), icons.pixmap(look.icon, ink(look.tone), 16, 2))
        painter.setPen(theme().color(words_token))
        font = theme().font("small")
        font.setWeight(font.Weight.Medium)
        painter.setFont(font)
        place = QRectF(left + 22, top + 1, room - 22, self._line_height + 2)
        painter.drawText(place, _WRAP, look.text)
