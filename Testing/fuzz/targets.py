"""Every door that takes files from outside, with valid synthetic files to damage."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import SimpleITK

from BMLesionSegLib.bundles import load_bundle, write_bundle
from BMLesionSegLib.bundles.bundle import loaded_network
from BMLesionSegLib.bundles.listing import GOLDEN, MANIFEST, WEIGHTS, list_folder
from BMLesionSegLib.bundles.manifest import parse_manifest
from BMLesionSegLib.bundles.safetensors import parse_tensors
from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.dicom_files import write_dicom_files
from BMLesionSegLib.exporting.run_record import corrected_since, recorded_model
from BMLesionSegLib.exporting.segmentation_import import read_segmentation_dicom
from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation, write_segmentation
from BMLesionSegLib.inference.devices import choose_device
from BMLesionSegLib.learning.data.labelled import labelled_cases
from BMLesionSegLib.learning.training.recipe import RECIPES
from BMLesionSegLib.learning.training.trainer import Trainer
from BMLesionSegLib.networks import build_network
from BMLesionSegLib.networks.registry import network_arguments
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import ViewName
from Testing.fuzz.damage import damaged_bytes, damaged_json, damaged_text, several
from Testing.fuzz.damaged_dicom import damaged_dicom
from Testing.fuzz.damaged_images import damaged_image, damaged_zip
from Testing.fuzz.target import Target
from Testing.library.dicom_sources import source_and_result, stored
from Testing.library.learning_networks import OnePixel
from Testing.library.nm_files import ge_like, nm_file, siemens_like
from Testing.library.reading.test_raster import write_plane
from Testing.library.scans import body_pair
from Testing.library.tiny_model import tiny_manifest

SHAPE, SPACING = (64, 16), (30.0, 30.0)
PAIR = body_pair(SHAPE)
ANTERIOR = ViewName.ANTERIOR
VOLUMES = ("scan.nrrd", "scan.nii", "scan.nii.gz", "scan.mha")
PICTURES = ("scan.png", "scan.tif")


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def nuclear_medicine(folder: Path) -> Target:
    """DICOM scans of three vendors' ways."""
    for name, edits in {"plain": (), "ge": (ge_like,), "siemens": (siemens_like,)}.items():
        nm_file(folder / f"{name}.dcm", *edits, counts=PAIR, spacing=SPACING)
    files = files_of(folder)
    return Target(
        "NM DICOM",
        files,
        tuple(files),
        lambda data, rng, _: damaged_dicom(data, rng),
        lambda where, name: load_scan(where / name),
    )


def raster(folder: Path) -> Target:
    """Volumes and pictures."""
    for name in (*VOLUMES, *PICTURES):
        write_plane(folder / name, PAIR[ANTERIOR], SPACING, flat=name in PICTURES)
    files = files_of(folder)
    return Target(
        "NRRD, NIfTI, MetaImage, PNG, TIFF",
        files,
        tuple(files),
        damaged_file,
        lambda where, name: load_scan(where / name, ANTERIOR),
    )


def segmentation_dicom(folder: Path) -> Target:
    """DICOM segmentations, and the report beside them, back onto their scan."""
    scan, result = source_and_result(folder, "two frames", "one")
    write_dicom_files(folder, result, datetime(2026, 11, 22))
    names = ("anterior.seg.dcm", "measurements.sr.dcm")
    files = {name: (folder / name).read_bytes() for name in names}

    def read(where: Path, name: str) -> None:
        report = where / names[1] if name == names[1] else None
        read_segmentation_dicom(where / names[0], scan, report)

    # The segmentation twice, since more of its elements are read.
    damaged = (names[0], names[0], names[1])
    return Target(
        "DICOM SEG and SR", files, damaged, lambda data, rng, _: damaged_dicom(data, rng), read
    )


def segmentation_nrrd(folder: Path) -> Target:
    """A corrected segmentation, as 3D Slicer saves it, and the record of its run."""
    scan, _ = source_and_result(folder, "two frames", "touching")
    one = stored(scan, "touching")[0]
    path = folder / "anterior.seg.nrrd"
    write_segmentation(path, one.labels, one.geometry, one.segments)
    record = b'{"model": {"name": "small", "version": "1"}, "segmentations_sha256": {"a": "b"}}'
    files = {path.name: path.read_bytes(), "run.json": record}

    def read(where: Path, name: str) -> None:
        if name == "run.json":
            recorded_model(where), corrected_since(where)
        else:
            corrected(scan, [read_segmentation(where / name)])

    return Target(
        "seg.nrrd and run.json", files, (path.name, path.name, "run.json"), damaged_file, read
    )


def bundle(folder: Path) -> Target:
    """A model's weights and self-test by someone who also makes the hashes right."""
    files = files_of(write_smallest_model(folder / "model"))
    manifest = parse_manifest(files[MANIFEST])

    def read(where: Path, name: str) -> None:
        (where / MANIFEST).unlink()
        listed = list_folder(where)
        (where / MANIFEST).write_bytes(replace(manifest, files=listed).to_json())
        loaded = load_bundle(where)
        loaded.card(), loaded.network()
        # The self-test alone takes longer than all the rest.
        if name == GOLDEN:
            loaded.check_golden()

    damaged = tuple(name for name in files if name != MANIFEST)
    return Target("bundle: weights, self-test, card", files, damaged, damaged_tensors, read)


def manifest(folder: Path) -> Target:
    """A model's manifest, and the network that it describes."""
    files = files_of(write_smallest_model(folder / "model"))
    tensors = parse_tensors(files[WEIGHTS])
    # One of the paper's network too, which has more arguments; its weights are not there.
    other = "other/manifest.json"
    files |= {
        other: replace(tiny_manifest(), files=parse_manifest(files[MANIFEST]).files).to_json()
    }

    def read(where: Path, name: str) -> None:
        described = parse_manifest((where / name).read_bytes())
        if name == other:
            network_arguments(described.architecture, described.arguments)
            return
        (where / other).unlink()
        (where / other).parent.rmdir()
        try:
            loaded_network(described, tensors)
            load_bundle(where)
        finally:
            (where / other).parent.mkdir()
            (where / other).write_bytes(files[other])

    return Target("manifest", files, (MANIFEST, other), damaged_file, read)


def write_smallest_model(folder: Path) -> Path:
    """A model that is read in a hundredth of a second."""
    network = build_network("u_net", {"features": (4, 4)})
    described = replace(tiny_manifest(), architecture="u_net", arguments={"features": (4, 4)})
    image = np.zeros((256, 256), np.float32)
    write_bundle(folder, network.eval().state_dict(), described, "# Smallest", image)
    return folder


def training_folder(folder: Path) -> Target:
    """Labelled cases: drawn by hand on volumes and on DICOM, and as `simulate` writes them."""
    hand, drawn = folder / "hand" / "a", np.zeros(SHAPE, np.uint8)
    drawn[18:20, 4:6] = 1
    label = SimpleITK.GetImageFromArray(drawn[None])
    label.SetSpacing((*SPACING, 1.0))
    hand.mkdir(parents=True)
    for name, counts in PAIR.items():
        write_plane(hand / f"scan-{name}.nrrd", counts, SPACING)
        SimpleITK.WriteImage(label, str(hand / f"{name}.nii.gz"))
    both = folder / "dicom" / "b"
    both.mkdir(parents=True)
    scan = load_scan(nm_file(both / "scan.dcm", counts=PAIR, spacing=SPACING))
    (both.parent / "cohort.json").write_text('{"patients": [{"name": "b", "sex": "F", "age": 6}]}')
    (hand.parent / "patients.csv").write_text("patient,sex,age\na,F,63\n")
    for view in scan:
        write_segmentation(both / f"{view.name}.seg.nrrd", drawn, view.geometry, ())
    files = files_of(folder)
    return Target(
        "training folder",
        files,
        tuple(files),
        damaged_file,
        lambda where, name: list(labelled_cases(where / name.split("/")[0])),
        loses=0.02,
    )


def checkpoint(folder: Path) -> Target:
    """A training that is to be resumed."""
    path = folder / "checkpoint.pt"
    new_trainer().save(path)

    def read(where: Path, name: str) -> None:
        new_trainer().resume(where / name)

    return Target(
        "checkpoint",
        files_of(folder),
        (path.name,),
        lambda data, rng, _: several(damaged_zip, data, rng),
        read,
    )


def new_trainer() -> Trainer:
    """The smallest training."""
    identity = {"network": "one pixel", "seed": 3}
    return Trainer(OnePixel(), RECIPES["ours"], 6, 3, choose_device("cpu"), identity)


def damaged_file(data: bytes, rng: Random, name: str) -> bytes:
    """Damage that suits a file's name."""
    if name.endswith(".json"):
        return several(damaged_json, data, rng)
    if name.endswith(".csv"):
        return several(damaged_text, data, rng)
    if name.endswith(".dcm"):
        return damaged_dicom(data, rng)
    return several(lambda content, chance: damaged_image(content, chance, name), data, rng)


def damaged_tensors(data: bytes, rng: Random, name: str) -> bytes:
    """Damage to the header of a safetensors file, its length made right again; or to anything."""
    if not name.endswith(".safetensors") or rng.random() < 0.3:
        return several(damaged_bytes, data, rng)
    length = int.from_bytes(data[:8], "little")
    header = several(damaged_json, data[8 : 8 + length], rng)
    return len(header).to_bytes(8, "little") + header + data[8 + length :]


MAKERS: dict[str, Callable[[Path], Target]] = {
    "training": training_folder,
    "checkpoint": checkpoint,
    "manifest": manifest,
    "bundle": bundle,
    "corrected": segmentation_nrrd,
    "raster": raster,
    "dicom": nuclear_medicine,
    "seg": segmentation_dicom,
}
"""By the name that the command line takes."""

PER_MILLE = dict(zip(MAKERS, (30, 100, 250, 30, 140, 280, 130, 40), strict=True))
"""How many of a thousand inputs each gets: the quicker the more."""


@cache
def target(name: str) -> Target:
    """One target; its seeds are made once a process."""
    with tempfile.TemporaryDirectory() as folder:
        return MAKERS[name](Path(folder))
