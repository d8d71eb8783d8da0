"""From a seed to a patient: body, tracer, camera, two views with their truth."""

import numpy as np

from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.anatomy.body_parameters import REFERENCE_HEIGHT_MM
from BMLesionSegLib.simulation.anatomy.physique import draw_physique
from BMLesionSegLib.simulation.camera.camera import (
    Acquisition,
    detect,
    draw_acquisition,
    second_view,
)
from BMLesionSegLib.simulation.camera.camera_parameters import (
    SECOND_VIEW_BLADDER,
    SECOND_VIEW_DECAY,
    SINGLE_HEAD,
)
from BMLesionSegLib.simulation.camera.matrix import PAPER_MATRIX, Matrix
from BMLesionSegLib.simulation.camera.projection import Projection, project, region_images
from BMLesionSegLib.simulation.camera.source import Source, emission
from BMLesionSegLib.simulation.cohort import CODES, draw_person, named_cohort
from BMLesionSegLib.simulation.patient import SimulatedPatient, SimulatedView, Spot
from BMLesionSegLib.simulation.truth import label_map, region_map


def simulate_patient(
    seed: int, patient: int, cohort: str = "clinic", matrix: Matrix = PAPER_MATRIX
) -> SimulatedPatient:
    """Simulate one patient; the same arguments give the same bytes.

    Args:
        seed: of the cohort; patients of different seeds never coincide.
        patient: number within the seed, from 0.
        cohort: "clinic" (mixed primaries, some without metastases) or "paper" (lung cancer, all
            metastatic).
        matrix: the camera's grid.

    Raises:
        TrainingRefused: no such cohort.
    """
    chosen = named_cohort(cohort)
    sequence = np.random.SeedSequence([seed, patient, CODES[chosen]])
    rooms = [np.random.default_rng(child) for child in sequence.spawn(6)]
    person = draw_person(chosen, rooms[0])
    body = draw_physique(person.sex, person.age, rooms[1])
    source = emission(person, body, rooms[2], rooms[3])
    scan = draw_acquisition(REFERENCE_HEIGHT_MM * body.scale[2], rooms[4], matrix)
    one_head = SINGLE_HEAD[chosen].happens(rooms[4])
    views = take_views(source, scan, one_head, rooms[4], rooms[5])
    return SimulatedPatient(
        seed,
        patient,
        str(chosen),
        person.sex,
        person.age,
        views,
        seen_spots(source, views),
        (matrix.pixel_mm, matrix.pixel_mm),
    )


def take_views(
    source: Source,
    scan: Acquisition,
    one_head: bool,
    settings: np.random.Generator,
    detection: np.random.Generator,
) -> tuple[SimulatedView, SimulatedView]:
    """Both views of one body, at once or (one head) anterior first, posterior later."""
    later, urine, decay = scan, 1.0, 1.0
    if one_head:
        later = second_view(scan, settings)
        urine, decay = SECOND_VIEW_BLADDER.draw(settings), SECOND_VIEW_DECAY.value
    front = project(source, ViewName.ANTERIOR, scan)
    back = project(source, ViewName.POSTERIOR, later, urine)
    sensitivity = 2 * scan.counts / float(front.image.sum() + back.image.sum())
    return (
        finish(source, ViewName.ANTERIOR, front, scan, sensitivity, detection),
        finish(source, ViewName.POSTERIOR, back, later, sensitivity * decay, detection),
    )


def finish(
    source: Source,
    name: ViewName,
    seen: Projection,
    scan: Acquisition,
    sensitivity: float,
    rng: np.random.Generator,
) -> SimulatedView:
    """Detect counts and draw the truth of one view."""
    scale = np.float32(sensitivity)
    expected = seen.image * scale + np.float32(scan.background)
    return SimulatedView(
        name,
        detect(expected, rng),
        label_map(expected, [(window, own * scale) for window, own in seen.spots]),
        region_map(expected.shape, region_images(source.skeleton, seen.bones, scan)),
    )


def seen_spots(source: Source, views: tuple[SimulatedView, SimulatedView]) -> tuple[Spot, ...]:
    """The hot spots and shades that own a pixel in some view."""
    all_of_them = [*source.spots, *source.shades]
    numbers = np.unique(np.concatenate([np.unique(view.spots) for view in views]))
    spots = [(int(number), all_of_them[number - 1]) for number in numbers if number > 0]
    return tuple(Spot(number, spot.kind, spot.site, spot.uptake) for number, spot in spots)
