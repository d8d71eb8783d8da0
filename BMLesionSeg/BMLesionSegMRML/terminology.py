"""What a lesion may be called, offered in Slicer's terminology selector.

Slicer's own master list has the lesions but not the region Bone; these two short lists have both.
"""

import slicer

from BMLesionSegLib.resources import resource


def loadTerminology() -> None:
    """Load the two lists, once Slicer has started.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    logic = slicer.modules.terminologies.logic()
    logic.LoadTerminologyFromFile(str(resource("Terminology", "lesions.term.json")))
    logic.LoadRegionContextFromFile(str(resource("Terminology", "regions.term.json")))
