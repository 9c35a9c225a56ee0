"""Times told honestly: medians of many interleaved runs, with their spread."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Sample:
    """Many measurements of one thing, in seconds; `cpu_s` is what this thread itself worked at it."""

    seconds: tuple[float, ...]
    cpu_s: tuple[float, ...] = ()

    @property
    def median_s(self) -> float:
        """The middle one: what other people do on this machine moves it least."""
        return statistics.median(self.seconds)

    def spread(self) -> str:
        """The middle half, in milliseconds."""
        low, _, high = statistics.quantiles(self.seconds, n=4)
        return f"{low * 1e3:.2f}–{high * 1e3:.2f}"

    def words(self) -> str:
        """Median and middle half in milliseconds."""
        return f"{self.median_s * 1e3:.2f} ms ({self.spread()})"


def timed(work: Work) -> float:
    """How long one run takes, in seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def interleave(runs: int, *works: Callable[[int], Work], warm_up: int = 0) -> list[Sample]:
    """Run everything once, then everything again, so that a busy moment of the machine hits all alike.

    Each of `works` prepares its run number n, untimed, and gives what is timed. The order turns round
    every time, for who comes first may find other caches than who comes last.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in works]
    for n in range(warm_up + runs):
        turn = list(enumerate(works))
        for place, prepare in turn if n % 2 else reversed(turn):
            work, worked = prepare(n), time.thread_time()
            seconds = timed(work)
            if n >= warm_up:
                taken[place].append((seconds, time.thread_time() - worked))
    return [Sample(tuple(s for s, _ in both), tuple(cpu for _, cpu in both)) for both in taken]


def ratios(subject: Sample, baseline: Sample) -> tuple[float, str]:
    """The ratio of the medians, and the middle half of what ten slices of the run say, each for itself."""
    size = max(1, len(subject.seconds) // 10)
    slices = [
        statistics.median(subject.seconds[at : at + size])
        / statistics.median(baseline.seconds[at : at + size])
        for at in range(0, len(subject.seconds), size)
    ]
    return subject.median_s / baseline.median_s, middle(slices)


def middle(values: Sequence[float]) -> str:
    """The middle half of some ratios."""
    low, _, high = statistics.quantiles(values, n=4)
    return f"{low:.2f}–{high:.2f}"


def fsync_cost(folder: Path, runs: int = 200) -> Sample:
    """What the disk under a folder asks for one durable page: write 4 KiB, fdatasync."""
    taken = []
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        for _ in range(runs):
            file.write(b"\0" * 4096)
            taken.append(timed(lambda: os.fdatasync(file.fileno())))
    return Sample(tuple(taken))
