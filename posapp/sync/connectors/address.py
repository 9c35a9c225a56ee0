"""Addresses as people paste them, made into the one that is called."""

import ipaddress
import re

import httpx

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_PASTED_TAILS = re.compile(r"/(wp-json|wp-admin|wp-login\.php|wp-content|index\.php)(/.*)?$")
_REFUSED = re.compile(r"[\s\x00-\x1f\x7f\\<>\"{}|^`]")
_HOST = re.compile(r"[a-z0-9:]([a-z0-9.:-]*[a-z0-9:])?", re.ASCII)


class BadAddress(ValueError):
    """The address cannot be called. `code` is the verdict: "wrong_address" or "plain_http"."""

    def __init__(self, words: str, *, code: str = "wrong_address", advice: str = "") -> None:
        super().__init__(words)
        self.words, self.code, self.advice = words, code, advice


def normal_address(pasted: str) -> str:
    """Make "shop.example.test/wp-admin/" into "https://shop.example.test".

    Without a scheme it is https, on this machine itself http. A folder is kept, for
    WordPress may live in one. Raises `BadAddress`: plain http would show the key to
    everybody on the way, so it is taken on this machine only.
    """
    text = pasted.strip()
    if not text or len(text) > 500 or _REFUSED.search(text):
        raise BadAddress("This is not a web address.", advice="It looks like https://shop.example.test")
    if not _SCHEME.match(text):
        host = text.split("/", 1)[0].rsplit("@", 1)[-1]
        text = f"{'http' if is_loopback(_without_port(host)) else 'https'}://{text}"
    return _checked(text)


def _checked(text: str) -> str:
    try:
        url = httpx.URL(text)
        host, port = url.raw_host.decode("ascii"), url.port
    except (httpx.InvalidURL, ValueError):
        raise BadAddress(
            "This is not a web address.", advice="It looks like https://shop.example.test"
        ) from None
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(host) or not 0 < (port or 80) < 65_536:
        raise BadAddress("This is not a web address.", advice="It starts with https://")
    if url.userinfo:
        raise BadAddress("The address carries a name or password.", advice="Leave out all before the @ sign.")
    if url.scheme == "http" and not is_loopback(host):
        raise BadAddress(
            "The address starts with http://, which everybody on the way can read.",
            code="plain_http",
            advice="Use https:// – your hosting company can switch it on.",
        )
    path = _PASTED_TAILS.sub("", url.path.rstrip("/")).rstrip("/")
    shown = f"[{host}]" if ":" in host else host
    return str(httpx.URL(f"{url.scheme}://{shown}{f':{port}' if port else ''}{path}"))


def is_loopback(host: str) -> bool:
    """True for a name or number that cannot leave this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.split("]", 1)[0].strip("[")
    return host.rsplit(":", 1)[0] if host.count(":") == 1 else host
