"""Folders of labels: read as the rule says, refused in words, never with a name."""

import shutil

import numpy as np
import pytest
import SimpleITK

from BMLesionSegLib.errors import BMLesionSegError, FileRefused, TrainingRefused, ViewsUnclear
from BMLesionSegLib.learning.data.labelled import LabelledFolder, labelled_cases
from BMLesionSegLib.learning.data.patient_files import list_patients
from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.writing import FileKind, write_cohort
from Testing.library.learning.data.case_folders import (
    LESION,
    dicom_case,
    image_of,
    lesion_map,
    volumes_case,
    write_labels,
)

NAME = "Rossi_Maria"


@pytest.fixture(scope="module")
def volumes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("volumes")
    volumes_case(folder / NAME)
    return folder


@pytest.fixture
def cases(volumes, tmp_path):
    shutil.copytree(volumes, tmp_path / "cases")
    return tmp_path / "cases"


def test_volumes_with_labels_from_itk_snap(cases):
    (cases / "patients.csv").write_text(f"patient,sex,age\n{NAME},female,61\n", "utf-8")
    (case,) = labelled_cases(cases)
    assert (case.sex, case.age) == ("female", 61)
    assert case.scan.name == "case-000001"
    front, back = case.scan
    assert (case.metastases[front.name] > 0).sum() == 80
    assert (case.metastases[front.name][LESION] == 1).all()
    assert not case.metastases[back.name].any()


def test_painted_components_are_lesions_of_their_own(cases):
    labels = lesion_map()
    labels[400:410, 120:130] = 1
    labels[410:415, 120:130] = 2
    write_labels(cases / NAME / "anterior.nii.gz", labels)
    (case,) = labelled_cases(cases)
    assert np.unique(case.metastases[ViewName.ANTERIOR]).tolist() == [0, 1, 2, 3]


def test_one_label_map_for_all_frames_of_a_dicom_file(tmp_path):
    dicom_case(tmp_path / NAME)
    planes = np.stack([lesion_map(), 0 * lesion_map()])
    SimpleITK.WriteImage(image_of(planes), str(tmp_path / NAME / "labels.nrrd"))
    (case,) = labelled_cases(tmp_path)
    assert (case.metastases[ViewName.ANTERIOR] > 0).sum() == 80
    assert not case.metastases[ViewName.POSTERIOR].any()
    SimpleITK.WriteImage(image_of(planes[:1]), str(tmp_path / NAME / "labels.nrrd"))
    with pytest.raises(TrainingRefused, match="a slice for each frame"):
        list(labelled_cases(tmp_path))


@pytest.mark.parametrize("files", [FileKind.TWO_FRAMES, FileKind.ONE_A_VIEW])
def test_what_the_simulation_writes(tmp_path, files):
    list(write_cohort(tmp_path / "cohort", "paper", 3, 1, files=files))
    (case,) = labelled_cases(tmp_path / "cohort")
    assert len(case.scan.views) == 2
    assert not case.normal
    assert case.sex in ("male", "female")
    assert any(mask.any() for mask in case.other_uptake.values())


def refused(cases):
    with pytest.raises(BMLesionSegError) as caught:
        list(labelled_cases(cases))
    told = str(caught.value)
    assert "Rossi" not in told
    assert str(cases) not in told
    return caught.type, told


def test_a_missing_label_is_not_taken_for_a_normal_view(cases):
    (cases / NAME / "posterior.nii.gz").unlink()
    kind, told = refused(cases)
    assert kind is TrainingRefused
    assert (
        "in patient folder 1 of 1 there are views anterior, posterior and label maps anterior"
        in told
    )


def test_a_missing_scan(cases):
    for path in (cases / NAME).glob("scan*"):
        path.unlink()
    assert "patient folder 1 of 1 has no scan" in refused(cases)[1]


def test_two_labels_of_one_view_and_other_strangers(cases):
    write_labels(cases / NAME / "anterior.nrrd", lesion_map())
    (cases / NAME / "notes.txt").write_text("x")
    (cases / "list.xlsx").write_text("x")
    told = refused(cases)[1]
    assert "has 2 files that the rule does not name" in told
    assert "files beside the patients' folders" in told


def test_an_empty_file(cases):
    (cases / NAME / "anterior.nii.gz").write_bytes(b"")
    assert "has an empty file" in refused(cases)[1]


def test_all_faults_are_told_at_once(cases):
    for number in range(8):
        (cases / f"P{number}").mkdir()
    told = refused(cases)[1]
    assert "patient folder 1 of 9 has no scan" in told
    assert "more" in told


@pytest.mark.parametrize("suffix", [".nii.gz", ".nii", ".nrrd", ".mha"])
@pytest.mark.parametrize("share", [0.2, 0.97])
def test_a_label_cut_short(cases, suffix, share):
    (cases / NAME / "anterior.nii.gz").unlink()
    path = cases / NAME / f"anterior{suffix}"
    write_labels(path, lesion_map())
    assert len(list(labelled_cases(cases))) == 1
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])
    kind, told = refused(cases)
    assert kind is FileRefused
    assert "in patient folder 1 of 1" in told


@pytest.mark.parametrize(
    ("labels", "place", "reason"),
    [
        (lesion_map((512, 128)), {}, r"(512, 128) came"),
        (lesion_map(), {"spacing": (4.8, 4.8)}, "4.8 x 4.8 mm came"),
        (lesion_map(), {"origin": (30.0, 0.0, 0.0)}, "turned, mirrored or moved"),
        (lesion_map(lesion=(slice(2, 9), slice(2, 9))), {}, "beside the patient"),
        (lesion_map() * 0.5, {}, "values came that are no labels"),
    ],
    ids=["shape", "spacing", "moved", "off the body", "no labels"],
)
def test_a_label_that_does_not_fit(cases, labels, place, reason):
    write_labels(cases / NAME / "anterior.nii.gz", labels, **place)
    assert reason in refused(cases)[1]


def test_a_mirrored_label(cases):
    image = image_of(lesion_map()[np.newaxis])
    image.SetDirection((-1, 0, 0, 0, 1, 0, 0, 0, 1))
    SimpleITK.WriteImage(image, str(cases / NAME / "anterior.nii.gz"))
    assert "turned, mirrored or moved" in refused(cases)[1]


def test_volumes_must_say_their_view(cases):
    (cases / NAME / "scan-anterior.nrrd").rename(cases / NAME / "scan-1.nrrd")
    assert refused(cases)[0] is ViewsUnclear


def test_a_list_of_persons_that_cannot_be_understood(cases):
    (cases / "patients.csv").write_text(f"patient;sex;age\n{NAME};female;61\n", "utf-8")
    assert "columns patient, sex, age" in refused(cases)[1]


def test_a_person_without_a_folder_is_refused_without_the_name(cases):
    persons = f"patient,sex,age\n{NAME},female,61\nMisspelt,male,70\n"
    (cases / "patients.csv").write_text(persons, "utf-8")
    kind, told = refused(cases)
    assert kind is TrainingRefused
    assert "1 of 2 have none" in told
    assert "Misspelt" not in told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cohort.json", "[" * 20_000 + "]" * 20_000),
        ("patients.csv", "patient,sex,age\n" + "a" * 200_000),
        ("patients.csv", "patient,sex,age\na,F,1e9\n"),
    ],
    ids=["nested too deep", "an endless field", "no whole age"],
)
def test_lists_of_persons_that_fuzzing_found(cases, name, content):
    (cases / name).write_text(content, "utf-8")
    assert "columns patient, sex, age" in refused(cases)[1]


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()])
def test_no_folder_and_no_patients(tmp_path, make):
    make(tmp_path / "cases")
    with pytest.raises(TrainingRefused):
        list_patients(tmp_path / "cases")


def test_hidden_files_are_nobodys(cases):
    (cases / ".DS_Store").write_text("x")
    (cases / NAME / ".DS_Store").write_text("x")
    assert len(list(labelled_cases(cases))) == 1


def test_only_the_chosen_are_read(cases):
    shutil.copytree(cases / NAME, cases / "Z")
    (cases / "Z" / "anterior.nii.gz").write_bytes(b"rubbish, but not read")
    assert len(list(LabelledFolder(cases).cases([0]))) == 1


def test_patients_who_come_later_are_no_part_of_a_training(cases):
    for name in ("B", "C"):
        shutil.copytree(cases / NAME, cases / name)
    folder = LabelledFolder(cases)
    split, fingerprint = folder.split, folder.fingerprint
    shutil.copytree(cases / NAME, cases / "A")
    assert (folder.split, folder.fingerprint) == (split, fingerprint)
    assert len(list(folder.cases())) == 3
    assert LabelledFolder(cases).split != split


def test_marks_on_letters_may_be_stored_in_two_ways(cases):
    (cases / NAME).rename(cases / "Mu\u0308ller")
    persons = "patient,sex,age\nM\u00fcller,female,61\n"
    (cases / "patients.csv").write_text(persons, "utf-8")
    assert next(labelled_cases(cases)).sex == "female"


def test_the_fingerprint_follows_the_contents(cases):
    before = LabelledFolder(cases).fingerprint
    (cases / NAME).rename(cases / "renamed")
    assert LabelledFolder(cases).fingerprint == before
    write_labels(cases / "renamed" / "posterior.nii.gz", lesion_map())
    assert LabelledFolder(cases).fingerprint != before


def test_two_planes_are_no_label_map_of_a_view(cases):
    (cases / NAME / "anterior.nii.gz").unlink()
    planes = np.stack([lesion_map(), lesion_map()])
    SimpleITK.WriteImage(image_of(planes), str(cases / NAME / "anterior.nrrd"))
    kind, told = refused(cases)
    assert kind is FileRefused
    assert "anterior.nrrd has one plane" in told
    assert "2 came" in told


def test_colours_are_no_labels(cases):
    (cases / NAME / "anterior.nii.gz").unlink()
    colours = np.stack([lesion_map()] * 3, axis=-1)[np.newaxis]
    image = SimpleITK.GetImageFromArray(colours, isVector=True)
    SimpleITK.WriteImage(image, str(cases / NAME / "anterior.mha"))
    kind, told = refused(cases)
    assert kind is FileRefused
    assert "an array of shape (1, 1024, 256, 3) came" in told


def test_labels_of_single_views_beside_one_of_all_frames(cases):
    write_labels(cases / NAME / "labels.nrrd", lesion_map())
    assert "has labels of single views and labels of all frames" in refused(cases)[1]
