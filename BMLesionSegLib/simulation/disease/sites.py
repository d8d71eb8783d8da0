"""Where bone metastases of each primary tumour lie: shares of lesions by site."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from BMLesionSegLib.simulation.anatomy.physique import Sex


class Primary(StrEnum):
    """Primary tumour."""

    LUNG = "lung"
    PROSTATE = "prostate"
    BREAST = "breast"
    OTHER = "other"


SITES = ("rib", "thoracic", "lumbar", "cervical", "sacrum", "ilium", "low pelvis", "sternum",
         "shoulder girdle", "skull", "femur", "humerus", "distal shaft", "joint")  # fmt: skip

# Per cent of lesions, in the order of SITES. Lung, prostate, breast: PLoS One 2015 and Oncol Lett
# 2012 table III (clinical notes, section 4); shafts and joints raised for what real scans show.
SHARES: dict[Primary, tuple[float, ...]] = {
    Primary.LUNG: (37, 12, 8, 2, 4, 10, 6, 4, 4, 3, 5, 2.5, 1.5, 2),
    Primary.PROSTATE: (15, 22, 14, 3, 8, 14, 10, 1, 2, 3, 4, 3, 0.5, 0.5),
    Primary.BREAST: (28, 18, 13, 1, 4, 12, 7, 8, 3, 2, 2, 2, 0.5, 0.5),
    Primary.OTHER: (23, 15, 11, 3, 5, 9, 6, 4, 5, 3, 5, 3, 3, 5),
}
DISSEMINATED_SHARES = (20, 24, 15, 4, 7, 15, 9, 2, 4, 2, 4, 2.5, 0.3, 0.2)


@dataclass(frozen=True)
class Extent:
    """How far the disease has spread.

    Attributes:
        lesions: separate metastases to place.
        contrast: the patient's own factor on uptake of all metastases.
        confluent: share of vertebrae taken as a whole, 0 when not disseminated.
        rib_rows: short foci in rows over many ribs.
        superscan: the whole axial skeleton, evenly.
    """

    lesions: int
    contrast: float
    confluent: float
    rib_rows: bool
    superscan: bool = False


def draw_site(primary: Primary, disseminated: bool, rng: np.random.Generator) -> str:
    """One site."""
    shares = np.array(DISSEMINATED_SHARES if disseminated else SHARES[primary], float)
    return str(rng.choice(SITES, p=shares / shares.sum()))


def draw_primary(sex: Sex, rng: np.random.Generator) -> Primary:
    """Primary tumour of a mixed clinic."""
    own = Primary.PROSTATE if sex is Sex.MALE else Primary.BREAST
    return Primary(rng.choice([Primary.LUNG, own, Primary.OTHER], p=[0.36, 0.44, 0.20]))
