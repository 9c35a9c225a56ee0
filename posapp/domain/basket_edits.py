"""The way back through the edits of a basket, and forth again."""

import msgspec

from posapp.domain.basket import Basket

MAX_EDITS = 200  # how far back it goes


class Edits(msgspec.Struct, frozen=True):
    """A basket and the ones before it: undo goes back, redo forth again until another edit is made."""

    now: Basket
    before: tuple[Basket, ...] = ()
    after: tuple[Basket, ...] = ()

    def did(self, basket: Basket) -> "Edits":
        """Make an edit; one that changes nothing is none."""
        if basket == self.now:
            return self
        return Edits(basket, (*self.before, self.now)[-MAX_EDITS:])

    def undone(self) -> "Edits":
        """Go back by one edit; the same where there is none."""
        if not self.before:
            return self
        return Edits(self.before[-1], self.before[:-1], (self.now, *self.after))

    def redone(self) -> "Edits":
        """Take an undo back; the same where there is none."""
        if not self.after:
            return self
        return Edits(self.after[0], (*self.before, self.now), self.after[1:])
