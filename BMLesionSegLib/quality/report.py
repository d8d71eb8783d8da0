"""What a reader asks first, and the one line that a result may be called."""

from dataclasses import dataclass

from BMLesionSegLib.quality.flag import QualityFlag
from BMLesionSegLib.scan import ViewName

NONE_FOUND = "none found, not a normal scan"
"""A program that finds nothing has not seen a normal scan; it never says so."""


@dataclass(frozen=True)
class QualityReport:
    """Flags of a scan.

    Attributes:
        flags: in the order in which a reader looks.
        total_counts: by view.
    """

    flags: tuple[QualityFlag, ...]
    total_counts: dict[ViewName, float]

    @property
    def blocks_normal(self) -> bool:
        """Whether "none found" must not be said."""
        return any(flag.blocks_normal for flag in self.flags)

    def headline(self, finding_count: int) -> str:
        """The result in one line; a scan with a blocking flag never reads "none found".

        Args:
            finding_count: findings, both views taken together.
        """
        reasons = ", ".join(dict.fromkeys(flag.kind for flag in self.flags if flag.blocks_normal))
        if finding_count == 0:
            return f"no statement possible: {reasons}" if reasons else NONE_FOUND
        found = f"{finding_count} finding{'s' if finding_count > 1 else ''}, unreviewed"
        return f"{found}; read with care: {reasons}" if reasons else found
