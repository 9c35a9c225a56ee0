"""Writes docs/licences.md from what is installed, or says where the two differ.

Fails when a part that runs inside posapp may be had under GPL or AGPL only, and when
the installed versions are not those of requirements.lock.
"""

import re
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = Path("docs/licences.md")
LOCK = Path("requirements.lock")

HEAD = """\
# Licences

posapp is Apache-2.0 (see `LICENSE`). The parts below run inside it on Linux; this page is made by
`make lock` and held against the installed packages by `make check`. Nothing in it is under GPL or AGPL.

| part | version | licence |
|---|---|---|
"""

TAIL = """
**Qt and PySide6** are used under the LGPL 3.0, one of the licences they are offered under. posapp links to
them dynamically and changes nothing in them: in an installation and in the built folder (`make dist`) they
are separate shared libraries that may be exchanged for others of the same interface. Only PySide6-Essentials
is used; Qt Charts and other modules that are GPL or commercial are not part of it.

**sqlcipher3** brings SQLite (public domain), SQLCipher (BSD-3-Clause) and OpenSSL (Apache-2.0) along.

The tools of the development set (tests, checks, PyInstaller) do not run inside posapp. PyInstaller's own
bootloader, which starts the built folder, is GPL 2.0 with an exception that leaves the licence of the built
program alone.
"""

# These two name no licence in their metadata and only bring its text along; a person has read it.
READ = {
    "peewee": ("MIT", "Permission is hereby granted, free of charge"),
    "sqlcipher3": ("Zlib", "This software is provided 'as-is', without any express or implied warranty"),
}


def licence_of(part: Distribution) -> str:
    """Name a licence the way the package itself does: expression, classifiers, or one line of text."""
    meta = part.metadata
    if expression := meta.get("License-Expression"):
        return expression
    told = [c.split(" :: ")[-1] for c in meta.get_all("Classifier") or () if c.startswith("License :: ")]
    if told := [name for name in told if name != "OSI Approved"]:
        return ", ".join(told)
    text = (meta.get("License") or "").strip()
    if text and "\n" not in text:
        return text
    name, opening = READ.get(part.name, ("unknown", ""))
    brought = "".join(
        path.read_text(encoding="utf-8") for path in part.files or () if "licenses" in path.parts
    )
    return name if opening in brought else "unknown"


def allowed(licence: str) -> bool:
    """Of several that are offered, one that fits is enough; the LGPL does, GPL and AGPL do not."""
    refused = re.compile(r"unknown|\bA?GPL|(?<!Lesser )General Public", re.IGNORECASE)
    return any(not refused.search(choice) for choice in re.split(r"\s+OR\s+|,\s*", licence))


def runtime_parts(name: str) -> dict[str, Distribution]:
    """Follow what a package requires on this system, without extras nobody asked for."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(name)]
    while waiting:
        wanted = waiting.pop()
        key, extras = canonicalize_name(wanted.name), frozenset(wanted.extras or {""})
        if (key, extras) in seen:
            continue
        seen.add((key, extras))
        found[key] = distribution(wanted.name)
        for needed in map(Requirement, found[key].requires or ()):
            if not needed.marker or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(needed)
    del found[canonicalize_name(name)]
    return dict(sorted(found.items()))


def complaints(parts: dict[str, Distribution]) -> list[str]:
    """Say what must not be: a licence that does not fit, a version other than the locked one."""
    locked = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    said = [f"{key}: {licence_of(part)}" for key, part in parts.items() if not allowed(licence_of(part))]
    for key, part in parts.items():
        if locked.get(key) != part.version:
            said.append(f"{key}: {part.version} is installed, {locked.get(key)} is locked")
    return said


def main(arguments: list[str]) -> int:
    """Write the page; with --check compare it instead. 1 when something is not as it must be."""
    parts = runtime_parts("posapp")
    rows = [f"| {part.name} | {part.version} | {licence_of(part)} |\n" for part in parts.values()]
    page = HEAD + "".join(rows) + TAIL
    said = complaints(parts)
    if "--check" in arguments:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
            said.append(f"{PAGE} is not what is installed: run scripts/licences.py")
    else:
        PAGE.write_text(page, encoding="utf-8")
    print("\n".join(said) or f"licences: {len(parts)} parts, all fit")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
