"""What one person likes on one computer: the look, and how tables and the window were left.

Nothing here changes what a command does; such settings are journalled in the database.
The file is TOML and may be edited by hand. What a newer version or a person wrote there
and we do not know is kept; a file that cannot be read is told and never overwritten.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import platformdirs
import tomli_w

from posapp.domain.errors import Refused
from posapp.files import write_durably

Theme = Literal["system", "light", "dark", "contrast"]
TextPercent = Annotated[int, msgspec.Meta(ge=100, le=200)]
Word = Annotated[str, msgspec.Meta(max_length=40)]
VIEW_NAME_MOST = 40  # characters
SEARCH_MOST = 500
VIEWS_MOST = 40  # of one page: a menu is no list
ColumnWidth = Annotated[int, msgspec.Meta(ge=1, le=10_000)]  # pixels


class TableLook(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a person left the columns of one table; columns go by their stable keys, not their titles."""

    widths: dict[str, ColumnWidth] = {}
    order: tuple[str, ...] = ()  # as shown, first to last; columns not named follow
    hidden: tuple[str, ...] = ()


class SavedView(msgspec.Struct, frozen=True, omit_defaults=True):
    """Filters and search of a list under a name; "" is any. What a page does not know (any more) it ignores."""

    name: Annotated[str, msgspec.Meta(max_length=VIEW_NAME_MOST)] = ""
    view: Word = "all"
    day: Word = ""  # a usual span by its key, or "range"
    first: Word = ""  # of a range, ISO 8601
    last: Word = ""
    date_of: Word = "placed"
    status: Word = ""
    payment: Word = ""
    channel: Word = ""
    sort: Word = "newest"
    search: Annotated[str, msgspec.Meta(max_length=SEARCH_MOST)] = ""


class Printing(msgspec.Struct, frozen=True, omit_defaults=True):
    """The receipt printer at this computer, and what stands on a receipt; as delivered there is none."""

    connection: Literal["none", "usb", "network", "serial", "system"] = "none"
    address: str = (
        ""  # host:port; a device or "vendor:product" of USB; a serial port; the system's name for it
    )
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 9600
    paper_mm: Literal[58, 80] = 80
    code_page: Literal["ascii", "cp437", "cp850", "cp858", "cp1252", "picture"] = "ascii"
    cut: bool = True
    drawer: Literal["none", "pin2", "pin5"] = "pin2"  # which wire of the printer's plug opens it
    kick_on_cash: bool = True
    automatic: bool = False  # a receipt after every sale, unasked
    copies: Annotated[int, msgspec.Meta(ge=1, le=3)] = 1
    code: Literal["qr", "barcode", "none"] = "qr"  # the order's number, for a scanner
    logo: str = ""  # path of a picture
    heading: Annotated[str, msgspec.Meta(max_length=400)] = (
        ""  # beneath the shop's name: address, phone, tax number
    )
    footer: Annotated[str, msgspec.Meta(max_length=400)] = "Thank you."


class Scanning(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a scanner is told from fingers: by how much it types, how fast, and how it ends."""

    least: Annotated[int, msgspec.Meta(ge=3, le=40)] = 6  # characters
    gap_ms: Annotated[int, msgspec.Meta(ge=5, le=120)] = 35  # between two of them, on average
    end: Literal["key", "none"] = "key"  # Enter or Tab, or nothing: then a pause ends it
    sound: bool = True  # a beep for what is not known


class Settings(msgspec.Struct, frozen=True, omit_defaults=True):
    """One person's choices. Make a changed one with `msgspec.structs.replace`."""

    theme: Theme = "system"
    text_percent: TextPercent = 100
    window: str = ""  # the window's geometry as Qt saved it, base64
    hide_products: bool = False  # sell without the tiles
    tables: dict[str, TableLook] = {}  # by the table's name
    printing: Printing = Printing()
    scanning: Scanning = Scanning()
    keys: dict[str, tuple[Word, ...]] = {}  # by what they do: other shortcuts than those delivered
    views: dict[str, tuple[SavedView, ...]] = {}  # by the page's id


class Loaded(msgspec.Struct, frozen=True):
    """The settings, and what is wrong with their file in words; "" where nothing is."""

    settings: Settings
    complaint: str = ""


def settings_path() -> Path:
    """Say where this person's file lies; it need not exist."""
    return platformdirs.user_config_path("posapp", appauthor=False) / "settings.toml"


def load(path: Path) -> Loaded:
    """Read the file; none yet, or one that cannot be read, gives the settings as delivered."""
    try:
        return Loaded(_checked(path, _raw(path)))
    except Refused as bad:
        return Loaded(Settings(), bad.message)


def save(path: Path, settings: Settings) -> None:
    """Write the settings among what else the file holds.

    Raises `Refused` (bad_settings) where the file that is there cannot be read, for it
    may hold somebody's work, and (settings_not_saved) where the disk takes no writing.
    """
    kept = _raw(path)
    _checked(path, kept)
    known = {field: msgspec.to_builtins(getattr(settings, field)) for field in Settings.__struct_fields__}
    text = tomli_w.dumps(kept | known)
    try:
        write_durably(path, text)
    except OSError as error:
        raise Refused(
            f"Your settings could not be saved in {path}: {error.strerror}.", code="settings_not_saved"
        ) from error


def _raw(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _bad(path, error.strerror or "it cannot be read") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _bad(path, str(error)) from error


def _checked(path: Path, raw: dict[str, Any]) -> Settings:
    try:
        return msgspec.convert(raw, Settings)
    except msgspec.ValidationError as error:
        raise _bad(path, str(error)) from error


def _bad(path: Path, why: str) -> Refused:
    return Refused(
        f"The settings file {path} cannot be used: {why}. The settings as delivered are in use, the file was "
        "left as it is; mend or delete it.",
        code="bad_settings",
    )
