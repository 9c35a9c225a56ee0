"""Telling a scanner from fingers: it types faster than anybody can, and ends with Enter or Tab."""

from dataclasses import dataclass, field

PAUSES = 3  # so many times the usual gap ends a burst: what came before it were fingers


@dataclass(slots=True)
class Burst:
    """Characters that come in quick succession. Times in milliseconds, of the keyboard's own clock.

    A burst is a scan when it is at least `least` long and its characters came `gap_ms` apart or
    less, on average.
    """

    least: int = 6
    gap_ms: int = 35
    typed: str = ""
    _last: int = 0
    gaps: list[int] = field(default_factory=list)

    def add(self, sign: str, at: int) -> bool:
        """Take a character; True when it begins a new burst."""
        fresh = not self.goes_on(at)
        if fresh:
            self.clear()
        else:
            self.gaps.append(at - self._last)
        self.typed += sign
        self._last = at
        return fresh

    def goes_on(self, at: int) -> bool:
        """Whether a character now would belong to what was typed just before."""
        return bool(self.typed) and at - self._last <= PAUSES * self.gap_ms

    @property
    def average_ms(self) -> float:
        """The time between two characters, on average."""
        return sum(self.gaps) / len(self.gaps) if self.gaps else 0.0

    @property
    def is_fast(self) -> bool:
        """Whether no fingers type like this, so far."""
        return bool(self.gaps) and self.average_ms <= self.gap_ms

    def is_scan(self, at: int) -> bool:
        """Whether it is a scan, were it to end now."""
        return self.goes_on(at) and len(self.typed) >= self.least and self.is_fast

    def clear(self) -> None:
        """Forget what was typed."""
        self.typed = ""
        self.gaps.clear()
