"""The page's addresses. Forms only, no scripts: a change is a POST that leads back to a page."""

from importlib.resources import files
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from posapp.demo_shop.checkout import (
    Customer,
    Delivery,
    Payment,
    Purchase,
    place,
    room_for,
    settle_choice,
)
from posapp.demo_shop.page.basket import (
    Basket,
    clean,
    for_sale,
    orders_cookie,
    own_orders,
    remember,
    who_buys,
    who_cookie,
)
from posapp.demo_shop.page.checkout_page import checkout_parts
from posapp.demo_shop.page.deeds import offered
from posapp.demo_shop.page.layout import page, said
from posapp.demo_shop.page.order_page import order_parts
from posapp.demo_shop.page.shelf import bottom_bar, order_address, own_orders_card, shelf
from posapp.demo_shop.page.style import CSS
from posapp.demo_shop.records import Order
from posapp.demo_shop.store import Store

MOST_FORM_BYTES = 20_000
FONTS = {"400": "Inter-Regular.ttf", "500": "Inter-Medium.ttf", "600": "Inter-SemiBold.ttf"}
WORDS = {
    "full": "There are no more of these.",
    "empty": "The basket is empty.",
    "gone": "That is not for sale any more.",
    "late": "That can no longer be done: the order has changed.",
}


async def form(request: Request) -> dict[str, str]:
    """The fields of a form; one that is too long is an empty one."""
    raw = await request.body()
    if len(raw) > MOST_FORM_BYTES:
        return {}
    fields = parse_qs(raw.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in fields.items()}


class Pages:
    """The page's answers over one store. Everything a browser may see or do goes by its cookies and keys."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def _page(self, title: str, parts: list[str], request: Request, *, bar: str = "") -> Response:
        words = said(WORDS.get(request.query_params.get("said", ""), ""))
        return page(title, self._store.state.name, [words, *parts], bar=bar)

    def _basket(self, request: Request) -> Basket:
        return Basket.read(self._store, request.cookies.get("basket", ""))

    def _order(self, request: Request, key: str) -> Order | None:
        order = self._store.state.orders.get(request.path_params["order_id"])
        return order if order is not None and order.order_key == key else None

    async def front(self, request: Request) -> Response:
        """The shelf."""
        head = '<div><h1>Buy something</h1><p class="muted">Then watch the till.</p></div>'
        orders = own_orders_card(own_orders(self._store, request.cookies))
        bar = bottom_bar(self._store, self._basket(request))
        return self._page("Buy something", [head, shelf(self._store), orders], request, bar=bar)

    async def change_basket(self, request: Request) -> Response:
        """One unit more or less."""
        fields, basket = await form(request), self._basket(request)
        number = fields.get("product", "")
        known = number.isascii() and number.isdigit() and len(number) < 10
        product = self._store.state.products.get(int(number)) if known else None
        back = "/checkout" if fields.get("back") == "checkout" else "/"
        if product is None or not for_sale(product):
            return RedirectResponse(f"{back}?said=gone", 303)
        held = basket.units.get(product.id, 0)
        if fields.get("step") == "less":
            basket.units[product.id] = held - 1
        elif room_for(self._store, product, held):
            basket.units[product.id] = held + 1
        else:
            back += "?said=full"
        response = RedirectResponse(back, 303)
        remember(response, basket=basket.cookie())
        return response

    async def checkout(self, request: Request) -> Response:
        """The basket, with name, delivery and payment."""
        customer = who_buys(self._store, request.cookies)
        parts = checkout_parts(self._store, self._basket(request), customer)
        return self._page("Basket", parts, request)

    async def buy(self, request: Request) -> Response:
        """Place the order and do what was chosen about the money."""
        fields, basket = await form(request), self._basket(request)
        if not basket.units:
            return RedirectResponse("/?said=empty", 303)
        customer = _customer(fields, who_buys(self._store, request.cookies))
        agent = clean(request.headers.get("user-agent", ""))
        try:
            delivery, payment = (
                Delivery(fields.get("delivery", "pickup")),
                Payment(fields.get("payment", "later")),
            )
            items = tuple(basket.units.items())
            order = place(self._store, Purchase(items, customer, delivery, user_agent=agent))
        except ValueError:  # an unknown choice, or what is no longer for sale
            return RedirectResponse("/?said=gone", 303)
        settle_choice(self._store, order, payment)
        response = RedirectResponse(order_address(order), 303)
        orders = orders_cookie([order, *own_orders(self._store, request.cookies)])
        remember(response, basket="", who=who_cookie(customer), orders=orders)
        return response

    async def see_order(self, request: Request) -> Response:
        """An order; its key is the permission."""
        order = self._order(request, request.query_params.get("key", ""))
        if order is None:
            return _not_found(self._store)
        return self._page(f"Order {order.id}", order_parts(self._store, order), request)

    async def do(self, request: Request) -> Response:
        """One of the deeds the order's page offers."""
        fields = await form(request)
        order = self._order(request, fields.get("key", ""))
        if order is None:
            return _not_found(self._store)
        deed = offered(self._store, order).get(fields.get("deed", ""))
        if deed is None:
            return RedirectResponse(f"{order_address(order)}&said=late", 303)
        deed.do(self._store, order)
        return RedirectResponse(order_address(order), 303)


def page_routes(store: Store) -> list[Route]:
    """The routes of the page over a store."""
    pages = Pages(store)
    return [
        Route("/", pages.front),
        Route("/shop", pages.front),
        Route("/basket", pages.change_basket, methods=["POST"]),
        Route("/checkout", pages.checkout),
        Route("/buy", pages.buy, methods=["POST"]),
        Route("/order/{order_id:int}", pages.see_order),
        Route("/order/{order_id:int}", pages.do, methods=["POST"]),
        Route("/style.css", style),
        Route("/font/{weight}.ttf", font),
    ]


def _customer(fields: dict[str, str], known: Customer) -> Customer:
    """Who the form says; the quick buttons ask nothing, and the browser's own name stands."""
    name = clean(fields.get("name", ""))
    if not name:
        return known
    first, _, last = name.partition(" ")
    return Customer(first, last, clean(fields.get("phone", "")))


def _not_found(store: Store) -> Response:
    words = '<h1>No such order</h1><p><a class="button" href="/">Back to the shop</a></p>'
    return page("Not found", store.state.name, [words], status=404)


async def style(_: Request) -> Response:
    """The style sheet."""
    return PlainTextResponse(CSS, media_type="text/css", headers={"Cache-Control": "max-age=60"})


async def font(request: Request) -> Response:
    """A weight of Inter, where the program brings it along; the page does without it too."""
    name = FONTS.get(request.path_params["weight"], "")
    found = files("posapp").joinpath("resources", "fonts", name) if name else None
    if found is None or not found.is_file():
        return Response(status_code=404)
    return Response(found.read_bytes(), media_type="font/ttf", headers={"Cache-Control": "max-age=86400"})
