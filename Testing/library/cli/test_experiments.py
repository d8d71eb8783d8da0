"""``compare``, ``ablate``, ``statistics``, ``pictures``, ``evaluate --output`` in CI size."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from BMLesionSegLib.cli.main import main
from BMLesionSegLib.cli.pictures import told_apart
from BMLesionSegLib.errors import BundleRefused
from BMLesionSegLib.networks import ARCHITECTURES
from Testing.library.learning.data.case_folders import volumes_case, write_labels

SIZE = ["--steps", "2", "--seeds", "1", "--cohort", "paper", "--patients", "1"]
SIZE += ["--validation-patients", "1", "--test-patients", "1", "--narrow", "64", "--device", "cpu"]


def table(path):
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def ideas(tmp_path_factory):
    """One idea of ours, trained for two steps."""
    folder = tmp_path_factory.mktemp("ideas")
    arguments = ["ablate", "--tables", "ideas", "--only", "no transformer", *SIZE]
    assert main([*arguments, "--output", str(folder)]) == 0
    return folder, arguments


def test_a_row_a_model_a_curve_and_a_table(ideas):
    folder, _ = ideas
    (row,) = (folder / "rows").glob("*.json")
    assert json.loads(row.read_text("utf-8"))["label"] == "no transformer"
    assert (folder / "models" / row.stem / "manifest.json").is_file()
    assert (folder / "curves" / f"{row.stem}.png").is_file()
    assert not any((folder / "training").iterdir())
    assert [path.name for path in (folder / "models").iterdir()] == [row.stem]
    assert "12 of 13 rows are missing" in (folder / "ideas.md").read_text("utf-8")
    (line,) = table(folder / "ideas.csv")
    assert line["paper: DSC"] == "-"
    assert "to" in line["DSC"]
    assert (folder / "ideas.png").read_bytes().startswith(b"\x89PNG")


def test_a_second_call_trains_nothing(ideas, capsys, monkeypatch):
    folder, arguments = ideas
    monkeypatch.setattr("BMLesionSegLib.learning.experiments.run.train_row", None)
    assert main([*arguments, "--output", str(folder)]) == 0
    assert "no transformer" in capsys.readouterr().out


def test_all_models_of_a_table_are_drawn_together(ideas, tmp_path):
    folder, _ = ideas
    models = [str(path) for path in (folder / "models").glob("*")]
    arguments = ["--models", *models, "--cohort", "paper", "--patients", "1", "--rows", "1"]
    assert main(["pictures", *arguments, "--output", str(tmp_path)]) == 0
    assert len(list(tmp_path.glob("feature-maps-*.png"))) == len(models) == 1


def test_models_of_one_name_are_told_apart(tmp_path):
    a, b, c = tmp_path / "a" / "small", tmp_path / "b" / "small", tmp_path / "tiny"
    assert told_apart([a, b, c]) == ["a-small", "b-small", "tiny"]
    with pytest.raises(BundleRefused, match="folders of different names"):
        told_apart([a, a])


def test_labelled_cases_are_read_for_their_fingerprint_once(tmp_path, monkeypatch):
    cases, read = tmp_path / "cases", []
    for number in range(3):
        volumes_case(cases / f"P{number}", seed=number)
    usual = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or usual(path))
    command = ["ablate", "--tables", "table-8", "--cases", str(cases), *SIZE, "--minutes", "0"]
    assert main([*command, "--output", str(tmp_path / "out")]) == 0
    read = [path for path in read if cases in path.parents]
    assert len(read) == len(set(read)) > 0


def test_the_shipped_model_is_tested_as_it_is(tmp_path):
    """On the same patients as the trainings; a second call only reads."""
    command = ["compare", *SIZE, "--only", "small-view", "small-pair", "--output", str(tmp_path)]
    assert main(command) == 0
    rows = {path: path.stat().st_mtime_ns for path in (tmp_path / "rows").iterdir()}
    trained, shipped = table(tmp_path / "table-6.csv")
    assert (trained["rate"], shipped["rate"]) == ("0.001", "-")
    assert shipped["parameters"] == "7,358,116"
    assert main(command) == 0
    assert {path: path.stat().st_mtime_ns for path in rows} == rows
    assert "13 of 15 rows are missing" in (tmp_path / "table-6.md").read_text("utf-8")


def test_the_shipped_model_may_be_tested_alone(tmp_path):
    assert main(["compare", *SIZE, "--only", "small-pair", "--output", str(tmp_path)]) == 0
    (shipped,) = table(tmp_path / "table-6.csv")
    assert shipped[""].startswith("small-pair")


def test_a_call_without_minutes_says_so(tmp_path, capsys):
    arguments = ["compare", *SIZE, "--minutes", "0", "--output", str(tmp_path)]
    assert main(arguments) == 0
    assert "no row is finished yet" in capsys.readouterr().out


def test_an_unknown_line_and_table(tmp_path, capsys):
    assert main(["compare", "--only", "v_net", "--output", str(tmp_path)]) == 1
    assert "--only names a part of" in capsys.readouterr().err
    assert main(["ablate", "--tables", "table-99", "--output", str(tmp_path)]) == 1
    assert "table-7" in capsys.readouterr().err


def test_a_line_that_one_of_the_tables_lacks_is_refused_before_any_training(tmp_path, capsys):
    tables = ["--tables", "table-10", "table-7", "--only", "all tiles", *SIZE]
    assert main(["ablate", *tables, "--output", str(tmp_path / "out")]) == 1
    assert "--only names a part of all, no multi-pooling" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_pictures_of_a_model(tiny_model, tmp_path, capsys):
    arguments = ["--models", str(tiny_model), "--cohort", "paper", "--patients", "2", "--rows", "1"]
    assert main(["pictures", *arguments, "--output", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "contours.png",
        "feature-maps-tiny.png",
    }
    assert "1 cases" in capsys.readouterr().out


def test_no_pictures_of_cases_without_a_lesion(tiny_model, tmp_path, capsys):
    cases = tmp_path / "cases"
    volumes_case(cases / "P1")
    write_labels(cases / "P1" / "anterior.nii.gz", np.zeros((1024, 256), np.uint8))
    arguments = ["--models", str(tiny_model), "--cases", str(cases)]
    assert main(["pictures", *arguments, "--output", str(tmp_path / "out")]) == 1
    assert "pictures show cases with lesions, but none has one" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_evaluate_writes_curves(tiny_model, tmp_path, capsys):
    arguments = ["--model", str(tiny_model), "--patients", "1", "--cohort", "paper"]
    assert main(["evaluate", *arguments, "--output", str(tmp_path), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures == json.loads((tmp_path / "figures.json").read_text("utf-8"))
    points = table(tmp_path / "free-response.csv")
    spots = np.array([float(point["false spots a view"]) for point in points])
    assert len(points) == 22
    assert np.isfinite(spots).all()
    for name in ("free-response.png", "reliability.png", "reliability.csv"):
        assert (tmp_path / name).stat().st_size > 0
    listed = [spot["outcome"] for spot in table(tmp_path / "spots.csv")]
    assert sum(outcome.startswith("lesion") for outcome in listed) == figures["lesions"]
    assert (
        sum(outcome.startswith("false") for outcome in listed)
        == 2 * figures["false_spots_per_view"]
    )
    for name in ("found-by-uptake.csv", "found-by-level.csv"):
        assert sum(int(row["lesions"]) for row in table(tmp_path / name)) == figures["lesions"]


def test_statistics(tmp_path, capsys):
    arguments = ["statistics", "--patients", "3", "--cohort", "paper", "--output", str(tmp_path)]
    assert main(arguments) == 0
    assert "lesions, both views" in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {
        "cohort.png",
        "patients.csv",
        "statistics.md",
        "tiles.csv",
    }
    assert table(tmp_path / "tiles.csv")[0]["all tiles"] == "42"


def test_statistics_of_labelled_cases(tmp_path):
    cases = tmp_path / "cases"
    for number in range(3):
        volumes_case(cases / f"P{number}", seed=number)
    assert main(["statistics", "--cases", str(cases), "--output", str(tmp_path / "out")]) == 0
    assert table(tmp_path / "out" / "tiles.csv")[0]["all tiles"] == "42"


@pytest.mark.slow
def test_compare_all_twelve(tmp_path):
    assert main(["compare", *SIZE, "--output", str(tmp_path)]) == 0
    lines = table(tmp_path / "table-6.csv")
    assert len(lines) == 15
    assert {line[""].split()[0] for line in lines[:14]} == set(ARCHITECTURES)
    assert lines[14][""].endswith("as it is")


@pytest.mark.slow
def test_ablate_all_tables(tmp_path):
    assert main(["ablate", *SIZE, "--output", str(tmp_path)]) == 0
    counts = {name: len(table(tmp_path / f"{name}.csv")) for name in ("table-7", "table-8")}
    assert counts == {"table-7": 5, "table-8": 3}
    assert len(table(tmp_path / "table-10.csv")) == 2
    assert len(table(tmp_path / "figure-14.csv")) == 3
