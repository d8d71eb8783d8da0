"""The DICOM files behind a scan: remembered while the module runs, or asked of the database.

Never written into the scene: file names carry patients' names.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import slicer

from BMLesionSegLib.scan import BoneScan, View


class SourceFiles:
    """Finds the file of a DICOM instance."""

    def __init__(self) -> None:
        self._files: dict[str, Path] = {}

    def remember(self, scan: BoneScan) -> None:
        """Keep where the library read a scan from."""
        for view in scan:
            if view.source is not None and view.source.file is not None:
                self._files[view.source.sop_instance_uid] = view.source.file

    def offer(self, paths: Iterable[Path]) -> None:
        """Keep files that the user names, by the instance each of them is."""
        import pydicom
        from pydicom.errors import InvalidDicomError

        for path in paths:
            try:
                dataset = pydicom.dcmread(path, specific_tags=["SOPInstanceUID"])
            except (OSError, InvalidDicomError):
                continue
            self._files[str(dataset.get("SOPInstanceUID", ""))] = path

    def find(self, uid: str) -> Path | None:
        """The file of an instance, if it can still be read."""
        database = getattr(slicer, "dicomDatabase", None)
        stored = database.fileForInstance(uid) if database is not None else ""
        candidates = [self._files.get(uid), Path(stored) if stored else None]
        return next((path for path in candidates if path is not None and path.is_file()), None)

    def completed(self, scan: BoneScan) -> BoneScan:
        """The scan with the files of its views, as far as they are found."""
        return replace(scan, views=tuple(self._completed(view) for view in scan))

    def missing(self, scan: BoneScan) -> bool:
        """Whether the scan is from DICOM, and a file of it is not found."""
        sources = [view.source for view in scan if view.source is not None]
        return any(self.find(source.sop_instance_uid) is None for source in sources)

    def _completed(self, view: View) -> View:
        if view.source is None:
            return view
        file = self.find(view.source.sop_instance_uid)
        return replace(view, source=replace(view.source, file=file))
