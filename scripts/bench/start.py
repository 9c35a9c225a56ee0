"""From the start of a program to its first painted window, in a process of its own.

python -m scripts.bench.start bare|posapp FOLDER STARTED

`STARTED` is when the caller began to start it, as its `time.perf_counter` told: one clock for all processes here.
Prints the seconds.
"""

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class FirstPaint(QObject):
    """Prints when the first window has been painted, and closes it."""

    def __init__(self, app: QApplication, started: float) -> None:
        """Watch every event until then."""
        super().__init__(app)
        self._app, self._started = app, started
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The paint itself is over when the loop comes round."""
        if event.type() == QEvent.Type.Paint:
            self._app.removeEventFilter(self)
            QTimer.singleShot(0, self, self._painted)
        return False

    def _painted(self) -> None:
        print(time.perf_counter() - self._started)
        for window in self._app.topLevelWidgets():
            window.close()


def main(what: str, folder: str, started: str) -> int:
    """Start one of the two."""
    app = QApplication(sys.argv[:1])
    first = FirstPaint(app, float(started))
    if what == "bare":
        window = QMainWindow()
        window.setCentralWidget(QLabel("A bare window"))
        window.resize(1366, 768)
        window.show()
        return app.exec()
    from posapp.cli.main import main as posapp  # noqa: PLC0415 - its imports are part of what is measured

    assert first.parent() is app
    return posapp(["--data-dir", folder])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
