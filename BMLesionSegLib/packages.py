"""Packages that only some commands need: asked for before work begins, not when it ends."""

from importlib.util import find_spec

from BMLesionSegLib.errors import PackagesMissing

EXTRAS = {
    "engine": ("openvino",),
    "pacs": ("dicomweb_client", "pynetdicom"),
    "train": ("matplotlib", "safetensors"),
}
"""Importable names by the extra that installs them."""


def need_packages(extra: str) -> None:
    """Refuse to begin without an extra's packages.

    Args:
        extra: a key of ``EXTRAS``.

    Raises:
        PackagesMissing: at least one is not installed.
    """
    missing = [package for package in EXTRAS[extra] if find_spec(package) is None]
    if missing:
        raise PackagesMissing(
            f"what bmlesionseg[{extra}] brings is installed",
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing",
            f"Install them with pip install 'bmlesionseg[{extra}]'.",
        )
