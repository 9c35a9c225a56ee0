import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QButtonGroup, QWidget

from posapp.gui import chips, icons
from posapp.gui.theme import Scheme, look
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button, CommitButton, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.chart import Bar, BarChart, axis_top, short
from posapp.gui.widgets.chip import StatusChip
from posapp.gui.widgets.choice import Captioned, ChoiceButton
from posapp.gui.widgets.effect import Change, EffectPanel, Step
from posapp.gui.widgets.empty import EmptyState
from posapp.gui.widgets.field import Input, SearchField
from posapp.gui.widgets.filter_chip import FilterChip
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.segmented import SegmentedControl
from posapp.gui.widgets.select import Select
from posapp.gui.widgets.strip import Banner, Strip
from posapp.gui.widgets.tile import Tile, TileGrid
from posapp.gui.widgets.toggles import Check, Radio, Stepper, Switch
from tests.gui.walker import nameless_controls


@pytest.fixture
def shown(qtbot, theme):
    def show(widget):
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show


CHIPS = [each for each in vars(chips).values() if isinstance(each, chips.Chip)]


def colours(widget):
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("chip", CHIPS, ids=lambda chip: chip.word)
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST])
def test_a_chip_is_icon_word_and_colour(chip, scheme, theme, qtbot):
    theme.choose(scheme)
    widget = StatusChip(chip)
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint())
    pair = look().tokens.tones[chip.tone]
    assert {pair.fg.name(), pair.bg.name()} <= colours(widget)
    assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name) == chip.word
    assert widget.sizeHint().height() == 24
    assert not icons.pixmap(chip.icon, 14, pair.fg).isNull()


def test_no_two_chips_are_told_apart_by_colour_alone():
    assert len({chip.word for chip in CHIPS}) == len(CHIPS)


def test_icons_are_crisp_at_every_resolution(theme):
    for ratio in (1.0, 1.25, 1.5, 2.0, 3.0):
        pixmap = icons.pixmap("triangle-alert", 18, look().tokens.text, ratio)
        assert pixmap.width() == round(18 * ratio)
        assert pixmap.deviceIndependentSize().width() == pytest.approx(18, abs=0.5)
    assert (
        icons.pixmap("check", 16, look().tokens.text).cacheKey()
        == icons.pixmap("check", 16, look().tokens.text).cacheKey()
    )
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", 16, look().tokens.text)


def test_an_ampersand_in_a_name_makes_no_shortcut(shown, qtbot):
    button = shown(Button("Refund Order: pay A&Bisi ₦5"))
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.keyClick(button, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert pressed == []
    assert button.word == "Refund Order: pay A&Bisi ₦5"
    assert button.shortcut().isEmpty()
    assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name) == button.word


def test_enter_presses_a_focused_button_and_a_disabled_one_says_why(shown, qtbot):
    button = shown(Button("Open"))
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [1, 1]
    button.disable("Nothing is <selected>")
    button.click()
    assert pressed == [1, 1]
    assert button.accessibleDescription() == "Nothing is <selected>"
    assert "&lt;selected&gt;" in button.toolTip()
    button.enable()
    assert button.accessibleDescription() == ""


def test_a_commit_needs_a_deliberate_space(shown, qtbot):
    commit = shown(CommitButton("Refund Order: pay Ada ₦42,825", Variant.DANGER, icon="rotate-ccw"))
    pressed = []
    commit.clicked.connect(lambda: pressed.append(1))
    qtbot.keyClick(commit, Qt.Key.Key_Space)  # within the guard
    assert pressed == []
    commit.guard_ms = 0
    qtbot.keyClick(commit, Qt.Key.Key_Return)
    assert pressed == []
    qtbot.keyClick(commit, Qt.Key.Key_Space)
    assert pressed == [1]
    commit.guard_ms = 10_000
    commit.restate("Fulfill Order: hold 3 + 2 for Ada", Variant.PRIMARY, "package-check")
    qtbot.keyClick(commit, Qt.Key.Key_Space)
    assert pressed == [1]
    qtbot.mouseClick(commit, Qt.MouseButton.LeftButton)
    assert pressed == [1, 1]
    assert not commit.isDefault()


def test_a_choice_says_what_it_means_or_why_not(shown):
    excess = ChoiceButton("Refund Excess", "undo-2")
    captioned = shown(Captioned(excess, "Pay back the 1 missing · Alt+E", centred=True))
    captioned.disable("Nothing is short")
    assert not excess.isEnabled()
    assert excess.accessibleDescription() == "Nothing is short"
    captioned.enable()
    assert excess.accessibleDescription() == "Pay back the 1 missing · Alt+E"


def test_choices_of_a_group_exclude_each_other(shown, qtbot):
    one, two = ChoiceButton("One", "check"), ChoiceButton("Two", "check")
    holder, group = QWidget(), QButtonGroup()
    holder.setLayout(row(one, two))
    group.addButton(one)
    group.addButton(two)
    shown(holder)
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(two, Qt.MouseButton.LeftButton)
    assert (one.isChecked(), two.isChecked()) == (False, True)


def test_a_field_shows_its_error_and_tells_it(shown):
    field = shown(Input("Amount"))
    field.set_error("Type a whole number, for example 3")
    assert look().tokens.danger.name() in colours(field.box)
    assert field.edit.accessibleDescription() == "Type a whole number, for example 3"
    field.set_error("")
    assert look().tokens.danger.name() not in colours(field.box)


def test_a_search_waits_for_the_fingers_and_esc_empties_it(shown, qtbot):
    field = shown(SearchField("Order number", keycap="F2"))
    field.setFocus()
    searched, entered = [], []
    field.searched.connect(searched.append)
    field.entered.connect(entered.append)
    qtbot.keyClicks(field.edit, " 0142 ")
    assert searched == []
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert (searched, entered) == (["0142"], ["0142"])
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert searched == ["0142", ""]
    qtbot.keyClicks(field.edit, "Ada")
    qtbot.waitUntil(lambda: searched[-1] == "Ada")


def test_a_filter_is_set_from_its_menu_and_cleared_by_its_x(shown, qtbot):
    chip = shown(FilterChip("Status", [("paid", "Paid"), ("unpaid", "Unpaid")]))
    told = []
    chip.changed.connect(told.append)
    chip.set_value("paid")
    assert chip.accessibleName() == "Status: Paid"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, 16))
    assert chip.accessibleName() == "Status: any"
    chip.set_value("unpaid")
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert told == ["paid", None, "unpaid", None]
    switch = shown(FilterChip("Low 4", icon="triangle-alert"))
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(5, 16))
    assert switch.value == "on"


def test_a_segmented_control_answers_the_arrow_keys(shown, qtbot):
    control = shown(SegmentedControl([("t", "Today"), ("p", "To prepare"), ("l", "All")], name="View"))
    told = []
    control.changed.connect(told.append)
    first = control.findChildren(QWidget)[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert (control.value, told) == ("p", ["p"])
    control.set_value("l")
    assert told == ["p", "l"]
    assert QAccessible.queryAccessibleInterface(first).role() == QAccessible.Role.RadioButton


def test_tab_comes_to_the_chosen_segment_from_either_side(shown, qtbot):
    holder, control, after = (
        QWidget(),
        SegmentedControl([("t", "Today"), ("l", "All")], name="View"),
        Input("After"),
    )
    holder.setLayout(column(control, after))
    shown(holder)
    after.edit.setFocus()
    qtbot.keyClick(after.edit, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(holder.focusWidget(), Qt.Key.Key_Right)
    assert control.value == "l"


def test_toggles_take_the_whole_line(shown, qtbot):
    holder, check, switch, radios = (
        QWidget(),
        Check("Print"),
        Switch("On"),
        (Radio("Cash"), Radio("Paystack")),
    )
    holder.setLayout(column(check, switch, *radios))
    shown(holder)
    for each in (check, switch, radios[1]):
        qtbot.mouseClick(each, Qt.MouseButton.LeftButton, pos=QPoint(each.width() - 3, 12))
        assert each.isChecked()
        assert each.height() >= 24
    qtbot.keyClick(radios[1], Qt.Key.Key_Up)
    assert radios[0].isChecked()


def test_a_stepper_stays_in_its_range(shown, qtbot):
    stepper = shown(Stepper("Units to fulfil", value=2, least=1, most=3))
    plus, minus = QPoint(stepper.width() - 8, 16), QPoint(8, 16)
    for _ in range(3):
        qtbot.mouseClick(stepper, Qt.MouseButton.LeftButton, pos=plus)
    assert stepper.value() == 3
    qtbot.mouseClick(stepper, Qt.MouseButton.LeftButton, pos=minus)
    qtbot.keyClick(stepper, Qt.Key.Key_Down)
    assert stepper.value() == 1


def test_what_is_typed_replaces_a_stepper_s_number_wherever_the_focus_came_from(shown, qtbot):
    stepper = shown(Stepper("Units that came back", value=0, least=0, most=1))
    stepper.clearFocus()
    stepper.setFocus()
    qtbot.keyClicks(stepper, "1")
    qtbot.keyClick(stepper, Qt.Key.Key_Return)
    assert stepper.value() == 1


def test_a_select_tells_a_choice_and_refuses_an_unknown_value(shown):
    select = shown(Select("Look for orders every", [("20", "20 seconds"), ("300", "5 minutes")], "300"))
    assert select.value == "300"
    with pytest.raises(ValueError, match="not offered"):
        select.set_value("7")


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST])
def test_strips_and_banners_wear_their_tone(tone, scheme, theme, qtbot):
    theme.choose(scheme)
    for widget in (
        Strip(tone, "The order changed. Look again"),
        Banner(tone, "No network.", "Selling works."),
    ):
        qtbot.addWidget(widget)
        widget.add_button("Review")
        pair = look().tokens.tones[tone]
        assert {pair.fg.name(), pair.bg.name()} <= colours(widget)


def test_a_strip_changes_its_words_and_tone(shown):
    strip = shown(Strip(Tone.WAITING, "Sent"))
    strip.say("Refund failed. No money moved", tone=Tone.STOPPED)
    assert strip.accessibleName() == "Refund failed. No money moved"
    assert look().tokens.tones[Tone.STOPPED].bg.name() in colours(strip)


def test_a_tile_says_all_of_itself_and_opens(shown, qtbot):
    tile = shown(Tile("Low stock", "4 products", "wig 1", icon="boxes"))
    opened = []
    tile.clicked.connect(lambda: opened.append(1))
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert opened == [1]
    assert tile.accessibleName() == "Low stock, 4 products, wig 1"


def test_tiles_take_more_lines_with_large_text(shown, theme, qtbot):
    grid = shown(
        TileGrid(
            [Tile("Shift", "₦92,700 in drawer", "float"), Tile("To prepare", "3 orders"), Tile("Low", "4")]
        )
    )
    grid.resize(900, 400)
    qtbot.waitUntil(lambda: len({tile.y() for tile in grid.findChildren(Tile)}) == 1)
    theme.choose(text_percent=200)
    grid.resize(899, 400)
    qtbot.waitUntil(lambda: len({tile.y() for tile in grid.findChildren(Tile)}) > 1)


def test_a_row_wraps_instead_of_being_squeezed(shown, qtbot):
    holder, buttons = QWidget(), [Button(f"Button number {n}") for n in range(4)]
    holder.setLayout(Flow(*buttons[:3], STRETCH, buttons[3]))
    shown(holder)
    holder.resize(900, 100)
    holder.layout().setContentsMargins(0, 0, 0, 0)
    qtbot.waitUntil(lambda: buttons[3].geometry().right() == 899)
    assert len({button.y() for button in buttons}) == 1
    holder.resize(300, 200)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) > 1)
    assert all(button.width() >= button.sizeHint().width() for button in buttons)


def visible_words(widget):
    return {label.text() for label in widget.findChildren(Label) if label.isVisible()}


def test_an_effect_shows_before_and_after_and_is_shown_anew(shown, qtbot):
    panel = shown(EffectPanel("Effect of Fulfill Order"))
    panel.add_row("Money", "hand-coins").add(Label("No money moves."))
    panel.add_row("Stock", "package").add(
        Label("Ankara tote (red)"), Change(Step.units("On shelf", 4, 5)), Label("1 found in hand")
    )
    words = [label.text() for label in panel.findChildren(Label)]
    assert {"Ankara tote (red)", "On shelf", "4", "→", "5", "1 found in hand"} <= set(words)
    assert Step.units("Free", -3, 0).spoken == "Free −3 to 0"
    panel.clear()
    panel.add_row("Order", "receipt-text").add(Label("Leaves Attention."))
    qtbot.waitUntil(lambda: "Leaves Attention." in visible_words(panel))
    assert "Ankara tote (red)" not in visible_words(panel)


def test_a_chart_tells_its_numbers_in_words(shown):
    chart = shown(
        BarChart(
            "Sales by hour",
            ("Counter", "Web"),
            [Bar("13", (59_800, 0)), Bar("14", (30_400, 87_825)), Bar("15", (0, 0))],
        )
    )
    assert chart.sentences() == ["13: Counter 59,800", "14: Counter 30,400, Web 87,825"]
    assert chart.accessibleDescription() == "13: Counter 59,800; 14: Counter 30,400, Web 87,825"
    assert look().tokens.primary.name() in colours(chart)
    chart.set_bars([])
    assert chart.accessibleDescription() == "Nothing yet"


@pytest.mark.parametrize(
    ("most", "top"), [(0, 3), (1, 3), (118_225, 120_000), (200_000, 240_000), (99, 120), (7_000, 7_500)]
)
def test_the_axis_ends_at_a_round_number_above_the_largest_bar(most, top):
    assert axis_top(most) == top
    assert top % 3 == 0


def test_axis_figures_are_short():
    assert [short(n) for n in (0, 500, 40_000, 1_500_000)] == ["0", "500", "40k", "1.5M"]


def test_a_paragraph_is_plain_text_and_keeps_its_line_height(shown):
    label = Label("<b>Ada</b> & Obi " * 20, wrap=True)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.heightForWidth(300) % 20 == 0
    assert label.heightForWidth(300) > label.heightForWidth(600)


def test_every_widget_names_itself(shown):
    holder = QWidget()
    card = Card()
    card.add_head("Needs you", Button("Check transfer"))
    strip = Strip(Tone.ATTENTION, "2 were left")
    strip.add_button("See 0140")
    holder.setLayout(
        column(
            Button(icon="printer", name="Print"), Button("Open"), FilterChip("Status", [("a", "A")]),
            SegmentedControl([("a", "A"), ("b", "B")], name="View"), SearchField("Order number"), Input("Amount"),
            Select("Every", [("a", "A")]), Check("Print"), Radio("Cash"), Switch(name="Fill"), Stepper("Units"),
            Tile("Low", "4"), ChoiceButton("Refund Excess", "undo-2"), EmptyState("No", action="Clear"), card, strip,
        )
    )  # fmt: skip
    shown(holder)
    assert nameless_controls(holder) == []


def test_the_walker_finds_a_nameless_control(shown):
    holder = QWidget()
    holder.setLayout(column(Button(icon="printer"), Switch()))
    found = nameless_controls(shown(holder))
    assert found == ["QWidget > Button", "QWidget > Switch"]
