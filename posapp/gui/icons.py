"""The bundled Lucide icons, drawn in any colour and crisp on any screen."""

from functools import cache, lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from posapp.gui import paint
from posapp.gui.tokens import LIGHT

_FOLDER = files("posapp.resources") / "icons"


@cache
def _source(name: str) -> str:
    """Read an icon once. Raises `FileNotFoundError` for one that is not bundled: a slip of ours."""
    return (_FOLDER / f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=1024)
def _pixmap(name: str, size: int, rgba: int, ratio: float, stroke: float) -> QPixmap:
    svg = _source(name).replace("currentColor", QColor(rgba).name())
    if stroke != 2:
        svg = svg.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    pixels = round(size * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, size: int, colour: QColor, ratio: float = 1.0, stroke: float = 2) -> QPixmap:
    """Give the icon as a square of `size` logical pixels; the same call gives the same picture again."""
    return _pixmap(name, size, colour.rgba(), ratio, stroke)


def draw(
    painter: QPainter, name: str, x: float, y: float, size: int, colour: QColor, stroke: float = 2
) -> None:
    """Draw the icon with its top left corner at x, y, in the device's own resolution."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPointF(x, y), pixmap(name, size, colour, ratio, stroke))


def draw_centred(
    painter: QPainter, name: str, box: QRectF, size: int, colour: QColor, stroke: float = 2
) -> None:
    """Draw the icon in the middle of `box`, on whole pixels."""
    corner = box.center() - QPointF(size, size) / 2
    draw(painter, name, round(corner.x()), round(corner.y()), size, colour, stroke)


def icon(name: str, size: int, colour: QColor, disabled: QColor | None = None) -> QIcon:
    """Give a QIcon for what Qt draws itself: menus and window icons."""
    made = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        made.addPixmap(pixmap(name, size, colour, ratio))
        if disabled is not None:
            made.addPixmap(pixmap(name, size, disabled, ratio), QIcon.Mode.Disabled)
    return made


@cache
def app_icon() -> QIcon:
    """Give the program's own icon: the shop, white on the program's blue, in every size a desktop asks for."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        ground = QPixmap(size, size)
        ground.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ground)
        paint.box(painter, QRectF(0, 0, size, size), size * 0.22, LIGHT.primary)
        draw_centred(painter, "store", QRectF(0, 0, size, size), round(size * 0.66), LIGHT.on_primary)
        painter.end()
        made.addPixmap(ground)
    return made
