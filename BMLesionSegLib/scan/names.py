"""The two views of a bone scan."""

from enum import StrEnum


class ViewName(StrEnum):
    """Which side of the patient faced the camera."""

    ANTERIOR = "anterior"
    POSTERIOR = "posterior"

    @property
    def other(self) -> "ViewName":
        """The opposite view."""
        return ViewName.POSTERIOR if self is ViewName.ANTERIOR else ViewName.ANTERIOR

    @property
    def short(self) -> str:
        """ANT or POST, as physicians write it."""
        return "ANT" if self is ViewName.ANTERIOR else "POST"
