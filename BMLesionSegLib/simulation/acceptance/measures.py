"""Statistics of one simulated patient."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.acceptance import targets
from BMLesionSegLib.simulation.acceptance.boxes import ANT, POST, Box, Frame, body_frame, high, mean
from BMLesionSegLib.simulation.anatomy.body_parameters import REFERENCE_HEIGHT_MM
from BMLesionSegLib.simulation.anatomy.physique import Sex, draw_physique
from BMLesionSegLib.simulation.anatomy.points import Floats
from BMLesionSegLib.simulation.camera.camera import (
    Acquisition,
    detect,
    draw_acquisition,
    image_of_soft_tissue,
    rays,
)
from BMLesionSegLib.simulation.camera.projection import Projection, project
from BMLesionSegLib.simulation.camera.source import Source, healthy
from BMLesionSegLib.simulation.cohort import Person
from BMLesionSegLib.simulation.disease.hot_spots import SpotKind
from BMLesionSegLib.simulation.disease.sites import Primary
from BMLesionSegLib.simulation.simulate import simulate_patient

Measures = dict[str, float]
FLOOR_SHARE = 0.007
CODE = 3
"""Keeps these patients apart from those of every cohort."""


def measure_healthy(seed: int, patient: int) -> Measures:
    """Everything that is asked of normal scans: one lesion-free patient, spread 1.0.

    Uptake is read from the noiseless image, counts and noise from the detected one.
    """
    rooms = [
        np.random.default_rng(s) for s in np.random.SeedSequence([seed, patient, CODE]).spawn(5)
    ]
    sex = Sex.MALE if rooms[0].random() < 0.54 else Sex.FEMALE
    person = Person(sex, int(np.clip(rooms[0].normal(60, 10), 29, 85)), Primary.LUNG, None, 1.0)
    body = draw_physique(person.sex, person.age, rooms[1])
    source = healthy(person, body, rooms[2], rooms[3])
    scan = draw_acquisition(REFERENCE_HEIGHT_MM * body.scale[2], rooms[4])
    views = {name: project(source, name, scan) for name in ViewName}
    sensitivity = 2 * scan.counts / sum(float(seen.image.sum()) for seen in views.values())
    frames = {name: body_frame(source.skeleton, seen.bones) for name, seen in views.items()}
    result: Measures = {}
    result.update(regional(source, views, frames))
    result.update(organs(source, views, scan))
    result.update(view_ratios(source, views))
    result.update(landmarks(source, views[ANT]))
    result.update(bands(views, frames))
    expected = {
        name: seen.image * np.float32(sensitivity) + np.float32(scan.background)
        for name, seen in views.items()
    }
    inside = {name: image_of_soft_tissue(source.parts.values(), name, scan) > 1 for name in views}
    result.update(counted(expected, inside, rooms[4]))
    return result


def regional(
    source: Source, views: dict[ViewName, Projection], frames: dict[ViewName, Frame]
) -> Measures:
    """Uptake of each region over posterior lumbar uptake, and where its box lies."""
    result: Measures = {}
    lumbar = mean(views[POST].image, targets.LUMBAR.place(source.skeleton, views[POST].bones))
    for region in targets.REGIONAL:
        seen = views[region.box.view]
        place = region.box.place(source.skeleton, seen.bones)
        read = high if region.percentile else mean
        result[f"uptake: {region.name}"] = read(seen.image, place) / lumbar
        fractions = frames[region.box.view].fractions(place)
        for edge, value in zip(("top", "bottom", "left", "right"), fractions, strict=True):
            result[f"box {edge}: {region.name}"] = value
    thigh = {r.name: result[f"uptake: {r.name}"] for r in targets.REGIONAL if "ANT" in r.name}
    shaft = Box(ANT, ("femur",), "left", (0.4, 0.6), (-0.3, 1.3)).place(
        source.skeleton, views[ANT].bones
    )
    peak = float(views[ANT].image[shaft].max(1).mean()) / lumbar
    result["thigh bone / soft tissue"] = peak / thigh["thigh soft tissue ANT"]
    return result


def organs(
    source: Source, views: dict[ViewName, Projection], scan: Acquisition
) -> Iterator[tuple[str, float]]:
    """Kidneys and bladder over lumbar uptake."""
    place = targets.LUMBAR.place(source.skeleton, views[POST].bones)
    lumbar = {name: mean(seen.image, place) for name, seen in views.items()}
    front = Box(ANT, ("lumbar",), columns=(0.1, 0.9))
    lumbar[ANT] = mean(views[ANT].image, front.place(source.skeleton, views[ANT].bones))
    for spot in source.spots:
        view = ANT if spot.site == "bladder" else POST
        seen = rays(spot.points, source.parts[spot.part], view, scan)
        margin = BLADDER_MARGIN if spot.site == "bladder" else 0.0
        inside = views[view].image[around(seen.row, margin), around(seen.column, margin)]
        yield f"{spot.site} / lumbar POST", float(inside.mean()) / lumbar[POST]
        if spot.site == "bladder":
            peak = float(np.sort(inside.ravel())[-25:].mean())
            yield "bladder peak / lumbar ANT", peak / lumbar[ANT]


BLADDER_MARGIN = 0.3
"""The population's box is larger than most bladders: added on every side, in extents."""


def around(pixels: NDArray[np.int64], margin: float) -> slice:
    """The 6-94 % extent, widened."""
    start, end = np.percentile(pixels, [6, 94])
    wider = margin * (end - start)
    return slice(int(start - wider), int(end + wider) + 1)


def view_ratios(source: Source, views: dict[ViewName, Projection]) -> Iterator[tuple[str, float]]:
    """Posterior over anterior counts of regions, and anterior over posterior of the whole."""
    yield "ANT / POST total", float(views[ANT].image.sum() / views[POST].image.sum())
    for name, groups, side, _ in targets.VIEW_RATIOS:
        value = [
            mean(seen.image, Box(view, groups, side).place(source.skeleton, seen.bones))
            for view, seen in views.items()
        ]
        yield f"POST / ANT: {name}", value[1] / value[0]


def landmarks(source: Source, front: Projection) -> Iterator[tuple[str, float]]:
    """Body fractions and sizes in pixels."""
    skeleton, seen = source.skeleton, front.bones
    row, column = seen.row, seen.column

    def of(*groups: str) -> np.ndarray:
        return skeleton.indices(skeleton.names(*groups))

    top, length = float(row.min()), float(row.max() - row.min())
    # The head's box ends at the base of the neck's upper half, where the jaw ends.
    yield "landmark: head base", float(row[of("mandible", "skull base")].max() - top) / length
    yield "landmark: iliac crest", float(row[of("ilium")].min() - top) / length
    yield "landmark: pelvis bottom", float(row[of("ischium")].max() - top) / length
    yield "landmark: knee", float(np.median(row[of("knee")]) - top) / length
    yield "landmark: ankle top", float(row[of("ankle")].min() - top) / length
    hips = column[of("ilium", "iliac spine", "acetabulum")]
    yield "landmark: pelvis width", float(np.ptp(hips)) / length
    yield "size: vertex to foot", length
    yield "size: body width", float(np.ptp(column))
    yield "size: head width", float(np.ptp(column[of("vault")]))
    yield "size: spine height", float(row[of("ilium")].min() - row[of("cervical")].max())
    yield "size: pelvis height", float(row[of("ischium")].max() - row[of("ilium")].min())
    yield "size: pelvis breadth", float(np.ptp(hips))


def bands(
    views: dict[ViewName, Projection], frames: dict[ViewName, Frame]
) -> Iterator[tuple[str, float]]:
    """Per cent of a view's counts in bands of height."""
    for name, seen in views.items():
        frame, total = frames[name], float(seen.image.sum())
        edges = [
            round(frame.vertex + edge * (frame.foot - frame.vertex)) for edge in targets.BAND_EDGES
        ]
        edges[0], edges[-1] = 0, seen.image.shape[0]
        for band, start, stop in zip(targets.BANDS, edges, edges[1:], strict=False):
            yield f"band {name}: {band}", 100 * float(seen.image[start:stop].sum()) / total


def counted(
    expected: dict[ViewName, Floats],
    inside: dict[ViewName, NDArray[np.bool_]],
    rng: np.random.Generator,
) -> Iterator[tuple[str, float]]:
    """Totals, levels and noise of detected counts."""
    for name, image in expected.items():
        counts = detect(image, rng).astype(np.float64)
        yield f"counts {name}, million", float(counts.sum()) / 1e6
        lit = counts[(counts > 0) & inside[name]]
        yield f"p50 {name}", float(np.percentile(lit, 50))
        yield f"p99 / p50 {name}", float(np.percentile(lit, 99) / np.percentile(lit, 50))
        yield f"pixels over 2 counts {name}, %", 100 * float((counts > 2).mean())
        body = image > 3
        residual = (counts - image)[body] ** 2
        yield f"noise variance / mean {name}", float(residual.sum() / image[body].sum())


def measure_cohort(seed: int, cohort: str, patient: int) -> dict[str, Any]:
    """Everything that is asked of lesions: one patient of a cohort.

    Returns:
        Lesions seen in each view, their sites, pixels and uptake, benign uptake, and what the
        floor (the hottest 0.7 % of pixels) gets right and wrong.
    """
    simulated = simulate_patient(seed, patient, cohort)
    by_kind = {kind: [spot for spot in simulated.spots if spot.kind is kind] for kind in SpotKind}
    lesions = by_kind[SpotKind.METASTASIS]
    result: dict[str, Any] = {
        "sites": [spot.site for spot in lesions],
        "metastatic uptake": [spot.uptake for spot in lesions if spot.uptake > 1],
        "benign uptake": [spot.uptake for spot in by_kind[SpotKind.BENIGN] if spot.uptake > 1],
        "pixels": [],
        "floor": np.zeros(3),
        "share": [],
    }
    ties = np.random.default_rng([seed, patient])
    for view in simulated.views:
        mask = simulated.metastasis_mask(view.name)
        seen, pixels = np.unique(view.spots[mask], return_counts=True)
        result[f"lesions {view.name}"] = len(seen)
        result["pixels"] += pixels.tolist()
        result["share"].append(float(mask.mean()))
        hot = hottest(view.counts, ties)
        result["floor"] += [(hot & mask).sum(), (hot & ~mask).sum(), (~hot & mask).sum()]
    return result


def hottest(counts: NDArray[np.uint16], ties: np.random.Generator) -> NDArray[np.bool_]:
    """The hottest 0.7 % of pixels."""
    flat = (counts + 0.5 * ties.random(counts.shape)).ravel()
    chosen = np.zeros(flat.size, bool)
    chosen[
        np.argpartition(flat, -int(FLOOR_SHARE * flat.size))[-int(FLOOR_SHARE * flat.size) :]
    ] = True
    return chosen.reshape(counts.shape)
