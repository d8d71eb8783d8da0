"""Slicer installs what CMake lists, silently leaving out the rest: lists and folders agree."""

from Testing.extension.lists import ROOT, listed, present


def test_library():
    scripts = listed("BMLesionSegLib/CMakeLists.txt", "LIBRARY_SCRIPTS")
    assert sorted(scripts) == present("BMLesionSegLib", "*.py")


def test_module():
    scripts = listed("BMLesionSeg/CMakeLists.txt", "MODULE_SCRIPTS")
    tests = {path for path in present("BMLesionSeg", "*.py") if path.startswith("Testing/")}
    assert sorted(scripts) == sorted(set(present("BMLesionSeg", "*.py")) - tests)


def test_module_resources():
    resources = listed("BMLesionSeg/CMakeLists.txt", "MODULE_RESOURCES")
    assert sorted(resources) == [
        f"Resources/{path}" for path in present("BMLesionSeg/Resources", "*")
    ]


def test_tests_of_the_module():
    scripts = listed("BMLesionSeg/Testing/Python/CMakeLists.txt", "TEST_SCRIPTS")
    assert sorted(scripts) == present("BMLesionSeg/Testing/Python", "*Test.py")


def test_slicer_takes_every_file_in_the_module_folder_for_a_module():
    found = {path.name for path in (ROOT / "BMLesionSeg").glob("*.py")}
    assert found == {"BMLesionSeg.py", "DICOMPlanarScintigraphyPlugin.py"}


def test_packages_are_packages():
    for folder in [path for path in (ROOT / "BMLesionSeg").iterdir() if any(path.glob("*.py"))]:
        assert (folder / "__init__.py").is_file(), folder.name
