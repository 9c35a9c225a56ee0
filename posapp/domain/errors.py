"""What can go wrong in words a person understands. A refused command has changed nothing."""

from datetime import datetime


class Refused(Exception):
    """A rule says no. `code` is stable for scripts; `message` is for people."""

    code = "refused"

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        if code:
            self.code = code


class NotFound(Refused):
    """No such order, product or case."""

    code = "not_found"


class AlreadyResolved(Refused):
    """Somebody else settled the case first."""

    code = "already_resolved"

    def __init__(self, by: str, at: datetime | None, resolution: str) -> None:
        when = f" at {at:%H:%M} UTC" if at else ""
        super().__init__(f"Already resolved by {by}{when}: {resolution}. Nothing was changed.")
        self.by, self.at, self.resolution = by, at, resolution


class FactsChanged(Refused):
    """The order or the stock is no longer what the person saw when deciding."""

    code = "facts_changed"

    def __init__(self) -> None:
        super().__init__(
            "The order or its stock changed while you were deciding. Nothing was done; look again."
        )


class StaleVersion(Refused):
    """An edit was made on an older revision of the order."""

    code = "stale_version"

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Order {number} was changed by someone else meanwhile. Nothing was saved; open it again."
        )
