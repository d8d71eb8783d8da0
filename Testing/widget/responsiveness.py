"""How long the panel stands still during a run: the largest gap of a 20 ms timer, by stage.

``python -m Testing.widget.responsiveness`` prints it for the shipped model and scan, and what a run
costs from the click to the drawn findings. Torch is not loaded before the scan is chosen; choosing
it loads torch and warms the model up.
"""

import time

import slicer
from PySide6 import QtCore

from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.resources import resource
from Testing.bench.scene.vtk_errors import vtk_errors
from Testing.bench.window.install import Window
from Testing.bench.window.module_window import ModuleWindow
from Testing.widget.user import User

PERIOD_MS = 20


class Gaps:
    """The largest gap of the timer for each thing that the panel says."""

    def __init__(self) -> None:
        self.largest: dict[str, float] = {}
        self._said = [(time.perf_counter(), "start")]
        self._last = time.perf_counter()

    def say(self, text: str) -> None:
        """The panel says this from now on."""
        self._said.append((time.perf_counter(), text.split(":")[0]))

    def tick(self) -> None:
        """The timer fires: the gap is charged to what stood in the panel for most of it."""
        now = time.perf_counter()
        ends = [*(when for when, _ in self._said[1:]), now]
        parts: dict[str, float] = {}
        for (began, text), ended in zip(self._said, ends, strict=True):
            parts[text] = parts.get(text, 0.0) + ended - max(began, self._last)
        longest = max(parts, key=lambda text: parts[text])
        self.largest[longest] = max(self.largest.get(longest, 0.0), now - self._last)
        self._said, self._last = self._said[-1:], now


def watched(panel, gaps: Gaps) -> list:
    """The runs that the panel starts from now on; ``gaps`` hears what it says of them."""
    from BMLesionSegPanel.run_box import sentence

    runs = []
    start = type(panel.logic).start

    def start_watched(*arguments, **named):
        run = start(panel.logic, *arguments, **named)
        run.changed.connect(lambda: gaps.say(sentence(run)))
        runs.append(run)
        return run

    panel.logic.start = start_watched
    return runs


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
        gaps = Gaps()
        timer = QtCore.QTimer()
        timer.setInterval(PERIOD_MS)
        timer.timeout.connect(gaps.tick)
        timer.start()
        runs = watched(panel, gaps)
        began, cpu = time.perf_counter(), time.process_time()
        user.segment()
        report(label, began, cpu)
        timer.stop()
        print(label, {text: round(gap, 2) for text, gap in gaps.largest.items()})  # noqa: T201
        print("seconds", {stage: round(took, 2) for stage, took in runs[0].seconds.items()})  # noqa: T201
    slicer.mrmlScene.Clear(0)
    window.close()


def report(label: str, began: float, cpu: float) -> None:
    """Seconds since then, on the clock and of the processor."""
    wall, spent = time.perf_counter() - began, time.process_time() - cpu
    print(f"{label}: {wall:.2f} s, processor {spent:.2f} s")  # noqa: T201


def load():
    """The shipped scan."""

    return load_scan(resource("SampleData", "simulated-patient", "scan.dcm"))


if __name__ == "__main__":
    main()
