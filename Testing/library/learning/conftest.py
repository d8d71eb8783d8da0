"""The tiny model on disk, as the command line's tests have it."""

from Testing.library.cli.conftest import tiny_model

__all__ = ["tiny_model"]
