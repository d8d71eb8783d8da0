"""Which frame is anterior and which posterior, and how that is known.

Image orientation cannot tell: cameras write the same one for both detectors. The order of evidence
is view code, the camera's private text, start angle, series description, detector number. The
strongest wins; weaker evidence that disagrees is kept in the text.
"""

from collections.abc import Sequence

from BMLesionSegLib.errors import ViewsUnclear
from BMLesionSegLib.reading.view_evidence import WITNESSES, Frame, Statement
from BMLesionSegLib.scan import EvidenceKind, ViewEvidence, ViewName

Sayings = dict[EvidenceKind, Sequence[Statement | None]]


def tell_views(
    frames: Sequence[Frame], given: ViewName | None = None
) -> list[tuple[ViewName, ViewEvidence]]:
    """Name each frame of a file of one or two frames.

    Args:
        frames: all frames of one file.
        given: the user's choice, for a file of one frame.

    Raises:
        ViewsUnclear: nothing tells the views, or both frames carry the view code of one view.
    """
    sayings: Sayings = {kind: [ask(frame) for frame in frames] for kind, ask in WITNESSES.items()}
    if given is not None:
        sayings = {EvidenceKind.USER: [Statement(given, "given by the user")], **sayings}
    _refuse_one_view_twice(sayings[EvidenceKind.VIEW_CODE])
    for kind, statements in sayings.items():
        decided = _decide(statements)
        if decided is not None:
            return [
                (statement.view, ViewEvidence(kind, _text(statement, index, sayings)))
                for index, statement in enumerate(decided)
            ]
    raise ViewsUnclear(
        "the file or the user says whether a view is anterior or posterior",
        "neither does",
        "Say it with --view; two views in one file: save each as its own file first.",
    )


def _decide(statements: Sequence[Statement | None]) -> list[Statement] | None:
    """A statement for every frame, or None where this kind of evidence cannot tell them apart.

    Where one frame of two is named, the other frame is the other view.
    """
    known = [statement for statement in statements if statement is not None]
    if not known or (len(known) == 2 and known[0].view is known[1].view):
        return None
    first = known[0]
    other = Statement(first.view.other, f"the other frame has {first.text}")
    return [statement or other for statement in statements]


def _text(statement: Statement, index: int, sayings: Sayings) -> str:
    """The evidence and, after it, whatever disagrees with it."""
    parts = [statement.text]
    for kind, statements in sayings.items():
        decided = _decide(statements)
        if kind is EvidenceKind.DETECTOR_NUMBER or decided is None:
            continue
        if decided[index].view is not statement.view:
            parts.append(f"but {decided[index].text} says {decided[index].view}")
    return "; ".join(parts)


def _refuse_one_view_twice(statements: Sequence[Statement | None]) -> None:
    views = [statement.view for statement in statements if statement is not None]
    if len(views) == 2 and views[0] is views[1]:
        raise ViewsUnclear(
            "a file of two frames holds one anterior and one posterior view",
            f"both carry the view code of the {views[0]} one",
            "Save each view as its own file and name it with --view.",
        )
