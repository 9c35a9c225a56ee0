"""`make bench`: what posapp costs against the bare parts it is made of, measured in the same run.

Baseline and subject take turns wherever they can, so that whatever else this machine does hits both; what is
told are medians with their middle half in brackets. Nothing here fails: it tells.
"""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from scripts.bench import confirm, importing, scan, stalls, starting

Part = Callable[[Path], list[str]]
PARTS: dict[str, Part] = {
    "confirm": confirm.measure,
    "scan": scan.measure,
    "import": importing.measure,
    "window": stalls.measure,
    "start": starting.measure,
}


def main(names: list[str]) -> int:
    """Measure all parts, or those named."""
    load = os.getloadavg()[0]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}"
    )
    print("times are medians (middle half)\n")
    began = time.perf_counter()
    for name in names or PARTS:
        with tempfile.TemporaryDirectory(prefix="posapp-bench-") as folder:
            print("\n".join(PARTS[name](Path(folder))), flush=True)
        print()
    print(f"measured in {time.perf_counter() - began:.0f} s, load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
