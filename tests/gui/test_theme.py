import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QPalette, QRawFont
from PySide6.QtWidgets import QApplication

from posapp.gui.fonts import Type
from posapp.gui.theme import Scheme, look
from posapp.gui.tokens import CONTRAST, DARK, LIGHT, Tone
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.label import Label

SETS = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

# What the design promises: token, what it is measured against, and the ratios in light, dark, high contrast.
PROMISED = [
    ("text", "bg", 16.6, 14.7, 21.0),
    ("text", "surface", 15.3, 13.1, 21.0),
    ("text", "raised", 16.6, 13.9, 21.0),
    ("muted", "bg", 6.4, 8.1, 15.9),
    ("disabled", "bg", 3.1, 4.0, 8.0),
    ("border", "bg", 3.5, 4.8, 21.0),
    ("border", "surface", 3.2, 4.2, 21.0),
    ("line_strong", "bg", 1.6, 2.0, 21.0),
    ("line", "bg", 1.3, 1.4, 6.2),
    ("text", "hover", 14.3, 11.3, 15.1),
    ("text", "pressed", 12.8, 9.6, 10.4),
    ("text", "selection", 14.5, 10.6, 13.2),
    ("text", "selection_idle", 13.5, 9.6, 12.6),
    ("muted", "selection", 5.6, 5.8, 10.0),
    ("primary", "selection", 5.6, 6.1, 9.5),
    ("attention", "selection", 4.7, 7.3, 7.7),
    ("primary", "bg", 6.4, 8.4, 15.1),
    ("on_primary", "primary", 6.4, 8.2, 15.1),
    ("on_primary", "primary_hover", 7.7, 9.9, 16.7),
    ("on_primary", "primary_pressed", 9.7, 11.9, 18.2),
    ("danger", "bg", 6.5, 7.4, 10.4),
    ("on_danger", "danger", 6.5, 7.1, 10.4),
    ("on_danger", "danger_hover", 8.0, 8.9, 12.8),
    ("on_danger", "danger_pressed", 9.9, 11.2, 15.7),
    ("attention", "bg", 5.4, 10.1, 12.2),
    ("on_attention", "attention", 5.4, 8.1, 12.2),
    ("ok", "bg", 5.0, 9.7, 15.0),
    ("ok", "surface", 4.7, 8.6, 15.0),
    ("on_toast", "toast", 16.6, 13.7, 21.0),
    ("toast_action", "toast", 7.9, 5.3, 10.6),
]
TONES = {
    Tone.ATTENTION: (7.7, 8.3, 12.2),
    Tone.GOOD: (7.9, 8.6, 15.0),
    Tone.NEUTRAL: (6.7, 7.5, 21.0),
    Tone.WAITING: (8.2, 9.1, 16.7),
    Tone.REFUNDED: (8.3, 8.4, 13.5),
    Tone.STOPPED: (7.2, 8.3, 10.4),
    Tone.MOVED: (7.1, 8.5, 12.4),
}


def contrast(one: QColor, other: QColor) -> float:
    """The WCAG 2.2 contrast ratio of two opaque colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("fg", "bg", "light", "dark", "high"), PROMISED)
def test_contrast_is_what_the_design_promises(fg, bg, light, dark, high):
    for tokens, promised in zip(SETS.values(), (light, dark, high), strict=True):
        assert contrast(tokens.ink(fg), tokens.ink(bg)) == pytest.approx(promised, abs=0.06)


@pytest.mark.parametrize("tone", Tone)
def test_chips_and_strips_can_be_read(tone):
    for tokens, promised in zip(SETS.values(), TONES[tone], strict=True):
        assert contrast(tokens.tones[tone].fg, tokens.tones[tone].bg) == pytest.approx(promised, abs=0.06)


def test_all_text_reaches_wcag_aa():
    for tokens in SETS.values():
        for fg, bg, *_ in PROMISED:
            if fg not in ("disabled", "border", "line", "line_strong"):
                assert contrast(tokens.ink(fg), tokens.ink(bg)) >= 4.5, (fg, bg)


def test_the_bundled_font_draws_every_sign_we_use(theme):
    for type_ in Type:
        font = look().font(type_)
        assert QFontInfo(font).family() == "Inter"
        raw = QRawFont.fromFont(font)
        assert all(raw.supportsCharacter(ord(sign)) for sign in "₦−–→·×…“”’ẸẹỌọṢṣ€£¥₹₵")


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_figures_have_one_width(theme, weight):
    measure = QFontMetricsF(look().font(Type.BODY, weight, figures=True))
    assert len({round(measure.horizontalAdvance(digit), 2) for digit in "0123456789"}) == 1
    assert QFontInfo(look().font(Type.BODY, weight)).weight() == weight


def test_switching_changes_palette_and_sizes_at_once(theme, qtbot):
    label, button = Label("Total sales"), Button("Open")
    for each in (label, button):
        qtbot.addWidget(each)
    before = label.sizeHint(), button.sizeHint()
    theme.choose(Scheme.DARK, 200)
    assert QApplication.palette().color(QPalette.ColorRole.Window) == DARK.bg
    assert look().tokens is DARK
    assert label.sizeHint().width() > before[0].width() * 1.9
    assert button.sizeHint().height() == 56  # line 40 and 16
    theme.choose(Scheme.CONTRAST, 100)
    assert (label.sizeHint(), button.sizeHint()) == before
    disabled = QApplication.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == CONTRAST.disabled


def test_the_text_factor_stays_in_its_range(theme):
    theme.choose(text_percent=500)
    assert theme.text_percent == 200
    theme.choose(text_percent=20)
    assert theme.text_percent == 100


def test_the_systems_scheme_is_followed_only_when_asked(theme, qapp):
    theme.choose(Scheme.LIGHT)
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Dark)
    assert look().tokens is LIGHT
    theme.choose(Scheme.SYSTEM)
    is_dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert look().tokens is (DARK if is_dark else LIGHT)
    qapp.styleHints().unsetColorScheme()
