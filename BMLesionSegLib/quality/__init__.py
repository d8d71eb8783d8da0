"""Quality: what a reader asks first. A flagged scan never reads "none found"."""

from BMLesionSegLib.quality.assess import assess
from BMLesionSegLib.quality.flag import FlagKind, QualityFlag
from BMLesionSegLib.quality.report import QualityReport

__all__ = ["FlagKind", "QualityFlag", "QualityReport", "assess"]
