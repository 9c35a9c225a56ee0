"""The frame around every page. Everything that came from outside goes through `esc`."""

import html
from collections.abc import Sequence

from starlette.responses import HTMLResponse

from posapp.demo_shop.page.icons import icon

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def esc(text: object) -> str:
    """Text that is safe between tags and inside quoted attributes."""
    return html.escape(str(text), quote=True)


def page(title: str, shop: str, parts: Sequence[str], *, bar: str = "", status: int = 200) -> HTMLResponse:
    """A whole page. `parts` are HTML already; `bar` is fixed at the bottom."""
    text = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>{esc(title)} · {esc(shop)} (demo)</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
</head>
<body class="{"has-bar" if bar else ""}">
<header><div class="wide">
<a class="brand" href="/">{icon("store", 22)}<span>{esc(shop)}</span></a>
<span class="chip demo">{icon("flask-conical", 14)}Demo</span>
</div></header>
<div class="strip"><div class="wide">{icon("info")}<p>A demo shop. No real money, nothing is sent.
What you buy here shows up at the till.</p></div></div>
<main class="wide">
{"".join(parts)}
</main>
{bar}
</body>
</html>
"""
    headers = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(text, status_code=status, headers=headers)


def said(words: str) -> str:
    """A sentence in a box, or nothing."""
    return f'<div class="said" role="status">{icon("info")}<p>{esc(words)}</p></div>' if words else ""


def chip(kind: str, symbol: str, word: str) -> str:
    """A state, with icon and word; the colour alone never says it."""
    return f'<span class="chip {kind}">{icon(symbol, 14)}{esc(word)}</span>'
