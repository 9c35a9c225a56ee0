"""What the app hands to pages and dialogs; each takes what it needs by name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from posapp.drafts import Drafts
from posapp.gui.changes import Changes
from posapp.gui.paper import Paper
from posapp.gui.perform import Perform
from posapp.gui.post import Post
from posapp.gui.preferences import Preferences
from posapp.gui.theme import Theme
from posapp.gui.who import Who
from posapp.queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Shop:
    """Facts of the shop that hold while the window is open."""

    name: str
    currency: str  # ISO 4217
    zone: ZoneInfo
    till: str
    location_id: str
    who: Who

    @property
    def person(self) -> str:
        """Who works at the till just now."""
        return self.who.name

    @property
    def role(self) -> str:
        """As what."""
        return self.who.role


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a page may ask for. `reader` is for small questions on the GUI thread."""

    reader: Reader
    changes: Changes
    perform: Perform
    post: Post
    shop: Shop
    clock: Callable[[], datetime]
    open_order: Callable[[str], None]  # shows the order dialog
    toast: Callable[..., None]  # says what was done: `ToastArea.show_toast`
    theme: Theme
    preferences: Preferences = field(default_factory=Preferences)  # how tables and window were left
    drafts: Drafts = field(default_factory=Drafts)  # the basket of the moment and the held sales
    paper: Paper = field(default_factory=Paper)  # receipts and the drawer

    @property
    def who(self) -> Who:
        """Who works at the till, and what that person may see."""
        return self.shop.who
