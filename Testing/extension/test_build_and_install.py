"""CMake configures, builds and installs the extension; from there the module finds its things."""

import subprocess
import sys
from pathlib import Path

import pytest

from BMLesionSegLib.bundles import DEFAULT
from Testing.extension.lists import ROOT, listed, present
from Testing.library.tools import need_tool

STUB = Path(__file__).parent / "stub_slicer"
MODULES = "lib/Slicer-5.12/qt-scripted-modules"


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """Folder of scripted modules after ``cmake --install``."""
    cmake = need_tool("cmake", "cmake")
    build = tmp_path_factory.mktemp("build")
    prefix = tmp_path_factory.mktemp("installed")
    for arguments in (
        ["-S", str(ROOT), "-B", str(build), f"-DSlicer_DIR={STUB}"],
        ["--build", str(build)],
        ["--install", str(build), "--prefix", str(prefix)],
    ):
        done = subprocess.run([cmake, *arguments], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    return prefix / MODULES


def test_every_file_arrives(installed):
    def arrived(folder: Path) -> list[str]:
        paths = folder.rglob("*")
        return sorted(path.relative_to(folder).as_posix() for path in paths if path.is_file())

    module = listed("BMLesionSeg/CMakeLists.txt", "MODULE_SCRIPTS")
    module += listed("BMLesionSeg/CMakeLists.txt", "MODULE_RESOURCES")
    library = [f"BMLesionSegLib/{path}" for path in present("BMLesionSegLib", "*.py")]
    shipped = [f"Resources/{path}" for path in present("Resources", "*")]
    assert arrived(installed) == sorted([*module, *library, *shipped])


def test_the_library_finds_what_ships(installed):
    code = (
        "import BMLesionSegLib, sys\n"
        "from BMLesionSegLib.bundles import find_bundle\n"
        "from BMLesionSegLib.reading import load_scan\n"
        "from BMLesionSegLib.resources import resource\n"
        "print(BMLesionSegLib.__file__)\n"
        "print(find_bundle())\n"
        "scan = load_scan(resource('SampleData', 'simulated-patient', 'scan.dcm'))\n"
        "print(len(scan.views))\n"
    )
    lines = run_in(installed, code)
    assert lines[0].startswith(str(installed))
    assert lines[1] == str(installed / "Resources" / "Models" / DEFAULT)
    assert lines[2] == "2"


def test_the_installed_library_stays_in_front(installed):
    code = (
        "import sys\n"
        "from BMLesionSegMRML.library_path import findLibrary\n"
        "before = list(sys.path)\n"
        "findLibrary()\n"
        "print(sys.path == before)\n"
    )
    assert run_in(installed, code) == ["True"]


def test_from_a_source_tree_the_library_is_found(tmp_path):
    # A bare folder of the library's name must not be taken for it.
    (tmp_path / "BMLesionSegLib" / "Resources").mkdir(parents=True)
    code = (
        f"import sys; sys.path.append({str(tmp_path)!r})\n"
        "from BMLesionSegMRML.library_path import findLibrary\n"
        "findLibrary()\n"
        "import BMLesionSegLib\n"
        "print(BMLesionSegLib.__file__)\n"
        "print(sys.path[-1])\n"
    )
    file, last = run_in(ROOT / "BMLesionSeg", code)
    assert Path(file).parents[1] == ROOT
    assert Path(last) == ROOT


def run_in(folder: Path, code: str) -> list[str]:
    """Run Python with only that folder and the installed packages on the path; lines printed."""
    # The development environment may list a source tree, which would hide a broken install.
    drop = (
        "import sys\nfrom pathlib import Path\n"
        "sys.path = [p for p in sys.path if not Path(p, 'BMLesionSegLib/errors.py').is_file()]\n"
    )
    command = [sys.executable, "-c", drop + f"sys.path.insert(0, {str(folder)!r})\n" + code]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
