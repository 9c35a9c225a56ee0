"""Draw every page and dialog on one invented Friday, to be looked at beside the mockups.

    .venv/bin/python -m scripts.shots [--only WORD …] [--into build/shots] [--no-readme]

`WORD` narrows the scenes by a part of their name. The README's own pictures are drawn anew when all are.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
README = {  # kept in the repository: name there, and which picture it is
    "sell": "sell-light",
    "pay": "pay_cash-light",
    "dashboard": "dashboard-light",
    "attention": "attention-light",
    "order-dialog": "order_dialog-light",
    "close-of-day": "close_of_day-light",
    "sell-dark": "sell-dark",
}
SCREENS = {  # a desktop, and a small laptop's less its title bar and taskbar
    "screens": [
        {"name": "desktop", "x": 0, "y": 0, "width": 1920, "height": 1080},
        {"name": "small", "x": 1920, "y": 0, "width": 1024, "height": 688},
    ]
}


def main() -> int:
    """Draw; 1 when something that should be there is not."""
    parser = argparse.ArgumentParser(prog="shots", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", nargs="*", default=[], help="scenes whose name contains one of these")
    parser.add_argument("--into", type=Path, default=ROOT / "build" / "shots")
    parser.add_argument("--no-readme", action="store_true", help="leave docs/screenshots as they are")
    asked = parser.parse_args()
    os.environ["POSAPP_KEYRING"] = "file"
    with tempfile.TemporaryDirectory(prefix="posapp-shots-") as under:
        # The offscreen platform's own screen is 800 × 800, too small for the order dialog.
        screen = Path(under) / "screen.json"
        screen.write_text(json.dumps(SCREENS), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = str(Path(under) / name.lower())
        from scripts.shots.studio import Studio  # noqa: PLC0415 - Qt reads its platform once, at its import

        began = time.perf_counter()
        studio = Studio(Path(under), asked.into, asked.only)
        studio.draw_all()
        studio.write_index(ROOT.parent / "shared" / "mockups")
        if not asked.only and not asked.no_readme:
            studio.keep(README, ROOT / "docs" / "screenshots")
    for words in (*studio.skipped, *studio.left_out):
        print(f"skipped  {words}")
    print(f"{len(studio.drawn)} pictures in {asked.into} after {time.perf_counter() - began:.0f} s")
    return 1 if studio.skipped else 0


if __name__ == "__main__":
    sys.exit(main())
