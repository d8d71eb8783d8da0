"""Drawing without a screen: Mesa's software renderer, chosen before VTK opens its first window."""

import ctypes.util
import os

import pytest


def need_offscreen() -> None:
    """Without OSMesa the test skips, and fails where CI=true."""
    if ctypes.util.find_library("OSMesa") is not None:
        os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkOSOpenGLRenderWindow")
        return
    reason = "OSMesa is not installed (Debian package libosmesa6)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
