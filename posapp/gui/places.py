"""Currencies and time zones to choose from, and what this computer seems to be set to."""

from functools import cache
from zoneinfo import available_timezones

from PySide6.QtCore import QLocale, QTimeZone

USUAL_CURRENCY, USUAL_ZONE = "NGN", "Africa/Lagos"


@cache
def currencies() -> tuple[tuple[str, str], ...]:
    """Every currency that some country uses now, as (ISO 4217 code, words), by code."""
    symbol, any_territory = QLocale.CurrencySymbolFormat, QLocale.Country.AnyTerritory
    names: dict[str, str] = {}
    for locale in QLocale.matchingLocales(
        QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, any_territory
    ):
        code = locale.currencySymbol(symbol.CurrencyIsoCode)
        if len(code) != 3 or not code.isascii():
            continue
        name = locale.currencySymbol(symbol.CurrencyDisplayName)
        if locale.language() == QLocale.Language.English:
            names[code] = name
        else:
            names.setdefault(code, "")
    return tuple((code, f"{code}  {name}".strip()) for code, name in sorted(names.items()))


def currency_here() -> str:
    """The currency of the country this computer is set to; naira where it tells none."""
    code = QLocale.system().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
    return code if code in dict(currencies()) else USUAL_CURRENCY


@cache
def zones() -> tuple[tuple[str, str], ...]:
    """Every time zone with a place in its name, as (IANA name, words)."""
    named = sorted(
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/"))
    )
    return tuple((name, name.replace("_", " ")) for name in (*named, "UTC"))


def zone_here() -> str:
    """The time zone this computer is set to; that of Lagos where it tells none that we know."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace").removeprefix("Etc/")
    return name if name in dict(zones()) else USUAL_ZONE
