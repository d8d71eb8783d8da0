"""``slicer.dicomDatabase``: imported files and their values, as text."""

from pathlib import Path

import pydicom


class DicomDatabase:
    """Files by series and by instance; sequences cannot be asked for, as in the application."""

    def __init__(self):
        self._headers = {}

    def addFile(self, path):  # noqa: N802
        """Import a file."""
        self._headers[str(path)] = pydicom.dcmread(Path(path), stop_before_pixels=True, force=True)

    def filesForSeries(self, series):  # noqa: N802
        """Paths of a series' files."""
        return tuple(
            path
            for path, header in self._headers.items()
            if header.get("SeriesInstanceUID", "") == series
        )

    def fileForInstance(self, instance):  # noqa: N802
        """Path of an instance, or an empty text."""
        found = [
            path
            for path, header in self._headers.items()
            if header.get("SOPInstanceUID", "") == instance
        ]
        return found[0] if found else ""

    def fileValue(self, path, tag):  # noqa: N802
        """A value as text; empty where it is absent."""
        group, element = (int(part, 16) for part in tag.split(","))
        found = self._headers[path].get((group, element))
        return "" if found is None or found.value is None else str(found.value)

    def seriesFiles(self):  # noqa: N802
        """The file lists that plugins are asked about, one a series."""
        series = dict.fromkeys(
            header.get("SeriesInstanceUID", path) for path, header in self._headers.items()
        )
        return [list(self.filesForSeries(uid)) or [uid] for uid in series]
