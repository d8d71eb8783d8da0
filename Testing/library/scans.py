"""Small phantoms shaped like a whole-body bone scan; no patient, no simulation."""

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.scan import BoneScan, EvidenceKind, View, ViewEvidence, ViewName

SPACING = (2.26, 2.26)


def body_counts(
    view: ViewName = ViewName.ANTERIOR, shape: tuple[int, int] = (1024, 256), seed: int = 0
) -> NDArray[np.uint16]:
    """Poisson counts of an upright body: head, trunk, legs, a spine, and a hot rib at one side.

    The rib lies on the patient's right: at low columns in an anterior view, at high columns in a
    posterior one.
    """
    down, across = np.meshgrid(
        np.linspace(0, 1, shape[0]), np.linspace(-1, 1, shape[1]), indexing="ij"
    )
    head = (down - 0.08) ** 2 / 0.05**2 + across**2 / 0.25**2 < 1
    trunk = (down > 0.13) & (down < 0.5) & (np.abs(across) < 0.55)
    legs = (down >= 0.5) & (down < 0.95) & (np.abs(np.abs(across) - 0.3) < 0.15)
    spine = (down > 0.13) & (down < 0.5) & (np.abs(across) < 0.06)
    side = -0.4 if view is ViewName.ANTERIOR else 0.4
    rib = (down - 0.3) ** 2 / 0.008**2 + (across - side) ** 2 / 0.04**2 < 1
    mean = 0.2 + 4.0 * (head | trunk | legs) + 20.0 * spine + 120.0 * rib
    seed_of_view = [seed, list(ViewName).index(view)]
    return np.random.default_rng(seed_of_view).poisson(mean).astype(np.uint16)


def body_pair(
    shape: tuple[int, int] = (1024, 256), seed: int = 0
) -> dict[ViewName, NDArray[np.uint16]]:
    """Both views of one phantom."""
    return {view: body_counts(view, shape, seed) for view in ViewName}


def scan_of(
    counts: dict[ViewName, NDArray[np.uint16]], spacing: tuple[float, float] = SPACING
) -> BoneScan:
    """Views of a phantom as a scan."""
    evidence = ViewEvidence(EvidenceKind.USER, "phantom")
    views = tuple(
        View(name, pixels.astype(np.float32), spacing, evidence) for name, pixels in counts.items()
    )
    return BoneScan(views, "phantom")
