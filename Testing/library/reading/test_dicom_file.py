"""Values of damaged headers. Found by `make fuzz`: a nested sequence took 18 s and 1.2 GB."""

import time

from pydicom import Dataset
from pydicom.sequence import Sequence

from BMLesionSegLib.reading.dicom_file import items, text


def test_a_sequence_nested_deep_is_no_text_and_takes_no_time():
    inside = Dataset()
    for _ in range(600):
        outer = Dataset()
        outer.add_new("ViewCodeSequence", "SQ", Sequence([inside]))
        inside = outer
    began = time.perf_counter()
    assert text(inside, "ViewCodeSequence") == ""
    assert len(items(inside, "ViewCodeSequence")) == 1
    assert time.perf_counter() - began < 1
