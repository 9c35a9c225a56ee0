"""Shops and store rooms: adding one, and giving one another name."""

from posapp.commands.command import Command, Work
from posapp.domain.errors import NotFound, Refused
from posapp.domain.events import SettingsChanged

MOST_LETTERS = 60


class AddLocation(Command, frozen=True, kw_only=True, tag="add_location"):
    """Another shop or store room; it begins with empty shelves."""

    name: str


class RenameLocation(Command, frozen=True, kw_only=True, tag="rename_location"):
    """Another name for a location; everything else about it stays."""

    location_id: str
    name: str


def add_location(command: AddLocation, work: Work) -> str:
    """Add it; gives its id."""
    name = _free_name(work, command.name, "")
    location_id = work.book.new_id("location")
    work.connection.execute("INSERT INTO location (id, name) VALUES (?, ?)", (location_id, name))
    work.book.tell(SettingsChanged("locations"))
    return location_id


def rename_location(command: RenameLocation, work: Work) -> str:
    """Rename it."""
    check_location(work, command.location_id)
    name = _free_name(work, command.name, command.location_id)
    work.connection.execute("UPDATE location SET name = ? WHERE id = ?", (name, command.location_id))
    work.book.tell(SettingsChanged("locations"))
    return command.location_id


def check_location(work: Work, location_id: str) -> None:
    """Raise `NotFound` where there is no such location."""
    if work.row("SELECT 1 FROM location WHERE id = ?", (location_id,)) is None:
        raise NotFound("There is no such location.", code="location_not_found")


def _free_name(work: Work, name: str, own_id: str) -> str:
    """The name without spaces around it. Two locations of one name could not be told apart."""
    name = " ".join(name.split())
    if not name:
        raise Refused("Give the location a name.", code="name_missing")
    if len(name) > MOST_LETTERS or not name.isprintable():
        raise Refused(f"A location's name has at most {MOST_LETTERS} plain letters.", code="bad_name")
    for location_id, taken in work.connection.execute("SELECT id, name FROM location"):
        if location_id != own_id and taken.casefold() == name.casefold():
            raise Refused(f"There is a location called {taken} already.", code="name_taken")
    return name
