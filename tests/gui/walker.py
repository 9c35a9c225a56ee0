"""Finds the controls that a screen reader could not name."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QTabBar,
    QWidget,
)

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar)


def nameless_controls(widget: QWidget) -> list[str]:
    """List the controls in a window that have no accessible name, each with the way to it."""
    found = []
    for each in [widget, *widget.findChildren(QWidget)]:
        if not isinstance(each, CONTROLS) and each.focusPolicy() in (
            Qt.FocusPolicy.NoFocus,
            Qt.FocusPolicy.ClickFocus,
        ):
            continue
        if (
            isinstance(each, QHeaderView)
            or _is_qts_own(each)
            or (not isinstance(each, CONTROLS) and _is_page(each))
        ):
            continue
        if isinstance(each, QAbstractButton) and each.isHidden() and not each.text() and not each.toolTip():
            continue  # it gets its word before it is shown
        if isinstance(each, QTabBar):
            found += [f"{way(each)} tab {at}" for at in range(each.count()) if not each.accessibleTabName(at)]
        elif not _name(each).strip():
            found.append(way(each))
    return found


def way(widget: QWidget) -> str:
    """Give the classes and object names from the window down to the widget."""
    steps = []
    step: QWidget | None = widget
    while step is not None:
        steps.append(type(step).__name__ + (f"#{step.objectName()}" if step.objectName() else ""))
        step = step.parentWidget()
    return " > ".join(reversed(steps))


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else widget.accessibleName()


def _is_qts_own(widget: QWidget) -> bool:
    """Parts that Qt puts into a control of its own and names with it."""
    return widget.objectName().startswith("qt_") or type(widget).__name__ in (
        "QComboBoxPrivateContainer",
        "QComboBoxListView",
        "QListView",
        "QTableCornerButton",
    )


def _is_page(widget: QWidget) -> bool:
    return widget.isWindow()
