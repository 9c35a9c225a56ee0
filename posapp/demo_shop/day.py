"""A day that has already happened: a dozen orders in every state, for the demo profile."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from posapp.demo_shop.checkout import Customer, Delivery, Payment
from posapp.demo_shop.records import Order
from posapp.demo_shop.store import Store

LONGEST = timedelta(hours=6)
SHOP_ZONE = ZoneInfo("Africa/Lagos")
FIRST_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Visit:
    """Somebody buys something, and what became of it afterwards."""

    name: str
    items: tuple[tuple[str, int], ...]
    payment: Payment
    then: str = ""  # the status the shop moved it to
    delivery: Delivery = Delivery.PICKUP
    note: str = ""


# Three of them need a person at a till that knows shop and provider: the second wig, the necklace that
# was paid twice, and the tote that was paid after it was cancelled.
VISITS = (
    Visit("Ngozi Eze", (("ZOBO-50", 2), ("SHEA-200", 1)), Payment.NOW, "completed"),
    Visit(
        "Tunde Bakare", (("TOTE-BLU", 1),), Payment.NOW, delivery=Delivery.LAGOS, note="Please call – gate 2"
    ),
    Visit("Amina Sule", (("ADIRE-L", 1),), Payment.NOW, "completed"),
    Visit("Ifeoma Nwosu", (("WIG-14", 1),), Payment.NOW),
    Visit("Chidi Okafor", (("SOAP-BH", 2),), Payment.NOW, "refunded"),
    Visit("Ada Obi", (("WIG-14", 1), ("SHEA-200", 2)), Payment.NOW, delivery=Delivery.LAGOS),
    Visit("Kunle Adeyemi", (("NECK-1", 1),), Payment.TWICE),
    Visit("Halima Bello", (("GARRI-2", 3),), Payment.ON_DELIVERY, delivery=Delivery.LAGOS),
    Visit("Emeka Eze", (("TOTE-RED", 1),), Payment.AFTER_CANCELLING),
    Visit("Sade Ojo", (("GELE-GOLD", 1), ("WRAP", 1)), Payment.TRANSFER),
    Visit("Musa Danladi", (("ZOBO-50", 6),), Payment.LATER, "cancelled"),
    Visit("Yetunde Coker", (("TOTE-RED", 1), ("SHEA-200", 1)), Payment.PART),
    Visit("Uche Onyeka", (("ADIRE-M", 1),), Payment.LATER),
    Visit("Efe Omoregie", (("RICE-5", 1), ("SOAP-BH", 1)), Payment.NOW),
)


def live_a_day(store: Store, until: datetime) -> list[Order]:
    """Let the visits happen before `until`: within six hours, and all of them today in Lagos.

    Right after midnight they come within seconds of each other.
    """
    midnight = datetime.combine(until.astimezone(SHOP_ZONE).date(), time(), SHOP_ZONE)
    begin = max(until - LONGEST, midnight)
    step = (until - FIRST_MINUTE - begin) / len(VISITS) if until - begin > 2 * FIRST_MINUTE else timedelta()
    return [_happen(store, visit, begin + step * number, step) for number, visit in enumerate(VISITS)]


def _happen(store: Store, visit: Visit, at: datetime, step: timedelta) -> Order:
    first, _, last = visit.name.partition(" ")
    phone = f"+23480{sum(visit.name.encode()) * 9173 % 10**8:08d}"
    customer = Customer(first, last, phone, street="5 Marina" if visit.delivery is Delivery.LAGOS else "")
    order = store.place(
        visit.items,
        customer=customer,
        delivery=visit.delivery,
        payment=visit.payment,
        note=visit.note,
        at=at,
    )
    if visit.then:
        store.set_status(order.id, visit.then, at=at + step / 2)
    return order
