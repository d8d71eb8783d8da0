"""What a bone scan is: views, counts, spacing, evidence, geometry."""

from BMLesionSegLib.scan.bone_scan import BoneScan
from BMLesionSegLib.scan.geometry import Geometry, view_geometry
from BMLesionSegLib.scan.names import ViewName
from BMLesionSegLib.scan.view import (
    Counts,
    EvidenceKind,
    SourceFrame,
    View,
    ViewEvidence,
)

__all__ = [
    "BoneScan",
    "Counts",
    "EvidenceKind",
    "Geometry",
    "SourceFrame",
    "View",
    "ViewEvidence",
    "ViewName",
    "view_geometry",
]
