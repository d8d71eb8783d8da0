"""``python -m BMLesionSegLib``: the same as ``bmlesionseg``."""

import sys

from BMLesionSegLib.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
