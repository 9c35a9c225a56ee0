"""What a person feels at the window while orders arrive, and how soon the badge tells of one that is short."""

import json
import statistics
from pathlib import Path
from typing import Any

from scripts.bench import children
from scripts.bench.timing import Sample, middle

GOAL_MS = 16
GATHERED_MS = 40  # news are gathered that long before a screen reads anew
LONGEST_BARE_S = 15.0


def measure(folder: Path) -> list[str]:
    """The real window, and a bare one for as long as the thousands took."""
    seen = json.loads(children.run(folder, "window", "posapp", str(folder / "shop")))
    few, many = seen["few"], seen["many"]
    cut_off = "" if many["orders"] == many["asked"] else f" (cut off: {many['orders']:,} were paid by then)"
    seconds = min(LONGEST_BARE_S, many["busy"]["took_s"])
    bare = json.loads(children.run(folder, "window", "bare", f"{seconds:.1f}"))["bare"]
    badge = Sample(tuple(seen["badges"]))
    return [
        f"{'stall, bare Qt window':<35}{bare['longest_s'] * 1e3:.1f} ms longest in {seconds:.0f} s",
        f"{_arrive(few[0])} × {len(few):<6}{_few(few)}, goal ≤ {GOAL_MS} ms",
        f"{_arrive(many):<35}{_many(many)}, goal ≤ {GOAL_MS} ms{cut_off}",
        f"{'pull to badge':<35}{badge.words()}, of which {GATHERED_MS} ms are waited on purpose",
    ]


def _arrive(seen: dict[str, Any]) -> str:
    return f"stall, {seen['asked']:,} orders arrive"


def _few(rounds: list[dict[str, Any]]) -> str:
    less = [(r["busy"]["longest_s"] - r["idle"]["longest_s"]) * 1e3 for r in rounds]
    rate = statistics.median(r["orders"] / r["busy"]["took_s"] for r in rounds)
    work = max(r["busy"]["most_work_s"] for r in rounds)
    return (
        f"{statistics.median(less):.1f} ms less idle ({middle(less)}), own work at most {work * 1e3:.1f} ms, "
        f"{rate:,.0f} orders/s"
    )


def _many(seen: dict[str, Any]) -> str:
    idle, busy = seen["idle"], seen["busy"]
    less = (busy["longest_s"] - idle["longest_s"]) * 1e3
    return (
        f"{less:.1f} ms less idle ({busy['longest_s'] * 1e3:.1f} less {idle['longest_s'] * 1e3:.1f}), "
        f"own work at most {busy['most_work_s'] * 1e3:.1f} ms, {busy['over_a_frame']} times over {GOAL_MS} ms in "
        f"{busy['took_s']:.0f} s (idle {idle['over_a_frame']}), "
        f"{seen['orders'] / busy['took_s']:,.0f} orders/s"
    )
