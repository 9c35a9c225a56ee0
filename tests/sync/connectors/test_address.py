"""Addresses as people paste them."""

import pytest

from posapp.sync.connectors.address import BadAddress, is_loopback, normal_address


@pytest.mark.parametrize(
    ("pasted", "called"),
    [
        ("shop.example.test", "https://shop.example.test"),
        ("  https://Shop.Example.test/  ", "https://shop.example.test"),
        ("https://shop.example.test/wp-json/wc/v3", "https://shop.example.test"),
        ("https://shop.example.test/wp-admin/admin.php?page=wc-settings#x", "https://shop.example.test"),
        ("shop.example.test/store/wp-login.php", "https://shop.example.test/store"),
        ("https://shop.example.test:8443/store/", "https://shop.example.test:8443/store"),
        ("HTTPS://shop.example.test", "https://shop.example.test"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("localhost:8080/", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://127.0.0.1:8080/paystack", "http://127.0.0.1:8080/paystack"),
        ("https://żółw.example.test", "https://xn--w-uga1v8h.example.test"),
    ],
)
def test_what_is_pasted_becomes_what_is_called(pasted: str, called: str) -> None:
    assert normal_address(pasted) == called
    assert normal_address(called) == called


@pytest.mark.parametrize(
    "pasted",
    [
        "http://shop.example.test",
        "http://192.0.2.7",
        "http://127.0.0.1.example.test",
        "http://localhost.example.test",
    ],
)
def test_plain_http_goes_to_this_machine_only(pasted: str) -> None:
    with pytest.raises(BadAddress) as caught:
        normal_address(pasted)
    assert caught.value.code == "plain_http"
    assert "https" in caught.value.advice


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "   ",
        "my shop",
        "https://",
        "https:///x",
        "ftp://shop.example.test",
        "https://ck_1:cs_2@shop.example.test",
        "javascript:alert(1)",
        "https://shop.example.test:99999",
        "file:///etc/passwd",
        "https://sh op.example.test",
        "https://shop.example.test\n.evil.example.test",
        "x" * 600,
        "https://-.test/{}",
    ],
)
def test_what_is_no_address_is_refused(pasted: str) -> None:
    with pytest.raises(BadAddress) as caught:
        normal_address(pasted)
    assert caught.value.code == "wrong_address"
    assert "cs_2" not in f"{caught.value} {caught.value.advice}"


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("10.0.0.1", False),
        ("example.test", False),
        ("127.0.0.1.nip.test", False),
    ],
)
def test_loopback_is_told_by_the_number(host: str, own: bool) -> None:
    assert is_loopback(host) is own
