"""``bmlesionseg pictures``: contours beside the truth, and what the layers see."""

import argparse
from itertools import islice
from pathlib import Path

from BMLesionSegLib.cli.arguments import positive
from BMLesionSegLib.cli.cases import add_test_cases, cases_to_test


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``pictures``."""
    parser = commands.add_parser(
        "pictures", help="contours and feature maps (the paper's Figures 8, 9, 11, 12)"
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar="DIR", help="contours.png, feature-maps-*.png"
    )
    parser.add_argument(
        "--models", nargs="+", default=[None], metavar="M", help="names or folders (the shipped)"
    )
    parser.add_argument("--rows", type=positive, default=3, metavar="N", help="cases shown (3)")
    add_test_cases(parser, patients=8)
    parser.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Draw ``contours.png`` and a ``feature-maps-*.png`` for each model."""
    from BMLesionSegLib.bundles import find_bundle, load_bundle
    from BMLesionSegLib.errors import TrainingRefused
    from BMLesionSegLib.inference import Segmenter
    from BMLesionSegLib.learning.pictures.contours import draw_contours, examples_of
    from BMLesionSegLib.learning.pictures.feature_maps import (
        draw_feature_maps,
        feature_maps,
        shown_tile,
    )
    from BMLesionSegLib.packages import need_packages

    need_packages("train")
    bundles = [load_bundle(find_bundle(model)) for model in arguments.models]
    names = told_apart([bundle.folder for bundle in bundles])
    models = {
        name: Segmenter(bundle, arguments.device)
        for name, bundle in zip(names, bundles, strict=True)
    }
    shown = cases_to_test(arguments, [bundle.manifest for bundle in bundles])
    with_lesion = (case for case in shown if not case.normal)
    cases = list(islice(with_lesion, arguments.rows))
    if not cases:
        expected = "pictures show cases with lesions"
        raise TrainingRefused(expected, "none has one", "Give more cases.")
    examples = examples_of(cases, models)
    draw_contours(arguments.output / "contours.png", examples)
    for name, bundle in zip(names, bundles, strict=True):
        network, manifest = bundle.network(), bundle.manifest
        maps = [feature_maps(network, shown_tile(example, manifest)) for example in examples]
        draw_feature_maps(arguments.output / f"feature-maps-{name}.png", maps)
    print(f"Pictures of {len(cases)} cases in {arguments.output}")
    return 0


def told_apart(folders: list[Path]) -> list[str]:
    """Names of models by their folders, of equal ones with the folder above.

    Raises:
        BundleRefused: they are still equal.
    """
    from BMLesionSegLib.errors import BundleRefused

    places = [folder.resolve() for folder in folders]
    short = [place.name for place in places]
    names = [
        f"{place.parent.name}-{place.name}" if short.count(place.name) > 1 else place.name
        for place in places
    ]
    if len(set(names)) < len(names):
        expected = "models that are shown together lie in folders of different names"
        raise BundleRefused(expected, f"{', '.join(names)} came", "Name each once, or rename one.")
    return names
