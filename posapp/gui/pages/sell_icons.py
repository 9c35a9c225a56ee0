"""A neutral picture for a product's tile, by the words of its category: none of them says anything of its own."""

_ICONS = (  # what a category's name may contain, first match first
    ("shopping-bag", ("bag", "purse", "tote")),
    ("cup-soda", ("drink", "juice", "beverage", "water", "soda")),
    ("wheat", ("food", "pantry", "grocer", "grain", "snack", "bak")),
    ("droplet", ("beauty", "care", "cosmetic", "soap", "oil", "clean")),
    ("sparkles", ("hair", "wig", "salon")),
    ("gem", ("jewel", "bead", "accessor")),
    ("crown", ("head", "cap", "hat", "gele")),
    ("shirt", ("wear", "cloth", "fashion", "shirt", "dress", "fabric", "shoe")),
    ("leaf", ("herb", "plant", "garden", "organic", "fresh")),
    ("gift", ("gift", "toy", "party", "wrap")),
    ("hand-coins", ("service", "repair")),
)
PLAIN = "package"


def icon_of(category: str) -> str:
    """Give the name of an icon; a parcel for a category that we cannot picture."""
    words = category.casefold()
    return next((icon for icon, parts in _ICONS if any(part in words for part in parts)), PLAIN)
