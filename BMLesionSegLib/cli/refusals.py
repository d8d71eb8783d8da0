"""A refusal as the user sees it: one line on stderr."""

import sys

from BMLesionSegLib.errors import BMLesionSegError


def report(error: BMLesionSegError, about: str | None = None) -> None:
    """Print ``error: `` and one line.

    Args:
        error: what was refused.
        about: the input that it concerns, never its path: paths carry patients' names.
    """
    print(f"error: {f'{about}: ' if about else ''}{error}", file=sys.stderr)
