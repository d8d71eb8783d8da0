"""Send many damaged inputs through every door, and write down what came of them.

    python -m Testing.fuzz.run --inputs 200000 --record output/fuzz [TARGET...]

An input belongs to its target, seed and number, so any of them can be made again with
``--again TARGET NUMBER``. A process takes thousands of inputs; if one kills it, the next goes on
after that input, which is recorded as a crash.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from Testing.fuzz.target import attempt
from Testing.fuzz.targets import MAKERS, PER_MILLE, target

CHUNK = 10_000
GIBIBYTE = 2**30
CRASHES_SHOWN = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(MAKERS))
    parser.add_argument("--inputs", type=int, default=20_000, help="in all (20000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--record", type=Path, default=Path("output/fuzz"), metavar="DIR")
    parser.add_argument("--again", nargs=2, metavar=("TARGET", "NUMBER"), help="one input alone")
    parser.add_argument("--part", nargs=2, type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.again:
        name, number = chosen.again
        part(name, chosen.seed, int(number), int(number) + 1, Path(tempfile.mkdtemp()))
        return 0
    if chosen.part:
        part(chosen.targets[0], chosen.seed, *chosen.part, chosen.record)
        return 0
    chosen.record.mkdir(parents=True, exist_ok=True)
    names = chosen.targets or list(MAKERS)
    shares = {name: PER_MILLE[name] / sum(PER_MILLE[one] for one in names) for name in names}
    crashes = sum(
        whole(name, chosen.seed, round(share * chosen.inputs), chosen.record)
        for name, share in shares.items()
    )
    return 1 if crashes else 0


def whole(name: str, seed: int, inputs: int, record: Path) -> int:
    """All inputs of one target, in processes of their own; writes ``NAME.json``."""
    total: Counter[str] = Counter()
    refusals: Counter[str] = Counter()
    crashes, slowest, memory, first = [], 0.0, 0, 0
    while first < inputs:
        last = min(first + CHUNK, inputs)
        with tempfile.TemporaryDirectory() as folder:
            done = run_part(name, seed, first, last, Path(folder))
        total.update(done["kinds"])
        refusals.update(done["refusals"])
        crashes += done["crashes"]
        slowest, memory = max(slowest, done["slowest"]), max(memory, done["memory"])
        first = done["next"]
        result = {
            "target": target(name).name,
            "seed": seed,
            "inputs": sum(total.values()),
            **{kind: total[kind] for kind in ("refused", "accepted", "crash")},
            "refusals": dict(refusals.most_common()),
            "slowest_s": round(slowest, 2),
            "peak_mib": memory,
            "crashes": crashes,
        }
        (record / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")
    shown = {key: value for key, value in result.items() if key not in ("crashes", "refusals")}
    sys.stdout.write(f"{shown}\n")
    for crash in crashes[:CRASHES_SHOWN]:
        sys.stdout.write(f"  {crash['number']}: {crash['error']}\n")
    sys.stdout.flush()
    return total["crash"]


def run_part(name: str, seed: int, first: int, last: int, folder: Path) -> dict:
    """One process; where an input killed it, what was done before and that crash."""
    command = [sys.executable, "-m", "Testing.fuzz.run", name, "--seed", str(seed)]
    command += ["--part", str(first), str(last), "--record", str(folder)]
    process = subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
    done = json.loads((folder / "done.json").read_text())
    if process.returncode:
        number = int((folder / "number").read_text())
        killed = {"number": number, "error": f"the process ended with {process.returncode}"}
        done["kinds"]["crash"] = done["kinds"].get("crash", 0) + 1
        done["crashes"].append(killed)
        done["next"] = number + 1
    return done


def part(name: str, seed: int, first: int, last: int, folder: Path) -> None:
    """Inputs of one target in this process."""
    door = target(name)
    kinds: Counter[str] = Counter()
    refusals: Counter[str] = Counter()
    crashes, slowest = [], 0.0
    with tempfile.TemporaryDirectory(dir=shared_memory()) as place:
        inside = Path(place)
        door.lay_out(inside)
        for intact in door.damaged:
            outcome = attempt(door, inside, intact, door.files[intact])
            if outcome.kind != "accepted":
                raise SystemExit(f"{name}: the intact {intact} is not accepted: {outcome}")
        limit_memory()
        for number in range(first, last):
            if number % 100 == 0 or number == first:
                write_done(folder, kinds, refusals, crashes, slowest, number)
            (folder / "number").write_text(str(number))
            file, content = door.input(f"{seed} {number}")
            outcome = attempt(door, inside, file, content)
            kinds[outcome.kind] += 1
            slowest = max(slowest, outcome.seconds)
            if outcome.kind == "refused":
                refusals[outcome.error] += 1
            if outcome.kind == "crash":
                crashes.append(
                    {"number": number, "file": file, "error": outcome.error, "trace": outcome.trace}
                )
        write_done(folder, kinds, refusals, crashes, slowest, last)
    if last == first + 1:
        sys.stdout.write(f"{file}: {outcome.kind} {outcome.error}\n{outcome.trace}")


def write_done(folder: Path, kinds, refusals, crashes, slowest, number) -> None:
    """What this process has done so far."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    done = {"kinds": kinds, "refusals": refusals, "crashes": crashes, "slowest": slowest}
    (folder / "done.json").write_text(json.dumps({**done, "memory": memory, "next": number}))


def limit_memory() -> None:
    """An input that asks for a gibibyte more than the intact ones is a crash."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + GIBIBYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def shared_memory() -> str | None:
    """Where small files are written fastest."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


if __name__ == "__main__":
    sys.exit(main())
