"""Where models are looked for, on every system."""

import shutil
from pathlib import Path

import pytest

from BMLesionSegLib.bundles import DEFAULT, find, find_bundle, load_bundle, user_models_folder
from BMLesionSegLib.errors import BundleRefused


@pytest.fixture
def places(tmp_path, monkeypatch):
    """A user's folder, a shipped folder and a working directory, all empty."""
    user, shipped, here = (tmp_path / name for name in ("user", "shipped", "here"))
    for place in (user, shipped, here):
        place.mkdir()
    monkeypatch.setattr(find, "user_models_folder", lambda: user)
    monkeypatch.setattr(find, "resource", lambda name: shipped)
    monkeypatch.chdir(here)
    return user, shipped, here


def install(place, name):
    (place / name).mkdir()
    (place / name / "manifest.json").touch()
    return place / name


def test_none_is_the_shipped_default(places):
    _, shipped, here = places
    install(here, DEFAULT)
    expected = install(shipped, DEFAULT)
    assert find_bundle() == expected


def test_the_users_own_comes_before_the_shipped(places):
    user, shipped, _ = places
    install(shipped, DEFAULT)
    expected = install(user, DEFAULT)
    assert find_bundle(DEFAULT) == find_bundle() == expected


def test_a_named_folder_comes_first(places):
    user, _, here = places
    install(user, "mine")
    install(here, "mine")
    assert find_bundle("mine").resolve() == here / "mine"
    assert find_bundle(user / "mine") == user / "mine"
    assert find_bundle(str(user / "mine")) == user / "mine"


def test_a_folder_without_a_manifest_is_passed_over(places):
    _, shipped, here = places
    (here / DEFAULT).mkdir()
    expected = install(shipped, DEFAULT)
    assert find_bundle(DEFAULT) == expected


def test_the_refusal_says_what_and_where(places):
    user, shipped, _ = places
    with pytest.raises(BundleRefused) as refusal:
        find_bundle("large")
    text = str(refusal.value)
    assert "'large'" in text
    assert str(user / "large") in text
    assert str(shipped / "large") in text


@pytest.mark.parametrize("wanted", ["../secret", "..", "a/../../secret", ".hidden"])
def test_a_path_is_not_looked_for_among_the_models(places, wanted):
    assert find.candidates(wanted) == [Path(wanted)]


def test_an_installation_without_models(monkeypatch, tmp_path):
    def missing(name):
        raise FileNotFoundError

    monkeypatch.setattr(find, "resource", missing)
    monkeypatch.setattr(find, "user_models_folder", lambda: tmp_path)
    with pytest.raises(BundleRefused, match="there is none at"):
        find_bundle()


@pytest.mark.parametrize(
    ("platform", "variable", "value", "expected"),
    [
        ("linux", "XDG_DATA_HOME", "/data", "/data/BMLesionSeg/Models"),
        ("linux", "XDG_DATA_HOME", None, "/home/p/.local/share/BMLesionSeg/Models"),
        ("linux", "XDG_DATA_HOME", "data", "/home/p/.local/share/BMLesionSeg/Models"),
        (
            "darwin",
            "XDG_DATA_HOME",
            "/data",
            "/home/p/Library/Application Support/BMLesionSeg/Models",
        ),
        ("win32", "LOCALAPPDATA", "/local", "/local/BMLesionSeg/Models"),
        ("win32", "LOCALAPPDATA", None, "/home/p/AppData/Local/BMLesionSeg/Models"),
    ],
)
def test_the_users_folder(monkeypatch, platform, variable, value, expected):
    monkeypatch.setattr(find.sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/p"))
    monkeypatch.delenv(variable, raising=False)
    if value is not None:
        monkeypatch.setenv(variable, value)
    assert user_models_folder().as_posix() == expected


def test_a_found_folder_loads(tmp_path, written):
    folder = shutil.copytree(written, tmp_path / "größer")
    assert load_bundle(find_bundle(folder)).manifest.name == "tiny"
