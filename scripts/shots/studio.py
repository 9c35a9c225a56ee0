"""The run: every scene in every view, written down; what could not be drawn is said, never left out in silence."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from posapp.domain.errors import Refused
from posapp.gui.theme import Scheme, Theme
from scripts.shots import shop_page
from scripts.shots.beside import write_index
from scripts.shots.counter_scenes import COUNTER
from scripts.shots.dialog_scenes import ALONE, DIALOGS
from scripts.shots.page_scenes import PAGES
from scripts.shots.paper_scenes import PAPERS, PRINTING, draw_papers
from scripts.shots.pictures import BOTH, Missing, Scene, take, take_alone, write
from scripts.shots.refund_scenes import REFUNDS
from scripts.shots.sell_scenes import SELLING
from scripts.shots.shift_scenes import SHIFTS
from scripts.shots.small_scenes import SMALL
from scripts.shots.staff_scenes import PEOPLE
from scripts.shots.stage import Stage, Theatre, close_dialogs, settle
from tests.gui.every_dialog import dialog_classes

MOST_BYTES = 150_000  # of a picture that is kept in the repository


class Studio:
    """Draws scenes into a folder. `only` narrows them by a part of their name."""

    def __init__(self, under: Path, into: Path, only: Sequence[str] = ()) -> None:
        self.app = QApplication([])
        self.into, self._only, self._under = into, tuple(only), under
        self.theatre = Theatre(under, Theme(self.app))
        self.drawn: dict[str, QPixmap] = {}
        self._seen: set[type] = set()
        self.skipped: list[str] = []  # what this program should have shown, and did not
        self.left_out: list[str] = []  # what this computer cannot draw

    def draw_all(self) -> None:
        """Draw every scene that is asked for, each on a stage of its own."""
        for scene in (*PAGES, *SELLING, *COUNTER, *SHIFTS, *PEOPLE, *PRINTING, *DIALOGS, *SMALL, *REFUNDS):
            if self._wanted(scene.name):
                with getattr(self.theatre, scene.where)() as stage:
                    self._draw(scene, stage)
        with self.theatre.bare() as stage:
            stage.window.hide()
            for name in filter(self._wanted, ALONE):
                self._draw_alone(name, stage)
        if any(map(self._wanted, PAPERS)):
            self._draw_papers()
        if self._wanted(shop_page.NAME):
            self._draw_shop_page()
        if not self._only:
            missing = sorted(kind.__name__ for kind in dialog_classes()[1] - self._seen)
            self.skipped += [f"{name}: no scene shows this dialog" for name in missing]

    def _wanted(self, name: str) -> bool:
        return not self._only or any(word in name for word in self._only)

    def _draw(self, scene: Scene, stage: Stage) -> None:
        for view in scene.views:
            self.theatre.theme.choose(view.scheme, view.text_percent)
            stage.dress(view.size, view.screen)
            try:
                scene.draw(stage)
            except (Missing, Refused) as why:
                self.skipped.append(f"{scene.name}-{view.name}: {why}")
            else:
                settle()
                if (top := QApplication.activeModalWidget()) is not None:
                    top.activateWindow()
                    settle(40)
                self._seen |= {type(w) for w in QApplication.topLevelWidgets() if w.isVisible()}
                self._keep(f"{scene.name}-{view.name}", take(stage.window))
            close_dialogs()

    def _draw_alone(self, name: str, stage: Stage) -> None:
        for view in BOTH:
            self.theatre.theme.choose(view.scheme, view.text_percent)
            dialog = ALONE[name](stage)
            dialog.open()
            settle()
            self._seen.add(type(dialog))
            self._keep(f"{name}-{view.name}", take_alone(dialog))
            dialog.close()
            dialog.deleteLater()

    def _draw_papers(self) -> None:
        self.theatre.theme.choose(Scheme.LIGHT, 100)
        with self.theatre.day() as stage:
            for name, picture in draw_papers(stage):
                if self._wanted(name):
                    self._keep(name, picture)

    def _draw_shop_page(self) -> None:
        why_not = shop_page.draw_shop_page(self.into, self._under / "browser")
        if why_not:
            self.left_out.append(why_not)
        else:
            self.drawn[shop_page.NAME] = QPixmap(str(self.into / f"{shop_page.NAME}.png"))

    def _keep(self, name: str, picture: QPixmap) -> None:
        self.drawn[name] = picture
        write(picture, self.into / f"{name}.png")

    def write_index(self, mockups: Path) -> None:
        """Write the page that sets the pictures beside the mockups, where there are any."""
        write_index(self.into, tuple(self.drawn), mockups, [*self.skipped, *self.left_out])

    def keep(self, named: Mapping[str, str], folder: Path) -> None:
        """Write the pictures that the README shows, small enough to be kept."""
        for name, drawn in named.items():
            if drawn not in self.drawn:
                self.skipped.append(f"{folder.name}/{name}: {drawn} was not drawn")
                continue
            path = folder / f"{name}.png"
            write(self.drawn[drawn], path, small=True)
            if path.stat().st_size > MOST_BYTES:
                self.skipped.append(
                    f"{path.name} has {path.stat().st_size} bytes, at most {MOST_BYTES} are kept"
                )
