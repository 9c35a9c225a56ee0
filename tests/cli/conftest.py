"""A folder with a small shop in it, and the command line as a script calls it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from posapp.cli.main import main
from posapp.commands.catalogue import SaveProduct
from posapp.commands.command import new_command_id
from posapp.commands.shop import MAIN_LOCATION, OpenShop
from posapp.commands.staff import AddStaff
from posapp.commands.stock import ReceiveStock
from posapp.desk import Desk

ROOT = Path(__file__).parents[2]
PRICES = {"TOTE": 1_500_000, "MUG=BLUE": 200_000, "SHEA BUTTER": 300_000, "WIG": 100_000}


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        assert not self.err, self.err
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        """The one JSON object on standard error."""
        assert self.code != 0, self.out
        told = json.loads(self.err)
        assert set(told) == {"error", "message"}
        assert told["message"]
        return told


Run = Callable[..., Said]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shop"


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process, on the folder of the test."""

    def call(*words: object, where: Path | None = None) -> Said:
        capsys.readouterr()
        code = main(["--data-dir", str(where or folder), *map(str, words)])
        heard = capsys.readouterr()
        return Said(code, heard.out, heard.err)

    return call


@pytest.fixture
def ask(run: Run) -> Callable[..., Any]:
    """Run with --json and give what was answered."""
    return lambda *words: run(*words, "--json").json


def make_shop(folder: Path, **stock: int) -> None:
    """Open a shop with the four products, each with so many units."""
    desk = Desk(folder)

    def do(kind: Any, **fields: Any) -> None:
        at = desk.clock()
        desk.do(kind(id=new_command_id(at), actor="Owner", at=at, **fields))

    do(OpenShop, name="Invented", owner="Owner", currency="NGN", time_zone="Africa/Lagos")
    do(AddStaff, name="Ify", role_id="manager")
    do(AddStaff, name="Chidi", role_id="cashier")
    for sku, price in PRICES.items():
        product = {"product_id": f"p-{sku}", "name": sku.title(), "sku": sku, "barcode": f"bar-{sku}"}
        do(SaveProduct, **product, price_minor=price, track_stock=sku != "WIG")
        if stock.get(sku):
            do(ReceiveStock, product_id=f"p-{sku}", location_id=MAIN_LOCATION, units=stock[sku])
    desk.close()


@pytest.fixture
def shop(folder: Path) -> Callable[..., None]:
    return lambda **stock: make_shop(folder, **{sku.replace("_", " "): n for sku, n in stock.items()})


@pytest.fixture
def paid_short(shop: Any, ask: Any) -> dict[str, Any]:
    """Order 0001: three totes paid, two there (scenario 3)."""
    shop(TOTE=2)
    ask("new", "--line", "TOTE=3", "--customer", "Ada Obi")
    return ask("pay", "1", "--amount-minor", 4_500_000, "--method", "cash", "--reference", "R1")


def posapp(*words: object, **environment: str) -> Said:
    """Run the installed program itself, as a script does."""
    done = subprocess.run(
        [sys.executable, "-m", "posapp", *map(str, words)],
        capture_output=True, text=True, timeout=60, cwd=ROOT, env={**os.environ, **environment}, check=False,
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr)
