"""The demo shop's own page, drawn by a browser where there is one: it is no window of ours."""

import asyncio
import shutil
from pathlib import Path

from posapp.demo_profile import tell_a_day
from posapp.demo_shop.server import serve
from posapp.demo_shop.store import Store
from scripts.shots.stage import FRIDAY

NAME = "demo_shop-light"
SIZE = (390, 844)  # a phone
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def draw_shop_page(folder: Path, profile: Path) -> str:
    """Draw the page into the folder; gives in words why not, "" when it was drawn."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return f"{NAME}: no browser is here to draw the demo shop's page ({', '.join(BROWSERS)})"
    path = folder / f"{NAME}.png"
    path.unlink(missing_ok=True)
    asyncio.run(_draw(browser, path, profile))
    return "" if path.exists() else f"{NAME}: {browser} drew nothing"


async def _draw(browser: str, path: Path, profile: Path) -> None:
    store = Store(clock=lambda: FRIDAY)
    tell_a_day(store, FRIDAY)
    async with serve(store) as shop:
        drawing = await asyncio.create_subprocess_exec(
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--user-data-dir={profile}", f"--window-size={SIZE[0]},{SIZE[1]}", f"--screenshot={path}", shop.page,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            await asyncio.wait_for(drawing.wait(), 60)
        except TimeoutError:
            drawing.kill()
            await drawing.wait()
