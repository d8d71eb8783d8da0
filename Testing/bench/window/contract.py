"""What the module uses of qt, ctk, qMRML and MRML, as written down in ``contract.json``."""

import json
from pathlib import Path

CONTRACT = Path(__file__).parents[1] / "contract.json"


def read_contract() -> dict[str, list[str]]:
    """Members by class; a class is named as the module writes it, e.g. ``qt.QPushButton``."""
    members: dict[str, list[str]] = json.loads(CONTRACT.read_text(encoding="utf-8"))
    return members


def contract_names(module: str) -> list[str]:
    """The classes of one Python module."""
    prefix = f"{module}."
    return [name.removeprefix(prefix) for name in read_contract() if name.startswith(prefix)]
