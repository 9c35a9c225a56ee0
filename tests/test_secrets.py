import logging
import os
import threading
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from posapp.domain.errors import Refused
from posapp.secrets import Place, Secrets

KEY = "cs_0123456789abcdef0123456789abcdef01234567"


class Ring(KeyringBackend):
    """A keyring in memory, as the systems' own ones behave."""

    priority = 0.1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


class Locked(Ring):
    def get_password(self, service, username):
        raise KeyringLocked(f"locked, was asked for {username}")

    def set_password(self, service, username, password):
        raise KeyringLocked(f"locked, was given {password}")

    delete_password = get_password


class Forgetful(Ring):
    def set_password(self, service, username, password):
        pass


class Silent(Ring):
    """Waits for a person who never comes, like a Secret Service on a computer without a screen."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service, username):
        self.released.wait()

    def set_password(self, service, username, password):
        self.released.wait()


Plain = type("PlaintextKeyring", (Ring,), {"__module__": "keyrings.alt.file"})


@pytest.fixture(autouse=True)
def _leave_no_keyring_behind(monkeypatch):
    monkeypatch.delenv("POSAPP_KEYRING")
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def ring():
    ring = Ring()
    keyring.set_keyring(ring)
    return ring


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_keyring_that_works_takes_the_secret_and_no_file_is_made(tmp_path, ring):
    secrets = Secrets(tmp_path)
    assert secrets.put("feed-1", KEY) is Place.KEYRING
    assert ring.kept == {("posapp", "feed-1"): KEY}
    assert secrets.get("feed-1") == KEY
    assert secrets.place("feed-1") is Place.KEYRING
    assert list(tmp_path.iterdir()) == []
    secrets.remove("feed-1")
    secrets.remove("feed-1")
    assert secrets.get("feed-1") is None
    assert secrets.place("feed-1") is None


@pytest.mark.parametrize(
    "backend",
    [keyring.backends.fail.Keyring, keyring.backends.null.Keyring, Locked, Forgetful, Plain],
    ids=["none", "null", "locked", "forgetful", "plain text of another package"],
)
def test_without_a_usable_keyring_the_owner_s_file_takes_it(tmp_path, backend):
    keyring.set_keyring(backend())
    assert Secrets(tmp_path).put("feed-1", KEY) is Place.FILE
    assert Secrets(tmp_path).get("feed-1") == KEY
    assert Secrets(tmp_path).place("feed-1") is Place.FILE
    assert mode_of(tmp_path / "secrets.toml") == 0o600
    Secrets(tmp_path).remove("feed-1")
    assert Secrets(tmp_path).get("feed-1") is None
    assert KEY not in (tmp_path / "secrets.toml").read_text(encoding="utf-8")


def test_a_keyring_that_never_answers_is_waited_for_once(tmp_path):
    silent = Silent()
    keyring.set_keyring(silent)
    secrets = Secrets(tmp_path, patience_s=0.05)
    assert secrets.put("feed-1", KEY) is Place.FILE
    asking = [thread for thread in threading.enumerate() if thread.name == "keyring"]
    assert len(asking) == 1
    assert secrets.get("feed-2") is None
    assert [thread for thread in threading.enumerate() if thread.name == "keyring"] == asking
    silent.released.set()
    asking[0].join()


def test_the_environment_may_leave_the_keyring_alone(tmp_path, ring, monkeypatch):
    monkeypatch.setenv("POSAPP_KEYRING", "file")
    assert Secrets(tmp_path).put("feed-1", KEY) is Place.FILE
    assert ring.kept == {}


def test_an_older_secret_never_comes_back(tmp_path, ring):
    assert Secrets(tmp_path).put("feed-1", "old") is Place.KEYRING
    keyring.set_keyring(Locked())
    assert Secrets(tmp_path).put("feed-1", "newer") is Place.FILE
    keyring.set_keyring(ring)
    assert Secrets(tmp_path).get("feed-1") == "newer"
    assert Secrets(tmp_path).put("feed-1", "newest") is Place.KEYRING
    assert Secrets(tmp_path).get("feed-1") == "newest"
    assert "newer" not in (tmp_path / "secrets.toml").read_text(encoding="utf-8")


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=4))
def test_any_text_survives_the_file(tmp_path_factory, kept):
    folder = tmp_path_factory.mktemp("secrets")
    keyring.set_keyring(keyring.backends.fail.Keyring())
    for account, secret in kept.items():
        Secrets(folder).put(account, secret)
    assert {account: Secrets(folder).get(account) for account in kept} == kept


def test_neither_log_nor_repr_nor_a_complaint_tells_the_secret(tmp_path, caplog):
    keyring.set_keyring(Locked())
    secrets = Secrets(tmp_path)
    with caplog.at_level(logging.DEBUG):
        secrets.put("feed-1", KEY)
        assert "KeyringLocked" in caplog.text
    path = tmp_path / "secrets.toml"
    path.write_text(f"feed-1 = {KEY}", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        secrets.get("feed-1")
    assert refused.value.code == "secrets_unreadable"
    assert refused.value.__cause__ is None
    assert KEY not in caplog.text + repr(secrets) + str(vars(secrets)) + str(refused.value)


def test_a_file_open_to_others_is_closed_when_it_is_read(tmp_path):
    keyring.set_keyring(keyring.backends.fail.Keyring())
    path = tmp_path / "secrets.toml"
    path.write_text('feed-1 = "x"\n', encoding="utf-8")
    path.chmod(0o644)
    assert Secrets(tmp_path).get("feed-1") == "x"
    assert mode_of(path) == 0o600


@pytest.mark.parametrize("content", ["feed-1 = 3", "[feed-1]", "=", 'feed-1 = ["x"]'])
def test_a_damaged_file_is_said_in_words_and_not_overwritten(tmp_path, content):
    keyring.set_keyring(keyring.backends.fail.Keyring())
    path = tmp_path / "secrets.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match="cannot be read"):
        Secrets(tmp_path).put("feed-2", KEY)
    assert path.read_text(encoding="utf-8") == content


@pytest.mark.skipif(os.name != "posix", reason="folders of other systems take no such file")
def test_a_folder_that_takes_no_file_is_said_in_words(tmp_path):
    keyring.set_keyring(keyring.backends.fail.Keyring())
    with pytest.raises(Refused) as refused:
        Secrets(Path("/dev/null/folder")).put("feed-1", KEY)
    assert KEY not in str(refused.value)
