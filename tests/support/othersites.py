"""Sites of others that show our widgets: a page of another origin, and the text they copied from the workshop."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from flask import Flask

POLICY = "script-src 'none'; object-src 'none'"


@contextmanager
def other_site(body: str, policy: str = POLICY) -> Iterator[str]:
    """A page of another origin, left to right, with this in it; its address."""
    page = f'<!doctype html><html lang="en"><title>Village news</title><body>{body}</body></html>'.encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(page if self.path == "/" else b"")

        def log_message(self, *_arguments: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def snippet(app: Flask, kind: str, site: str, place: int = 0, **choice: str) -> str:
    """What the workshop gives to copy, with the address of the running server."""
    page = app.test_client().get("/widgets/dowry-kerman", query_string={"kind": kind, **choice}).text
    found = [unescape(text) for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)]
    return found[place].replace("http://localhost/", f"{site}/")
