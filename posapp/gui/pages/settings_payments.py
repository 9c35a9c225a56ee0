"""Settings, Payments: the payment provider, and who bears what it takes of a payment by link."""

from posapp.domain.provider_fees import TARIFFS, FeeBearer, fee_of, fee_on_top
from posapp.gui import text
from posapp.gui.pages.connection_words import PAYMENTS
from posapp.gui.pages.settings_choice import Choice, ChoiceCard, SettingChoice
from posapp.gui.pages.settings_connection import ConnectionSection
from posapp.gui.parts import Parts

_EXAMPLE_MINOR = 1_000_000  # ₦10,000: the order that the fee is shown for


class PaymentsSection(ConnectionSection):
    """The provider's connection, and the fee of payment links."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, PAYMENTS)
        self.fee = ChoiceCard(
            "Fee of a payment link",
            "What the payment provider keeps of a payment made on its page.",
            _bearers(PAYMENTS.id, parts.shop.currency),
        )
        self._bound = SettingChoice(parts, "link_fee", self.fee)
        self.add(self.fee)

    def opened(self) -> None:
        """Read the connection and the setting."""
        super().opened()
        self._bound.opened()


def _bearers(provider: str, currency: str) -> tuple[Choice, Choice]:
    tariff = TARIFFS.get((provider, currency))
    if tariff is None:
        shop = "A customer pays what the order costs."
        customer = f"What it takes of {currency} is not known here: the page asks for what the order costs."
    else:
        order = text.money(_EXAMPLE_MINOR, currency)
        kept = text.money(fee_of(tariff, _EXAMPLE_MINOR), currency)
        asked = text.money(_EXAMPLE_MINOR + fee_on_top(tariff, _EXAMPLE_MINOR), currency)
        shop = f"A customer pays what the order costs. Of an order of {order} the provider keeps {kept}."
        customer = (
            f"The page asks for more, so that the order is paid exactly: {asked} for an order of {order}. "
            "The customer sees the whole amount before paying."
        )
    return (
        Choice(FeeBearer.MERCHANT, "The shop bears it", shop),
        Choice(FeeBearer.CUSTOMER, "The customer bears it", customer),
    )
