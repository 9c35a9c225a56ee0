"""The demo shop's web application: WooCommerce's REST, the provider, and the page to buy from."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from posapp.demo_shop import paystack
from posapp.demo_shop.faults import FaultyAnswers
from posapp.demo_shop.page.routes import page_routes
from posapp.demo_shop.paystack_page import pay_routes
from posapp.demo_shop.store import Store
from posapp.demo_shop.woocommerce import routes as woocommerce

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def build(store: Store) -> Starlette:
    """Make the application over a store. It keeps nothing of its own."""

    async def rest(request: Request) -> Response:
        return await woocommerce.answer(store, request)

    async def provider(request: Request) -> Response:
        return await paystack.answer(store, request)

    return Starlette(
        routes=[
            Route(woocommerce.ROOT, rest, methods=METHODS),
            Route(woocommerce.ROOT + "/{below:path}", rest, methods=METHODS),
            *pay_routes(store),
            Route(paystack.ROOT + "/{below:path}", provider, methods=METHODS),
            *page_routes(store),
        ],
        middleware=[Middleware(FaultyAnswers, faults=store.faults)],
    )
