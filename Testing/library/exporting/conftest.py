"""A segmentation of the doll: a rib lesion in both views, a thigh lesion in front, hot urine."""

import numpy as np
import pytest

from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.scan import BoneScan, ViewName
from Testing.library.doll import Block, Doll
from Testing.library.exporting_results import result_of

RIB = Block(250, 262, 50, 70, 0.9)
THIGH = Block(540, 570, -40, -28, 0.8)
URINE = Block(445, 470, -14, 14, 90.0)


@pytest.fixture(scope="session")
def segmentation() -> Segmentation:
    scan = Doll(spots=(URINE,)).scan()
    return result_of(scan, {ViewName.ANTERIOR: [RIB, THIGH], ViewName.POSTERIOR: [RIB]})


@pytest.fixture(scope="session")
def nothing_found() -> Segmentation:
    return result_of(Doll().scan(), {name: [] for name in ViewName})


@pytest.fixture(scope="session")
def one_view() -> Segmentation:
    scan = BoneScan((Doll().view(ViewName.POSTERIOR),), "one")
    return result_of(scan, {ViewName.POSTERIOR: [RIB]})


@pytest.fixture
def labels(segmentation: Segmentation) -> np.ndarray:
    return segmentation.views[0].lesions.labels
