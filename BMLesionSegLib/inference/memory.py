"""Memory that one scan has freed goes back to the system before the next one comes."""

import ctypes
import sys


def give_back_memory() -> None:
    """Ask the C library to hand freed memory back, so that a thousand scans need what ten do.

    glibc keeps freed pieces of up to 32 MB, which a network's activations break up into ever less
    useful ones; the call costs some 20 ms. Other systems have none and are left alone.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
