"""No word of an archive's answers in a log."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from BMLesionSegLib.reading.dicom_file import ONE_READER, SILENT

TALKATIVE = ("dicomweb_client", "pydicom", "pynetdicom", "requests", "urllib3")


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the network and DICOM libraries from writing logs and warnings.

    They quote what an archive answers: names, numbers, addresses that hold them.
    """
    logs = [logging.getLogger(name) for name in TALKATIVE]
    # Log levels and warnings belong to the whole process.
    with ONE_READER, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        levels = [log.level for log in logs]
        for log in logs:
            log.setLevel(SILENT)
        try:
            yield
        finally:
            for log, level in zip(logs, levels, strict=True):
                log.setLevel(level)
