"""Settings, Scanner: how a scanner is told from fingers, with a box to try it in."""

from typing import Literal, cast

import msgspec
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent

from posapp.gui import text
from posapp.gui.burst import Burst
from posapp.gui.dialogs.amount_input import UnitsInput
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.pages.settings_frame import Section
from posapp.gui.parts import Parts
from posapp.gui.scanner import take_scans
from posapp.gui.widgets.base import announce
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.segmented import SegmentedControl
from posapp.gui.widgets.toggles import Switch

PATIENCE_MS = 500  # so long after the last key it is judged; fingers are waited for
ENDS = (("key", "Enter or Tab"), ("none", "Nothing: a pause"))
_END = "What ends a scan"
_MEANS = "A scanner types its code, much faster than fingers. What it types is kept from fields and buttons."
_TRY = "Scan any code here. Then type something by hand: it must not be taken for a scan."


class ScannerSection(Section):
    """What is changed here holds at once."""

    def __init__(self, parts: Parts) -> None:
        super().__init__("Scanner")
        self._parts = parts
        self.box = Input("Try it", placeholder="Scan here")
        self.box.edit.setObjectName("try_scanner")
        take_scans(self.box.edit, enter=False)
        self.verdict = Label("Nothing was scanned yet.", figures=True, wrap=True)
        self.least = UnitsInput("Characters, at least", least=3)
        self.gap = UnitsInput("Milliseconds between two, at most", least=5)
        self.end = SegmentedControl(ENDS, name=_END)
        self.sound = Switch("A beep for a code that is not known")
        self._burst, self._clock = Burst(gap_ms=PATIENCE_MS), QElapsedTimer()
        self._clock.start()
        self._over = QTimer(self, singleShot=True)
        self._over.timeout.connect(self._judge)
        self._lay_out()
        self.box.edit.installEventFilter(self)
        for field in (self.least, self.gap):
            field.edit.editingFinished.connect(self._keep)
        self.end.changed.connect(lambda _: self._keep())
        self.sound.toggled.connect(lambda _: self._keep())

    def _lay_out(self) -> None:
        trial, measures = Card(), Card()
        trial.add(Label(_TRY, Type.SMALL, ink="muted", wrap=True), 12, self.box, 8, self.verdict)
        measures.add(Label("What counts as a scan", Type.SECTION), 4)
        measures.add(Label(_MEANS, Type.SMALL, ink="muted", wrap=True), 12)
        measures.add(FieldRow((self.least, 1), (self.gap, 1), wide=480), 12)
        measures.add(Label(_END, Type.SMALL, weight=MEDIUM), 4, self.end, 12, self.sound)
        self.add(trial, measures)

    def opened(self) -> None:
        """Show the measures."""
        known = self._parts.preferences.known.scanning
        self.least.set_text(str(known.least))
        self.gap.set_text(str(known.gap_ms))
        self.end.set_value(known.end)
        self.sound.setChecked(known.sound)

    def _keep(self) -> None:
        least, gap = self.least.units, self.gap.units
        self.least.set_error("" if least and least <= 40 else "From 3 to 40 characters.")
        self.gap.set_error("" if gap and gap <= 120 else "From 5 to 120 ms; fingers take more than 80.")
        if not least or least > 40 or not gap or gap > 120:
            return
        known = self._parts.preferences.known.scanning
        end = cast(Literal["key", "none"], self.end.value)
        wanted = msgspec.structs.replace(
            known, least=least, gap_ms=gap, end=end, sound=self.sound.isChecked()
        )
        if wanted != known:
            self._parts.preferences.change(scanning=wanted)

    # --- the box to try it in --------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Time the keys that reach the box; all of them do, before a scan is told apart."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            sign = event.text()
            if len(sign) == 1 and sign.isprintable() and not event.isAutoRepeat():
                if self._burst.add(sign, event.timestamp() or self._clock.elapsed()):
                    self.box.edit.clear()
                self._over.start(PATIENCE_MS)
        return False

    def _judge(self) -> None:
        """Say what that was, by the measures as they are."""
        known = self._parts.preferences.known.scanning
        typed, average = len(self._burst.typed), round(self._burst.average_ms)
        is_scan = typed >= known.least and bool(self._burst.gaps) and average <= known.gap_ms
        what = "A scan" if is_scan else "No scan: typed by hand"
        self.verdict.setText(f"{what}. {text.plural(typed, 'character')}, {average} ms between two.")
        self.verdict.set_icon("circle-check" if is_scan else "keyboard")
        announce(self.box, self.verdict.text())
        self._burst.clear()
