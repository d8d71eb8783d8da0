"""Words for views, as technicians of several countries type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from BMLesionSegLib.reading.view_words import view_in_words
from BMLesionSegLib.scan import ViewName

ANTERIOR, POSTERIOR = ViewName


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("ANT", ANTERIOR),
        ("WB_ANT", ANTERIOR),
        ("WBANT", ANTERIOR),
        ("FACE ANT", ANTERIOR),
        ("Whole body anterior", ANTERIOR),
        ("corps entier antérieur", ANTERIOR),
        ("Ganzkörper ventral", ANTERIOR),
        ("ant, 3 h post injection", ANTERIOR),
        ("POST", POSTERIOR),
        ("POS", POSTERIOR),
        ("bone_post_3h", POSTERIOR),
        ("Posterior", POSTERIOR),
        ("postérieur", POSTERIOR),
        ("Ganzkörper dorsal", POSTERIOR),
        ("ANT/POST", None),
        ("3 h post", None),
        ("bone scan post injection", None),
        ("post-op control", None),
        ("POSTTHERAPY", None),
        ("antibody", None),
        ("position 2", None),
        ("L ANT OBL", None),
        ("LPO", None),
        ("right lateral post", None),
        ("", None),
    ],
)
def test_known_words(text, view):
    found = view_in_words(text)
    assert (found and found[0]) == view


@given(st.text())
def test_only_the_matched_word_is_handed_on(text):
    found = view_in_words(text)
    if found is not None:
        assert found[1].startswith(("ANT", "POS", "VENTRAL", "DORSAL"))
        assert " " not in found[1]
