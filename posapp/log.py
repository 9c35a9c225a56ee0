"""The log: a file in the data folder that turns over, and standard error. No secret reaches either."""

import logging
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_NAME = "posapp.log"
FILE_BYTES = 1_000_000
OLD_FILES = 5
LINE = "%(asctime)s.%(msecs)03dZ %(levelname)s %(threadName)s %(name)s: %(message)s"

# Each leaves its first group, which tells what stood there, and hides what follows it.
_SECRETS = (
    re.compile(r"(\b(?:ck|cs|[sp]k_live|[sp]k_test|sk)_)[A-Za-z0-9]{4,}"),
    re.compile(
        r"""(authorization\\?["']?\s*[:=,]\s*(?:b(?=["']))?\\?["']?)(?:(?:basic|bearer|digest)\s+)?[^\s"',})\]]+""",
        re.IGNORECASE,
    ),
    re.compile(r"\b((?:basic|bearer)\s+)[A-Za-z0-9+/=._~-]{8,}", re.IGNORECASE),
    re.compile(
        r"""((?:consumer_secret|consumer_key|client_secret|oauth_signature|access_token|password|secret|token)"""
        r"""\\?["']?\s*[=:]\s*(?:b(?=["']))?\\?["']?)[^\s&"',})\]]+""",
        re.IGNORECASE,
    ),
    re.compile(r"(://[^/\s:@]*:)[^/\s@]+(?=@)"),
)
HIDDEN = "…"

# A name from a shop may hold line ends, escape sequences for a terminal or marks that turn the writing round.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def redacted(text: str) -> str:
    """Hide keys, passwords and authorization headers in a text, keeping what tells where they stood."""
    for secret in _SECRETS:
        text = secret.sub(rf"\1{HIDDEN}", text)
    return text


class RedactingFormatter(logging.Formatter):
    """One line a record, in UTC, without secrets: neither in the message nor in a traceback's text."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = None

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Write the head line; what would break or disguise it is shown as its code."""
        line = super().formatMessage(record)
        return _UNSEEN.sub(lambda mark: mark.group().encode("unicode_escape").decode(), line)

    def format(self, record: logging.LogRecord) -> str:
        """Write the record with its traceback."""
        return redacted(super().format(record))


@contextmanager
def logging_into(folder: Path | None, *, verbose: bool = False, spoken: bool = True) -> Iterator[None]:
    """Log while the block runs: warnings to standard error, all from INFO on to the folder's file.

    `folder` None leaves the file out: it belongs to the one who holds the folder's
    lock, for two processes must not turn one file over. `verbose` shows INFO on
    standard error too. `spoken` False keeps standard error for an answer that a script
    reads. Raises `OSError` where the file cannot be written.
    """
    voice: logging.Handler = logging.StreamHandler(sys.stderr) if spoken else logging.NullHandler()
    voice.setLevel(logging.INFO if verbose else logging.WARNING)
    handlers: list[logging.Handler] = [voice]
    if folder is not None:
        handlers.append(
            RotatingFileHandler(
                folder / FILE_NAME,
                maxBytes=FILE_BYTES,
                backupCount=OLD_FILES,
                encoding="utf-8",
                errors="replace",
            )
        )
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.INFO)
    for handler in handlers:
        handler.setFormatter(RedactingFormatter(LINE))
        root.addHandler(handler)
    try:
        yield
    finally:
        root.setLevel(level)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
