"""Pages kept in front of Flask's routing: most visits are answered by one dictionary look-up.

A page is kept when its view is `@cacheable`, it answered 200 and set no cookie; of what other sites embed also
"moved" and "not there any more", few of them and apart from the others. Its key is host, path (with the language
prefix) and the query parameters the policy names: others are taken off before the view sees them, so they neither
miss the cache nor leave a trace in the page. It is good as long as no stamp it depends on has moved
(`web.freshness`, `base.stamps`), which is asked at most once a second per process.

While the database or the view is broken, the last good page is served for ten minutes more, one that says of when
its numbers are for a day; never once it is known that its campaign has stopped taking gifts (`stamps.of_halt`).
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from campaigns.base.extensions import db
from campaigns.web.encodings import best_encoding
from campaigns.web.freshness import stamps
from campaigns.web.guards import Access, Policy, policy_of
from campaigns.web.headers import A_YEAR
from campaigns.web.locale import without_prefix
from campaigns.web.pagestore import FEW, MAX_AGE_SECONDS, Flights, Header, Key, Page, PageStore, make_page
from campaigns.web.pageversions import FRESH_SECONDS, VersionBoard
from campaigns.web.requestlog import ID_HEADER, VERDICT, RequestLog, rest_of_line
from campaigns.web.shelf import Shelf

Environ = dict[str, Any]
WsgiApp = Callable[[Environ, Any], Iterable[bytes]]

STAMPS = "pooyesh.stamps"  # environ: what the page just made depends on, told by Flask's side
BROKEN_SECONDS, DATED_SECONDS = 600, 86_400
PROMPT_SECONDS = 1
"""How long a cache in front may hold a page that shows whether gifts are taken; never stale after that."""
MARGIN_SECONDS = 0.2
FOR_GOOD = f"public, max-age={A_YEAR}, immutable"
ASKED_EACH_TIME = f"public, max-age=0, s-maxage={PROMPT_SECONDS}, must-revalidate"
ABSENT = {301, 404}
"""What is kept of pages that are not there, if other sites embed them and their view says what brings them back."""
LONGEST_QUERY = 2_000
MOST_PATHS = 50_000
_OF_THE_VISITOR = (
    "HTTP_COOKIE",
    "HTTP_AUTHORIZATION",
    "HTTP_RANGE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
)
_monotonic = time.monotonic


@dataclass(frozen=True, slots=True)
class Path:
    """What was learnt of a path when its page was made: how to read its query, what it depends on."""

    params: tuple[str, ...]
    stamps: frozenset[str]
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What Flask said. `stamps` is None when the page is not one to keep."""

    status: str
    headers: list[Header]
    body: bytes
    stamps: frozenset[str] | None

    @property
    def to_keep(self) -> bool:
        return self.stamps is not None and not any(name.lower() == "set-cookie" for name, _ in self.headers)


class PageCache:
    """The middleware. `clear()` empties it (tests, sample data)."""

    def __init__(self, app: WsgiApp, flask: Flask, board: VersionBoard, log: RequestLog) -> None:
        self.app, self.flask, self.board, self.log = app, flask, board, log
        self.pages, self.flights, self.shelf = PageStore(), Flights(), Shelf(board)
        self.absent = PageStore(*FEW)
        self.paths: dict[str, Path] = {}

    def clear(self) -> None:
        self.pages.clear()
        self.absent.clear()
        self.paths.clear()
        self.shelf.clear()
        self.board.clear()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Nearly every visit ends in the first lines; all others in `_wanted`, which knows more and takes longer."""
        method = environ["REQUEST_METHOD"]
        if method == "GET" and "HTTP_IF_NONE_MATCH" not in environ:
            key = (environ.get("HTTP_HOST", ""), environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
            page = self.pages.get(key)
            if page is not None and page.good_until > _monotonic() and page.epoch == self.board.epoch:
                headers, body = page.answers[best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))]
                start_response(page.status, [*headers, self.log.hit(page.line)])
                return body
        elif method not in {"GET", "HEAD"}:
            return self.app(environ, start_response)
        return self._wanted(environ, start_response)

    def _wanted(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if query:
            known = self.paths.get(path)
            query = declared_query(query, known.params) if known is not None else query
        page = self.pages.get((environ.get("HTTP_HOST", ""), path, query))
        if page is not None and page.good_until > _monotonic() and page.epoch == self.board.epoch:
            return self._answer(page, environ, start_response)
        return self._look(page, environ, start_response)

    def _answer(
        self, page: Page, environ: Environ, start_response: Any, request_id: Header | None = None
    ) -> Iterable[bytes]:
        method, asked = environ["REQUEST_METHOD"], environ.get("HTTP_IF_NONE_MATCH")
        if asked is not None and page.etag in asked and page.status.startswith("200"):
            request_id = request_id or self.log.hit(rest_of_line(method, page.path, 304))
            start_response("304 Not Modified", [*page.unchanged, request_id])
            return []
        request_id = request_id or self.log.hit(rest_of_line(method, page.path, int(page.status[:3])))
        headers, body = page.answers[best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))]
        start_response(page.status, [*headers, request_id])
        return body if method == "GET" else []

    def _look(self, page: Page | None, environ: Environ, start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        found = self._policy(path)
        if found is None:
            return self.app(environ, start_response)
        key = (
            environ.get("HTTP_HOST", ""),
            path,
            declared_query(environ.get("QUERY_STRING", ""), found.params),
        )
        page = page or self.absent.get(key)
        if page is not None and self._still_good(key, page):
            return self._answer(page, environ, start_response)
        with self.flights.hold(key):
            page = self.pages.get(key) or self.absent.get(key)
            if page is not None and self._still_good(key, page):
                return self._answer(page, environ, start_response)
            return self._make(key, found, page, environ, start_response)

    def _make(
        self, key: Key, found: Path, old: Page | None, environ: Environ, start_response: Any
    ) -> Iterable[bytes]:
        before = self.board.before(found.stamps or None)
        answer = ask(self.app, for_nobody(environ, key[2]))
        if answer.status >= "500" and old is not None and self._stands_in(old, old.made_at):
            old.good_until = _monotonic() + FRESH_SECONDS
            return self._answer(old, environ, start_response)
        there = answer.status.startswith("200")
        if not (there and answer.to_keep):
            self.pages.drop(key)
        if there or not answer.to_keep:
            self.absent.drop(key)
        if not answer.to_keep:
            start_response(answer.status, answer.headers)
            return [answer.body] if environ["REQUEST_METHOD"] == "GET" else []
        versions = before.versions_of(answer.stamps or frozenset())
        page = make_page(key[1], answer.headers, answer.body, versions or {}, answer.status)
        page.dated = found.dated
        if versions is not None:
            (self.pages if there else self.absent).put(key, page)
        if there or key[1] in self.paths:  # whatever name somebody invents leaves no trace
            self._learn(key[1], replace(found, stamps=answer.stamps or frozenset()))
        request_id = next((header for header in answer.headers if header[0] == ID_HEADER), None)
        return self._answer(page, environ, start_response, request_id)

    def _still_good(self, key: Key, page: Page) -> bool:
        epoch, moment = self.board.epoch, _monotonic()
        versions = self.board.current(page.versions)
        if versions is None:  # the database is away: the last good page is better than none
            page.epoch, page.good_until = epoch, moment + FRESH_SECONDS
            return self._stands_in(page, max(self.board.heard_at, page.made_at))
        if versions != page.versions or moment - page.made_at > MAX_AGE_SECONDS:
            return False
        page.epoch, page.good_until = epoch, self.board.read_at(versions) + FRESH_SECONDS
        self.pages.touch(key)
        self.absent.touch(key)
        return True

    def _stands_in(self, page: Page, good_at: float) -> bool:
        """Whether this page, the last good one at that moment, is better than none."""
        longest = DATED_SECONDS if page.dated else BROKEN_SECONDS
        return _monotonic() - good_at < longest and not self.board.halted(page.versions)

    def _policy(self, path: str) -> Path | None:
        """What is known of a page at this path before it is made; None when no cacheable view is there."""
        known = self.paths.get(path)
        if known is not None:
            return known
        address = without_prefix(path.encode("latin-1").decode(errors="replace"))
        try:
            endpoint, _ = self.flask.url_map.bind("").match(address, "GET")
        except HTTPException:
            return None
        policy: Policy | None = getattr(self.flask.view_functions[endpoint], "policy", None)
        if policy is None or policy.access is not Access.CACHEABLE or policy.streamed or policy.immutable:
            return None
        return Path(policy.params, frozenset(), policy.dated)

    def _learn(self, path: str, learnt: Path) -> None:
        if len(self.paths) >= MOST_PATHS:
            self.paths.clear()
        known = self.paths.get(path)
        union = learnt.stamps | known.stamps if known is not None else learnt.stamps
        self.paths[path] = replace(learnt, stamps=union)


def init_pagecache(app: Flask) -> None:
    """Wraps the finished app: everything, static files too, though those go straight through."""
    with app.app_context():
        board = VersionBoard(db.engine)
    cache = PageCache(app.wsgi_app, app, board, app.extensions["requestlog"])
    app.extensions["pagecache"], app.extensions["shelf"] = cache, cache.shelf
    app.wsgi_app = cache  # type: ignore[method-assign]
    app.after_request(_hand_over)


def until_everywhere() -> None:
    """Returns once no process of ours and no cache in front shows a page, or takes a form, by what was true before
    the last commit: each looks at its stamps at most `FRESH_SECONDS` after it looked before, and a cache in front
    holds a `prompt` page for `PROMPT_SECONDS`. For the few acts that may only be told as done once they hold for
    everyone. To be called with no transaction open.
    """
    time.sleep(FRESH_SECONDS + PROMPT_SECONDS + MARGIN_SECONDS)


def declared_query(query: str, params: tuple[str, ...]) -> str:
    """The query with only these parameters, in one order. An empty parameter counts as absent."""
    if not query or not params:
        return ""
    given = parse_qsl(query[:LONGEST_QUERY], errors="replace")
    return urlencode(sorted((pair for pair in given if pair[0] in params), key=lambda pair: pair[0]))


def for_nobody(environ: Environ, query: str) -> Environ:
    """The request as if a visitor without any properties had made it."""
    plain = environ | {"REQUEST_METHOD": "GET", "QUERY_STRING": query, VERDICT: "miss"}
    for name in _OF_THE_VISITOR:
        plain.pop(name, None)
    return plain


def ask(app: WsgiApp, environ: Environ) -> Answer:
    """Runs the app to the end."""
    said: list[Any] = []

    def start(status: str, headers: list[Header], _exc_info: Any = None) -> Callable[[bytes], Any]:
        said[:] = [status, headers]
        return pieces.append

    pieces: list[bytes] = []
    result = app(environ, start)
    try:
        pieces.extend(result)
    finally:
        close = getattr(result, "close", None)
        if close is not None:
            close()
    return Answer(said[0], said[1], b"".join(pieces), environ.get(STAMPS))


def _kept_for(policy: Policy) -> str:
    """How long browsers and caches in front may keep a page of this kind."""
    if policy.immutable:
        return ASKED_EACH_TIME if policy.prompt else FOR_GOOD
    kept = (
        f"s-maxage={PROMPT_SECONDS}"
        if policy.prompt
        else f"s-maxage={policy.shared_seconds}, stale-while-revalidate={policy.stale_seconds}"
    )
    return f"public, max-age=0, {kept}, stale-if-error={BROKEN_SECONDS}"


def _hand_over(response: Response) -> Response:
    """On Flask's side: says how long shared caches may keep the page, and tells the middleware its stamps."""
    policy = policy_of(request.endpoint)
    if policy is None or policy.access is not Access.CACHEABLE:
        return response
    kept = response.status_code == 200 or (
        policy.embeddable and response.status_code in ABSENT and bool(stamps())
    )
    if kept or response.status_code == 304:
        response.headers["Cache-Control"] = _kept_for(policy)
    if kept:
        request.environ[STAMPS] = stamps()
    return response
