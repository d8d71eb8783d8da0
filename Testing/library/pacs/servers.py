"""Archives that misbehave: silent, cut off, talking nonsense."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port of this computer; every caller is served in a thread of its own."""
    door = socket.create_server(("127.0.0.1", 0))
    callers: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                caller, _ = door.accept()
            except OSError:
                return
            callers.append(caller)
            threading.Thread(target=serve, args=(caller,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield door.getsockname()[1]
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        for caller in callers:
            caller.close()
        thread.join(5)


def silent_server(words: bytes = b""):
    """Accepts, says these words at most, and then nothing."""
    return listening(lambda caller: caller.sendall(words) if words else None)


@dataclass
class Line:
    """A line to an archive: its own port, and the bytes that will still go through."""

    port: int
    passes: float


@contextmanager
def proxy(port: int, passes: float, hang: bool = False) -> Iterator[Line]:
    """A line to an archive that is dead once this many bytes have gone to it, over all calls.

    Args:
        port: of the archive.
        passes: bytes that go through.
        hang: a dead line says and takes nothing, instead of hanging up.
    """
    line = Line(0, passes)
    done = threading.Event()

    def forward(source: socket.socket, target: socket.socket) -> None:
        while data := source.recv(4096):
            line.passes -= len(data)
            if line.passes < 0:
                done.wait(30 if hang else 0)
                return
            target.sendall(data)

    with listening(lambda caller: between(caller, port, forward)) as line.port:
        try:
            yield line
        finally:
            done.set()


@contextmanager
def tls_door(port: int, certificate: Path) -> Iterator[int]:
    """Encrypts what an archive says in clear.

    Args:
        port: of the archive.
        certificate: PEM file, with its key.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def serve(caller: socket.socket) -> None:
        try:
            between(context.wrap_socket(caller, server_side=True), port, pour)
        except OSError:
            shut(caller)

    with listening(serve) as own_port:
        yield own_port


def between(
    caller: socket.socket, port: int, forward: Callable[[socket.socket, socket.socket], None]
) -> None:
    """Pour what a caller says to a port by ``forward``, and back, until one of them ends."""
    archive = socket.create_connection(("127.0.0.1", port))
    back = threading.Thread(target=pour_quietly, args=(archive, caller), daemon=True)
    back.start()
    with suppress(OSError):
        forward(caller, archive)
    shut(archive)
    back.join(5)


def pour(source: socket.socket, target: socket.socket) -> None:
    while data := source.recv(4096):
        target.sendall(data)


def pour_quietly(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        pour(source, target)
    shut(target)


def shut(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def http_server(
    answer: Callable[[str], tuple[int, dict[str, str], bytes]],
) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A web server that answers every request by its path; gives its address and the headers that
    came."""
    came: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.append(dict(self.headers))
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers, body = answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/dicom-web", came
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
