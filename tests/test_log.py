import base64
import logging

import httpx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from posapp.log import FILE_BYTES, OLD_FILES, logging_into, redacted

HEX = st.text("0123456789abcdef", min_size=40, max_size=40)
KEY = "ck_aaaabbbbccccddddeeeeffff0000111122223333"
SECRET = "cs_0123456789abcdef0123456789abcdef01234567"
BASIC = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()


def logged(folder) -> str:
    return (folder / "posapp.log").read_text(encoding="utf-8")


@given(
    HEX,
    st.sampled_from(["ck_", "cs_", "sk_live_", "sk_test_", "sk_", "pk_live_"]),
    st.text(),
    st.text(" ,;&\"'\n"),
)
def test_a_key_is_hidden_whatever_stands_around_it(digits, prefix, before, after):
    assume(digits not in before)
    assert digits not in redacted(f"{before} {prefix}{digits}{after}")


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Basic %s",
        "authorization: bearer %s",
        "{'Authorization': 'Basic %s'}",
        "{'authorization': b'Basic %s'}",
        "headers=[(b'Authorization', b'Bearer %s')]",
        '{"authorization": "%s"}',
        'body "{\\"consumer_secret\\": \\"%s\\"}"',
        "sent Bearer %s to",
        "GET https://shop.example.test/wp-json/wc/v3/orders?consumer_secret=%s&page=2",
        "https://shop.example.test/?page=2&consumer_key=%s",
        "oauth_signature=%s&",
        "https://till:%s@shop.example.test/wp-json",
        "password=%s",
    ],
)
@pytest.mark.parametrize("secret", ["Zm9vOmJhcg==", "a1b2c3d4e5f6a7b8"])
def test_every_form_a_secret_travels_in_is_hidden(text, secret):
    assert secret not in redacted(text % secret)


def test_what_is_no_secret_is_left_as_it_is():
    text = (
        "GET https://shop.example.test/wp-json/wc/v3/orders?page=2&per_page=100 200, order 0142 of Ada Obi, "
        "₦12,500.50, basic stock check of sku_rice, desk_1 and task_list"
    )
    assert redacted(text) == text


def test_message_arguments_and_traceback_are_hidden_in_file_and_on_standard_error(tmp_path, capsys):
    with logging_into(tmp_path):
        logging.getLogger("posapp.sync").warning(
            "asked with %s and %r", SECRET, {"Authorization": f"Basic {BASIC}"}
        )
        try:
            raise ValueError(f"bad answer to {KEY}")
        except ValueError:
            logging.getLogger("posapp").exception("a fault")
    for text in (logged(tmp_path), capsys.readouterr().err):
        assert "asked with" in text
        assert "ValueError: bad answer to ck_" in text
        assert SECRET not in text
        assert BASIC not in text
        assert KEY not in text


def test_what_the_http_library_logs_tells_no_key(tmp_path):
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200)

    with (
        logging_into(tmp_path),
        httpx.Client(transport=httpx.MockTransport(answer), auth=(KEY, SECRET)) as client,
    ):
        client.get("https://shop.example.test/orders", params={"consumer_secret": SECRET, "page": "2"})
    assert "shop.example.test/orders" in logged(tmp_path)
    assert SECRET not in logged(tmp_path)


def test_a_hostile_name_cannot_fake_a_line_or_turn_the_writing_round(tmp_path):
    with logging_into(tmp_path):
        logging.getLogger("posapp").info(
            "order of %s", "Ada\n2026-01-01T00:00:00.000Z INFO all well \x1b[2J\u202eadO"
        )
    text = logged(tmp_path)
    assert text.count("\n") == 1
    assert "\\n2026" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_lines_are_in_utc_with_their_level(tmp_path):
    with logging_into(tmp_path):
        record = logging.makeLogRecord(
            {"name": "posapp", "levelno": logging.INFO, "levelname": "INFO", "msg": "hello"}
        )
        record.created, record.msecs = 0.0, 7.0
        logging.getLogger().handle(record)
    assert logged(tmp_path) == "1970-01-01T00:00:00.007Z INFO MainThread posapp: hello\n"


def test_the_file_turns_over_and_old_ones_go(tmp_path):
    with logging_into(tmp_path):
        for _ in range((OLD_FILES + 2) * 11):
            logging.getLogger("posapp").info("x" * (FILE_BYTES // 10))
    files = sorted(entry.name for entry in tmp_path.iterdir())
    assert files == ["posapp.log", *(f"posapp.log.{n}" for n in range(1, OLD_FILES + 1))]


def test_without_a_folder_only_standard_error_is_written_and_nothing_stays(tmp_path, capsys):
    before = (list(logging.getLogger().handlers), logging.getLogger().level)
    with logging_into(None):
        logging.getLogger("posapp").info("unimportant")
        logging.getLogger("posapp").warning("important")
    captured = capsys.readouterr().err
    assert "important" in captured
    assert "unimportant" not in captured
    assert (list(logging.getLogger().handlers), logging.getLogger().level) == before


def test_a_folder_that_takes_no_file_is_an_error_at_once(tmp_path):
    with pytest.raises(OSError, match=r"posapp\.log"), logging_into(tmp_path / "missing"):
        pass
