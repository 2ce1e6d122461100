"""One line of JSON per request on standard error, and a request id that the answer carries too.

No query string, no address of the visitor; receipt codes, tokens and phone numbers in paths and
tracebacks are masked. `cache` says who answered: hit (a kept page), miss (a page made to be kept), pass
(everything else). `site` is the signal cross-site requests are judged by. Lines of hits are written in
batches, half a second late at most, and so are those of static files (`file`).
"""

import itertools
import json
import logging
import os
import secrets
import time
from collections.abc import Callable, Iterable, MutableMapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import structlog
from flask import Flask, Response, g, has_request_context, request

from campaigns.base.masking import mask
from campaigns.web.guards import Access, policy_of
from campaigns.web.loglines import LineWriter, to_stderr

ID_HEADER = "X-Request-Id"
ID, VERDICT = "pooyesh.request_id", "pooyesh.cache"  # in the WSGI environment
_SHOWN = {"slug"}  # route values that may stand in a line of a page that is not for everyone
Environ = MutableMapping[str, Any]


class RequestLog:
    def __init__(self, writer: LineWriter) -> None:
        self.writer = writer
        self.new_id = _ids()
        os.register_at_fork(after_in_child=self._start_anew)
        self.logger = structlog.wrap_logger(
            writer,
            processors=[_stamped, _as_json],
            wrapper_class=structlog.BoundLogger,
        )
        self._next_second, self._beginning = 0, ""

    def _start_anew(self) -> None:
        """A forked process gives names of its own."""
        self.new_id = _ids()

    def answered(self, **facts: object) -> None:
        """The line of a request that was not answered from the cache."""
        line = {"event": "request", "at": _moment(time.time()), **facts}
        self.writer.info(json.dumps(line, ensure_ascii=False))

    def hit(self, rest: str) -> tuple[str, str]:
        """Notes a request answered in front of Flask, and gives the header with its id. Must stay fast: the
        line is put together from three pieces, and `rest_of_line` made the last one long before.
        """
        moment = time.time()
        if moment >= self._next_second:
            self._beginning = f'{{"event": "request", "at": "{_moment(moment)}", "id": "'
            self._next_second = int(moment) + 1
        request_id = self.new_id()
        self.writer.write(f"{self._beginning}{request_id}{rest}")
        return (ID_HEADER, request_id)


def rest_of_line(method: str, path: str, status: int, by: str = "hit") -> str:
    """What the line of a request answered in front of Flask says after its id."""
    shown = json.dumps(path, ensure_ascii=False)
    return f'", "method": "{method}", "path": {shown}, "status": {status}, "cache": "{by}"}}'


def _ids() -> Callable[[], str]:
    name_of = f"{secrets.token_hex(3)}-{{:x}}".format
    return map(name_of, itertools.count(1)).__next__


def request_id() -> str:
    """The id of the request being answered: what an error page shows as its code."""
    return request.environ.get(ID, "-") if has_request_context() else "-"


def init_requestlog(app: Flask, writer: LineWriter | None = None) -> None:
    """Must come before other hooks, so that its line is the last word on every answer."""
    log = app.extensions["requestlog"] = RequestLog(writer or to_stderr())
    structlog.configure(
        processors=[_stamped, _masked, _as_json],
        wrapper_class=structlog.BoundLogger,
        logger_factory=lambda *_names: to_stderr(),
    )
    app.logger.handlers = [_JsonHandler(log)]
    app.logger.propagate = False

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        request.environ[ID] = log.new_id()

    @app.after_request
    def end(response: Response) -> Response:
        began = g.pop("began", None) or time.perf_counter()
        response.headers[ID_HEADER] = request.environ.setdefault(ID, log.new_id())
        log.answered(
            id=request_id(),
            method=request.method,
            path=masked_path(),
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000, 1),
            cache=request.environ.get(VERDICT, "pass"),
            site=site_signal(),
        )
        return response


def init_file_lines(app: Flask) -> None:
    """Static files are answered in front of Flask: their requests get an id and a line here."""
    files, log = app.wsgi_app, app.extensions["requestlog"]

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if not any(
                name == ID_HEADER for name, _value in headers
            ):  # else Flask has answered, and noted it
                method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
                headers = [*headers, log.hit(rest_of_line(method, path, int(status[:3]), "file"))]
            return start_response(status, headers, *more)

        return files(environ, start)

    app.wsgi_app = answer  # type: ignore[method-assign]


def masked_path() -> str:
    """The path of this request. Pages for everyone show it; others only the route and a campaign's slug."""
    policy, rule = policy_of(request.endpoint), request.url_rule
    path = request.script_root + request.path
    if rule is None or (policy is not None and policy.access is Access.CACHEABLE):
        return mask(path)
    shown = _masked_rule(str(rule))
    for name, value in (request.view_args or {}).items():
        if name in _SHOWN:
            shown = shown.replace(f"<{name}>", str(value))
    return request.script_root + shown


@cache
def _masked_rule(rule: str) -> str:
    return mask(rule)


def site_signal() -> str:
    """Which signal the browser gave about where this request comes from."""
    site = request.headers.get("Sec-Fetch-Site")
    if site in {"same-origin", "same-site", "cross-site", "none"}:
        return site
    return next((name.lower() for name in ("Origin", "Referer") if name in request.headers), "-")


class _JsonHandler(logging.Handler):
    """What Flask itself has to say, mostly crashes, in the same shape."""

    def __init__(self, log: RequestLog) -> None:
        super().__init__()
        self.log = log

    def emit(self, record: logging.LogRecord) -> None:
        event = "crash" if record.exc_info else "note"
        path = masked_path() if has_request_context() else ""
        said = self.format(record) if record.exc_info else record.getMessage()
        for value in _typed_values():
            said = said.replace(value, "[typed]")
        self.log.logger.error(event, id=request_id(), path=path, said=mask(said))


def _typed_values() -> list[str]:
    """What came with this request, longest first: an exception may repeat it."""
    if not has_request_context():
        return []
    form = request.__dict__.get("form", {})  # only if the view has read it
    values = {*map(str, (request.view_args or {}).values()), *form.values(), *request.args.values()}
    return sorted((value for value in values if len(value) > 3), key=len, reverse=True)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _stamped(_logger: object, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    return {"event": line.pop("event"), "at": _moment(time.time()), **line}


def _masked(_logger: object, method: str, line: dict[str, Any]) -> dict[str, Any]:
    """What the rooms say, with its level; errors of other systems may repeat addresses, so these are masked."""
    said = {name: mask(value) if isinstance(value, str) else value for name, value in line.items()}
    return said | {"level": method}


def _as_json(_logger: object, _method: str, line: dict[str, Any]) -> str:
    said = {name: value for name, value in line.items() if value not in ("", None)}
    return json.dumps(said, ensure_ascii=False)
