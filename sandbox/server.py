"""Serves the bank on 127.0.0.1, a thread for each connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from sandbox.app import create_bank
from sandbox.bank import Bank
from sandbox.settings import BankSettings

HERE = "127.0.0.1"


class QuietHandler(WSGIRequestHandler):
    """Writes no line per request; keeps connections open."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log(self, type: str, message: str, *args: object) -> None:
        """The bank keeps its book, not a log."""


def bind(app: Flask, port: int) -> BaseWSGIServer:
    """A server that holds its port and does not serve yet. Port 0 takes a free one."""
    return make_server(HERE, port, app, threaded=True, request_handler=QuietHandler)


@contextmanager
def running(settings: BankSettings) -> Iterator[tuple[str, Bank]]:
    """For tests: the bank in a thread of this process, on a free port; its base URL, and the bank itself."""
    app = create_bank(settings)
    server = bind(app, 0)
    bank: Bank = app.extensions["bank"]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{HERE}:{server.port}", bank
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        bank.store.close()
