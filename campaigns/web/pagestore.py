"""Kept pages: each in every encoding with its headers ready to send, bounded in number and in bytes."""

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock

from campaigns.web.encodings import prepared
from campaigns.web.pageversions import Versions
from campaigns.web.requestlog import rest_of_line

Header = tuple[str, str]
Key = tuple[str, str, str]  # host, path, declared query parameters

MAX_PAGES = 4_000
MAX_BYTES = 24 * 1024 * 1024
MAX_PAGE_BYTES = 512 * 1024
FEW = (500, 2 * 1024 * 1024)
"""Pages and bytes for what is not there: whoever asks for invented names displaces only others of that kind."""
MAX_AGE_SECONDS = 60.0  # a page that forgot to name a stamp, or that counts days, is made anew after this

_OWN = {"content-length", "content-encoding", "etag", "vary", "x-request-id"}
_OF_304 = {"cache-control", "etag", "vary", "content-location"}


@dataclass(slots=True)
class Page:
    """One page. `good_until` and `epoch` are the only values that change: until then it needs no question."""

    etag: str
    answers: dict[str, tuple[list[Header], list[bytes]]]  # by encoding; the body as a server takes it
    unchanged: list[Header]  # of a 304
    versions: Versions
    size: int
    path: str
    line: str  # of the log, for a visitor who gets it whole
    made_at: float = field(default_factory=time.monotonic)
    good_until: float = 0.0
    epoch: int = -1
    status: str = "200 OK"
    dated: bool = False


def make_page(
    path: str, headers: list[Header], body: bytes, versions: Versions, status: str = "200 OK"
) -> Page:
    """A page of what Flask answered. The ETag is of the contents: made twice, it stays the same."""
    etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    bodies = prepared(body, kind)
    shared = [(name, value) for name, value in headers if name.lower() not in _OWN]
    shared += [("Vary", "Accept-Encoding"), ("ETag", etag)]
    answers = {name: ([*shared, *_of_body(name, made)], [made]) for name, made in bodies.items()}
    for name in ("br", "gzip"):
        answers.setdefault(name, answers["identity"])
    return Page(
        etag=etag,
        answers=answers,
        unchanged=[(name, value) for name, value in shared if name.lower() in _OF_304],
        versions=versions,
        size=sum(map(len, bodies.values())) + 4_000,
        path=path,
        line=rest_of_line("GET", path, int(status[:3])),
        status=status,
    )


class PageStore:
    """The pages of one process. The least recently checked go first; busy pages are checked once a second."""

    def __init__(self, max_pages: int = MAX_PAGES, max_bytes: int = MAX_BYTES) -> None:
        self.max_pages, self.max_bytes = max_pages, max_bytes
        self.size = 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()
        self.get = self._pages.get  # the fast path: one dictionary look-up

    def __len__(self) -> int:
        return len(self._pages)

    def put(self, key: Key, page: Page) -> None:
        if page.size > MAX_PAGE_BYTES:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self.size += page.size
            while len(self._pages) > self.max_pages or self.size > self.max_bytes:
                self._drop(next(iter(self._pages)))

    def touch(self, key: Key) -> None:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)

    def drop(self, key: Key) -> None:
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.size = 0

    def _drop(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.size -= page.size


class Flights:
    """One maker per key: the others wait for what it makes."""

    def __init__(self) -> None:
        self._locks: dict[Key, tuple[Lock, int]] = {}
        self._lock = Lock()

    @contextmanager
    def hold(self, key: Key) -> Iterator[None]:
        with self._lock:
            lock, waiting = self._locks.get(key, (Lock(), 0))
            self._locks[key] = (lock, waiting + 1)
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, waiting = self._locks[key]
                if waiting == 1:
                    del self._locks[key]
                else:
                    self._locks[key] = (lock, waiting - 1)


def _of_body(encoding: str, body: bytes) -> list[Header]:
    length = [("Content-Length", str(len(body)))]
    return length if encoding == "identity" else [*length, ("Content-Encoding", encoding)]
