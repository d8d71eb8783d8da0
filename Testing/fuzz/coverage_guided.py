"""Fuzzing that follows the code it reaches, by atheris; our own damage is its mutator.

    python -m Testing.fuzz.coverage_guided TARGET [-runs=N] [-max_total_time=SECONDS]

It stops at the first crash and keeps the input, as libFuzzer does.
"""

import sys
import tempfile
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["BMLesionSegLib", "pydicom"]):
    from Testing.fuzz.target import attempt
    from Testing.fuzz.targets import MAKERS, target


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in MAKERS:
        raise SystemExit(f"usage: coverage_guided {{{','.join(MAKERS)}}} [-runs=N]")
    door = target(sys.argv.pop(1))
    with tempfile.TemporaryDirectory() as place:
        folder, corpus = Path(place) / "input", Path(place) / "corpus"
        door.lay_out(folder)
        corpus.mkdir()
        # An input is the number of the file that it stands for, and the file's bytes.
        for number, name in enumerate(door.damaged):
            (corpus / str(number)).write_bytes(bytes([number]) + door.files[name])

        def name_of(data: bytes) -> str:
            return door.damaged[data[0] % len(door.damaged)]

        def mutate(data: bytes, size: int, seed: int) -> bytes:
            if not data or seed % 4 == 0:
                return atheris.Mutate(data, size)
            try:
                return (data[:1] + door.damage(data[1:], Random(seed), name_of(data)))[:size]
            except Exception:
                # Already too damaged to be taken apart, in whatever way.
                return atheris.Mutate(data, size)

        def one(data: bytes) -> None:
            if data:
                outcome = attempt(door, folder, name_of(data), data[1:])
                if outcome.kind == "crash":
                    raise RuntimeError(outcome.trace)

        largest = max(len(content) for content in door.files.values())
        arguments = [sys.argv[0], str(corpus), f"-max_len={2 * largest + 20_000}", *sys.argv[1:]]
        atheris.Setup(arguments, one, custom_mutator=mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
