"""``SampleData``: what a module registers is recorded."""

from typing import Any

sources: list[dict[str, Any]] = []
categories: list[str] = []


class SampleDataLogic:
    """The part that modules call."""

    @staticmethod
    def registerCustomSampleDataCategory(category: str, title: str | None = None) -> None:  # noqa: N802
        """A heading in the Sample Data module."""
        categories.append(title or category)

    @staticmethod
    def registerCustomSampleDataSource(  # noqa: N802
        category: str,
        sampleName: str,  # noqa: N803
        customDownloader: Any,  # noqa: N803
        thumbnailFileName: str | None = None,  # noqa: N803
    ) -> None:
        """A button in the Sample Data module; its function is called with the source."""
        source = {"category": category, "name": sampleName, "download": customDownloader}
        sources.append(source | {"thumbnail": thumbnailFileName})
