"""Ids that are names: the same parts give the same id, at every replay and on every till."""

from hashlib import sha1


def named_id(namespace: bytes, name: str) -> str:
    """The UUID of a name (version 5, RFC 9562), as text; `namespace` is the 16 bytes of another UUID.

    It is what `str(uuid5(...))` gives, in a third of the time: a command makes some ten of them.
    """
    digits = sha1(namespace + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"
