"""A hospital's image archive: query, fetch, store, over DICOMweb and DIMSE."""

from BMLesionSegLib.pacs.address import parse_address
from BMLesionSegLib.pacs.archive import Archive, FoundStudy, StudyQuery
from BMLesionSegLib.pacs.connecting import Caller, connect
from BMLesionSegLib.pacs.credentials import Credentials
from BMLesionSegLib.pacs.fetching import fetch_study
from BMLesionSegLib.pacs.storing import Outcome, Stored, store_files

__all__ = [
    "Archive",
    "Caller",
    "Credentials",
    "FoundStudy",
    "Outcome",
    "Stored",
    "StudyQuery",
    "connect",
    "fetch_study",
    "parse_address",
    "store_files",
]
