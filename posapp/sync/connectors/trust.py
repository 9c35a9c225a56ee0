"""Whose certificates are believed."""

import os
import ssl
from functools import lru_cache
from pathlib import Path

import certifi


def trust() -> ssl.SSLContext:
    """The system's trust store, or what SSL_CERT_FILE and SSL_CERT_DIR name; always verified. Loaded once."""
    return _trust_of(os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", ""))


@lru_cache(maxsize=4)
def _trust_of(cert_file: str, cert_dir: str) -> ssl.SSLContext:
    del cert_file, cert_dir  # OpenSSL reads them itself; they tell one store from another
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    stores = [place for place in (paths.cafile, paths.capath) if place]
    if not any(Path(place).exists() for place in stores):
        context.load_verify_locations(certifi.where())  # a bare system has no store of its own
    return context
