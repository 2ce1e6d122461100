"""What granian loads, by name: `benchmarks.apps:site` and so on. Made when asked for."""

import os
from typing import Any

from flask import Flask

from benchmarks import limits
from benchmarks.stubbank import NAME, StubBank
from campaigns.app import create_app
from campaigns.base.garbage import sweep_less


def make_site() -> Flask:
    """The product as `wsgi.py` serves it, its bank replaced by the stub."""
    app = create_app()
    app.extensions["gateways"] = {NAME: StubBank()}
    sweep_less()
    return app


def _uncached() -> Any:
    """The product without its page cache: every page is rendered."""
    return make_site().extensions["pagecache"].app


MADE = {
    "site": make_site,
    "uncached": _uncached,
    "bare": lambda: limits.bare(os.environ["BENCH_BODY"]),
    "plain": lambda: limits.plain(os.environ["BENCH_BODY"]),
    "rendered": lambda: limits.rendered(os.environ["BENCH_LIMIT_URL"], int(os.environ["BENCH_SIZE"])),
    "pledge": lambda: limits.pledge(os.environ["BENCH_LIMIT_URL"]),
}


def __getattr__(name: str) -> Any:
    if name not in MADE:
        raise AttributeError(name)
    made = globals()[name] = MADE[name]()  # once: the processes that serve it are forked from this one
    return made
