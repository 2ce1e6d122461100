"""A server that answers with recorded bytes, and remembers what it was asked.

`asked` holds the JSON calls (path, headers, body); `called` every call (method, path and body as text).
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any


@dataclass
class Canned:
    """The answer until the next `says`; `replies` are those of single paths, JSON or text.

    `drip_seconds` pauses after each byte of the body.
    """

    base_url: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    drip_seconds: float = 0
    promised_length: int | None = None
    replies: dict[str, object] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    called: list[tuple[str, str]] = field(default_factory=list)
    heard: Condition = field(default_factory=Condition)

    def says(self, body: object, status: int = 200, **headers: str) -> None:
        """Bytes and text as they are, anything else as JSON."""
        self.body = _bytes(body)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def body_for(self, path: str) -> bytes:
        return _bytes(self.replies[path]) if path in self.replies else self.body

    def wait_for(self, calls: int) -> None:
        """Until so many requests came. Raises `TimeoutError` after ten seconds."""
        with self.heard:
            if not self.heard.wait_for(lambda: len(self.called) >= calls, timeout=10):
                raise TimeoutError(f"{len(self.called)} of {calls} calls came")


def _bytes(body: object) -> bytes:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return text if isinstance(text, bytes) else text.encode()


@contextmanager
def canned_server() -> Iterator[Canned]:
    canned = Canned()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(canned))
    canned.base_url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield canned
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(canned: Canned) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(self.path)

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Content-Type") == "application/json":
                canned.asked.append((self.path, dict(self.headers), json.loads(sent)))
            self._answer(f"{self.path} {sent.decode('utf-8', 'replace')}")

        def _answer(self, text: str) -> None:
            with canned.heard:
                canned.called.append((self.command, text))
                canned.heard.notify_all()
            self.send_response(canned.status)
            for name, value in canned.headers.items():
                self.send_header(name, value)
            body = canned.body_for(self.path)
            length = len(body) if canned.promised_length is None else canned.promised_length
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self._write(body)

        def _write(self, body: bytes) -> None:
            try:
                if not canned.drip_seconds:
                    self.wfile.write(body)
                    return
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(canned.drip_seconds)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    return Handler
