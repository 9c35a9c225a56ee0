"""Missing units that another location has: proposed before anything is found, chosen by a person."""

import pytest
from pytestqt.qtbot import QtBot

from posapp.commands.locations import AddLocation
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.stock import ReceiveStock
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.toggles import Stepper
from posapp.queries.locations import levels_of
from tests.gui.adaeze import Counter
from tests.gui.order_hands import Hands
from tests.gui.walker import nameless_controls


@pytest.fixture
def lekki(counter: Counter) -> str:
    """Another location with four of the rice that Musa waits for; he wants two."""
    place = counter.shop.do(AddLocation, name="Lekki").answer
    counter.shop.do(ReceiveStock, product_id="rice", location_id=place, units=1)
    return place


@pytest.fixture
def musa(qtbot: QtBot, counter: Counter, lekki: str) -> Hands:
    return Hands(qtbot, counter, counter.orders["Musa"])


def stepper(hands: Hands, name: str) -> Stepper:
    def shown() -> list[Stepper]:
        return [each for each in hands.dialog.findChildren(Stepper, name) if each.isVisible()]

    hands.qtbot.waitUntil(lambda: len(shown()) == 1)
    return shown()[0]


def on_shelves(hands: Hands) -> list[tuple[int, int]]:
    return [(level.on_hand, level.allocated) for level in levels_of(hands.counter.shop.reader, "rice")]


def words_of(hands: Hands) -> str:
    return " ".join(x.text() for x in hands.dialog.findChildren(Label) if x.isVisible() and x.text())


def test_fulfill_order_proposes_to_bring_what_is_free_elsewhere(musa: Hands, lekki: str) -> None:
    musa.press("fulfill_order")
    assert stepper(musa, "from_lekki_1").value() == 1
    shown = words_of(musa)
    for words in ("of 2 missing, free: 1", "Rice 5 kg · Shop", "Rice 5 kg · Lekki",
                  "1 brought, 1 found in hand, held for Musa", "1 carried over for Musa"):  # fmt: skip
        assert words in shown, words
    assert musa.button("commit_resolution").text() == "Fulfill Order: bring 1, hold 2 for Musa"
    assert nameless_controls(musa.dialog) == []
    musa.commit()
    assert on_shelves(musa) == [(2, 2), (0, 0)]


def test_the_person_may_find_them_all_instead(musa: Hands) -> None:
    musa.press("fulfill_order")
    stepper(musa, "from_lekki_1").setValue(0)
    musa.qtbot.waitUntil(lambda: "2 found in hand" in words_of(musa))
    musa.commit()
    assert on_shelves(musa) == [(2, 2), (1, 0)]


def test_per_line_what_is_brought_leaves_less_to_refund(musa: Hands) -> None:
    musa.dialog.decision.choose("mixed")
    bring = stepper(musa, "from_lekki_1")
    assert bring.value() == 0
    stepper(musa, "refund_1").setValue(2)
    bring.setValue(1)
    assert stepper(musa, "refund_1").value() == 1
    musa.commit()
    assert on_shelves(musa) == [(1, 1), (0, 0)]
    assert musa.order.lines[0].refunded_qty == 1


def test_where_no_other_location_has_any_nothing_is_offered(qtbot: QtBot, counter: Counter) -> None:
    counter.shop.do(AddLocation, name="Lekki")
    hands = Hands(qtbot, counter, counter.orders["Musa"])
    hands.press("fulfill_order")
    assert hands.dialog.findChild(Stepper, "from_lekki_1") is None
    assert levels_of(counter.shop.reader, "rice")[0].location_id == MAIN_LOCATION
