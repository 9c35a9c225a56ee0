"""Taking pictures: every open window over the one beneath it, as on a screen."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from posapp.gui import metrics
from posapp.gui.theme import Scheme
from scripts.shots.stage import Stage, depth

LAPTOP = QSize(1366, 768)
SMALLEST = QSize(1024, 640)
HARDEST = 0  # Qt's PNG quality that packs into the fewest bytes


@dataclass(frozen=True)
class View:
    """One way to look at a scene; its name ends the picture's."""

    name: str
    scheme: Scheme = Scheme.LIGHT
    text_percent: int = 100
    size: QSize = LAPTOP
    screen: str = "desktop"


LIGHT, DARK = View("light"), View("dark", Scheme.DARK)
BOTH = (LIGHT, DARK)
ALL = (
    *BOTH,
    View("contrast", Scheme.CONTRAST),
    View("200", text_percent=200),
    View("1024", size=SMALLEST, screen="small"),
)


@dataclass(frozen=True)
class Scene:
    """One thing to look at: `draw` brings the stage there, also a second time."""

    name: str
    draw: Callable[[Stage], object]
    views: tuple[View, ...] = BOTH
    where: str = "day"  # which folder it plays in: "day" or "bare"


class Missing(LookupError):
    """What the scene shows is not in this program; its words say what."""


def take(window: QWidget) -> QPixmap:
    """Draw a window and everything that stands over it."""
    over = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window and depth(w)]
    picture = window.grab()
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corner = window.mapToGlobal(QPoint(0, 0))
    for each in sorted(over, key=depth):
        place = QRect(each.mapToGlobal(QPoint(0, 0)) - corner, each.size())
        painter.save()
        if isinstance(each, QDialog):
            clip = QPainterPath()
            clip.addRoundedRect(place, metrics.RADIUS_CARD, metrics.RADIUS_CARD)
            painter.setClipPath(clip)
        painter.drawPixmap(place.topLeft(), each.grab())
        painter.restore()
    painter.end()
    return picture


def take_alone(dialog: QWidget) -> QPixmap:
    """Draw a dialog that has no window beneath it, on an empty desktop of the laptop's size."""
    picture = QPixmap(LAPTOP)
    picture.fill(Qt.GlobalColor.darkGray)
    painter = QPainter(picture)
    painter.drawPixmap(
        (LAPTOP.width() - dialog.width()) // 2, (LAPTOP.height() - dialog.height()) // 2, dialog.grab()
    )
    painter.end()
    return picture


def write(picture: QPixmap, path: Path, *, small: bool = False) -> None:
    """Write a PNG. `small`: in few colours, for a file that is kept. Raises `OSError`."""
    image = picture.toImage()
    image.setDevicePixelRatio(1)
    if small:
        image = _in_few_colours(image)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path), "PNG", HARDEST):
        raise OSError(f"{path} could not be written")


def _in_few_colours(image: QImage) -> QImage:
    """Give the picture in its own 256 most frequent colours; the others become the nearest of them."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("B").cast("I"))
    table = [colour for colour, _ in counted.most_common(256)]
    return plain.convertToFormat(
        QImage.Format.Format_Indexed8,
        table,
        Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither,
    )
