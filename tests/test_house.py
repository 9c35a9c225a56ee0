"""The checks of the house can fail."""

import pytest

from scripts.licences import allowed
from scripts.sizes import CLASS_LINES, FILE_LINES, FUNCTION_LINES, too_long


@pytest.mark.parametrize(
    "licence",
    ["MIT", "LGPL-3.0-only OR GPL-2.0-only", "BSD License, MIT License", "LGPLv3+", "Apache-2.0 OR GPL-3.0"],
)
def test_a_licence_that_fits_beside_apache_is_let_in(licence):
    assert allowed(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "unknown",
        "GPL-3.0-or-later",
        "GPLv2+",
        "AGPL-3.0-only",
        "GNU General Public License v3 (GPLv3)",
        "GNU Affero General Public License v3",
    ],
)
def test_gpl_and_the_unknown_are_kept_out(licence):
    assert not allowed(licence)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = 1\n" * FILE_LINES, []),
        ("x = 1\n" * (FILE_LINES + 1), ["file"]),
        ("async def f():\n" + "    x = 1\n" * (FUNCTION_LINES - 1), []),
        ("async def f():\n" + "    x = 1\n" * FUNCTION_LINES, ["function f"]),
        ("class C:\n    def g():\n" + "        x = 1\n" * FUNCTION_LINES, ["function g"]),
        ("class C:\n" + "    x = 1\n" * CLASS_LINES, ["class C"]),
    ],
)
def test_what_is_too_long_is_named(tmp_path, source, said):
    path = tmp_path / "room.py"
    path.write_text(source, encoding="utf-8")
    found = list(too_long(path))
    assert len(found) == len(said)
    assert all(name in line for name, line in zip(said, found, strict=True))
