"""How long the panel stands still during a run: the largest gap of a 20 ms timer, by stage.

``python -m Testing.widget.responsiveness`` prints it for the shipped model and scan, and what a run
costs from the click to the drawn findings. Torch is not loaded before the scan is chosen; choosing
it loads torch and warms the model up.
"""

import time

import slicer
from PySide6 import QtCore

from BMLesionSegLib.resources import resource
from Testing.bench.scene.vtk_errors import vtk_errors
from Testing.bench.window.install import Window
from Testing.bench.window.module_window import ModuleWindow
from Testing.widget.user import User

PERIOD_MS = 20


def main() -> None:
    """Choose the scan, and run three times, as a user does with three scans."""
    vtk_errors()
    Window()
    window = ModuleWindow()
    user = User(window)
    panel = window.widget.panel
    volumes = panel.logic.addScan(load())
    began, cpu = time.perf_counter(), time.process_time()
    panel.chooseVolumes(volumes)
    user.wait()
    report("choosing the scan", began, cpu)
    for label in ("first run", "second run", "third run"):
        gaps: dict[str, float] = {}
        last = [time.perf_counter()]

        def tick(gaps=gaps, last=last) -> None:
            now = time.perf_counter()
            stage = window.ui.statusLabel.text.split(":")[0] or "start"
            gaps[stage] = max(gaps.get(stage, 0.0), now - last[0])
            last[0] = now

        timer = QtCore.QTimer()
        timer.setInterval(PERIOD_MS)
        timer.timeout.connect(tick)
        timer.start()
        began, cpu = time.perf_counter(), time.process_time()
        user.segment()
        report(label, began, cpu)
        timer.stop()
        run = panel.logic._sessions._run
        print(label, {stage: round(gap, 2) for stage, gap in gaps.items()})  # noqa: T201
        print("seconds", {stage: round(took, 2) for stage, took in run.seconds.items()})  # noqa: T201
    slicer.mrmlScene.Clear(0)
    window.close()


def report(label: str, began: float, cpu: float) -> None:
    """Seconds since then, on the clock and of the processor."""
    wall, spent = time.perf_counter() - began, time.process_time() - cpu
    print(f"{label}: {wall:.2f} s, processor {spent:.2f} s")  # noqa: T201


def load():
    """The shipped scan."""
    from BMLesionSegLib.reading import load_scan

    return load_scan(resource("SampleData", "simulated-patient", "scan.dcm"))


if __name__ == "__main__":
    main()
