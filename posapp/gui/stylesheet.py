"""The one style sheet: only for what Qt draws itself (menus, tooltips, scroll bars); the rest paints itself."""

from string import Template

from posapp.gui.tokens import Tokens

# The first line changes with the scale, so that a new text factor alone re-polishes every widget too.
_SHEET = Template("""
/* $scale */
QLineEdit { background: transparent; border: 0; padding: 0; }
QMenu { background: $raised; color: $text; border: 1px solid $line_strong; padding: 4px; }
QMenu::item { padding: ${pad}px 24px ${pad}px 12px; border-radius: 4px; }
QMenu::item:selected { background: $hover; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QToolTip { background: $toast; color: $on_toast; border: 0; padding: 6px 8px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border: 3px solid $bg; border-radius: 6px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def stylesheet(tokens: Tokens, scale: float) -> str:
    """Fill the sheet with the colours and scale of a look."""
    names = (
        "raised",
        "text",
        "line_strong",
        "hover",
        "disabled",
        "line",
        "toast",
        "on_toast",
        "border",
        "bg",
        "muted",
    )
    colours = {name: getattr(tokens, name).name() for name in names}
    return _SHEET.substitute(colours, scale=scale, pad=round(7 * scale))
