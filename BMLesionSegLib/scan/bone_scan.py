"""A bone scan: one or two views of one patient, of one size."""

from collections.abc import Iterator
from dataclasses import dataclass

from BMLesionSegLib.errors import ViewsUnclear
from BMLesionSegLib.scan.names import ViewName
from BMLesionSegLib.scan.view import View


@dataclass(frozen=True, eq=False)
class BoneScan:
    """One or two views.

    Attributes:
        views: anterior before posterior.
        name: stem for output folders, never a patient's name: a file's stem, for DICOM a hash.
        study_uid: DICOM study, None for other files.
        series_uid: DICOM series, None for other files.

    Raises:
        ViewsUnclear: no view, more than two, the same view twice, or views of different size.
    """

    views: tuple[View, ...]
    name: str
    study_uid: str | None = None
    series_uid: str | None = None

    def __post_init__(self) -> None:
        """Refuse a set of views that is not one scan; put anterior first."""
        expected = "a bone scan has one anterior view, one posterior view, or one of each"
        names = [view.name for view in self.views]
        if len(names) not in (1, 2):
            came = f"{len(names)} views came"
            raise ViewsUnclear(expected, came, "Give the one or two whole-body views of one scan.")
        if len(set(names)) != len(names):
            came = f"two {names[0]} views came"
            raise ViewsUnclear(expected, came, "Say which is which, or give one of them alone.")
        sizes = {(view.shape, view.spacing) for view in self.views}
        if len(sizes) != 1:
            came = f"they differ in size or spacing: {' and '.join(map(str, sorted(sizes)))}"
            raise ViewsUnclear(
                "the two views of a scan have one size", came, "Give two views of one acquisition."
            )
        object.__setattr__(self, "views", tuple(sorted(self.views, key=lambda view: view.name)))

    def __iter__(self) -> Iterator[View]:
        """The views, anterior first."""
        return iter(self.views)

    def view(self, name: ViewName) -> View | None:
        """The view of that name, or None."""
        return next((view for view in self.views if view.name is name), None)
