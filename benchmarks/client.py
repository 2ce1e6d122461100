"""A small load generator: any number of visitors on keep-alive sockets in one thread, each living a story.

A story is a generator: it yields the bytes of a request and is sent the `Reply`. When it ends, it is counted
and the next story begins on the same socket. Costs some 30 µs of CPU a request: little beside the server.
"""

import selectors
import socket
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

Story = Generator[bytes, "Reply", None]
END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header; raises `ValueError` when it is not there."""
        start = self.head.lower().index(f"\r\n{name.lower()}: ".encode()) + len(name) + 4
        return self.head[start:].split(b"\r\n", 1)[0].decode()


@dataclass
class Tally:
    """What a run came to. `seconds` is measured, `latencies` are of whole stories."""

    seconds: float = 0.0
    stories: int = 0
    requests: int = 0
    latencies: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return self.stories / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


class Visitor:
    """One keep-alive connection."""

    def __init__(self, address: tuple[str, int], stories: Callable[[], Story], tally: Tally) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stories, self.tally, self.heard = stories, tally, b""
        self.begin()

    def begin(self) -> None:
        self.story, self.began = self.stories(), time.perf_counter()
        self.socket.sendall(next(self.story))

    def hear(self, more: bool) -> bool:
        """Reads what has come. False when there is nothing left to do (`more`: whether to begin anew)."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("the server closed a keep-alive connection")
        self.heard += piece
        reply = self._whole()
        if reply is None:
            return True
        self.tally.requests += 1
        try:
            self.socket.sendall(self.story.send(reply))
        except StopIteration:
            self.tally.stories += 1
            self.tally.latencies.append(time.perf_counter() - self.began)
            if not more:
                return False
            self.begin()
        return True

    def _whole(self) -> Reply | None:
        end = self.heard.find(END_OF_HEAD)
        if end < 0:
            return None
        head = self.heard[:end]
        lower = head.lower()
        at = lower.find(b"\r\ncontent-length:")
        length = int(lower[at + 17 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self.heard) < end + 4 + length:
            return None
        body, self.heard = self.heard[end + 4 : end + 4 + length], self.heard[end + 4 + length :]
        return Reply(int(head[9:12]), head, body)


def run(port: int, visitors: int, seconds: float, stories: Callable[[], Story]) -> Tally:
    """`visitors` at once for `seconds`; stories begun in time are finished and counted."""
    tally = Tally()
    with selectors.DefaultSelector() as selector:
        began = time.perf_counter()
        for _ in range(visitors):
            visitor = Visitor(("127.0.0.1", port), stories, tally)
            selector.register(visitor.socket, selectors.EVENT_READ, visitor)
        while selector.get_map():
            for key, _ in selector.select():
                if not key.data.hear(time.perf_counter() - began < seconds):
                    selector.unregister(key.fileobj)
                    key.data.socket.close()
        tally.seconds = time.perf_counter() - began
    return tally


def get(path: str, **headers: str) -> bytes:
    """A GET request as bytes."""
    return _request("GET", path, headers)


def post(path: str, form: bytes, **headers: str) -> bytes:
    """A form sent as a browser on our own page sends it."""
    headers |= {
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(form)),
    }
    return _request("POST", path, headers) + form


def _request(method: str, path: str, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()
