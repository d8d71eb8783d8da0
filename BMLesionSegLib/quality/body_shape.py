"""Whether a view shows a whole body, and all of it."""

from collections.abc import Iterator

from BMLesionSegLib.lesions import Body
from BMLesionSegLib.quality.flag import FlagKind, QualityFlag
from BMLesionSegLib.scan import ViewName

SHORTEST_BODY_MM = 600.0
"""Vertex to foot tip; a one-year-old measures 750 mm."""
WIDEST_HEAD = 0.70
"""Head over chest with arms; 0.33 to 0.50 in whole bodies, 1 in a frame full of noise."""
WIDEST_LEGS = 0.75
"""Shins over chest with arms; 0.25 to 0.55 in whole bodies, 0.85 in an ellipse."""
HEAD_ROWS, CHEST_ROWS, SHIN_ROWS = (0.03, 0.09), (0.18, 0.30), (0.78, 0.90)
SIDE_CUT_MM = 200.0
"""Length of the body along a side of the frame; a hand may leave it, a forearm is missed."""


def shape_flags(name: ViewName, body: Body) -> Iterator[QualityFlag]:
    """What keeps an outline from being a whole body, head to feet.

    Args:
        name: anterior or posterior.
        body: its outline.
    """
    ends = {"the head": body.cut_at_head, "the feet": body.cut_at_feet}
    cut = [end for end, is_cut in ends.items() if is_cut]
    # With one end cut the proportions are a guess; with both, or none, they can be asked for.
    missing = [] if len(cut) == 1 else missing_parts(body)
    if missing:
        text = f"The {name} view shows no whole body: {', '.join(missing)}."
        yield QualityFlag(FlagKind.NOT_WHOLE_BODY, name, text)
    if cut:
        text = f"The frame of the {name} view cuts off {' and '.join(cut)}."
        yield QualityFlag(FlagKind.BODY_CUT, name, text)


def side_flags(name: ViewName, body: Body) -> Iterator[QualityFlag]:
    """An arm that leaves the frame: worth saying, but bone metastases rarely lie there."""
    along_sides = body.mask[:, [0, -1]].sum(axis=0) * body.spacing[0]
    if (along_sides > SIDE_CUT_MM).any():
        text = f"In the {name} view an arm leaves the frame."
        yield QualityFlag(FlagKind.ARM_CUT, name, text, blocks_normal=False)


def missing_parts(body: Body) -> list[str]:
    """What an outline lacks to be a body."""
    chest = mean_width_mm(body, CHEST_ROWS)
    missing = []
    if body.length_mm < SHORTEST_BODY_MM:
        missing.append(f"it is only {body.length_mm:.0f} mm long")
    if not 0 < mean_width_mm(body, HEAD_ROWS) < WIDEST_HEAD * chest:
        missing.append("no head is seen")
    if not 0 < mean_width_mm(body, SHIN_ROWS) < WIDEST_LEGS * chest:
        missing.append("no legs are seen")
    return missing


def mean_width_mm(body: Body, heights: tuple[float, float]) -> float:
    """Mean width of the outline between two height fractions; 0 where the frame ends before."""
    rows = body.mask[body.rows(*heights)]
    return float(rows.sum(axis=1).mean() * body.spacing[1]) if len(rows) else 0.0
