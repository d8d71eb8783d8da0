"""No file can make this program run code: nothing is unpickled, evaluated or unpacked by name."""

import ast
import hashlib
import json
import pickle
from pathlib import Path

import pytest
import torch

from BMLesionSegLib.cli.main import main
from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.training.checkpoint import read_checkpoint
from Testing.library.nm_files import nm_file
from Testing.library.tiny_model import write_tiny_model
from Testing.trust.watch import watched

ROOT = Path(__file__).parents[2]
SOURCES = [
    *sorted((ROOT / "BMLesionSegLib").rglob("*.py")),
    *(p for p in sorted((ROOT / "BMLesionSeg").rglob("*.py")) if "Testing" not in p.parts),
]
FORBIDDEN_MODULES = {
    *("pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml"),
    *("zipfile", "tarfile", "subprocess", "pydicom.fileset"),
}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
UNPICKLING_CALLS = {"torch.load", "np.load", "numpy.load", "pickle.load", "pickle.loads"}
CHECKPOINT = ROOT / "BMLesionSegLib" / "learning" / "training" / "checkpoint.py"


class Bomb:
    """Unpickled, it leaves a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


@pytest.fixture
def mark(tmp_path):
    return tmp_path / "the-code-was-run"


@pytest.fixture
def model(tmp_path):
    return write_tiny_model(tmp_path / "model")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_door_in_the_source(path):
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not {alias.name for alias in node.names} & FORBIDDEN_MODULES
        elif isinstance(node, ast.ImportFrom):
            assert node.module not in FORBIDDEN_MODULES
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in FORBIDDEN_CALLS
            if called in UNPICKLING_CALLS:
                assert path == CHECKPOINT
                assert "weights_only=True" in map(ast.unparse, node.keywords)


def test_the_bomb_goes_off_where_it_is_let(mark):
    pickle.loads(pickle.dumps(Bomb(mark)))
    assert mark.exists()


def list_anew(model: Path, name: str, content: bytes) -> None:
    """Put a file into a bundle, and into its manifest with its true hash."""
    (model / name).write_bytes(content)
    manifest = json.loads((model / "manifest.json").read_text("utf-8"))
    entry = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    manifest["files"][name] = entry
    (model / "manifest.json").write_text(json.dumps(manifest), "utf-8")


@pytest.mark.parametrize(
    ("name", "listed", "exit_code"),
    [("model.pt", False, 1), ("model.pt", True, 0), ("model.safetensors", True, 1)],
)
def test_a_pickle_in_a_bundle_is_never_run(tmp_path, model, mark, name, listed, exit_code):
    """A listed file that no code asks for is left alone; every other way is a refusal."""
    saved = tmp_path / "saved"
    torch.save(Bomb(mark), saved)
    if listed:
        list_anew(model, name, saved.read_bytes())
    else:
        (model / name).write_bytes(saved.read_bytes())
    scan = nm_file(tmp_path / "scan.dcm")
    arguments = ["--output", str(tmp_path / "out"), "--model", str(model)]
    with watched("pickle"):
        assert main(["segment", str(scan), *arguments]) == exit_code
    assert not mark.exists()


def test_a_pickle_as_a_checkpoint_is_refused_and_never_run(tmp_path, mark):
    path = tmp_path / "checkpoint.pt"
    torch.save({"identity": {}, "step": Bomb(mark)}, path)
    with pytest.raises(TrainingRefused, match="cannot be read"):
        read_checkpoint(path, {})
    path.write_bytes(pickle.dumps(Bomb(mark)))
    with pytest.raises(TrainingRefused, match="cannot be read"):
        read_checkpoint(path, {})
    assert not mark.exists()
