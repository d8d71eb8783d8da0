"""Rows made up by hand."""

from BMLesionSegLib.learning.experiments.row import Row

TALLY = ((10, 0, 0, 2, 2, 0),)


def row(label, seed=1, rate=1e-3, validation=0.5, tally=TALLY, rising=False, trained=True):
    """A finished row with these sums of its test patients."""
    return Row(
        identity={"network": label, "seed": seed},
        label=label,
        learning_rate=rate,
        seed=seed,
        parameters=7_000_000,
        gmac=4.84,
        device="CPU (1 threads)",
        date="2026-01-01",
        minutes=1.0,
        validation_dsc=validation,
        threshold=0.5,
        still_rising=rising,
        figures={"views": 2 * len(tally)},
        tally=[list(patient) for patient in tally],
        trained=trained,
    )
