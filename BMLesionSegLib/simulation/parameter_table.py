"""All parameters of the simulation as one table, and a hash of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from BMLesionSegLib.simulation.anatomy import body_parameters
from BMLesionSegLib.simulation.camera import camera_parameters
from BMLesionSegLib.simulation.confounders.benign_foci import JOINTS, SPINE_WEAR
from BMLesionSegLib.simulation.disease import disease_parameters
from BMLesionSegLib.simulation.disease.sites import DISSEMINATED_SHARES, SHARES, SITES
from BMLesionSegLib.simulation.parameter import AnyParameter, Normal, Parameter, Range
from BMLesionSegLib.simulation.uptake import uptake_parameters

MODULES = {
    "Body": body_parameters,
    "Normal uptake": uptake_parameters,
    "Camera and truth": camera_parameters,
    "Disease and benign foci": disease_parameters,
}
ESTIMATE = "clinical notes 5, estimates, halved for one side"


@dataclass(frozen=True)
class Row:
    """One parameter in words."""

    name: str
    value: str
    unit: str
    source: str


def table() -> dict[str, list[Row]]:
    """Rows by heading."""
    sections = {title: list(rows_of(module)) for title, module in MODULES.items()}
    sections["Worn joints"] = [
        Row(
            f"{joint.group}, {joint.place}",
            f"{joint.frequency:g}, radius {joint.radius:g} mm",
            "of joints at 60 years",
            ESTIMATE,
        )
        for joint in JOINTS
    ] + [
        Row(f"{group} vertebra", f"{beside:g}, {behind:g}", "osteophyte, facet joint", ESTIMATE)
        for group, (beside, behind) in SPINE_WEAR.items()
    ]
    by_primary = {**{str(p): s for p, s in SHARES.items()}, "disseminated": DISSEMINATED_SHARES}
    sections["Sites of metastases"] = [
        Row(primary, f"{site} {share:g}", "% of lesions", "section 4, sums to about 100")
        for primary, shares in by_primary.items()
        for site, share in zip(SITES, shares, strict=True)
    ]
    return sections


def rows_of(module: ModuleType) -> Iterator[Row]:
    """Every parameter that a module defines."""
    for constant, value in vars(module).items():
        name = constant.lower().replace("_", " ")
        if isinstance(value, AnyParameter):
            yield row(name, value)
        elif isinstance(value, dict) and constant.isupper():
            for key, inner in value.items():
                yield row(f"{name}: {key}", inner)
        elif isinstance(value, tuple) and constant.isupper():
            for number, inner in enumerate(value, 1):
                yield row(f"{name}: {number}", inner)


def row(name: str, value: AnyParameter) -> Row:
    """One parameter."""
    return Row(name, text(value), value.unit, value.source)


def text(value: AnyParameter) -> str:
    """The numbers of a parameter."""
    match value:
        case Parameter():
            return f"{value.value:.4g}"
        case Range():
            return f"{value.low:g} to {value.high:g}"
        case Normal():
            return f"{value.mean:g} +- {value.spread:g}"
    return f"median {value.median:g}, ln spread {value.spread:g}"


def markdown() -> str:
    """The table as Markdown."""
    lines = []
    for title, rows in table().items():
        lines += [f"### {title}", "", "| parameter | value | unit | source |", "|---|---|---|---|"]
        lines += [f"| {r.name} | {r.value} | {r.unit} | {r.source} |" for r in rows]
        lines.append("")
    return "\n".join(lines)


def digest() -> str:
    """SHA-256 of the table: changes when any parameter does."""
    return hashlib.sha256(markdown().encode()).hexdigest()
