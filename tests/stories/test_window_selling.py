"""At the counter by keyboard and scanner alone: sold, paid in every way, awaited, held and recalled, brought back."""

from argon2 import PasswordHasher

from posapp.commands.command import new_command_id
from posapp.commands.shifts import OpenShift
from posapp.commands.staff import AddStaff, NoteSecret
from posapp.demo_profile import OWNER
from posapp.domain.orders import Status
from posapp.gui.dialogs.account import AccountDialog
from posapp.gui.dialogs.confirm_transfer import ConfirmTransferDialog
from posapp.gui.dialogs.held_sales import HoldDialog, RecallDialog
from posapp.gui.dialogs.pay import PayDialog
from posapp.gui.dialogs.sale_customer import SaleCustomerDialog
from posapp.gui.dialogs.take_back import TakeBackDialog
from posapp.gui.pages.lock import LockPage
from posapp.gui.pages.sell import SellPage
from posapp.pins import Pins
from posapp.queries.accounts import accounts
from tests.stories.counter import button

PINS = {OWNER: "3719", "Chidi": "2580"}


def does(till, kind, *, also=None, **fields):
    """The owner has done something before the story begins."""
    at = till.clock()
    till.desk.do(kind(id=new_command_id(at), actor=till.front.parts.shop.person, at=at, **fields), also=also)


async def begins(till, *, float_minor=5_000_000):
    """A morning: the shift is open, and the Sell page is shown."""
    does(till, OpenShift, float_minor=float_minor)
    await till.key("Ctrl+2")
    assert isinstance(till.page, SellPage)


async def scans(till, *codes):
    """Scan, and see a line for each."""
    before = till.page.sale.basket.units
    for code in codes:
        await till.scan(code)
    await till.until(lambda: till.page.sale.basket.units == before + len(codes), "the basket has them")


async def pays(till):
    """F9: to the money."""
    await till.key("F9")
    return await till.top(PayDialog)


async def is_paid(till, pay):
    """The dialog says so, and it is so; gives the order."""
    await till.until(lambda: pay.is_over, "the sale is committed")
    return till.reader.order(pay.order_id)


async def sells(till, *codes):
    """A whole sale for exact cash; gives the order."""
    await scans(till, *codes)
    pay = await pays(till)
    await till.key("F9")
    order = await is_paid(till, pay)
    await till.key("F9")
    await till.goes(pay)
    return order


def test_three_items_for_cash_in_at_most_six_keys(play):
    async def story(till):
        await begins(till)
        keys, press = [], till.key

        async def counted(*sequences):
            keys.extend(sequences)
            await press(*sequences)

        till.key = counted
        await scans(till, "6150000000144", "6150000000151", "6150000000175")
        assert till.page.panel.sum.total.text() == "₦10,400"
        await till.key("F9")  # to the money
        pay = await till.top(PayDialog)
        await till.key("Down", "Down")  # the notes that a customer would hold
        given = pay.part.panes["cash"].amount.amount_minor
        assert given > 1_040_000
        await till.key("F9")  # sold
        order = await is_paid(till, pay)
        assert pay.ending.words.text() == "Paid ₦10,400"
        assert pay.ending.change.text() == f"₦{(given - 1_040_000) // 100:,}"
        await till.key("F9")  # the next customer
        await till.goes(pay)
        assert len(keys) <= 6, keys
        assert till.page.sale.basket.is_empty
        assert (order.status, order.total_minor) == (Status.COMPLETED, 1_040_000)
        assert (till.stock("SHEA-200"), till.stock("NECK-1")) == ((36, 0, 36), (11, 0, 11))
        assert till.sold() == 1_040_000
        assert till.window.focusWidget() is till.page.field.edit, "the field has the keys for the next one"

    play(story)


def test_a_split_over_card_and_cash_with_change(play):
    async def story(till):
        await begins(till)
        await scans(till, "NECK-1", "NECK-1", "SHEA-200")  # ₦16,000
        pay = await pays(till)
        await till.key("Alt+3")
        await till.key("Ctrl+A")
        await till.write("6000")
        await till.key("Alt+1")
        assert pay.part.panes["cash"].amount.text == "10,000"
        await till.key("Ctrl+A")
        await till.write("15000")
        assert pay.split.isVisible()
        await till.key("F9")
        order = await is_paid(till, pay)
        assert pay.ending.change.text() == "₦5,000"
        ways = {(p.method, p.gross_minor, p.given_minor) for p in order.payments}
        assert ways == {("card", 600_000, 0), ("cash", 1_000_000, 1_500_000)}
        await till.key("Enter")  # the next customer has the keys
        await till.goes(pay)
        assert till.sold() == 1_600_000

    play(story)


def test_a_transfer_that_is_confirmed_after_the_last_one_went_needs_somebody(play):
    async def story(till):
        await begins(till)
        await scans(till, "WIG-14")
        pay = await pays(till)
        await till.key("Alt+2")
        await till.tab_to(pay.keep)
        await till.key("Space")
        kept = await is_paid(till, pay)
        assert (kept.status, kept.paid_minor) == (Status.OPEN, 0)
        assert till.stock("WIG-14") == (1, 0, 1), "what was only announced takes no stock"
        await till.key("F9")
        await till.goes(pay)

        taken = await sells(till, "WIG-14")
        assert taken.status == Status.COMPLETED
        assert (till.stock("WIG-14"), till.badge) == ((0, 0, 0), 0)

        order = await till.open_order(kept.number)
        confirm = button(order, "next_deed")
        await till.tab_to(confirm)
        await till.key("Enter")
        seen = await till.top(ConfirmTransferDialog)
        await till.commit(seen)
        await till.goes(seen)
        await till.badge_is(1)
        short = till.order(kept.number)
        assert (short.paid_minor, short.status) == (8_500_000, Status.PROCESSING)
        assert till.held(kept.number) == 0
        await till.until(lambda: bool(order.details.offers), "the dialog asks what to do")
        await till.key("Esc")
        await till.goes(order)

    play(story)


def test_one_holds_a_sale_and_another_recalls_it(play):
    async def story(till):
        does(till, AddStaff, name="Chidi", role_id="cashier")
        pins = Pins(till.desk, hasher=PasswordHasher(1, 64, 1))
        for name, pin in PINS.items():
            does(till, NoteSecret, name=name, what="pin", given=True, also=pins.keep_pin(name, pin).result())
        pins.close()
        await begins(till)
        await scans(till, "NECK-1", "SHEA-200")
        await till.key("F4")
        hold = await till.top(HoldDialog)
        await till.key("Ctrl+A")
        await till.write("Red bag")
        await till.key("Enter")
        await till.goes(hold)
        assert till.page.sale.basket.is_empty
        assert till.stock("NECK-1") == (12, 0, 12), "a held sale takes no stock"

        await till.key("Ctrl+L")
        lock = await till.top(LockPage)
        owner, chidi = sorted(lock.cards, key=lambda card: card.person == "Chidi")
        await till.tab_to(owner)
        await till.key("Right")  # one name among several, as in any group
        assert lock.chosen == "Chidi", chidi
        await till.write(PINS["Chidi"])
        await till.until(lambda: till.front.parts.who.name == "Chidi", "Chidi is in")
        await till.key("F5")
        recall = await till.top(RecallDialog)
        await till.key("Enter")
        await till.goes(recall)
        assert (till.page.sale.basket.units, till.page.sale.basket.label) == (2, "Red bag")
        pay = await pays(till)
        await till.key("F9")
        order = await is_paid(till, pay)
        assert order.total_minor == 950_000
        seller = till.reader.value('SELECT actor FROM journal WHERE body LIKE \'%"do":"sell"%\'')
        assert seller == "Chidi"
        await till.key("F9")
        await till.goes(pay)

    play(story)


async def takes_back(till, number):
    """Ctrl+B and the receipt, by its number."""
    await till.key("Ctrl+B")
    dialog = await till.top(TakeBackDialog)
    await till.write(number)
    await till.key("Enter")
    await till.until(lambda: dialog.receipt is not None, "the receipt is found")
    return dialog


def test_a_receipt_is_taken_back_once_and_exchanged_in_one_payment(play):
    async def story(till):
        await begins(till)
        sold = await sells(till, "NECK-1", "SHEA-200")  # ₦6,500 and ₦3,000
        dialog = await takes_back(till, sold.number)
        await till.key("Up")  # one necklace came back
        await till.commit(dialog)
        await till.goes(dialog)
        assert till.order(sold.number).refunded_minor == 650_000
        assert till.stock("NECK-1") == (12, 0, 12)

        again = await takes_back(till, sold.number)
        necklace, butter = again.lines.rows
        assert not necklace.stepper.isEnabled(), "it came back already"
        assert butter.stepper.hasFocus()
        assert not again.commit.isEnabled()

        await till.key("Up")  # the butter is exchanged for another necklace
        await till.tab_to(again.exchange)
        await till.key("Space")
        await till.goes(again)
        await scans(till, "NECK-1")
        pay = await pays(till)
        assert pay.title.text() == "Pay ₦3,500"
        await till.key("F9")
        order = await is_paid(till, pay)
        assert {(p.method, p.gross_minor) for p in order.payments} == {
            ("exchange", 300_000),
            ("cash", 350_000),
        }
        await till.key("F9")
        await till.goes(pay)
        assert (till.stock("NECK-1"), till.stock("SHEA-200")) == ((11, 0, 11), (37, 0, 37))
        assert till.sold() == 650_000, "of all that went over the counter one necklace stayed sold"

        nothing = await takes_back(till, sold.number)
        assert nothing.problem.text() == "All of it came back already, or never left the shop."
        await till.key("Esc")
        await till.goes(nothing)

    play(story)


def test_bought_on_account_and_paid_from_the_jump_box(play):
    async def story(till):
        await begins(till)
        await scans(till, "SHEA-200")
        await till.key("F3")
        customer = await till.top(SaleCustomerDialog)
        await till.tab_to(customer.customer.name.edit)
        await till.write("Ngozi Eze")
        await till.key("Enter")
        await till.goes(customer)
        await sells(till)  # so that she is known
        await till.key("F3")
        customer = await till.top(SaleCustomerDialog)
        await till.write("ngozi")
        await till.key("Enter")
        await till.goes(customer)
        await till.key("F3")
        customer = await till.top(SaleCustomerDialog)
        await till.tab_to(customer.account)
        await till.key("Space")
        account = await till.top(AccountDialog)
        await till.write("20000")  # the limit has the keys where nothing is owed
        await till.key("Enter")
        await till.until(lambda: account.account.limit_minor == 2_000_000, "the limit holds")
        await till.key("Esc")
        await till.goes(account)
        await till.key("Esc")
        await till.goes(customer)

        await scans(till, "NECK-1")
        pay = await pays(till)
        await till.key("Alt+4")
        await till.key("F9")
        await is_paid(till, pay)
        await till.key("F9")
        await till.goes(pay)
        assert [(x.name, x.balance_minor) for x in accounts(till.reader)] == [("Ngozi Eze", 650_000)]

        await till.key("Ctrl+K")
        await till.write("ngozi")
        hits = till.window.jump_box.list.window_model
        await till.until(lambda: hits.rowCount() > 0, "she is found")
        kinds = [hits.id_at(row).split("/")[0] for row in range(hits.rowCount())]
        await till.key(*["Down"] * kinds.index("account"))
        await till.key("Enter")
        account = await till.top(AccountDialog)
        assert account.commit.word == "Take ₦6,500, cash"
        await till.key("Enter")
        await till.until(lambda: accounts(till.reader)[0].balance_minor == 0, "it is paid")
        assert till.sold() == 950_000, "paying an account is no sale"
        await till.key("Esc")
        await till.goes(account)

    play(story)
