"""From a button to the desk and back: the one way a screen changes anything.

The command is carried out on the writer's thread; its outcome, or the refusal in words,
comes back on the GUI thread. What changed is told by `Changes`, not here.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from posapp.commands.command import Command, new_command_id
from posapp.desk import Desk, Outcome
from posapp.domain.errors import Refused

Done = Callable[[Outcome], None]
Failed = Callable[[Refused], None]
FAULT = (
    "Something went wrong inside posapp. Nothing was changed and your data is safe. "
    "Try again; if it happens again, send the log (Settings, Logs)."
)
log = logging.getLogger(__name__)


class Perform(QObject):
    """Brings commands to the desk. `refused` is emitted for what no screen took care of itself."""

    refused = Signal(str)
    _back = Signal(object, object, object)  # future, done, failed

    def __init__(self, desk: Desk, *, actor: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.actor = desk, actor
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
        future = self.desk.submit(command, also=also)
        future.add_done_callback(partial(self._come_back, done, failed))
        return command.id

    def _come_back(self, done: Done | None, failed: Failed | None, future: "Future[Outcome]") -> None:
        self._back.emit(future, done, failed)

    def _hand_back(self, future: "Future[Outcome]", done: Done | None, failed: Failed | None) -> None:
        error = future.exception()
        if error is None:
            if done is not None:
                done(future.result())
            return
        if not isinstance(error, Refused):
            log.error("a command failed", exc_info=error)
            error = Refused(FAULT, code="fault")
        if failed is not None:
            failed(error)
        else:
            self.refused.emit(error.message)
