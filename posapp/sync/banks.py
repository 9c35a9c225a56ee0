"""The banks that a payment provider pays out to, asked for when a person must name one."""

import httpx

from posapp.desk import Desk
from posapp.domain.errors import Refused
from posapp.secrets import Secrets
from posapp.sync.opening import open_payer
from posapp.sync.outgoing import Bank, Declined


async def banks_of(
    desk: Desk,
    secrets: Secrets,
    provider: str,
    currency: str,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
) -> list[Bank]:
    """Ask a connected provider. Raises `Refused`, and `FeedUnavailable` where it does not answer."""
    payer = await open_payer(desk, secrets, provider, transport=transport)
    try:
        return await payer.door.banks(currency)
    except Declined as refusal:
        raise Refused(refusal.words, code="refused") from refusal
    finally:
        await payer.door.close()
