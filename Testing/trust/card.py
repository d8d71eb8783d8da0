"""Write the root's MODEL_CARD.md: the shipped model's own card, and what every user should know."""

from pathlib import Path

from BMLesionSegLib.bundles import DEFAULT, find_bundle, load_bundle

ROOT = Path(__file__).parents[2]
FURTHER = """
## What it takes

A planar whole-body bone scan (99mTc phosphonates), one or two views, rows from head to feet,
pixels of about 2 mm. Another matrix is resampled. Other tracers, tomography, spot views and
children were not simulated as such.

## What it cannot know

Age, history, other images, and what a hot spot is: a fracture, a worn joint and a metastasis may
look alike. Hot urine is capped, so bone under a bladder is seen
poorly. The simulation has one camera and the frequencies that `docs/simulation.md` lists; uptake
that it does not make (children's growth plates, rare bone disease, other radiopharmaceuticals) is
unknown to the model. How it did on pictures of real scans stands in `docs/real-scans.md`.

## Versions

The model has a version of its own, apart from the software's: see `CHANGELOG.md`.
"""


def document() -> str:
    """The root's card."""
    bundle = load_bundle(find_bundle(ROOT / "Resources" / "Models" / DEFAULT))
    manifest = bundle.manifest
    rows = {
        "name and version": f"{manifest.name} {manifest.version}",
        "architecture": manifest.architecture,
        "sha256 of the weights": bundle.sha256,
        "threshold (of a peak)": f"{manifest.threshold:g}",
        "extent (pixels of a lesion from)": f"{manifest.extent:g}",
        "smallest lesion": f"{manifest.minimum_area_mm2:g} mm2",
        "self-test, largest difference": f"{manifest.golden_tolerance:g}",
    }
    table = "\n".join(f"| {name} | {value} |" for name, value in rows.items())
    identity = f"\n## How it is known\n\n| | |\n|---|---|\n{table}\n"
    origin = "*Copied by `make documents` from the shipped model; do not edit.*\n"
    return f"{bundle.card()}{identity}{FURTHER}\n{origin}"


if __name__ == "__main__":
    (ROOT / "MODEL_CARD.md").write_text(document(), "utf-8")
