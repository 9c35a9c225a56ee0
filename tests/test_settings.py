import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.errors import Refused
from posapp.settings import Settings, TableLook, load, save, settings_path

names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
looks = st.builds(
    TableLook,
    widths=st.dictionaries(names, st.integers(1, 10_000), max_size=4),
    order=st.lists(names, max_size=4).map(tuple),
    hidden=st.lists(names, max_size=4).map(tuple),
)
all_settings = st.builds(
    Settings,
    theme=st.sampled_from(["system", "light", "dark", "contrast"]),
    text_percent=st.integers(100, 200),
    window=names,
    tables=st.dictionaries(names, looks, max_size=3),
)


def file_in(folder: Path) -> Path:
    return folder / "posapp" / "settings.toml"


def test_no_file_gives_the_settings_as_delivered_and_makes_none(tmp_path):
    loaded = load(file_in(tmp_path))
    assert loaded.settings == Settings(theme="system", text_percent=100)
    assert loaded.complaint == ""
    assert not file_in(tmp_path).exists()


@given(all_settings)
def test_what_is_saved_is_what_is_loaded(tmp_path_factory, settings):
    path = file_in(tmp_path_factory.mktemp("settings"))
    save(path, settings)
    assert load(path).settings == settings


def test_what_we_do_not_know_is_kept(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('colour = "of a newer version"\ntheme = "dark"\n[later]\nx = 1\n', encoding="utf-8")
    save(path, msgspec.structs.replace(load(path).settings, text_percent=125))
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {
        "colour": "of a newer version",
        "later": {"x": 1},
        "theme": "dark",
        "text_percent": 125,
        "window": "",
        "hide_products": False,
        "tables": {},
        "printing": {},
        "scanning": {},
        "keys": {},
        "views": {},
    }


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b'theme = "pink"', "theme"),
        (b"text_percent = 201", "text_percent"),
        (b"text_percent = 99", "text_percent"),
        (b"text_percent = true", "text_percent"),
        (b"theme = ", "Invalid value"),
        (b"\xff\xfe", "utf-8"),
        (b"tables = 3", "tables"),
        (b"[tables.orders.widths]\nnumber = 0", "widths"),
        (b"a = " + b"[" * 100_000, "settings"),
    ],
)
def test_a_bad_file_is_said_in_words_and_left_as_it_is(tmp_path, content, named):
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    loaded = load(path)
    assert loaded.settings == Settings()
    assert str(path) in loaded.complaint
    assert named in loaded.complaint
    with pytest.raises(Refused) as refused:
        save(path, Settings(theme="dark"))
    assert refused.value.code == "bad_settings"
    assert path.read_bytes() == content


def test_a_folder_that_takes_no_file_is_said_in_words(tmp_path):
    (tmp_path / "posapp").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        save(file_in(tmp_path), Settings())
    assert refused.value.code in {"settings_not_saved", "bad_settings"}


def test_a_save_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "settings.toml"
    save(path, Settings(theme="dark"))

    def no_space_left(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_space_left)
    with pytest.raises(Refused, match="No space left"):
        save(path, Settings(theme="light"))
    assert load(path).settings.theme == "dark"
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.toml"]


def test_a_link_stays_a_link(tmp_path):
    real = tmp_path / "elsewhere.toml"
    real.touch()
    link = tmp_path / "settings.toml"
    link.symlink_to(real)
    save(link, Settings(theme="contrast"))
    assert link.is_symlink()
    assert load(real).settings.theme == "contrast"


def test_the_file_is_the_person_s_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "conf"))
    assert settings_path() == tmp_path / "conf" / "posapp" / "settings.toml"
