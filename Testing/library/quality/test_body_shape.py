"""What is no whole body, and what is cut off."""

import numpy as np
import pytest

from BMLesionSegLib.lesions import find_body
from BMLesionSegLib.quality import FlagKind, QualityFlag
from BMLesionSegLib.quality.body_shape import shape_flags, side_flags
from BMLesionSegLib.scan import ViewName
from Testing.library.doll import SHAPE, Block, Doll, view_of

NAME = ViewName.ANTERIOR
COUNTS = Doll().view(NAME).counts


def flags(counts: np.ndarray) -> list[QualityFlag]:
    return list(shape_flags(NAME, find_body(view_of(NAME, counts))))


def test_a_whole_body_has_no_flag():
    assert flags(COUNTS) == []


def test_cut_feet():
    (flag,) = flags(COUNTS[:600])
    assert flag.kind is FlagKind.BODY_CUT
    assert "the feet" in flag.text
    assert flag.blocks_normal


def test_cut_head():
    (flag,) = flags(COUNTS[120:])
    assert flag.kind is FlagKind.BODY_CUT
    assert "the head" in flag.text


def test_a_chest_alone_is_no_whole_body():
    kinds = [flag.kind for flag in flags(COUNTS[200:470])]
    assert kinds == [FlagKind.NOT_WHOLE_BODY, FlagKind.BODY_CUT]


def test_an_ellipse_has_no_legs():
    row, column = np.indices(SHAPE)
    ellipse = ((row - 512) / 400) ** 2 + ((column - 128) / 80) ** 2 < 1
    (flag,) = flags(np.where(ellipse, 20.0, 0.0))
    assert flag.kind is FlagKind.NOT_WHOLE_BODY
    assert "no legs" in flag.text


def test_noise_is_no_body():
    noise = np.random.default_rng(0).poisson(5, SHAPE)
    assert FlagKind.NOT_WHOLE_BODY in [flag.kind for flag in flags(noise)]


def test_a_small_thing_is_no_body():
    counts = np.zeros(SHAPE)
    counts[300:400, 100:160] = 20
    assert any("long" in flag.text for flag in flags(counts))


@pytest.mark.parametrize(("rows", "flagged"), [(90, False), (160, True)])
def test_an_arm_outside_the_frame_is_said_but_does_not_block(rows: int, flagged: bool):
    arm = Block(250, 250 + rows, 80, 128, 4.0)
    body = find_body(Doll(spots=(arm,)).view(NAME))
    found = list(side_flags(NAME, body))
    assert [flag.kind for flag in found] == [FlagKind.ARM_CUT] * flagged
    assert not any(flag.blocks_normal for flag in found)
