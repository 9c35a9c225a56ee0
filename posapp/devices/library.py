"""python-escpos as we want it: it knows two widths of paper, loads at once and leaves nothing behind.

At its import it reads a table of printers, of half a megabyte of YAML, which takes a quarter of a second; writes a
copy of it into a new folder for temporary files; and sets up logging for the whole program. The table is replaced by
our own, its folder removed, and logging is left to `posapp.log`.
"""

import logging
import os
import shutil
from importlib.resources import files

_TABLE = "ESCPOS_CAPABILITIES_FILE"
_handlers = list(logging.getLogger().handlers)
os.environ[_TABLE] = str(files("posapp.resources") / "printers.json")

from escpos import capabilities  # noqa: E402 - it reads its table at its import
from escpos.exceptions import DeviceNotFoundError  # noqa: E402 - which this is
from escpos.printer import Dummy, Usb  # noqa: E402 - and this

del os.environ[_TABLE]
shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
for _handler in set(logging.getLogger().handlers) - set(_handlers):
    logging.getLogger().removeHandler(_handler)

__all__ = ["DeviceNotFoundError", "Dummy", "Usb"]
