"""The colours, by what they are for; every pair that carries text reaches WCAG AA, and a test computes it.

Widgets ask for a token, never for a colour, so that light, dark and high contrast are one switch.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

from PySide6.QtGui import QColor


class Tone(StrEnum):
    """What a chip, strip or banner says by its colours; icon and word always say it too."""

    ATTENTION = "attention"  # a person must decide: Attention, Short of stock, Low
    GOOD = "good"  # Paid, Agrees, Connected, done
    NEUTRAL = "neutral"  # Unpaid, To prepare, Not started
    WAITING = "waiting"  # Awaiting, Paid late, Sent, offline, changed
    REFUNDED = "refunded"  # Refunded, Demo
    STOPPED = "stopped"  # Cancelled, None free, failed
    MOVED = "moved"  # Delivered, Shipped, information


@dataclass(frozen=True, slots=True)
class Pair:
    """A foreground on its own background."""

    fg: QColor
    bg: QColor


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours. `line` and `line_strong` never carry meaning alone."""

    bg: QColor  # page, inputs
    surface: QColor  # top bar, rail, status bar, table header, footers
    raised: QColor  # cards, panels, dialogs, secondary buttons
    text: QColor
    muted: QColor  # second text, icons at rest
    disabled: QColor
    border: QColor  # inputs, check boxes, radios, switches
    line_strong: QColor  # secondary buttons, filter chips, dialog edge
    line: QColor  # rows, cards, dividers
    hover: QColor
    pressed: QColor
    selection: QColor
    selection_idle: QColor  # selected row while the focus is elsewhere
    primary: QColor
    primary_hover: QColor
    primary_pressed: QColor
    on_primary: QColor
    danger: QColor
    danger_hover: QColor
    danger_pressed: QColor
    on_danger: QColor
    attention: QColor
    on_attention: QColor
    ok: QColor
    toast: QColor
    on_toast: QColor
    toast_action: QColor
    scrim: QColor  # under a modal dialog; the only one that is translucent
    tones: dict[Tone, Pair]
    edged: bool = False  # high contrast: chips, strips and banners get a border in their own fg

    def ink(self, name: str | Tone) -> QColor:
        """Give the colour of a token by its name, or the foreground of a tone."""
        if isinstance(name, Tone):
            return self.tones[name].fg
        colour: QColor = getattr(self, name)
        return colour


def _colour(value: str) -> QColor:
    colour = QColor(f"#{value[:6]}")
    if len(value) > 6:
        colour.setAlphaF(int(value[7:]) / 100)
    return colour


def _tokens(colours: str, tones: str, *, edged: bool = False) -> Tokens:
    """Read the table as it stands in the design: one word per token, in the order of the fields."""
    names = [field.name for field in fields(Tokens) if field.name not in ("tones", "edged")]
    values = dict(zip(names, map(_colour, colours.split()), strict=True))
    pairs = [Pair(*map(_colour, pair.split("/"))) for pair in tones.split()]
    return Tokens(**values, tones=dict(zip(Tone, pairs, strict=True)), edged=edged)


LIGHT = _tokens(
    "FFFFFF F5F6F8 FFFFFF 1B1F24 57606A 8A929C 818B96 C9CED6 E3E6EA ECEEF2 DFE3E8 E8F0FE E6E8EB"
    " 0B57D0 0A4CB5 083F97 FFFFFF B3261E 9C1F18 84170F FFFFFF B54708 FFFFFF 1A7F45 1B1F24 FFFFFF 8AB4F8 14181E@46",
    "7A2E00/FFE3CC 0F5132/D6F2E0 4A4F57/E6E8EB 5C4300/FFF0BF 4B2A86/EADFFB 8C1D18/FBDEDC 0B4A8F/D9E9FF",
)
DARK = _tokens(
    "16181C 202329 1B1E23 E8EAED A8B0BA 6F7883 7C8591 454C56 2E333B 2A2E35 343942 223250 343942"
    " 8AB4F8 A6C6FA C2D8FC 0B1B33 F28B82 F6A8A1 FAC5C0 3B0B08 FFB27A 4A1E00 6BD39A E8EAED 1B1F24 0B57D0 000000@62",
    "FFC9A1/5A2500 A8E6C1/123D27 CDD2D9/353A42 FFE08A/463600 D9C6FF/3A2366 FFB9B3/5A1512 B5D5FF/0E3260",
)
CONTRAST = _tokens(
    "000000 000000 000000 FFFFFF E0E0E0 A0A0A0 FFFFFF FFFFFF 8C8C8C 262626 404040 1B2A6B 333333"
    " FFD800 FFE566 FFF0A3 000000 FF9B94 FFB8B3 FFD5D2 000000 FFB84D 000000 7CF29A FFFFFF 000000 0B2FA8 000000@80",
    "FFB84D/000000 7CF29A/000000 FFFFFF/000000 FFE566/000000 D9C6FF/000000 FF9B94/000000 9CCBFF/000000",
    edged=True,
)
