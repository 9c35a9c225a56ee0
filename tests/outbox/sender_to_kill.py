"""A till in a process of its own that sends what is due, and stays at a step, to be killed: FOLDER AHEAD_S STEP.

The steps: "before" (journalled as begun, the request not sent), "after" (carried out, its answer not read), "noted"
(the answer is journalled).
"""

import asyncio
import sys
from pathlib import Path

from posapp.commands.outbox import NoteSent
from posapp.secrets import Secrets
from posapp.sync.worker import Worker
from tests.outbox.till import Clock, Killed, MortalDesk, Wire


async def main(folder: Path, ahead_s: float, step: str) -> None:
    clock, wire = Clock(), Wire()
    clock.pass_time(ahead_s)
    desk = MortalDesk(folder, clock=clock)
    match step:
        case "before":
            wire.dies_before = "/refunds"
        case "after":
            wire.dies_after = "/refunds"
        case "noted":
            desk.after = NoteSent
    try:
        await Worker(desk, Secrets(folder), transport=wire).sender.send_due()
    except Killed:
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()  # until it is killed, with everything open


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]))
