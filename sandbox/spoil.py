"""Lets faults strike an answer of the API."""

import json
import socket
from typing import Any

from flask import Response, request

HTML = "<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>"


def refused_early(faults: dict[str, int], too_many: dict[str, Any]) -> Response | None:
    """The answer of a bank that did nothing."""
    if "drop_request" in faults:
        return dropped()
    if "http_500" in faults:
        return Response(HTML, 500)
    if "rate_limit" in faults:
        response = _json(too_many)
        response.status_code = 429
        response.headers["Retry-After"] = str(faults["rate_limit"])
        return response
    return None


def spoiled(response: Response, said: dict[str, Any], faults: dict[str, int]) -> Response:
    """The answer of a bank that did what was asked, as it arrives."""
    if "drop_response_after_commit" in faults:
        return dropped()
    if "html_body" in faults:
        status = faults["html_body"]
        return Response(HTML, status if status >= 200 else 200)
    if "bad_types" in faults:
        return _json(_fractions(said))
    if "truncated_json" in faults:
        whole = response.get_data()
        return Response(whole[: len(whole) // 2], response.status_code, mimetype="application/json")
    return response


def dropped() -> Response:
    """Closes the line; the answer that follows reaches nobody."""
    line = request.environ.get("werkzeug.socket")
    if isinstance(line, socket.socket):
        line.shutdown(socket.SHUT_RDWR)
    return Response(HTML, 502)


def _fractions(value: Any) -> Any:
    """Every number, and every text that is one, as a fraction."""
    if isinstance(value, dict):
        return {key: _fractions(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_fractions(item) for item in value]
    if isinstance(value, int) or (isinstance(value, str) and value.isdigit()):
        return float(value)
    return value


def _json(said: dict[str, Any]) -> Response:
    return Response(json.dumps(said), mimetype="application/json")
