"""Threads for what may wait long for somebody else: a locked keyring, a name that no server resolves."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Errands(Executor):
    """Runs each call on a thread of its own, and the end of the program waits for none of them.

    They are few and mostly asleep. What must not be cut off does not belong here: the database has a writer,
    files are written beside and moved.
    """

    def __init__(self) -> None:
        self._ended = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Begin a call. Raises `RuntimeError` once the end has come."""
        if self._ended:
            raise RuntimeError("no errand is run any more")
        future: Future[T] = Future()
        call = (future, fn, args, kwargs)
        threading.Thread(target=_run, args=call, name="errand", daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no further call; those that are under way are left behind, whatever is asked."""
        self._ended = True


def _run(
    future: "Future[Any]", fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        answer = fn(*args, **kwargs)
    except BaseException as error:  # noqa: BLE001 - whoever waits is told, of a SystemExit too
        future.set_exception(error)
    else:
        future.set_result(answer)
