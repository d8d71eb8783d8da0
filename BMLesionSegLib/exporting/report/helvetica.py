"""How wide words are in Helvetica, one of the fonts that every PDF viewer has.

Advance widths in thousandths of the font size, of the characters from space to tilde: the metrics
of the PDF standard fonts (ISO 32000-1 section 9.6.2.2).
"""

import unicodedata

ENCODING = "cp1252"
"""PDF's WinAnsiEncoding: the letters of western Europe."""
FIRST = ord(" ")
REGULAR = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
BOLD = (
    *(278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611),
    *(975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556),
    *(333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611),
    *(611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584),
)
OTHER_LATIN = 556
FULL_WIDTH = 1000
"""Of every character that Helvetica lacks; those are set in a font of the viewer's own."""


def is_latin(character: str) -> bool:
    """Whether Helvetica has the character."""
    try:
        character.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of a line in points."""
    return sum(character_width(one, bold) for one in text) * size / 1000


def character_width(character: str, bold: bool) -> int:
    """Thousandths of the font size; an accented letter is as wide as its bare one."""
    if not is_latin(character):
        return FULL_WIDTH
    bare = unicodedata.normalize("NFD", character)[0]
    widths = BOLD if bold else REGULAR
    place = ord(bare) - FIRST
    return widths[place] if 0 <= place < len(widths) else OTHER_LATIN


def wrapped(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """A paragraph as lines of at most ``width`` points; a longer word is broken.

    Args:
        text: words between blanks.
        width: of the column, points.
        size: of the font, points.
        bold: whether it is set in bold.
    """
    lines = [""]
    for word in text.split():
        candidate = f"{lines[-1]} {word}".strip()
        if text_width(candidate, size, bold) <= width:
            lines[-1] = candidate
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if lines[-1] and text_width(lines[-1] + character, size, bold) > width:
                lines.append("")
            lines[-1] += character
    return lines
