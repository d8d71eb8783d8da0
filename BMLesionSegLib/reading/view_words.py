"""Which view a piece of header text speaks of."""

import re

from BMLesionSegLib.scan import ViewName

START = r"(?:(?<![A-Z])|(?<![A-Z])WB)"
END = r"(?![A-ZÀ-Ý])"
WORDS = {
    ViewName.ANTERIOR: re.compile(rf"{START}(ANT(?:[EÉ]R[A-ZÉ]*)?|VENTRAL){END}"),
    ViewName.POSTERIOR: re.compile(rf"{START}(POST?(?:[EÉ]R[A-ZÉ]*)?|DORSAL){END}"),
}
# "3 h post", "post injection", "post therapy": after, not behind.
AFTER = re.compile(
    r"\d\s*(?:H|HRS?|HOURS?|MINS?)[\W_]*POST(?![A-Z])"
    r"|POST[\W_]*(?:INJ|THER|TREAT|OP|SURG|DOSE|VOID|MIC|CHEMO|RT|RX|TX|STRESS)[A-Z]*"
)
OTHER_PROJECTION = re.compile(r"(?<![A-Z])(?:OBL[A-Z]*|[LR][AP]O|[LR]?LAT(?:ERAL)?)(?![A-Z])")


def view_in_words(words: str) -> tuple[ViewName, str] | None:
    """The one view that a text names, with the word that names it; None where it is not clear.

    Only the word is handed on, because such texts may also hold a patient's name.
    """
    words = AFTER.sub(" ", words.upper())
    if OTHER_PROJECTION.search(words):
        return None
    found = [(view, match[1]) for view, word in WORDS.items() if (match := word.search(words))]
    return found[0] if len(found) == 1 else None
