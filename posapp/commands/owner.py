"""The owner's name. A name stands in the journal for good, so another name is another row of the staff."""

from datetime import datetime

from posapp.commands.command import Work
from posapp.commands.staff import add_owner
from posapp.db.rows import to_text
from posapp.domain.errors import Refused
from posapp.domain.events import StaffChanged
from posapp.domain.rights import OWNER_ROLE, name_key, tidy_name

_SAME = "SELECT name, active, role_id FROM staff WHERE name_key = ?"
_RETIRE = "UPDATE staff SET active = 0, retired_at = ? WHERE name = ?"
_RETURN = "UPDATE staff SET active = 1, retired_at = '' WHERE name = ?"
# PIN and badge go along; no journal knows them.
_FORGET_KNOWN = "DELETE FROM staff_secret WHERE name = ?"
_MOVE_KNOWN = "UPDATE staff_secret SET name = ? WHERE name = ?"


def rename_owner(work: Work, name: str, at: datetime) -> str:
    """Let the owner act under another name from now on; what was done stays under the one it was done under.

    A name the owner had before comes back. Raises `Refused` for that of anybody else; another owner's is just
    whose till this is from now on.
    """
    old, new = work.setting("owner"), tidy_name(name)
    if new == old:
        return new
    same = work.row(_SAME, (name_key(new),))
    if same is not None and (same[0] != new or same[2] != OWNER_ROLE):
        raise Refused(f"{same[0]} is in your staff already. Choose another name.", code="name_taken")
    if same is None or not same[1]:
        if same is None:
            add_owner(work, new, to_text(at))
        else:
            work.connection.execute(_RETURN, (new,))
        work.connection.execute(_FORGET_KNOWN, (new,))
        work.connection.execute(_MOVE_KNOWN, (new, old))
        work.connection.execute(_RETIRE, (to_text(at), old))
        work.book.tell(StaffChanged(old))
    work.set("owner", new)
    work.book.tell(StaffChanged(new))
    return new
