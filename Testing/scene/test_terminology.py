"""Our two lists in Slicer's own terminology logic; their codes are those that are exported."""

import slicer
import vtk

from BMLesionSegLib.exporting import codes
from BMLesionSegLib.exporting.segment import CLASS_COLOURS
from BMLesionSegMRML.terminology import loadTerminology

LESIONS, REGIONS = "Bone scan lesions", "Bone scan regions"


def loaded(method):
    names = vtk.vtkStringArray()
    method(names)
    return [names.GetValue(place) for place in range(names.GetNumberOfValues())]


def triple(coded):
    return (coded.GetCodeValue(), coded.GetCodingSchemeDesignator(), coded.GetCodeMeaning())


def test_the_lists_are_loaded_and_loading_again_does_no_harm():
    logic = slicer.modules.terminologies.logic()
    for _ in range(2):
        loadTerminology()
        assert loaded(logic.GetLoadedTerminologyNames).count(LESIONS) == 1
        assert loaded(logic.GetLoadedRegionContextNames).count(REGIONS) == 1


def test_the_types_are_those_that_are_exported():
    loadTerminology()
    logic = slicer.modules.terminologies.logic()
    category = slicer.vtkSlicerTerminologyCategory()
    assert logic.GetNthCategoryInTerminology(LESIONS, 0, category)
    assert triple(category) == codes.ALTERED_STRUCTURE
    types = {}
    for place in range(logic.GetNumberOfTypesInTerminologyCategory(LESIONS, category)):
        kind = slicer.vtkSlicerTerminologyType()
        logic.GetNthTypeInTerminologyCategory(LESIONS, category, place, kind)
        types[triple(kind)] = tuple(kind.GetRecommendedDisplayRGBValue())
    assert types == {
        codes.SECONDARY_NEOPLASM: CLASS_COLOURS["metastasis"],
        codes.LESION: CLASS_COLOURS["benign"],
    }


def test_bone_is_a_region():
    loadTerminology()
    logic = slicer.modules.terminologies.logic()
    regions = []
    for place in range(logic.GetNumberOfRegionsInRegionContext(REGIONS)):
        region = slicer.vtkSlicerTerminologyType()
        logic.GetNthRegionInRegionContext(REGIONS, place, region)
        regions.append(triple(region))
    assert codes.BONE in regions
    assert len(regions) == 7
