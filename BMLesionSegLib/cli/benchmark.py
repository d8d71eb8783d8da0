"""``bmlesionseg benchmark``: this machine's speed against the plain ways, in one run."""

import argparse
import json
from typing import Any

from BMLesionSegLib.cli.arguments import add_model, positive
from BMLesionSegLib.resources import resource


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``benchmark``."""
    parser = commands.add_parser("benchmark", help="the speed of this machine")
    add_model(parser)
    parser.add_argument(
        "--preset",
        choices=("small-pair", "small-view", "small", "base32-view", "base32", "base64"),
        help="the paper's network in this size, untrained, in the model's place",
    )
    parser.add_argument("--rounds", type=positive, default=7, metavar="N", help="of timing (7)")
    parser.add_argument(
        "--scans",
        type=positive,
        nargs="+",
        metavar="N",
        help="what a scan costs when so many follow each other, instead of the comparison",
    )
    parser.add_argument(
        "--processes", type=positive, default=1, metavar="W", help="side by side, for --scans (1)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure and print."""
    from BMLesionSegLib.benchmark.compare import compare
    from BMLesionSegLib.benchmark.growth import growth
    from BMLesionSegLib.benchmark.machine import machine_facts

    file = resource("SampleData", "simulated-patient", "scan.dcm")
    if arguments.scans:
        counts, processes = arguments.scans, arguments.processes
        rows = growth(file, arguments.model, arguments.engine, counts, processes)
        if arguments.json:
            print(json.dumps({"growth": list(rows), "machine": machine_facts()}))
        else:
            for row in rows:
                print(growth_line(row), flush=True)
        return 0
    report = compare(file, arguments.model, arguments.preset, arguments.device, arguments.rounds)
    print(json.dumps(report) if arguments.json else "\n".join(lines(report)))
    return 0


def lines(report: dict[str, Any]) -> list[str]:
    """The comparison for a person."""
    tall, wide = report["tile_shape"]
    shown = [
        f"Model {report['model']}, {report['tiles']} tiles of {tall} x {wide} pixels,"
        f" medians of {report['rounds']} rounds.",
        f"{'way':10s} {'ms':>8s} {'CPU ms':>8s} {'x paper':>8s} {'x CPU':>6s}"
        f" {'logit off':>10s} {'pixels':>7s}",
    ]
    shown += [
        f"{row['name']:10s} {1000 * row['seconds']:8.0f} {1000 * row['cpu_seconds']:8.0f}"
        f" {row['ratio_over_paper']:8.2f} {row['cpu_ratio_over_paper']:6.2f}"
        f" {parity_of(row)}  {row['text']}"
        for row in report["paths"]
    ]
    for engine, scans in report["end_to_end"].items():
        for kind, stages in scans.items():
            parts = ", ".join(f"{stage} {1000 * took:.0f}" for stage, took in stages.items())
            shown.append(f"A scan, {engine}, {kind}, in ms: {parts}")
    shown += [f"Not run: {name}: {why}" for name, why in report["missing"].items()]
    shown.append(f"Peak memory {report['peak_mb']} MB" if report["peak_mb"] else "")
    machine = ", ".join(f"{name} {value}" for name, value in report["machine"].items())
    return [*filter(None, shown), machine]


def parity_of(row: dict[str, Any]) -> str:
    """How far a way's answer is from the plain one's; nothing of another network's."""
    if row["pixels_changed"] is None:
        return f"{'-':>10s} {'-':>7s}"
    return f"{row['largest_logit_difference']:10.1e} {row['pixels_changed']:7d}"


def growth_line(row: dict[str, Any]) -> str:
    """One number of scans."""
    return (
        f"{row['scans']:6.0f} scans in each of {row['processes']} processes:"
        f" {row['cpu_s_a_scan']:.2f} CPU s a scan, the last {row['cpu_s_a_scan_now']:.2f},"
        f" {row['seconds']:.0f} s, {row['peak_mb']} MB"
    )
