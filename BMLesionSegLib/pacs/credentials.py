"""Who we are to an archive, and whom we trust: from the environment alone."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from BMLesionSegLib.errors import ArchiveRefused

if TYPE_CHECKING:
    from ssl import Purpose, SSLContext

PREFIX = "BMLESIONSEG_PACS_"


@dataclass(frozen=True)
class Credentials:
    """What the environment gives; secrets are not shown when this is printed.

    Attributes:
        user: of HTTP basic authentication, with its password.
        password: the user's.
        token: of HTTP bearer authentication, instead of both.
        authorities: PEM file of the certificate authorities to trust, instead of the public ones.
        certificate: PEM file of our own certificate, for archives that ask for one.
        key: PEM file of its private key, where ``certificate`` does not hold it.
    """

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    authorities: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Credentials":
        """Read the variables ``BMLESIONSEG_PACS_USER``, ``_PASSWORD`` and so on.

        Raises:
            ArchiveRefused: half a pair, both ways at once, or a file that does not exist.
        """

        def value(name: str) -> str | None:
            return environment.get(PREFIX + name, "").strip() or None

        def file(name: str) -> Path | None:
            path = value(name)
            return existing_file(PREFIX + name, Path(path)) if path else None

        found = cls(
            value("USER"),
            value("PASSWORD"),
            value("TOKEN"),
            file("CA"),
            file("CERTIFICATE"),
            file("KEY"),
        )
        found.check()
        return found

    @property
    def any_secret(self) -> bool:
        """True where a password or token would be sent."""
        return self.user is not None or self.token is not None

    def check(self) -> None:
        """Refuse what does not belong together.

        Raises:
            ArchiveRefused: half a pair, or both ways at once.
        """
        half = (self.user is None) != (self.password is None)
        if half or (self.user and self.token):
            raise ArchiveRefused(
                "an archive is entered with a user and a password, or with a token",
                "half of a pair is set, or both",
                f"Set {PREFIX}USER and {PREFIX}PASSWORD, or {PREFIX}TOKEN alone.",
            )
        if self.key and not self.certificate:
            raise ArchiveRefused(
                "a private key belongs to a certificate",
                "the key alone is set",
                f"Set {PREFIX}CERTIFICATE too.",
            )

    def tls(self, purpose: "Purpose") -> "SSLContext":
        """What is trusted and shown on an encrypted connection; certificates are always checked.

        Raises:
            ArchiveRefused: the certificate files cannot be used.
        """
        import ssl

        try:
            context = ssl.create_default_context(purpose, cafile=self.authorities)
            if self.certificate:
                context.load_cert_chain(self.certificate, self.key, password="")
        except (OSError, ValueError):
            raise ArchiveRefused(
                "certificates and keys are PEM files, a key without a pass phrase",
                "one cannot be used",
                f"Check {PREFIX}CA, {PREFIX}CERTIFICATE and {PREFIX}KEY.",
            ) from None
        return context


def existing_file(variable: str, path: Path) -> Path:
    """The path, if there is such a file.

    Raises:
        ArchiveRefused: there is none.
    """
    if not path.is_file():
        raise ArchiveRefused(
            f"{variable} names a file", "there is no such file", "Check that variable."
        )
    return path
