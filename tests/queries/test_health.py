from datetime import UTC, datetime
from sqlite3 import Connection

from posapp.commands.orders import EditOrder, NewLine
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.shop_orders import ReviseShopOrder, WebLine, WebTerms
from posapp.db.rows import to_text
from posapp.queries.health import InboxCounts, connections, inbox_counts, set_aside, sync_line
from posapp.queries.revisions import revisions
from tests.queries.situations import TOTE
from tests.shop import Shop

AT = datetime(2026, 11, 20, 14, 32, tzinfo=UTC)


def connect(connection: Connection, name: str, **values: object) -> None:
    row = {
        "id": name, "kind": "woocommerce", "url": f"https://{name}.example.test", '"key"': "ck_a91f",
        "location_id": MAIN_LOCATION, "look_s": 20, "state": "active", '"cursor"': "", "imported": 1,
        "last_pull_at": to_text(AT), "compared_at": None, "notice": "", "about": '{"version": "11.0.1"}',
    } | values  # fmt: skip
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO connection ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def come_in(connection: Connection, state: str, remote_id: str, reason: str = "") -> None:
    connection.execute(
        "INSERT INTO inbox (feed_id, event_id, kind, remote_id, stamp, seen_at, received_at, body, state, reason) "
        "VALUES ('shop', ?, 'order', ?, '', '', ?, ?, ?, ?)",
        (f"order:{remote_id}:{state}", remote_id, to_text(AT), f'{{"id": {remote_id}}}', state, reason),
    )


def test_a_till_that_reads_nothing(shop: Shop) -> None:
    assert connections(shop.reader) == ()
    line = sync_line(shop.reader)
    assert (line.connections, line.last_pull_at, line.importing) == (0, None, 0)
    assert line.inbox == InboxCounts(0, 0, 0)


def test_connections_as_they_stand(shop: Shop) -> None:
    shop.desk.write_now(lambda db: connect(db, "shop"))
    (found,) = connections(shop.reader)
    assert (found.url, found.key, found.location, found.look_s) == (
        "https://shop.example.test",
        "ck_a91f",
        "Shop",
        20,
    )
    assert (found.last_pull_at, found.imported, found.about) == (AT, True, {"version": "11.0.1"})


def test_the_sync_line_speaks_for_the_connection_that_was_read_least_lately(shop: Shop) -> None:
    earlier = datetime(2026, 11, 20, 14, 23, tzinfo=UTC)
    shop.desk.write_now(lambda db: connect(db, "shop"))
    shop.desk.write_now(lambda db: connect(db, "pay", kind="paystack", last_pull_at=to_text(earlier)))
    shop.desk.write_now(lambda db: connect(db, "old", state="removed", last_pull_at=None))
    assert sync_line(shop.reader).last_pull_at == earlier
    shop.desk.write_now(lambda db: connect(db, "new", last_pull_at=None, imported=0))
    line = sync_line(shop.reader)
    assert (line.connections, line.last_pull_at, line.importing) == (3, None, 1)


def test_connections_that_want_something_are_named(shop: Shop) -> None:
    shop.desk.write_now(lambda db: connect(db, "a", state="sign_in"))
    shop.desk.write_now(lambda db: connect(db, "b", state="taken_over"))
    line = sync_line(shop.reader)
    assert line.sign_in == ("https://a.example.test",)
    assert line.taken_over == ("https://b.example.test",)


def test_the_inbox_is_counted_and_what_was_set_aside_is_shown_as_it_came(shop: Shop) -> None:
    for state, remote_id in (("new", "1"), ("parked", "2"), ("applied", "3"), ("discarded", "4")):
        shop.desk.write_now(lambda db, s=state, r=remote_id: come_in(db, s, r))
    for remote_id in ("88231", "88232"):
        shop.desk.write_now(lambda db, r=remote_id: come_in(db, "quarantined", r, "too many decimals"))
    assert inbox_counts(shop.reader) == InboxCounts(new=1, parked=1, quarantined=2)
    first, second = set_aside(shop.reader)
    assert (first.remote_id, first.reason, first.raw) == ("88231", "too many decimals", '{"id": 88231}')
    assert first.received_at == AT
    assert set_aside(shop.reader, after=first.seq) == (second,)
    assert [item.remote_id for item in set_aside(shop.reader, "parked")] == ["2"]


def test_revisions_of_an_order_of_our_own(shop: Shop) -> None:
    shop.product("Tote", stock=9)
    shop.product("Wig", stock=9)
    order_id = shop.place({TOTE: 3})
    order = shop.order(order_id)
    shop.do(
        EditOrder, order_id=order_id, seen_version=order.version, wanted={order.lines[0].id: 2},
        added=(NewLine("wig", 1),), reason="changed her mind",
    )  # fmt: skip
    first, second = revisions(shop.reader, order_id)
    assert (first.number, first.in_shop, first.actor) == (1, False, "Adaeze")
    assert [(line.name, line.quantity, line.is_new) for line in first.lines] == [("Tote", 3, True)]
    assert [(line.name, line.quantity, line.is_new) for line in second.lines] == [
        ("Tote", 2, False),
        ("Wig", 1, True),
    ]
    assert (second.number, second.reason) == (2, "changed her mind")
    assert revisions(shop.reader, "nothing") == ()


def test_revisions_of_a_web_order_are_the_shops(shop: Shop) -> None:
    shop.product("Tote", stock=9)
    order_id = shop.web_order("8001", {TOTE: (2, 100_000)})
    line = WebLine("8001-0", TOTE, "TOTE", "Tote", 1, 100_000, 100_000, {}, 0)
    shop.do(ReviseShopOrder, order_id=order_id, terms=WebTerms((line,), 0, {}, 0, {}, 0, "edited"))
    first, second = revisions(shop.reader, order_id)
    assert first.in_shop
    assert [(line.quantity, line.net_minor) for line in (*first.lines, *second.lines)] == [
        (2, 200_000),
        (1, 100_000),
    ]
