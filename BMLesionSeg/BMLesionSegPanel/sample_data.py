"""The shipped simulated scan, in the Sample Data module and for the self-test; no download."""

from slicer.i18n import tr as _

from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.resources import resource
from BMLesionSegMRML import volumes


def registerSimulatedScan():
    """Called once, when the application has started."""
    import SampleData

    SampleData.SampleDataLogic.registerCustomSampleDataSource(
        category=_("Nuclear Medicine"),
        sampleName=_("Simulated bone scan"),
        customDownloader=downloadSimulatedScan,
    )


def downloadSimulatedScan(source):
    """What the Sample Data button runs; the scan ships with the extension, nothing is fetched."""
    return list(openSimulatedScan().values())


def openSimulatedScan():
    """Both views of the simulated patient as volume nodes, by view name."""
    return volumes.addScan(load_scan(resource("SampleData", "simulated-patient", "scan.dcm")))
