"""A folder that is exactly what its manifest lists."""

import json
import shutil
from pathlib import Path

import pytest

from BMLesionSegLib.bundles import load_bundle
from BMLesionSegLib.bundles.listing import CARD, GOLDEN, MANIFEST, WEIGHTS, list_folder
from BMLesionSegLib.errors import BundleRefused


def test_lists_everything_but_the_manifest(folder):
    assert set(list_folder(folder)) == {CARD, GOLDEN, WEIGHTS}
    assert list_folder(folder) == load_bundle(folder).manifest.files


@pytest.mark.parametrize("path", [CARD, GOLDEN, WEIGHTS])
def test_every_altered_byte_is_seen(folder, path):
    data = bytearray((folder / path).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / path).write_bytes(data)
    with pytest.raises(BundleRefused, match=f"{path} is another file or was altered"):
        load_bundle(folder)


@pytest.mark.parametrize("path", [CARD, GOLDEN, WEIGHTS])
def test_a_cut_file_is_seen(folder, path):
    data = (folder / path).read_bytes()
    (folder / path).write_bytes(data[:-1])
    with pytest.raises(BundleRefused, match=f"but {path} has {len(data) - 1}"):
        load_bundle(folder)


def test_a_longer_file_is_seen(folder):
    with (folder / WEIGHTS).open("ab") as file:
        file.write(b"x")
    with pytest.raises(BundleRefused, match="it is longer"):
        load_bundle(folder)


@pytest.mark.parametrize("path", [CARD, GOLDEN, WEIGHTS])
def test_a_missing_file_is_named(folder, path):
    (folder / path).unlink()
    with pytest.raises(BundleRefused, match=f"missing or not listed: '{path}'"):
        load_bundle(folder)


@pytest.mark.parametrize("path", ["model.pkl", "golden/more", "deep/er/one"])
def test_an_unlisted_file_is_named(folder, path):
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).touch()
    with pytest.raises(BundleRefused, match=f"missing or not listed: '{path}'"):
        load_bundle(folder)


def test_what_file_managers_leave_is_no_reason(folder):
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "golden/.DS_Store"):
        (folder / name).touch()
    assert load_bundle(folder).check_golden() < 1e-3


@pytest.mark.parametrize("path", [WEIGHTS, "golden"])
def test_links_out_of_the_folder_are_refused(folder, tmp_path, path):
    outside = tmp_path / "outside"
    shutil.move(folder / path, outside)
    (folder / path).symlink_to(outside)
    with pytest.raises(BundleRefused, match=f"'{path}' is a link"):
        load_bundle(folder)


def test_a_linked_manifest_is_refused(folder, tmp_path):
    shutil.move(folder / MANIFEST, tmp_path / "outside")
    (folder / MANIFEST).symlink_to(tmp_path / "outside")
    with pytest.raises(BundleRefused, match=r"has no file manifest\.json"):
        load_bundle(folder)


def test_the_folder_itself_may_be_a_link(folder, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(folder, target_is_directory=True)
    assert load_bundle(link).manifest.name == "tiny"


def test_a_folder_without_a_manifest(tmp_path):
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(BundleRefused, match=r"has no file manifest\.json"):
            load_bundle(place)


def test_an_endless_manifest_is_not_read(folder):
    with (folder / MANIFEST).open("r+b") as file:
        file.truncate(2**40)
    with pytest.raises(BundleRefused, match="at most 1048576 bytes"):
        load_bundle(folder)


def test_a_manifest_that_forgets_the_self_test(folder):
    shutil.rmtree(folder / "golden")
    manifest = load_manifest(folder)
    del manifest["files"][GOLDEN]
    save_manifest(folder, manifest)
    with pytest.raises(BundleRefused, match=r"does not list golden/case\.safetensors"):
        load_bundle(folder)


def test_a_file_that_cannot_be_read(folder, monkeypatch):
    def denied(self, mode):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(BundleRefused, match="Permission denied"):
        load_bundle(folder)


def test_a_folder_where_a_file_should_be(folder):
    (folder / WEIGHTS).unlink()
    (folder / WEIGHTS).mkdir()
    with pytest.raises(BundleRefused, match="missing or not listed"):
        load_bundle(folder)


def load_manifest(folder):
    return json.loads((folder / MANIFEST).read_bytes())


def save_manifest(folder, manifest):
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
