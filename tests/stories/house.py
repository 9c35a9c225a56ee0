"""A shopkeeper's house, touched only from outside: programs as processes, the web shop by its REST and its page."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
POSAPP = (sys.executable, "-m", "posapp")
ENVIRONMENT = {**os.environ, "POSAPP_KEYRING": "file"}
API = "/wp-json/wc/v3"
_numbers = count(1)


@dataclass(frozen=True)
class Said:
    """What a verb wrote, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        assert self.code == 0, f"{self.code}: {self.err or self.out}"
        assert self.err == ""
        return json.loads(self.out)

    @property
    def error(self):
        """The code of the one JSON object on standard error."""
        assert self.code != 0, self.out
        told = json.loads(self.err)
        assert set(told) == {"error", "message"}
        assert told["message"]
        return told["error"]

    @property
    def words(self):
        return json.loads(self.err)["message"]


def posapp(*words, given="", **environment):
    """Run the program as a script does."""
    done = subprocess.run(
        [*POSAPP, *map(str, words)], input=given, capture_output=True, text=True, timeout=120, check=False,
        env={**ENVIRONMENT, **environment},
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr)


class Host:
    """Where most verbs run: each is a process of its own, but none has to load the program anew."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("verbs_host.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**ENVIRONMENT, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    def run(self, *words, given=""):
        self.process.stdin.write(json.dumps({"words": [*map(str, words)], "given": given}) + "\n")
        self.process.stdin.flush()
        return Said(**json.loads(self.process.stdout.readline()))

    def stop(self):
        self.process.communicate(timeout=20)


class Till:
    """One installation: a folder and the verbs on it."""

    def __init__(self, folder: Path, host: Host):
        self.folder, self.host = folder, host

    def run(self, *words, given=""):
        return self.host.run(*words, "--json", "--data-dir", self.folder, given=given)

    def __call__(self, *words):
        """Run a verb that must succeed, and give what it answered."""
        return self.run(*words).json

    def refused(self, *words):
        """Run a verb that a rule must refuse, and give the error's code."""
        said = self.run(*words)
        assert said.code == 1, said
        return said.error

    def connect(self, shop, *more, url=""):
        """Connect a running demo shop."""
        keys = shop.told
        words = (
            "connect",
            "woocommerce",
            url or keys["url"],
            "--key",
            keys["consumer_key"],
            "--secret-stdin",
        )
        return self.run(*words, *more, given=keys["consumer_secret"] + "\n")

    def connect_provider(self, shop):
        words = ("connect", "paystack", "--url", shop.told["provider_url"], "--secret-stdin")
        return self.run(*words, given=shop.told["provider_key"] + "\n")

    def sync(self):
        return self("sync", "--once")

    def order(self, web):
        """An order by what the web shop said of it, as the till has it now."""
        return self("show", web["id"])

    def orders(self, *web):
        """Several of them at once, in that order."""
        ours = {order["remote_id"]: order for order in self("orders", "--limit", 500)}
        return [ours[str(one["id"])] for one in web]

    def level(self, sku):
        """On hand / allocated / available."""
        (row,) = self("stock", sku)
        return row["on_hand"], row["allocated"], row["available"]

    def sold(self):
        """Total Sales of all time."""
        return self("sales")["total_sales_minor"]


class WebShop:
    """A running demo shop: its REST, its page, its provider."""

    def __init__(self, *words):
        self.process = subprocess.Popen(
            [*POSAPP, "demo-shop", "--json", *map(str, words)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=ENVIRONMENT,
        )  # fmt: skip
        self.told = json.loads(self.process.stdout.readline())
        keys = (self.told["consumer_key"], self.told["consumer_secret"])
        self.rest = httpx.Client(base_url=self.told["url"] + API, auth=keys, timeout=30)
        self.clients = [self.rest]

    def call(self, method, path, **body):
        answer = self.rest.request(method, path, json=body or None)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def product(self, stock, price="15000.00", *, sku="", **more):
        """A new, untaxed product with so many units; gives its SKU."""
        sku = sku or f"THING-{next(_numbers)}"
        made = {"name": f"Thing {sku}", "sku": sku, "regular_price": price, "tax_status": "none"}
        self.call("POST", "/products", **made, manage_stock=stock is not None, stock_quantity=stock, **more)
        return sku

    def product_id(self, sku):
        return self.rest.get("/products", params={"sku": sku}).json()[0]["id"]

    def place(self, *lines, paid=False, method="bacs", name="Ada Obi", **more):
        """An order of (sku, units) by REST; unpaid unless told otherwise."""
        first, _, last = name.partition(" ")
        return self.call(
            "POST", "/orders",
            payment_method=method, set_paid=paid, billing={"first_name": first, "last_name": last},
            line_items=[{"sku": sku, "quantity": units} for sku, units in lines], **more,
        )  # fmt: skip

    def change(self, order, **fields):
        return self.call("PUT", f"/orders/{order['id']}", **fields)

    def pay(self, order):
        return self.change(order, set_paid=True)

    def status(self, order, status):
        return self.change(order, status=status)

    def edit(self, order, units, line=0):
        """Another quantity with its money, as the back office's own form writes it."""
        old = order["line_items"][line]
        worth = f"{float(old['total']) / old['quantity'] * units:.2f}"
        row = {"id": old["id"], "quantity": units, "subtotal": worth, "total": worth}
        return self.change(order, line_items=[row])

    def refund(self, order, amount, *, units=None, money=None, line=0):
        """A refund by hand in the back office; `units` and `money` name goods of a line."""
        body = {"amount": amount, "api_refund": False}
        if units is not None:
            row = {"id": order["line_items"][line]["id"], "quantity": units}
            body["line_items"] = [{**row, "refund_total": float(money or amount)}]
        return self.call("POST", f"/orders/{order['id']}/refunds", **body)

    def delete(self, order, *, force=False):
        return self.call("DELETE", f"/orders/{order['id']}{'?force=true' if force else ''}")

    def buyer(self, name="Bola Ade"):
        return Buyer(self, name)

    def stop(self, how=signal.SIGTERM):
        for client in self.clients:
            client.close()
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.communicate(timeout=20)

    @property
    def port(self):
        return int(self.told["url"].rsplit(":", 1)[1])


class Buyer:
    """A customer with a browser: cookies and forms, nothing else."""

    def __init__(self, shop, name):
        self.shop, self.name = shop, name
        self.browser = httpx.Client(base_url=shop.told["url"], follow_redirects=True, timeout=30)
        shop.clients.append(self.browser)
        self.at = ""

    def buy(self, *lines, payment="now", delivery="pickup"):
        """Put units into the basket, check out and choose a payment; gives the order's number."""
        for sku, units in lines:
            for _ in range(units):
                form = {"product": self.shop.product_id(sku), "step": "add"}
                assert self.browser.post("/basket", data=form).status_code == 200
        return self.check_out(payment, delivery)

    def check_out(self, payment="now", delivery="pickup"):
        form = {"name": self.name, "payment": payment, "delivery": delivery}
        answer = self.browser.post("/buy", data=form)
        self.at = str(answer.url)
        return {"id": int(re.search(r"/order/(\d+)", self.at)[1])}

    def press(self, word):
        """Press the button of that word on the order's page."""
        page = self.browser.get(self.at).text
        buttons = {
            unescape(text): deed for deed, text in re.findall(r'name="deed" value="(\w+)">([^<]+)<', page)
        }
        key = re.search(r'name="key" value="([^"]+)"', page)[1]
        answer = self.browser.post(self.at.split("?")[0], data={"key": key, "deed": buttons[word]})
        assert "said=late" not in str(answer.url)


class Between:
    """A relay before a web shop, which answers otherwise where a test wants it.

    `spoil(method, path, status, body)` is given each answer, and gives it back or another:
    (status, body) or (status, body, content type).
    """

    def __init__(self, shop, spoil=None):
        self.shop, self.spoil = shop, spoil or (lambda *answer: answer[2:])
        self.client = httpx.Client(base_url=shop.told["url"], timeout=30)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _relay(self))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
        self.client.close()


def _relay(between):
    class Relay(BaseHTTPRequestHandler):
        def _answer(self):
            size = int(self.headers.get("Content-Length") or 0)
            headers = {
                k: v for k, v in self.headers.items() if k.lower() in ("authorization", "content-type")
            }
            there = between.client.request(
                self.command, self.path, headers=headers, content=self.rfile.read(size)
            )
            kind = there.headers.get("content-type", "application/json")
            status, body, *other = between.spoil(self.command, self.path, there.status_code, there.content)
            kept = {k: v for k, v in there.headers.items() if k.startswith("x-wp") or k in ("date", "link")}
            self.send_response_only(status)
            for name, value in {**kept, "content-type": (other or [kind])[0]}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with suppress(BrokenPipeError):
                self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - http.server's own names

        def log_message(self, *words):
            """Nobody reads it."""

    return Relay


def next_second():
    """Go on in the shop's next second: its clock counts whole ones, and within one nothing is later than another."""
    second = int(time.time())
    while int(time.time()) == second:
        time.sleep(0.01)


def figures(order, line=0):
    """Wanted / held / short of a line."""
    row = order["lines"][line]
    return row["wanted"], row["held"], row["short"]


def standing(order):
    return order["status"], order["payment_status"]
