"""Bone scans in: DICOM nuclear medicine files, volumes, pictures, folders."""

from BMLesionSegLib.reading.folder import find_scans
from BMLesionSegLib.reading.load import load_files, load_scan, load_scans

__all__ = ["find_scans", "load_files", "load_scan", "load_scans"]
