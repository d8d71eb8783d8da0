"""A model bundle: manifest, weights, card and self-test; found, verified, read without pickle."""

from BMLesionSegLib.bundles.bundle import Bundle, load_bundle
from BMLesionSegLib.bundles.find import DEFAULT, find_bundle, user_models_folder
from BMLesionSegLib.bundles.listing import ListedFile
from BMLesionSegLib.bundles.manifest import BundleInput, Manifest, parse_manifest
from BMLesionSegLib.bundles.writing import write_bundle

__all__ = [
    "DEFAULT",
    "Bundle",
    "BundleInput",
    "ListedFile",
    "Manifest",
    "find_bundle",
    "load_bundle",
    "parse_manifest",
    "user_models_folder",
    "write_bundle",
]
