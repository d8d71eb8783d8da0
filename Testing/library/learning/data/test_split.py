"""Patients in three parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.data.split import split_patients


@given(st.integers(3, 400))
def test_every_patient_is_in_one_part(count):
    split = split_patients(count)
    parts = (split.training, split.validation, split.test)
    assert sorted(place for part in parts for place in part) == list(range(count))
    assert all(parts)
    assert split == split_patients(count)


def test_the_papers_shares():
    split = split_patients(168)
    assert (len(split.training), len(split.validation), len(split.test)) == (101, 17, 50)


def test_two_patients_cannot_be_split():
    with pytest.raises(TrainingRefused, match="at least 3 patients"):
        split_patients(2)
