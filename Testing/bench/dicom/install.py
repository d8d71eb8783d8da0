"""``DICOMLib`` and ``slicer.dicomDatabase``, and what the DICOM module does with plugins."""

import sys
from types import ModuleType

import slicer

from Testing.bench.dicom.database import DicomDatabase
from Testing.bench.dicom.plugin_base import DICOMLoadable, DICOMPlugin


class StockPlugin(DICOMPlugin):
    """Slicer's scalar volume plugin, as far as it competes: any image, at 0.5, selected."""

    def examineForImport(self, file_lists):  # noqa: N802
        """One loadable a series."""
        found = []
        for files in file_lists:
            loadable = DICOMLoadable()
            loadable.files, loadable.selected = files, True
            found.append(loadable)
        return found


def install_dicom() -> None:
    """Put the stand-ins where scripts import them from; the database is new and empty."""
    module = ModuleType("DICOMLib")
    module.DICOMLoadable, module.DICOMPlugin = DICOMLoadable, DICOMPlugin
    sys.modules["DICOMLib"] = module
    slicer.dicomDatabase = DicomDatabase()


def loaded_by_default(plugin: DICOMPlugin) -> list:
    """What the DICOM module would load of the whole database, offered our plugin and its own.

    Of the loadables that share a file, the one of the highest confidence stays selected.
    """
    series = slicer.dicomDatabase.seriesFiles()
    offers = [(offer, plugin) for offer in plugin.examineForImport(series)]
    offers += [(offer, None) for offer in StockPlugin().examineForImport(series)]
    winners = [
        (offer, owner)
        for offer, owner in offers
        if offer.selected
        and not any(
            other.confidence > offer.confidence and set(other.files) & set(offer.files)
            for other, _ in offers
        )
    ]
    return [owner.load(offer) if owner else offer for offer, owner in winners]
