"""What Python itself reports of pickles and connections, while a test watches.

An audit hook (PEP 578) cannot be removed, so one is set and told when to listen.
"""

import ipaddress
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
CONNECTIONS = ("socket.connect", "socket.sendto", "socket.bind")


class _Heard:
    listening = False
    events: tuple[tuple[str, str], ...] = ()


@cache
def _listen() -> None:
    def hook(event: str, arguments: tuple) -> None:
        if not _Heard.listening:
            return
        if event == "pickle.find_class":
            _Heard.events += ((event, ".".join(map(str, arguments))),)
        elif event in LOOKUPS and not is_loopback(arguments[0]):
            _Heard.events += ((event, str(arguments[0])),)
            raise ConnectionRefusedError("a test forbids it")
        elif event in CONNECTIONS and is_outside(arguments[1]):
            _Heard.events += ((event, str(arguments[1])),)
            raise ConnectionRefusedError("a test forbids it")

    sys.addaudithook(hook)


def is_outside(address: object) -> bool:
    """Whether a socket's address is on a network; a path or kernel address is not."""
    return isinstance(address, tuple) and not is_loopback(address[0])


def is_loopback(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host if isinstance(host, str) else host.decode()).is_loopback
    except (AttributeError, ValueError):
        return False


@contextmanager
def watched(*kinds: str) -> Iterator[None]:
    """Forbid connections beyond this computer, and fail at the end if one of ``kinds`` happened.

    Args:
        kinds: beginnings of audit events, "socket" or "pickle".
    """
    _listen()
    _Heard.events, _Heard.listening = (), True
    try:
        yield
    finally:
        _Heard.listening = False
    heard = [event for event in _Heard.events if event[0].startswith(kinds)]
    if heard:
        raise AssertionError(str(heard))
