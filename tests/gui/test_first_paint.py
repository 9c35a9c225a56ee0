import subprocess
import sys

from PySide6.QtWidgets import QWidget

from posapp.gui.first_paint import FirstPaint


class Screen(QWidget):
    def __init__(self, told):
        super().__init__()
        self.told = told

    def paintEvent(self, event):
        self.told.append("painted")


def test_what_can_wait_begins_once_and_after_the_paint(qtbot):
    told = []
    screen = Screen(told)
    qtbot.addWidget(screen)
    FirstPaint(screen).over.connect(lambda: told.append("begun"))
    screen.show()
    qtbot.waitUntil(lambda: "begun" in told)
    assert told[0] == "painted"
    screen.repaint()
    screen.repaint()
    assert told.count("begun") == 1


def test_a_window_that_nobody_sees_holds_nothing_up(qtbot, monkeypatch):
    monkeypatch.setattr("posapp.gui.first_paint.UNSEEN_MS", 20)
    told = []
    screen = Screen(told)
    qtbot.addWidget(screen)
    FirstPaint(screen).over.connect(lambda: told.append("begun"))
    qtbot.waitUntil(lambda: told == ["begun"])


def test_a_till_without_a_printer_does_not_load_what_speaks_to_printers():
    """It takes a tenth of the start; the one that needs it loads it on the queue's own thread."""
    looks = "import sys, posapp.app; print({'escpos', 'serial', 'usb', 'yaml'} & set(sys.modules) or 'none')"
    answer = subprocess.run([sys.executable, "-c", looks], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "none"
