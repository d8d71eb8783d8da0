"""One run: parity of every way first, then their times in turn, then a scan stage by stage."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path as File
from typing import TYPE_CHECKING, Any

from BMLesionSegLib.benchmark.machine import machine_facts, peak_megabytes
from BMLesionSegLib.benchmark.parity import NO_PARITY
from BMLesionSegLib.benchmark.paths import Path, Scene, monai_path, own_path, parity_of, plain_path
from BMLesionSegLib.benchmark.stages import WHOLE, cold_and_warm
from BMLesionSegLib.benchmark.timing import interleaved
from BMLesionSegLib.bundles import find_bundle, load_bundle
from BMLesionSegLib.errors import DeviceRefused, PackagesMissing
from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.inference.devices import Device, choose_device
from BMLesionSegLib.networks import preset_arguments
from BMLesionSegLib.networks.arguments import Argument
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import BoneScan

if TYPE_CHECKING:
    from torch import nn

OPTIONAL_ENGINES = ("openvino",)
ARCHITECTURE = "multi_attention"
PAPER_TILES: Mapping[str, Argument] = {
    "tile_shape": (256, 256),
    "fold": 1,
    "views": 1,
    "mirrored": False,
}


def compare(
    file: File, model: str | None, preset: str | None, device: str, rounds: int
) -> dict[str, Any]:
    """Everything that ``bmlesionseg benchmark`` says.

    Args:
        file: of a scan whose views have one size.
        model: name or folder, the shipped one if None.
        preset: of the paper's network, with random weights, in the model's place; then only the
            network is timed.
        device: "auto", "cpu", "cuda" or "mps".
        rounds: of every timing.
    """
    bundle = load_bundle(find_bundle(model))
    chosen = choose_device(device)
    facts = machine_facts()
    scans, missing = {}, {}
    if preset is None:
        for engine in ("torch", *OPTIONAL_ENGINES):
            try:
                scans[engine] = cold_and_warm(file, Segmenter(bundle, device, engine), rounds)
            except (DeviceRefused, PackagesMissing) as error:
                missing[engine] = str(error)
            if engine == "torch":
                peak = peak_megabytes()
    arguments = preset_arguments(ARCHITECTURE, preset) if preset else bundle.manifest.arguments
    build = partial(untrained, arguments) if preset else bundle.network
    scene, paths, refused = the_paths(build, arguments, chosen, load_scan(file))
    rows = timed(paths, scene, bundle.manifest.threshold, rounds)
    ratios = {row["name"]: row["ratio_of_ours"] for row in rows}
    return {
        "network_ms": round(1000 * rows[0]["seconds"], 1),
        "end_to_end_s": scans["torch"]["warm"][WHOLE] if scans else None,
        "peak_mb": peak if scans else None,
        "ratio_over_paper": ratios["paper"],
        "ratio_over_plain": ratios.get("plain", ratios["paper"]),
        "ratio_over_monai": ratios.get("monai"),
        "model": preset or bundle.manifest.name,
        "tiles": len(scene.tiles),
        "tile_shape": scene.layout[0].shape,
        "rounds": rounds,
        "paths": rows,
        "end_to_end": scans,
        "missing": missing | refused,
        "machine": facts,
    }


def the_paths(
    build: "Callable[[], nn.Module]",
    arguments: Mapping[str, Argument],
    device: Device,
    scan: BoneScan,
) -> tuple[Scene, list[Path], dict[str, str]]:
    """What is shown; every way that this machine has, ours first, the plain one second; what lacks.

    Args:
        build: the network.
        arguments: of the network.
        device: where it is computed.
        scan: to show.
    """
    from BMLesionSegLib.networks.tile_check import TILE_SHAPE, input_shape

    scene = Scene.of(scan, input_shape(build()))
    paths = [own_path(build(), device, scene, "torch"), plain_path(build(), device, scene)]
    if scene.layout[0].shape != TILE_SHAPE:
        tiled = untrained({**arguments, **PAPER_TILES})
        paper = plain_path(tiled, device, Scene.of(scan, (1, *TILE_SHAPE)))
        text = f"{paper.text}, a network of these widths, untrained"
        paths.append(replace(paper, text=text, other=True))
    missing = {}
    makers = {
        engine: lambda engine=engine: own_path(build(), device, scene, engine)
        for engine in OPTIONAL_ENGINES
    }
    for name, make in (makers | {"monai": lambda: monai_path(build(), device, scene)}).items():
        try:
            paths.append(make())
        except (DeviceRefused, PackagesMissing) as error:
            missing[name] = str(error)
    return scene, paths, missing


def untrained(arguments: Mapping[str, Argument]) -> "nn.Module":
    """The paper's network with these arguments and random weights, the same every time."""
    import torch

    from BMLesionSegLib.networks import build_network

    torch.manual_seed(0)
    return build_network(ARCHITECTURE, arguments).eval()


def timed(paths: list[Path], scene: Scene, threshold: float, rounds: int) -> list[dict[str, Any]]:
    """A row a way: parity with the plain one, which is eager float32, and times."""
    ours, plain = paths[:2]
    reference = plain.run()
    parities = {
        path.name: NO_PARITY if path.other else parity_of(path, reference, scene, threshold)
        for path in paths
    }
    times = interleaved({path.name: path.run for path in paths}, rounds)
    paper = times["paper"]
    return [
        {
            "name": path.name,
            "text": path.text,
            **asdict(parities[path.name]),
            "seconds": round(times[path.name].wall, 4),
            "cpu_seconds": round(times[path.name].cpu, 4),
            "ratio_over_paper": round(paper.wall / times[path.name].wall, 2),
            "cpu_ratio_over_paper": round(paper.cpu / times[path.name].cpu, 2),
            "ratio_of_ours": round(times[path.name].wall / times[ours.name].wall, 2),
        }
        for path in paths
    ]
