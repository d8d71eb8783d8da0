"""A segmentation of the doll: a rib lesion in both views, a thigh lesion in front, hot urine."""

import numpy as np
import pytest

from BMLesionSegLib.inference import RunRecord, Segmentation, ViewResult
from BMLesionSegLib.lesions import find_body, find_lesions, pair_findings
from BMLesionSegLib.quality import assess
from BMLesionSegLib.scan import BoneScan, ViewName
from Testing.library.doll import Block, Doll, painted

RIB = Block(250, 262, 50, 70, 0.9)
THIGH = Block(540, 570, -40, -28, 0.8)
URINE = Block(445, 470, -14, 14, 90.0)


def result_of(scan: BoneScan, blocks: dict[ViewName, list[Block]]) -> Segmentation:
    """A run's outcome, without a network."""
    results = []
    for view in scan:
        body = find_body(view)
        probability = painted(view.name, *blocks[view.name])
        capped = view.counts > 120
        lesions = find_lesions(view, body, probability, 0.5, 20.0)
        results.append(ViewResult(view, body, probability, capped, lesions))
    findings = pair_findings([(one.view, one.lesions) for one in results])
    bodies = {one.view.name: one.body for one in results}
    record = RunRecord(
        model_name="small",
        model_version="1",
        model_sha256="0" * 64,
        device="CPU (2 threads)",
        precision="float32",
        threads=2,
        threshold=0.5,
        minimum_area_mm2=20.0,
        seconds={"network": 1.23456},
        notes=("Memory ran out: 1 tiles at a time.",),
    )
    return Segmentation(scan, tuple(results), findings, assess(scan, bodies), record)


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
