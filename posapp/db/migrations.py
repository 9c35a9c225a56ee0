"""Steps from one format of the database to the next.

Format 1 is what `tables.schema_sql` makes today. A change adds a step here that brings
an older file there, and a test that migrates a file of the release before.
"""

from collections.abc import Callable, Sequence
from sqlite3 import Connection

MIGRATIONS: Sequence[Callable[[Connection], None]] = ()
