"""A small load generator: threads with kept connections, raw bytes in, status and length out."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


class Unexpected(Exception):
    """The server answered otherwise than the job needs; a figure made of refusals would be worth nothing."""


class Client:
    """One kept HTTP/1.1 connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None

    def send(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        return self._answer(self._socket)

    def _answer(self, connection: socket.socket) -> tuple[int, bytes, bytes]:
        read = b""
        while b"\r\n\r\n" not in read:
            read += self._more(connection)
        head, _, body = read.partition(b"\r\n\r\n")
        low = head.lower()
        if b"content-length: " in low:
            length = int(low.split(b"content-length: ", 1)[1].split(b"\r\n", 1)[0])
            while len(body) < length:
                body += self._more(connection)
        elif b"transfer-encoding: chunked" in low:
            while not body.endswith(b"0\r\n\r\n"):
                body += self._more(connection)
        if b"connection: close" in low:
            self.close()
        return int(head[9:12]), head, body

    @staticmethod
    def _more(connection: socket.socket) -> bytes:
        read = connection.recv(65536)
        if not read:
            raise Unexpected("the server closed the connection")
        return read

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def request(method: str, path: str, headers: dict[str, str], body: str = "") -> bytes:
    content = body.encode()
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]).encode() + content


@dataclass
class Load:
    """What a round of load came to. `times` in seconds, one for each answer."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds


def drive(
    port: int, requests: list[Iterator[bytes]], seconds: float, expected: Callable[[int, bytes], bool]
) -> Load:
    """Send each iterator's requests over a connection of its own, all at once, for so long."""
    load, lock, troubles = Load(), threading.Lock(), []
    gate = threading.Barrier(len(requests) + 1)

    def one(mine: Iterator[bytes]) -> None:
        client, times = Client(port), []
        try:
            gate.wait()
            until = time.perf_counter() + seconds
            for sending in mine:
                began = time.perf_counter()
                if began >= until:
                    break
                status, head, body = client.send(sending)
                times.append(time.perf_counter() - began)
                if not expected(status, head):
                    raise Unexpected(f"{status}: {head[:300]!r} {body[:600]!r}")
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            client.close()
            with lock, contextlib.suppress(ValueError):
                load.times += times

    threads = [threading.Thread(target=one, args=(mine,)) for mine in requests]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - began
    if troubles:
        raise troubles[0]
    return load
