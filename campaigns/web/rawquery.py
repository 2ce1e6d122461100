"""Bytes in a query string that are no ASCII are percent-encoded before anybody reads it.

Old browsers and tools send them raw; Werkzeug would raise where they are not UTF-8.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from flask import Flask

_OF_A_QUERY = "!$&'()*+,;=:@/?%-._~[]"  # what may stand there as it is (RFC 3986), and brackets


def init_rawquery(app: Flask) -> None:
    inner = app.wsgi_app

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        if not query.isascii():
            environ["QUERY_STRING"] = quote(query.encode("latin-1", "replace"), safe=_OF_A_QUERY)
        return inner(environ, start_response)

    app.wsgi_app = answer  # type: ignore[method-assign]
