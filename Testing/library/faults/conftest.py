"""Views that a tiny training learns from."""

from Testing.library.learning.training.conftest import phantom_views

__all__ = ["phantom_views"]
