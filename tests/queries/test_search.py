import pytest

from posapp.queries.jump import HitKind, jump
from posapp.queries.orders import OrderFilter, OrdersSource
from posapp.queries.search import CAP, amount_minor, lookups
from tests.queries.situations import TOTE
from tests.shop import Shop


def found(shop: Shop, text: str) -> list[str]:
    source = OrdersSource(shop.reader, OrderFilter(search=text))
    rows = [row.id for row in source.page_after(None, 256)]
    assert source.count() == len(rows)
    return rows


ADA = [
    "0007", "7", "#0007", "A-0007", "a-0007", "A0007",
    "+234 803 555 0142", "2348035550142", "0803 555 0142", "08035550142", "803-555-0142", "(0803) 5550142", "5550142",
    "ada", "OBI", "nwosu", "obi-nw", "ada nwosu", "ada.obi@example.test", "obi@exam",
    "T6813 0544", "T6813", "WIG-14", "wig-14", "26500.50", "26,500.50", "₦26,500.50", "NGN 26500.50", "  ada \n ",
]  # fmt: skip


def ada(shop: Shop) -> str:
    return str(shop.reader.value("SELECT id FROM orders WHERE number = '0007'"))


@pytest.mark.parametrize("text", ADA)
def test_an_order_is_found_by_whatever_a_person_types(shop: Shop, text: str) -> None:
    make_busy(shop)
    assert found(shop, text) == [ada(shop)]


def make_busy(shop: Shop) -> None:
    shop.product("Tote", 1_000_000, stock=50)
    shop.product("Wig", 2_650_050, stock=5, sku="WIG-14")
    for _ in range(6):
        shop.place({TOTE: 1})
    contact = shop.customer("Ada Obi-Nwosu", phone="+234 803 555 0142", email="ada.obi@example.test")
    order_id = shop.place({"wig": 1}, contact_id=contact)
    shop.web_order("88213", {TOTE: (2, 1_000_000)})
    shop.place({TOTE: 3}, customer="Musa Danjuma")
    shop.place({TOTE: 4}, contact_id=shop.customer("Zainab", phone="0802 111 2222"))
    shop.pay(order_id, method="transfer", reference="T6813 0544")


@pytest.mark.parametrize(
    "text",
    ["nobody", "0011", "adam", "T9999", "WIG-1", "26500", "0803 555 0143", "%", "_", "*", '"', '" OR name:*', "ad",
     "a*", "(", "NEAR(ada obi)", "'; DROP TABLE orders; --", "\x00", "\udcff", "🂡", "9" * 90, "x" * 5_000],
)  # fmt: skip
def test_nothing_is_found_by_what_no_order_has(shop: Shop, text: str) -> None:
    make_busy(shop)
    assert found(shop, text) in ([], found(shop, ""))


def test_only_a_blank_search_lists_everything(shop: Shop) -> None:
    make_busy(shop)
    assert len(found(shop, "")) == len(found(shop, "   ")) == 10
    assert found(shop, "%") == []


def test_a_number_begins_to_find_before_it_is_whole(shop: Shop) -> None:
    make_busy(shop)
    assert len(found(shop, "00")) == 10
    assert len(found(shop, "000")) == 9
    assert len(found(shop, "001")) == 2  # 0001, and what begins with 001


def test_web_ids_and_amounts_find_too(shop: Shop) -> None:
    make_busy(shop)
    (web,) = found(shop, "88213")
    assert shop.order(web).remote_id == "88213"
    assert found(shop, "20000") == [web]


def test_a_customer_who_is_renamed_is_found_by_the_new_name(shop: Shop) -> None:
    make_busy(shop)
    shop.desk.write_now(
        lambda connection: connection.execute(
            "UPDATE contact SET name = 'Adaora' WHERE name LIKE 'Ada Obi%'"
        ).fetchall()
    )
    assert found(shop, "nwosu") == []
    assert found(shop, "adaora") == [ada(shop)]


def test_a_search_that_finds_the_whole_shop_is_capped(shop: Shop) -> None:
    shop.product("Tote", stock=9)
    shop.product("Wig", stock=9)
    for _ in range(3):
        shop.place({TOTE: 1, "wig": 2})
    assert len(found(shop, "TOTE")) == 3
    assert str(CAP) in OrdersSource(shop.reader, OrderFilter(search="TOTE"))._question.source


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("26500", "NGN", 2_650_000), ("26,500", "NGN", 2_650_000), ("26,500.5", "NGN", 2_650_050), ("₦5", "NGN", 500),
     ("ngn 5", "NGN", 500), ("€ 5.05", "EUR", 505), ("500", "JPY", 500), ("1.234", "KWD", 1234), ("0", "NGN", 0),
     ("5.5", "JPY", None), ("5.001", "NGN", None), ("2,65,00", "NGN", None), ("0142", "NGN", None), ("", "NGN", None),
     ("A-12", "NGN", None), ("-5", "NGN", None), ("5e3", "NGN", None), ("٥", "NGN", None), ("9" * 13, "NGN", None)],
)  # fmt: skip
def test_amounts_as_they_are_typed(text: str, currency: str, minor: int | None) -> None:
    assert amount_minor(text, currency) == minor


def test_a_phone_ends_alike_with_and_without_its_country() -> None:
    forms = ["+234 803 555 0142", "0803 555 0142", "803 555 0142", "00234 803 555 0142"]
    assert len({lookups(form, "NGN")["phone"] for form in forms}) == 1
    assert lookups("0142", "NGN")["phone"][0] == "2410"
    assert "phone" not in lookups("142", "NGN")


def test_the_jump_box_opens_an_exact_number_first(shop: Shop) -> None:
    make_busy(shop)
    hits = jump(shop.reader, "7")
    assert (hits[0].kind, hits[0].title, hits[0].exact, hits[0].detail) == (
        HitKind.ORDER,
        "0007",
        True,
        "Ada Obi-Nwosu",
    )
    assert jump(shop.reader, "88213")[0].exact
    assert jump(shop.reader, "a-0007")[0].exact
    assert jump(shop.reader, "") == jump(shop.reader, "  ") == []


def test_the_jump_box_finds_orders_products_and_customers(shop: Shop) -> None:
    make_busy(shop)
    kinds = [(hit.kind, hit.title) for hit in jump(shop.reader, "ada")]
    assert kinds == [(HitKind.ORDER, "0007"), (HitKind.CUSTOMER, "Ada Obi-Nwosu")]
    (wig,) = [hit for hit in jump(shop.reader, "wig-14") if hit.kind == HitKind.PRODUCT]
    assert (wig.exact, wig.title, wig.units, wig.amount_minor, wig.currency) == (
        True,
        "Wig",
        4,
        2_650_050,
        "NGN",
    )
    (caller,) = [hit for hit in jump(shop.reader, "08021112222") if hit.kind == HitKind.CUSTOMER]
    assert (caller.title, caller.detail) == ("Zainab", "0802 111 2222")


def test_the_jump_box_gives_every_kind_room(shop: Shop) -> None:
    for n in range(9):
        shop.product(f"Ada cloth {n}", stock=1)
        shop.place({f"ada-cloth-{n}": 1}, customer=f"Ada {n}")
    hits = jump(shop.reader, "ada", limit=9)
    assert [hit.kind for hit in hits] == [HitKind.ORDER] * 3 + [HitKind.PRODUCT] * 3 + [HitKind.CUSTOMER] * 3
    assert len(jump(shop.reader, "ada cloth", limit=20)) == 9
