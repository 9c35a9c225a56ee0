"""The look of the whole window: colours, type and scale, applied at once and switched live.

There is one look at a time, as there is one QPalette; painting code asks `look()` for it. A switch
re-polishes every widget: Qt sends each a StyleChange, upon which `Themed` widgets measure themselves anew.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QToolTip

from posapp.gui import fonts
from posapp.gui.fonts import Type
from posapp.gui.stylesheet import stylesheet
from posapp.gui.tokens import CONTRAST, DARK, LIGHT, Tokens


class Scheme(StrEnum):
    """What a person may choose; SYSTEM follows the desktop, also while the window is open."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


TOKENS = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.CONTRAST: CONTRAST}


@dataclass(frozen=True)
class Look:
    """Colours and scale at this moment; a switch makes a new one."""

    tokens: Tokens = LIGHT
    scale: float = 1.0  # the person's text factor, 1.0 to 2.0
    _fonts: dict[tuple[Type, int | None, bool], QFont] = field(
        default_factory=dict, repr=False, compare=False
    )
    pictures: dict[tuple[object, float], QPixmap] = field(  # drawn in this look, by what and the pixel ratio
        default_factory=dict, repr=False, compare=False
    )

    def font(self, type_: Type = Type.BODY, weight: int | None = None, *, figures: bool = False) -> QFont:
        """Give the font of a role; `figures` for money, quantities, times and order numbers."""
        key = (type_, weight, figures)
        if key not in self._fonts:
            self._fonts[key] = fonts.make_font(type_, weight, figures=figures, scale=self.scale)
        return self._fonts[key]

    def line(self, type_: Type = Type.BODY) -> int:
        """Give the height of one line of this role, in pixels."""
        return round(type_.line * self.scale)

    def height(self, base: int, type_: Type = Type.BODY) -> int:
        """Give the height of a control: what the design says, or what the enlarged text needs."""
        return base if self.scale == 1 else max(base, self.line(type_) + 16)

    def px(self, base: int) -> int:
        """Scale a length that belongs to the text: an icon beside a word, a column of words."""
        return round(base * self.scale)


_look = Look()


def look() -> Look:
    """Give the look that holds now. Do not keep it: ask again when painting."""
    return _look


class Theme(QObject):
    """Puts a look on the application and keeps it up with the system and the person's choice."""

    changed = Signal()

    def __init__(self, app: QApplication, *, scheme: Scheme = Scheme.SYSTEM, text_percent: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._text_percent = 100
        fonts.load_fonts()
        app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self.choose(scheme, text_percent)

    @property
    def scheme(self) -> Scheme:
        """Give what the person chose, which may be SYSTEM."""
        return self._scheme

    @property
    def text_percent(self) -> int:
        """Give the text factor, 100 to 200."""
        return self._text_percent

    def choose(self, scheme: Scheme | None = None, text_percent: int | None = None) -> None:
        """Switch the whole window now. A text factor outside 100 to 200 % is brought to the nearer end."""
        self._scheme = scheme or self._scheme
        self._text_percent = min(200, max(100, text_percent or self._text_percent))
        self._apply(Look(TOKENS[self._effective()], self._text_percent / 100))

    def _follow(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self.choose()

    def _effective(self) -> Scheme:
        if self._scheme is not Scheme.SYSTEM:
            return self._scheme
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return Scheme.CONTRAST
        return Scheme.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Scheme.LIGHT

    def _apply(self, new: Look) -> None:
        global _look  # noqa: PLW0603 - the one look of the process, as Qt keeps one palette
        _look = new
        self._app.setPalette(palette(new.tokens))
        QToolTip.setPalette(self._app.palette())
        self._app.setFont(new.font())
        self._app.setStyleSheet(stylesheet(new.tokens, new.scale))
        self.changed.emit()


def palette(tokens: Tokens) -> QPalette:
    """Give Qt's own widgets the same colours."""
    role = QPalette.ColorRole
    colours: dict[QPalette.ColorRole, QColor] = {
        role.Window: tokens.bg,
        role.Base: tokens.bg,
        role.AlternateBase: tokens.surface,
        role.Button: tokens.raised,
        role.Text: tokens.text,
        role.WindowText: tokens.text,
        role.ButtonText: tokens.text,
        role.HighlightedText: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Highlight: tokens.selection,
        role.Accent: tokens.primary,
        role.Link: tokens.primary,
        role.LinkVisited: tokens.primary,
        role.ToolTipBase: tokens.toast,
        role.ToolTipText: tokens.on_toast,
        role.Light: tokens.raised,
        role.Midlight: tokens.hover,
        role.Mid: tokens.line,
        role.Dark: tokens.border,
        role.Shadow: tokens.border,
    }
    made = QPalette()
    for each, colour in colours.items():
        made.setColor(each, colour)
    for each in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, each, tokens.disabled)
    return made
