"""A flagged scan never reads "none found"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from BMLesionSegLib.quality import FlagKind, QualityFlag, QualityReport

flags = st.lists(
    st.builds(QualityFlag, st.sampled_from(FlagKind), st.none(), st.just("text"), st.booleans())
)


def report(*quality_flags: QualityFlag) -> QualityReport:
    return QualityReport(quality_flags, {})


def test_nothing_found_is_not_called_normal():
    assert report().headline(0) == "none found, not a normal scan"


@pytest.mark.parametrize(
    ("count", "text"), [(1, "1 finding, unreviewed"), (12, "12 findings, unreviewed")]
)
def test_findings_are_counted(count: int, text: str):
    assert report().headline(count) == text


def test_reasons_are_named_once():
    hot = QualityFlag(FlagKind.VERY_HOT_SPOT, None, "")
    kidneys = QualityFlag(FlagKind.KIDNEYS_NOT_SEEN, None, "")
    found = report(hot, kidneys, hot)
    assert found.headline(0) == "no statement possible: very hot spot, kidneys not seen"
    assert found.headline(2).endswith("; read with care: very hot spot, kidneys not seen")


def test_a_remark_that_does_not_block_leaves_the_headline():
    remark = QualityFlag(FlagKind.VIEW_ASSUMED, None, "", blocks_normal=False)
    assert report(remark).headline(0) == "none found, not a normal scan"


@given(flags, st.integers(0, 50))
def test_a_blocking_flag_never_reads_none_found(found: list[QualityFlag], count: int):
    quality = report(*found)
    headline = quality.headline(count)
    assert headline
    if any(flag.blocks_normal for flag in found):
        assert quality.blocks_normal
        assert "none found" not in headline
    else:
        assert ("none found" in headline) is (count == 0)
