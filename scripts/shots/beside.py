"""The page that sets every picture beside the mockup of the same name."""

import html
import os
from collections.abc import Sequence
from pathlib import Path

_STYLE = """
body { font: 14px/20px Inter, sans-serif; margin: 24px; background: #f5f6f8; color: #1b1f24 }
h2 { font-size: 16px; margin: 32px 0 8px }
div { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; align-items: start }
img { width: 100%; border: 1px solid #c9ced6; display: block }
p { margin: 0; color: #57606a }
"""


def write_index(folder: Path, names: Sequence[str], mockups: Path, skipped: Sequence[str]) -> None:
    """Write `index.html` into the folder of the pictures."""
    parts = [_one(folder, name, mockups) for name in names]
    left = "".join(f"<li>{html.escape(words)}</li>" for words in skipped)
    drawn = {f"{name}.png" for name in names}
    only = [path.name for path in sorted(mockups.glob("*.png")) if path.name not in drawn]
    page = (
        f"<!doctype html><meta charset=utf-8><title>posapp, drawn</title><style>{_STYLE}</style>"
        f"<h1>{len(names)} pictures</h1>{''.join(parts)}"
        f"<h2>Not drawn</h2><ul>{left or '<li>nothing was left out</li>'}</ul>"
        f"<h2>Mockups without a picture</h2><p>{html.escape(', '.join(only)) or 'none'}</p>"
    )
    (folder / "index.html").write_text(page, encoding="utf-8")


def _one(folder: Path, name: str, mockups: Path) -> str:
    mockup = mockups / f"{name}.png"
    other = (
        f'<img src="{html.escape(os.path.relpath(mockup, folder))}" alt="mockup of {name}">'
        if mockup.exists()
        else "<p>There is no mockup of this name.</p>"
    )
    return f'<h2 id="{name}">{name}</h2><div><img src="{name}.png" alt="{name}">{other}</div>'
