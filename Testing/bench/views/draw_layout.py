"""Draw the picture of the bone-scan layout for the documentation, without a window.

    python -m Testing.bench.views.draw_layout docs/images/layout.png

The shipped simulated scan, segmented by the shipped model; finding 1 is chosen.
"""

import os
import sys
from pathlib import Path

import numpy as np

VIEW_SIZE = (440, 1080)
MODULE = Path(__file__).parents[3] / "BMLesionSeg"
GAP = 6
CHOSEN = 1
"""The finding with the halo."""


def draw(path: Path) -> None:
    """Segment the shipped scan and save both views side by side."""
    from Testing.bench.scene.boot import boot
    from Testing.bench.scripted.install import install_scripted

    sys.path.append(str(MODULE))
    os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkOSOpenGLRenderWindow")
    boot()
    install_scripted()
    import slicer

    from BMLesionSeg import BMLesionSegLogic
    from BMLesionSegLib.reading import load_scan
    from BMLesionSegLib.resources import resource
    from BMLesionSegMRML.layout import BoneScanLayout
    from BMLesionSegMRML.volumes import addScan
    from Testing.bench.views.layout_manager import offscreen_layout_manager

    manager = offscreen_layout_manager()
    slicer.app.layoutManager = lambda: manager
    volumes = addScan(load_scan(resource("SampleData", "simulated-patient", "scan.dcm")))
    logic = BMLesionSegLogic()
    segmentations = logic.segment(*volumes.values(), device="cpu")
    layout = BoneScanLayout(slicer.mrmlScene)
    layout.show(volumes, segmentations)
    for widget in manager.shown():
        widget.sliceView().resize(*VIEW_SIZE)
    chosen = next(one for one in logic.review(*volumes.values()).findings() if one.number == CHOSEN)
    layout.halo({lesion.view: lesion.segment_id for lesion in chosen.lesions})
    save_side_by_side([widget.sliceView().picture() for widget in manager.shown()], path)
    layout.restore()


def save_side_by_side(pictures: list[np.ndarray], path: Path) -> None:
    """One PNG, with a grey line where the application has the splitter."""
    from PIL import Image

    line = np.full((pictures[0].shape[0], GAP, 3), 200, np.uint8)
    parts = [part for picture in pictures for part in (line, picture)][1:]
    Image.fromarray(np.concatenate(parts, axis=1)).save(path, optimize=True)


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
