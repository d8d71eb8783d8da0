"""Why an archive said no: its status codes as words (PS3.7 annex C, PS3.4 annexes B and C)."""

from BMLesionSegLib.errors import ArchiveRefused, ArchiveUnreachable

HELD_ALREADY = 0x0111
INCOMPLETE = 0xB000
MEANINGS = {
    0x0110: "processing failed",
    0x0112: "no such object",
    0x0117: "it takes the object for invalid",
    0x0122: "it does not take this kind of object",
    0x0124: "this computer has no right to",
    INCOMPLETE: "not all objects were sent",
    0xA801: "it does not know where to send: our AE title is not registered",
}
MEANINGS_BY_CLASS = {
    0xA700: "it is out of resources",
    0xA900: "the object does not match its kind",
    0xC000: "it cannot process the object",
}


def meaning(status: int | None) -> str:
    """A status code as words, its number always said."""
    if status is None:
        return "it gave no reason"
    words = MEANINGS.get(status) or MEANINGS_BY_CLASS.get(by_class(status), "it gave no words")
    return f"status {status:04X}: {words}"


def by_class(status: int) -> int:
    """The first code of a failure's class: C000-CFFF, A900-A9FF, A700-A7FF."""
    return status & (0xF000 if status >= 0xC000 else 0xFF00)


def store_refused(status: int | None) -> ArchiveRefused:
    """The refusal of an object that the archive did not take."""
    return ArchiveRefused(
        "the archive stores the object",
        f"it did not ({meaning(status)})",
        "Ask its administrator, then run the command again.",
    )


def question_refused(status: int) -> ArchiveRefused:
    """The refusal of a query or a transfer that the archive did not carry out."""
    return ArchiveRefused(
        "the archive answers the question",
        f"it did not ({meaning(status)})",
        "Ask its administrator what this computer may do.",
    )


def silent(timeout: float) -> ArchiveUnreachable:
    """The refusal of an archive that hangs."""
    return ArchiveUnreachable(
        f"the archive answers within {timeout:g} s",
        "it stayed silent",
        "Try again, or give it more time with --timeout.",
    )


def broken_off() -> ArchiveUnreachable:
    """The refusal of a connection that ended in the middle."""
    return ArchiveUnreachable(
        "the archive stays connected until it has answered",
        "the connection broke",
        "Run the command again.",
    )
