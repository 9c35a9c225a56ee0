"""Certificates are always verified: by the system's trust store, or by SSL_CERT_FILE."""

import asyncio
import datetime as dt
import ipaddress
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from posapp.sync.connectors.http import Caller, Unreachable
from posapp.sync.connectors.trust import trust
from posapp.sync.connectors.woocommerce import WooCommerceFeed

x509 = pytest.importorskip("cryptography.x509")
hashes = pytest.importorskip("cryptography.hazmat.primitives.hashes")
serialization = pytest.importorskip("cryptography.hazmat.primitives.serialization")
ec = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ec")

ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Mon, 23 Nov 2026 03:11:07 GMT\r\n"
    b"Content-Length: 2\r\nConnection: close\r\n\r\n[]"
)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A self-made authority's own certificate, for 127.0.0.1; key and certificate in one file each."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "posapp test")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (tmp_path / "cert.pem").write_bytes(made.public_bytes(pem))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return tmp_path / "cert.pem"


@pytest.fixture
async def server(certificate: Path) -> AsyncIterator[str]:
    """Answers [] over TLS on a free port of this machine."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER)
        await writer.drain()
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    running = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    yield f"https://127.0.0.1:{running.sockets[0].getsockname()[1]}"
    running.close()
    await running.wait_closed()


async def ask(address: str) -> int:
    caller = Caller(address, httpx.BasicAuth("ck", "cs"), who="The web shop")
    try:
        return (await caller.get("/x", tries=1)).status
    finally:
        await caller.close()


async def test_a_stranger_certificate_is_refused(server: str) -> None:
    with pytest.raises(Unreachable) as caught:
        await ask(server)
    assert caught.value.cause == "certificate"


async def test_ssl_cert_file_is_honoured(
    server: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert await ask(server) == 200


async def test_a_name_that_the_certificate_does_not_bear_is_refused(
    server: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(Unreachable) as caught:
        await ask(server.replace("127.0.0.1", "localhost"))
    assert caught.value.cause == "certificate"


async def test_the_verdict_names_the_certificate(server: str) -> None:
    feed = WooCommerceFeed("shop", server, "ck", "cs")
    verdict = await feed.test()
    await feed.close()
    assert verdict.code == "wrong_address"
    assert "certificate" in verdict.findings[0].words


def test_certificates_are_always_verified() -> None:
    context = trust()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname is True
