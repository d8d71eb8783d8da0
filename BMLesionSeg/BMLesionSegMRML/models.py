"""The model that was loaded last, kept so that the next scan does not load it again."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from BMLesionSegLib.bundles import Bundle
    from BMLesionSegLib.inference import Segmenter


class Models:
    """Loads bundles and puts them on a device; remembers one of each."""

    def __init__(self) -> None:
        self._segmenter: Segmenter | None = None
        self._device = ""

    def bundle(self, path: str | None) -> "Bundle":
        """Verify and load a bundle; every run verifies it, whoever has changed it meanwhile.

        Raises:
            BundleRefused: no such model, or an altered one.
        """
        from BMLesionSegLib.bundles import find_bundle, load_bundle

        return load_bundle(find_bundle(path))

    def segmenter(self, bundle: "Bundle", device: str) -> "Segmenter":
        """The bundle on a device; one that gave up in the last run is tried anew.

        Raises:
            BundleRefused: it cannot be used here.
            DeviceRefused: the device is not there.
        """
        from BMLesionSegLib.inference import Segmenter
        from BMLesionSegLib.inference.devices import choose_device

        known = self._segmenter
        same = known is not None and known.bundle == bundle and self._device == device
        if not same or known.device != choose_device(device).text:
            self._segmenter, self._device = Segmenter(bundle, device), device
        return self._segmenter

    def warmUp(self, path: str | None, device: str) -> None:
        """Load a bundle and use the device once, so that the first run need not.

        Raises:
            BundleRefused: no such model, or one that cannot be used here.
            DeviceRefused: the device is not there.
        """
        known = self._segmenter
        segmenter = self.segmenter(self.bundle(path), device)
        if segmenter is not known:
            segmenter.warm_up()
