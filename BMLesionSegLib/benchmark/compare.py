"""One run: parity of every way first, then their times in turn, then a scan stage by stage."""

from dataclasses import asdict
from pathlib import Path as File
from typing import TYPE_CHECKING, Any

from BMLesionSegLib.benchmark.machine import machine_facts, peak_megabytes
from BMLesionSegLib.benchmark.paths import Path, Scene, monai_path, own_path, paper_path, parity_of
from BMLesionSegLib.benchmark.stages import WHOLE, cold_and_warm
from BMLesionSegLib.benchmark.timing import interleaved
from BMLesionSegLib.bundles import Bundle, find_bundle, load_bundle
from BMLesionSegLib.errors import DeviceRefused, PackagesMissing
from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.inference.devices import Device, choose_device
from BMLesionSegLib.preparation import prepare
from BMLesionSegLib.reading import load_scan

if TYPE_CHECKING:
    from torch import nn

OPTIONAL_ENGINES = ("openvino",)
ARCHITECTURE = "multi_attention"


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
    scene = Scene.of([prepare(view) for view in load_scan(file)])
    paths, refused = the_paths(bundle, preset, chosen, scene)
    rows = timed(paths, scene, bundle.manifest.threshold, rounds)
    ratios = {row["name"]: row["ratio_of_ours"] for row in rows}
    return {
        "network_ms": round(1000 * rows[0]["seconds"], 1),
        "end_to_end_s": scans["torch"]["warm"][WHOLE] if scans else None,
        "peak_mb": peak if scans else None,
        "ratio_over_paper": ratios["paper"],
        "ratio_over_monai": ratios.get("monai"),
        "model": preset or bundle.manifest.name,
        "tiles": len(scene.tiles),
        "rounds": rounds,
        "paths": rows,
        "end_to_end": scans,
        "missing": missing | refused,
        "machine": facts,
    }


def the_paths(
    bundle: Bundle, preset: str | None, device: Device, scene: Scene
) -> tuple[list[Path], dict[str, str]]:
    """Every way that this machine has, ours first and the paper's second; and why others lack."""

    def network() -> "nn.Module":
        return bundle.network() if preset is None else random_network(preset)

    paths = [own_path(network(), device, scene, "torch"), paper_path(network(), device, scene)]
    missing = {}
    makers = {
        engine: lambda engine=engine: own_path(network(), device, scene, engine)
        for engine in OPTIONAL_ENGINES
    }
    for name, make in (makers | {"monai": lambda: monai_path(network(), device, scene)}).items():
        try:
            paths.append(make())
        except (DeviceRefused, PackagesMissing) as error:
            missing[name] = str(error)
    return paths, missing


def random_network(preset: str) -> "nn.Module":
    """The paper's network in another size, untrained; the same every time."""
    import torch

    from BMLesionSegLib.networks import build_network, preset_arguments

    torch.manual_seed(0)
    return build_network(ARCHITECTURE, preset_arguments(ARCHITECTURE, preset)).eval()


def timed(paths: list[Path], scene: Scene, threshold: float, rounds: int) -> list[dict[str, Any]]:
    """A row a way: parity with the paper's, which is eager float32, and times."""
    ours, paper = paths[:2]
    reference = paper.run()
    parities = {path.name: parity_of(path, reference, scene, threshold) for path in paths}
    times = interleaved({path.name: path.run for path in paths}, rounds)
    return [
        {
            "name": path.name,
            "text": path.text,
            **asdict(parities[path.name]),
            "seconds": round(times[path.name].wall, 4),
            "cpu_seconds": round(times[path.name].cpu, 4),
            "ratio_over_paper": round(times[paper.name].wall / times[path.name].wall, 2),
            "cpu_ratio_over_paper": round(times[paper.name].cpu / times[path.name].cpu, 2),
            "ratio_of_ours": round(times[path.name].wall / times[ours.name].wall, 2),
        }
        for path in paths
    ]
