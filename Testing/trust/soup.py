"""Write SOUP.md: software of unknown provenance, from the lock and what the packages say.

`make documents` runs it; a test fails while the file is not what this would write.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).parents[2]
TORCH = ("torch", "PyTorch wheels are pinned in the Makefile, by version alone")
LONGEST_LICENCE = 100

PURPOSES = {
    # name: (what it is for, what happens if it fails)
    "numpy": ("arrays of counts", "wrong numbers anywhere: the golden self-test refuses the model"),
    "torch": ("runs the network", "other probabilities: the golden self-test refuses the model"),
    "scipy": (
        "components, smoothing",
        "lesions joined or split: contours are reviewed by a person",
    ),
    "simpleitk": (
        "reads and writes volumes",
        "a file is refused, or read wrongly: shown before use",
    ),
    "pydicom": (
        "reads and writes DICOM",
        "a scan is refused, or a view misread: letters, evidence",
    ),
    "highdicom": ("writes DICOM SEG, SR", "an archive refuses it; read back in the tests"),
    "pillow": ("overlay and report pictures", "pictures wrong or missing; data files are not"),
    "tqdm": ("progress bar", "no bar"),
    "pynetdicom": (
        "DIMSE with an archive",
        "a transfer fails with one line; nothing counts as stored",
    ),
    "dicomweb-client": ("DICOMweb with an archive", "the same"),
    "safetensors": (
        "writes weights after a training",
        "the bundle fails its own check, is not kept",
    ),
    "openvino": (
        "runs the network faster on a CPU, where asked for",
        "other probabilities: held to PyTorch's when it is loaded, refused if they differ",
    ),
    "openvino-telemetry": (
        "reports the use of OpenVINO's tools, none of which is called",
        "nothing: the engine reads the network without them",
    ),
    "matplotlib": ("curves and tables as pictures", "no picture"),
    "slicer-core": ("tests on Slicer's real scene", "tests only"),
    "pyside6-essentials": ("tests of the panel", "tests only"),
}
TESTS_ONLY = ("tests and tools of development", "nothing that a user runs")


def normal(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    """Version of each package in the lock."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    return {
        normal(name): version for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.M)
    }


def torch_version() -> str:
    """The one that the Makefile pins."""
    return re.search(r"^TORCH := torch==(\S+)", (ROOT / "Makefile").read_text("utf-8"), re.M)[1]


def needs(name: str) -> Iterator[str]:
    """What a package asks for, extras aside."""
    for line in distribution(name).requires or []:
        if "extra ==" not in line:
            yield normal(re.match(r"[\w.-]+", line)[0])


def groups(packages: dict[str, str]) -> dict[str, list[str]]:
    """Packages by who runs them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {
        "In every run": project["dependencies"],
        "With an archive (`pacs`)": project["optional-dependencies"]["pacs"],
        "In training (`train`)": project["optional-dependencies"]["train"],
        "With the faster engine (`engine`)": project["optional-dependencies"]["engine"],
    }
    found: dict[str, list[str]] = {}
    placed: set[str] = set()
    for title, lines in asked.items():
        wanted = [normal(re.match(r"[\w.-]+", line)[0]) for line in lines]
        for name in wanted:
            wanted += [other for other in needs(name) if other in packages and other not in wanted]
        found[title] = sorted(set(wanted) - placed)
        placed |= set(wanted)
    found["In development alone"] = sorted(set(packages) - placed)
    return found


def licence(package: Distribution) -> str:
    """What the package says of its licence, in one short line."""
    said = package.metadata
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in said.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    stated = (said.get("License-Expression"), ", ".join(classifiers), said.get("License"))
    lines = [text.strip() for text in stated if text]
    short = [text for text in lines if len(text) <= LONGEST_LICENCE and "\n" not in text]
    return (
        short[0] if short else lines[0].splitlines()[0][:LONGEST_LICENCE] if lines else "not stated"
    )


def row(name: str, version: str, asked_by: dict[str, list[str]], development: bool) -> str:
    """One package."""
    purpose, failure = PURPOSES.get(name) or (
        TESTS_ONLY
        if development
        else (f"needed by {', '.join(asked_by.get(name, []))}", "as what needs it")
    )
    return f"| {name} | {version} | {licence(distribution(name))} | {purpose} | {failure} |"


def document() -> str:
    """SOUP.md."""
    packages = locked() | {TORCH[0]: torch_version()}
    asked_by: dict[str, list[str]] = {}
    for name in sorted(packages):
        for other in sorted(set(needs(name))):
            asked_by.setdefault(other, []).append(name)
    parts = [
        "# Software of unknown provenance (SOUP)\n",
        "Written by `make documents` from `requirements.lock` and from what each package says of",
        "its licence; do not edit. Inside 3D Slicer the versions are those of Slicer and of its",
        "PyTorch extension. Known faults are asked for by `pip-audit`, in",
        "`.github/workflows/audit.yml`. No conformity to a standard is claimed.",
        f"{TORCH[1]}: their hashes differ by place.",
    ]
    for title, names in groups(packages).items():
        parts += ["", f"## {title}", "", "| package | version | licence | for | if it fails |"]
        parts += ["|---|---|---|---|---|"]
        development = title.startswith("In development")
        parts += [row(name, packages[name], asked_by, development) for name in names]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    (ROOT / "SOUP.md").write_text(document(), "utf-8")
