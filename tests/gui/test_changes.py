from dataclasses import dataclass
from threading import Thread

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QWidget

from posapp.gui.changes import Changes


@dataclass(frozen=True)
class OrderConfirmed:
    id: int


@dataclass(frozen=True)
class StockReceived:
    id: int


def test_news_of_one_moment_come_as_one_batch_on_the_windows_thread(qtbot):
    changes, batches = Changes(), []
    changes.changed.connect(lambda names, events: batches.append((names, events, QThread.currentThread())))
    workers = [Thread(target=changes.tell, args=([OrderConfirmed(n)],)) for n in range(20)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    changes.tell([StockReceived(1)])
    qtbot.waitUntil(lambda: sum(len(events) for _, events, _ in batches) == 21)
    assert len(batches) == 1
    names, events, thread = batches[0]
    assert names == {"OrderConfirmed", "StockReceived"}
    assert {event.id for event in events if isinstance(event, OrderConfirmed)} == set(range(20))
    assert thread is changes.thread()


def test_what_is_told_while_a_batch_is_handed_out_comes_with_the_next(qtbot):
    changes, seen = Changes(), []

    def hear(names, events):
        seen.extend(event.id for event in events)
        if seen == [1]:
            changes.tell([OrderConfirmed(2)])

    changes.changed.connect(hear)
    changes.tell([OrderConfirmed(1)])
    qtbot.waitUntil(lambda: seen == [1, 2])


def test_nothing_told_is_nothing_heard(qtbot):
    changes = Changes()
    with qtbot.assertNotEmitted(changes.changed, wait=80):
        changes.tell([])


def test_five_thousand_emits_are_survived(qtbot):
    changes, heard = Changes(), []
    changes.changed.connect(lambda names, events: heard.append((True, None, names)))
    for number in range(5_000):
        changes.changed.emit(frozenset({"OrderConfirmed"}), (OrderConfirmed(number),))
    assert len(heard) == 5_000


def test_an_import_of_orders_becomes_few_signals_and_loses_none(qtbot):
    changes, batches = Changes(), []
    changes.changed.connect(lambda names, events: batches.append(events))
    for number in range(500):
        changes.tell([OrderConfirmed(number)])
    qtbot.waitUntil(lambda: sum(map(len, batches)) == 500)
    assert [event.id for events in batches for event in events] == list(range(500))
    assert len(batches) <= 3


def test_whoever_works_beside_the_window_is_told_while_it_draws(qtbot):
    told = []
    changes = Changes(drawing=told.append)
    changes.changed.connect(lambda names, events: told.append(names))
    changes.tell([OrderConfirmed(1)])
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == [True, {"OrderConfirmed"}, False]


def test_it_draws_until_what_the_news_changed_is_painted(qtbot):
    told = []

    class Screen(QWidget):
        def paintEvent(self, event):
            told.append("painted")

    screen = Screen()
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitExposed(screen)
    qtbot.waitUntil(lambda: "painted" in told)
    told.clear()
    changes = Changes(drawing=told.append)
    changes.changed.connect(screen.update)
    changes.tell([OrderConfirmed(1)])
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == [True, "painted", False]
