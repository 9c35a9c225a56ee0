"""From a button to the desk and back: the one way a screen changes anything.

The command is carried out on the writer's thread; its outcome, or the refusal in words,
comes back on the GUI thread. What changed is told by `Changes`, not here.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Qt, Signal

from posapp.commands.command import Command, new_command_id
from posapp.desk import Desk, Outcome
from posapp.domain.errors import Refused
from posapp.domain.rights import NotAllowed

Done = Callable[[Outcome], None]
Failed = Callable[[Refused], None]
FAULT = (
    "Something went wrong inside posapp. Nothing was changed and your data is safe. "
    "Try again; if it happens again, send the log (Settings, Logs)."
)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """A command that was given, and who waits for what comes of it."""

    command: Command
    done: Done | None
    failed: Failed | None
    also: Callable[[Any], None] | None


@dataclass(frozen=True, slots=True)
class Asking:
    """A command that this person may not give: somebody else can allow it, or it stays refused."""

    refusal: NotAllowed
    command: Command
    allow: Callable[[str], None]  # by whom
    give_up: Callable[[], None]


class Perform(QObject):
    """Brings commands to the desk. `refused` is emitted for what no screen took care of itself.

    `ask` is asked about a command that is not allowed; True: it will call `allow` or `give_up`.
    """

    refused = Signal(str)
    _back = Signal(object, object)  # future, sent

    def __init__(self, desk: Desk, *, actor: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.actor = desk, actor
        self.ask: Callable[[Asking], bool] = lambda asking: False
        self._back.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    def now(self) -> datetime:
        """The till's clock."""
        return self.desk.clock()

    def __call__(
        self,
        kind: type[Command],
        *,
        done: Done | None = None,
        failed: Failed | None = None,
        also: Callable[[Any], None] | None = None,
        **fields: Any,
    ) -> str:
        """Have a command of this kind carried out by this person, now; gives its id."""
        at = self.now()
        command = kind(id=new_command_id(at), actor=self.actor, at=at, **fields)
        self._send(Sent(command, done, failed, also))
        return command.id

    def _send(self, sent: Sent) -> None:
        future = self.desk.submit(sent.command, also=sent.also)
        future.add_done_callback(partial(self._come_back, sent))

    def _allowed(self, sent: Sent, by: str) -> None:
        """Give the same command again, with the name of who allowed it."""
        self._send(replace(sent, command=msgspec.structs.replace(sent.command, approved_by=by)))

    def _come_back(self, sent: Sent, future: "Future[Outcome]") -> None:
        self._back.emit(future, sent)

    def _hand_back(self, future: "Future[Outcome]", sent: Sent) -> None:
        error = future.exception()
        if error is None:
            if sent.done is not None:
                sent.done(future.result())
            return
        if isinstance(error, NotAllowed):
            give_up = partial(self._refuse, sent, error)
            if self.ask(Asking(error, sent.command, partial(self._allowed, sent), give_up)):
                return
        self._refuse(sent, error)

    def _refuse(self, sent: Sent, error: BaseException) -> None:
        if not isinstance(error, Refused):
            log.error("a command failed", exc_info=error)
            error = Refused(FAULT, code="fault")
        if sent.failed is not None:
            sent.failed(error)
        else:
            self.refused.emit(error.message)
