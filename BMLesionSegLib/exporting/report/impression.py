"""``impression.txt``: the program's lines, until a physician edits them.

A second report takes the edited lines as they stand. The file says for which findings its lines
were written, so that neither an untouched file grows stale nor an edited one unnoticed.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.reading.files import unreadable

MARK = "# Written for findings "
HEAD = (
    "# The report's impression. Edit the lines below and write the report again.",
    "# Delete this file to get the program's own lines back.",
)


@dataclass(frozen=True)
class Impression:
    """The lines that a report states.

    Attributes:
        lines: one a sentence or paragraph.
        edited: whether a person changed them.
        stale: whether the findings have changed since they were edited.
    """

    lines: tuple[str, ...]
    edited: bool = False
    stale: bool = False


def read_impression(path: Path, phrases: Sequence[str]) -> Impression:
    """The edited lines of a file, else the program's.

    Lines that begin with ``#`` are remarks. Where the remark is gone that says for which findings
    the lines were written, they are taken as checked.

    Args:
        path: need not exist.
        phrases: what the program says of the findings as they are now.

    Raises:
        FileRefused: not a text file in UTF-8.
    """
    own = Impression(tuple(phrases))
    expected = f"{path.name} is a text file in UTF-8"
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return own
    except UnicodeDecodeError:
        raise FileRefused(expected, "it is not", "Save it as UTF-8, or delete it.") from None
    except OSError as error:
        raise unreadable(expected, error) from error
    written = [line.strip() for line in text.splitlines()]
    lines = tuple(line for line in written if line and not line.startswith("#"))
    mark = next((line.removeprefix(MARK) for line in written if line.startswith(MARK)), None)
    if not lines or mark == digest(lines):
        return own
    return Impression(lines, edited=True, stale=mark not in (None, digest(phrases)))


def impression_text(phrases: Sequence[str]) -> str:
    """The file's text, its lines as the program phrases them."""
    return "\n".join((*HEAD, f"{MARK}{digest(phrases)}", "", *phrases, ""))


def digest(lines: Sequence[str]) -> str:
    """16 hexadecimal digits of the SHA-256 of the lines, blanks apart."""
    text = "\n".join(re.sub(r"\s+", " ", line).strip() for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
