"""The small JSON client that every gateway shares.

Calls outside never hang a request: 5 s to connect, 20 s to answer in full. Redirects are not followed, TLS is
checked, proxies and `.netrc` of the environment are ignored, cookies are dropped, at most 64 KB are read.
"""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
import structlog
import urllib3
from requests.adapters import HTTPAdapter

from campaigns.domain.payments.errors import RateLimited, Unavailable, UnexpectedResponse
from campaigns.gateways.answers import storable, whole

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
LONGEST_ANSWER = 64 * 1024
LONGEST_WAIT_SECONDS = 3600

log = structlog.get_logger("gateways")


@dataclass(frozen=True)
class Answer:
    """A JSON object that came back, whatever its status."""

    status: int
    body: Mapping[str, Any]
    retry_after_seconds: float | None = None


class JsonClient:
    """Talks JSON to one origin. Safe to share: each thread keeps its own connection."""

    def __init__(
        self, base_url: str, *, connect: float = CONNECT_SECONDS, read: float = READ_SECONDS
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._connect, self._read = connect, read
        self._local = threading.local()

    def get(self, path: str) -> Answer:
        """As `post`, without a body."""
        return self._answer("GET", path, None, None)

    def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Answer:
        """Raises `RateLimited` (HTTP 429), `Unavailable` or `UnexpectedResponse`; never tries twice."""
        return self._answer("POST", path, body, headers)

    def _answer(
        self, method: str, path: str, body: Mapping[str, Any] | None, headers: Mapping[str, str] | None
    ) -> Answer:
        began = time.monotonic()
        status, outcome = 0, "unavailable"
        try:
            status, data, wait = self._send(method, path, body, headers, began + self._read)
            answer = _read_json(status, data, wait)
            outcome = "answered"
            return answer
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            outcome = type(error).__name__
            raise Unavailable(outcome, raw={"problem": outcome}) from error
        except UnexpectedResponse:
            outcome = "unexpected"
            raise
        finally:
            milliseconds = round((time.monotonic() - began) * 1000)
            log.info("gateway_call", path=path, status=status, outcome=outcome, ms=milliseconds)

    def _send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str] | None,
        deadline: float,
    ) -> tuple[int, bytes, float | None]:
        with self._session().request(
            method,
            self._base_url + path,
            json=body,
            headers=dict(headers or {}),
            timeout=(self._connect, self._read),
            allow_redirects=False,
            stream=True,
        ) as response:
            wait = whole(response.headers.get("Retry-After"))
            seconds = None if wait is None else float(min(max(wait, 0), LONGEST_WAIT_SECONDS))
            return response.status_code, _read_bytes(response, deadline), seconds

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            session.trust_env = False
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            session.headers.update(
                {
                    "Accept": "application/json",
                    "Accept-Encoding": "identity",
                    "User-Agent": "Pooyesh/1 (+payments)",
                }
            )
            for scheme in ("https://", "http://"):
                session.mount(scheme, HTTPAdapter(pool_connections=1, pool_maxsize=1, max_retries=0))
        return session


def _read_bytes(response: requests.Response, deadline: float) -> bytes:
    """The whole body as it came. The time-out is for all of it: a drip of bytes cannot hold a thread."""
    parts: list[bytes] = []
    size = 0
    while part := response.raw.read1(LONGEST_ANSWER, decode_content=False):
        parts.append(part)
        size += len(part)
        if size > LONGEST_ANSWER:
            raise UnexpectedResponse(
                "too long", raw={"http_status": response.status_code, "problem": "too long"}
            )
        if time.monotonic() > deadline:
            raise requests.ReadTimeout("answer came too slowly")
    return b"".join(parts)


def _read_json(status: int, data: bytes, wait: float | None) -> Answer:
    body = _parsed(data)
    raw = {"http_status": status, "body": storable(body if body is not None else _start_of(data))}
    if status == 429:
        raise RateLimited("HTTP 429", code="429", raw=raw, retry_after_seconds=wait)
    if isinstance(body, dict):
        return Answer(status, body, wait)
    if status >= 500:
        raise Unavailable(f"HTTP {status}", code=str(status), raw=raw)
    raise UnexpectedResponse(f"HTTP {status} without a JSON object", code=str(status), raw=raw)


def _parsed(data: bytes) -> object:
    """JSON with floats left as text (no money is ever a fraction); None when it is not JSON."""
    try:
        return json.loads(data.decode("utf-8"), parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None


def _start_of(data: bytes) -> str:
    return data[:200].decode("utf-8", "replace")
