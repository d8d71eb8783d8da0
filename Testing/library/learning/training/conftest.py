"""Networks and views small enough to train in a test."""

import numpy as np
import pytest
import torch

from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.training.tiles import PreparedViews
from BMLesionSegLib.preparation import Normalisation
from Testing.library.scans import body_pair, scan_of


@pytest.fixture(autouse=True, scope="module")
def _one_thread():
    """Tiny networks gain nothing from more, and a busy machine makes them wait."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def phantom_views():
    scan = scan_of(body_pair())
    case = Case(scan, {view.name: (view.counts > 60).astype(np.int32) for view in scan})
    return PreparedViews([case], Normalisation())
