"""Running a part in a process of its own, without a screen and away from anybody's own settings."""

import os
import subprocess
import sys
from pathlib import Path

LONGEST_S = 420.0


def run(folder: Path, module: str, *arguments: str) -> str:
    """What a module of ours prints last. Raises `CalledProcessError` with what it said."""
    own = {
        name: str(folder / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    }
    answer = subprocess.run(
        [sys.executable, "-m", f"scripts.bench.{module}", *arguments],
        env={**os.environ, **own, "QT_QPA_PLATFORM": "offscreen", "POSAPP_KEYRING": "file"},
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    if answer.returncode:
        print(answer.stderr, file=sys.stderr)
        answer.check_returncode()
    return answer.stdout.splitlines()[-1]
