"""A patient as one view sees it, before any count is detected."""

from dataclasses import dataclass

import numpy as np

from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.anatomy.points import Floats
from BMLesionSegLib.simulation.anatomy.regions import REGION_OF_GROUP, Region
from BMLesionSegLib.simulation.anatomy.skeleton import Skeleton
from BMLesionSegLib.simulation.camera import camera
from BMLesionSegLib.simulation.camera.camera import Acquisition, Rays, Window
from BMLesionSegLib.simulation.camera.source import Source


@dataclass(frozen=True, eq=False)
class Projection:
    """Noiseless images of one view, in units of emission.

    Attributes:
        image: everything, ``[row, column]``.
        spots: window and image of each hot spot alone, then of what each shade takes away, in
            the order of the source.
        bones: rays of the skeleton.
    """

    image: Floats
    spots: list[tuple[Window, Floats]]
    bones: Rays


def project(source: Source, name: ViewName, scan: Acquisition, urine: float = 1.0) -> Projection:
    """Look at a source.

    Args:
        source: the patient.
        name: of the view.
        scan: settings.
        urine: factor on the bladder, which fills between two views.
    """
    bones = skeleton_rays(source, name, scan)
    shades = [shade.transmission(name, scan) for shade in source.shades]
    lets = np.prod([np.ones(scan.matrix.shape, np.float32), *shades], axis=0)
    image = camera.image_of_points(bones, source.normal, scan)
    spots = []
    for spot in source.spots:
        seen = camera.rays(spot.points, source.parts[spot.part], name, scan)
        window, own = camera.window_of_points(seen, spot.emission, scan)
        own = own * np.float32(urine if spot.site == "bladder" else 1.0)
        image[window] += own
        spots.append((window, own * lets[window]))
    image += np.float32(source.soft) * camera.image_of_soft_tissue(
        source.parts.values(), name, scan
    )
    whole = slice(0, scan.matrix.rows), slice(0, scan.matrix.columns)
    spots += [(whole, image * (shade - 1)) for shade in shades]
    image = np.maximum(image * lets, 0)
    return Projection(camera.with_scatter(image, scan), spots, bones)


def skeleton_rays(source: Source, name: ViewName, scan: Acquisition) -> Rays:
    """Rays of all bones, each in its own part of the body."""
    skeleton = source.skeleton
    pieces = [
        camera.rays(skeleton.points[skeleton.range_of(i)], source.parts[bone.part], name, scan)
        for i, bone in enumerate(skeleton.bones)
    ]
    return Rays(
        np.concatenate([piece.row for piece in pieces]),
        np.concatenate([piece.column for piece in pieces]),
        np.concatenate([piece.transmission for piece in pieces]),
        np.concatenate([piece.slab for piece in pieces]),
    )


def region_images(
    skeleton: Skeleton, seen: Rays, scan: Acquisition
) -> list[tuple[Region, Window, Floats]]:
    """Each region alone, every mm3 of bone emitting alike."""
    images = []
    for region in Region:
        groups = [group for group, own in REGION_OF_GROUP.items() if own is region]
        chosen = skeleton.indices(skeleton.names(*groups))
        own = Rays(
            seen.row[chosen], seen.column[chosen], seen.transmission[chosen], seen.slab[chosen]
        )
        images.append((region, *camera.window_of_points(own, skeleton.volume[chosen], scan)))
    return images
