"""Charts in one hue: the first series solid, the second hatched. The same numbers are told in words too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from posapp.gui import paint, text
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed, row
from posapp.gui.widgets.label import Label

_STEP = 6  # from one line of the hatch to the next
_BAR = 44


@dataclass(frozen=True, slots=True)
class Bar:
    """One place on the axis and its stacked values, first series first."""

    label: str
    values: tuple[int, ...]


def draw_part(painter: QPainter, rect: QRectF, series: int) -> None:
    """Fill a bar's part: series 0 solid, series 1 with a 45° hatch and an edge."""
    t = look().tokens
    if series == 0:
        painter.fillRect(rect, t.primary)
        return
    painter.save()
    painter.setClipRect(rect)
    painter.fillRect(rect, t.bg)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(t.primary, 2))
    reach = rect.width() + rect.height()
    for step in range(-_STEP, ceil(reach * 0.71) + _STEP, _STEP):
        x = rect.left() + step * 1.414
        painter.drawLine(QPointF(x, rect.top()), QPointF(x - rect.height(), rect.bottom()))
    painter.restore()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint.box(painter, rect, 0, None, t.primary)


_FINE = (12, 15, 18, 24, 30, 45, 60, 75, 90, 120)  # tenths; each third of them is a round number


def axis_top(most: int) -> int:
    """Give the top of the axis: the least of 1.2, 1.5, 2, 3, 4.5, 6, 9, 12 × 10ⁿ that holds the largest bar."""
    if most <= 0:
        return 3
    unit: int = 10 ** max(0, len(str(most)) - 1)
    for tenths in _FINE:
        if tenths * unit >= most * 10:
            return max(3, tenths * unit // 10)
    return 12 * unit


def short(value: int) -> str:
    """Give an axis figure: 0, 500, 40k, 1.5M."""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if value >= size:
            return f"{value / size:.3g}{letter}"
    return text.number(value)


class BarChart(Themed, QWidget):
    """Stacked bars over named places, values above. Values are whole units; `words` shows one in full."""

    def __init__(
        self,
        name: str,
        series: Sequence[str],
        bars: Sequence[Bar] = (),
        *,
        words: Callable[[int], str] = text.number,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._series, self._words = tuple(series), words
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show other numbers."""
        self.bars = tuple(bars)
        self.setAccessibleDescription("; ".join(self.sentences()) or "Nothing yet")
        self.update()

    def sentences(self) -> list[str]:
        """Give the same numbers in words, one sentence a bar that has any: for readers and for a table beside."""
        told = []
        for bar in self.bars:
            parts = [f"{n} {self._words(v)}" for n, v in zip(self._series, bar.values, strict=True) if v]
            if parts:
                told.append(f"{bar.label}: {', '.join(parts)}")
        return told

    def look_changed(self) -> None:
        """Draw in the new colours."""
        self.update()

    def sizeHint(self) -> QSize:
        """Give way first: little is asked for."""
        return QSize(480, look().px(200))

    def minimumSizeHint(self) -> QSize:
        """Enough for the bars to be told apart."""
        return QSize(240, look().px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grid, bars and words; without a value there is nothing to measure, and it is said."""
        painter, now = QPainter(self), look()
        font, line = now.font(Type.CAPTION, figures=True), now.line(Type.CAPTION)
        top = axis_top(max((sum(bar.values) for bar in self.bars), default=0))
        plot = QRectF(now.px(44), line + 4, self.width() - now.px(44), self.height() - 2 * line - 12)
        some = any(any(bar.values) for bar in self.bars)
        if not some:
            paint.words(painter, plot, "Nothing yet", now.font(Type.SMALL), now.tokens.muted, paint.CENTRE)
        for step in range(4 if some else 1):
            y = round(plot.bottom() - plot.height() * step / 3)
            painter.fillRect(
                QRectF(plot.left(), y, plot.width(), 1), now.tokens.border if step == 0 else now.tokens.line
            )
            if step % 3 and plot.height() / 3 < line:
                continue
            label = QRectF(0, y - line / 2, plot.left() - 8, line)
            paint.words(painter, label, short(top * step // 3), font, now.tokens.muted, paint.RIGHT)
        pitch = plot.width() / max(1, len(self.bars))
        wide = round(min(now.px(_BAR), pitch * 0.7))
        for place, bar in enumerate(self.bars):
            middle = plot.left() + pitch * (place + 0.5)
            below = QRectF(middle - pitch / 2, plot.bottom() + 6, pitch, line)
            paint.words(painter, below, bar.label, font, now.tokens.muted, paint.CENTRE)
            bar_place = QRectF(round(middle - wide / 2), 0, wide, pitch)
            self._paint_bar(painter, plot, bar_place, bar, plot.height() / top)
        painter.end()

    def _paint_bar(self, painter: QPainter, plot: QRectF, place: QRectF, bar: Bar, per_unit: float) -> None:
        bottom = round(plot.bottom())
        drawn = 0
        for series, value in enumerate(bar.values):
            if not value:
                continue
            high = max(1, round(value * per_unit))
            part = QRectF(place.left(), bottom - high, place.width(), high - (2 if drawn else 0))
            if drawn:
                part.moveTop(bottom - high)
            draw_part(painter, part, series)
            bottom -= high
            drawn += value
        if drawn:
            line = look().line(Type.CAPTION)
            above = QRectF(place.left(), bottom - line - 2, place.width(), line)
            font = look().font(Type.CAPTION, MEDIUM, figures=True)
            words = self._words(drawn)
            if paint.width_of(words, font) > place.height():  # the pitch: the next bar's figure begins there
                words = short(drawn)
            paint.words(painter, above, words, font, look().tokens.text, paint.CENTRE)


class ShareBar(Themed, QWidget):
    """One horizontal bar, 12 high, cut into the shares of its series."""

    def __init__(self, name: str, shares: Sequence[tuple[str, int]] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(12)
        self.set_shares(shares)

    def set_shares(self, shares: Sequence[tuple[str, int]]) -> None:
        """Show other shares, (name, amount)."""
        self._shares = tuple(shares)
        self.setAccessibleDescription(", ".join(f"{name} {text.number(value)}" for name, value in shares))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the parts with 2 px between them."""
        painter = QPainter(self)
        total = sum(max(0, value) for _, value in self._shares)
        if total == 0:
            paint.box(painter, QRectF(self.rect()), 2, look().tokens.hover)
        x = 0.0
        for series, (_, value) in enumerate(self._shares):
            wide = round(max(0, value) / total * self.width()) if total else 0
            if wide:
                draw_part(
                    painter,
                    QRectF(x, 0, min(wide, self.width() - x) - (2 if x + wide < self.width() else 0), 12),
                    series,
                )
            x += wide
        painter.end()


class _Square(Themed, QLabel):
    def __init__(self, series: int) -> None:
        super().__init__()
        self._series = series
        self.setFixedSize(14, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a piece of the series."""
        painter = QPainter(self)
        draw_part(painter, QRectF(self.rect()), self._series)
        painter.end()


class ChartKey(QWidget):
    """The names of the series beside their squares of 14."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        parts: list[QWidget | int] = []
        for series, name in enumerate(names):
            parts += [*((8,) if parts else ()), _Square(series), Label(name, Type.SMALL)]
        self.setLayout(row(*parts))
