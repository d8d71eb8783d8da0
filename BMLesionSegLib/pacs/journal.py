"""What was stored where, so that a store which broke off goes on where it stopped."""

import json
from hashlib import sha256
from pathlib import Path

from BMLesionSegLib.bundles.find import user_models_folder
from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.exporting.atomic import atomic_path


def user_journal_folder() -> Path:
    """Beside the user's models: one small file an archive and study."""
    return user_models_folder().with_name("Archive")


class Journal:
    """The objects of one study that an archive has confirmed, by the hash of their UID.

    Args:
        folder: of all journals; made if need be.
        archive: its address.
        study_uid: study instance UID.

    Raises:
        OutputRefused: it cannot be read or written: better to know before anything is sent.
    """

    def __init__(self, folder: Path, archive: str, study_uid: str) -> None:
        self._path = folder / hashed(archive)[:12] / f"{hashed(study_uid)[:12]}.json"
        self._write(self._read())

    def holds(self, sop_instance_uid: str) -> bool:
        """True where the archive has confirmed this object."""
        return hashed(sop_instance_uid) in self._read()

    def note(self, sop_instance_uid: str) -> None:
        """Remember that the archive has confirmed this object."""
        self._write(self._read() | {hashed(sop_instance_uid)})

    def _read(self) -> set[str]:
        try:
            stored = json.loads(self._path.read_text("utf-8"))["stored"]
            return {str(entry) for entry in stored}
        except FileNotFoundError:
            return set()
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            raise OutputRefused(
                "the journal of what was stored can be read",
                f"{self._path} is damaged or closed",
                "Delete it; what the archive holds already, it knows by its UID.",
            ) from None

    def _write(self, stored: set[str]) -> None:
        text = json.dumps({"stored": sorted(stored)}, indent=1)
        with atomic_path(self._path) as temporary:
            temporary.write_text(text + "\n", encoding="utf-8", newline="\n")


def hashed(text: str) -> str:
    """SHA-256: tells two objects apart without naming either."""
    return sha256(text.encode()).hexdigest()
