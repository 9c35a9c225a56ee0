"""Whatever a command says, it is carried out whole or refused in words: never a fault, and the books balance."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from posapp.commands.accounts import PayAccount, SetCreditLimit
from posapp.commands.counter import Sell, Tender
from posapp.commands.returns import TakeBack, TakeBackUnknown
from posapp.commands.shop import MAIN_LOCATION
from posapp.domain.errors import Refused
from posapp.domain.sale_line import Returned, SaleLine
from tests.counter.till import Counter, passing_folder

numbers = st.one_of(st.integers(-3, 5), st.sampled_from([100, 300, -(2**70), 2**63, 10**15, 10**16]))
goods = st.sampled_from(["mug", "mug", "service", "nothing", ""])
words = st.sampled_from(["", "broken", "4111111111111111", "\x00", "é" * 50])
ids = st.sampled_from(["", "sale-1", "sale-2", "ada"])
routes = st.sampled_from(["cash", "hand", "own", "account", "exchange", "shop", ""])
lines = st.lists(
    st.builds(SaleLine, goods, numbers, st.none() | numbers, numbers, numbers, words), max_size=3
).map(tuple)
methods = st.sampled_from(["cash", "transfer", "card", "account", "exchange", ""])
tenders = st.lists(st.builds(Tender, methods, numbers, numbers, words, st.booleans()), max_size=3).map(tuple)
units = st.dictionaries(goods, numbers, max_size=2)
said = st.one_of(
    st.tuples(
        st.just(Sell),
        st.fixed_dictionaries(
            {"lines": lines, "tenders": tenders},
            optional={
                "contact_id": ids, "discount_bp": numbers, "discount_minor": numbers, "shipping_minor": numbers,
                "note": words, "rounding_minor": numbers, "found": units, "reserved": units,
                "deposit": st.booleans(), "hand_over": st.booleans(), "payout_route": routes,
            },
        ),
    ),
    st.tuples(st.just(TakeBack), st.fixed_dictionaries({"route": routes, "reason": words, "reference": words})),
    st.tuples(
        st.just(TakeBackUnknown),
        st.fixed_dictionaries({"lines": lines, "restock": st.booleans(), "route": routes, "reason": words}),
    ),
    st.tuples(st.just(SetCreditLimit), st.fixed_dictionaries({"contact_id": ids, "limit_minor": numbers})),
    st.tuples(
        st.just(PayAccount),
        st.fixed_dictionaries({"contact_id": ids, "amount_minor": numbers, "method": methods, "reference": words}),
    ),
)  # fmt: skip
backs = st.lists(st.tuples(st.integers(0, 3), numbers, st.booleans(), words), max_size=3)


@given(st.lists(st.tuples(said, backs), min_size=1, max_size=8))
@settings(max_examples=40)
def test_nothing_that_is_said_is_a_fault(happened):
    with passing_folder() as folder:
        till = Counter(Path(folder) / "shop")
        try:
            till.product("Mug", 100, stock=5)
            till.product("Service", 300, track_stock=False)
            known = [till.sell(("mug", 2)), till.sell(("mug", 1), ("service", 1))]
            places = [(order.id, line.id) for order in known for line in order.lines] + [("", "")]
            for (kind, fields), back in happened:
                returned = tuple(Returned(*places[at], *rest) for at, *rest in back)
                extra = {"returned": returned} if kind in (Sell, TakeBack) else {}
                if kind in (Sell, TakeBackUnknown):
                    extra |= {"order_id": till.new_id("said"), "location_id": MAIN_LOCATION}
                try:
                    till.desk.do(till.command(kind, **fields, **extra))
                except Refused as refused:
                    assert refused.message and refused.code  # noqa: PT017, PT018 - words and a code, each time
                till.check()
            till.replayed()
        finally:
            till.close()
