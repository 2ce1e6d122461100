"""A small house with the same front: pages that depend on stamps, one that sets a cookie, one that breaks."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, abort, redirect, request

from campaigns.base import engine, stamps
from campaigns.base.extensions import Model, db
from campaigns.config import Settings
from campaigns.web.compress import init_compress
from campaigns.web.freshness import depends
from campaigns.web.guards import cacheable, init_guards, public
from campaigns.web.headers import init_headers
from campaigns.web.locale import LanguagePrefix
from campaigns.web.loglines import LineWriter
from campaigns.web.pagecache import PageCache, init_pagecache
from campaigns.web.requestlog import init_requestlog


@dataclass
class House:
    """The app, what its pages say now, and how often each was made."""

    app: Flask
    log_path: Path
    says: str = "سلام"
    made: list[str] = field(default_factory=list)
    broken: bool = False
    while_made: Any = None

    @property
    def cache(self) -> PageCache:
        return self.app.extensions["pagecache"]

    def client(self) -> Any:
        return self.app.test_client(use_cookies=False)

    def bump(self, *names: str) -> None:
        with self.app.app_context():
            stamps.bump(*names)
            db.session.commit()

    def log(self) -> list[dict[str, Any]]:
        self.app.extensions["requestlog"].writer.flush()
        return [json.loads(line) for line in self.log_path.read_text().splitlines()]


def build(folder: Path, url: str | None = None, **settings: Any) -> House:
    """A house with its own database and its own log file in `folder`."""
    url = url or f"sqlite:///{folder / 'small.db'}"
    app = Flask("small", static_folder=None)
    app.config.from_mapping(
        SETTINGS=Settings(database_url=url, **settings),
        SECRET_KEY="a secret of the small house only",
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=engine.engine_options(url),
        TRUSTED_HOSTS=["localhost"],
    )
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine)
        Model.metadata.create_all(db.engine, tables=[stamps.Stamp.__table__])
    log_path = folder / "small.log"
    init_requestlog(app, LineWriter(os.open(log_path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)))
    init_guards(app)
    init_headers(app)
    init_compress(app)
    house = House(app, log_path)
    _furnish(house)
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    init_pagecache(app)
    return house


def _furnish(house: House) -> None:
    @house.app.get("/c/<slug>")
    @cacheable()
    def campaign(slug: str) -> str:
        house.made.append(slug)
        if house.broken:
            raise RuntimeError("the view is broken")
        if slug == "nowhere":
            abort(404)
        said = house.says
        if house.while_made:
            house.while_made()
        depends(f"campaign:{slug}")
        return f"<p>{said} {slug} {request.script_root} {request.query_string.decode()}" + " و" * 400

    @house.app.get("/list")
    @cacheable(params=("page", "q"), shared_seconds=5, stale_seconds=60)
    def listing() -> str:
        house.made.append("list")
        depends(stamps.PORTAL)
        return f"{house.says} {request.args.get('q', '')} {request.args.get('page', '1')} {request.args!r}"

    @house.app.get("/cookie")
    @cacheable()
    def cookie() -> Any:
        house.made.append("cookie")
        answer = house.app.make_response("hello")
        answer.set_cookie("left", "behind")
        return answer

    @house.app.get("/old")
    @cacheable()
    def old() -> Any:
        return redirect("/c/new", 301)

    @house.app.get("/plain")
    @public()
    def plain() -> str:
        house.made.append("plain")
        return house.says

    @house.app.get("/r/<code>")
    @public()
    def receipt(code: str) -> str:
        if house.broken:
            raise RuntimeError(f"no receipt {code} for 09123456789")
        return code

    @house.app.get("/undeclared")
    def undeclared() -> str:
        return "never seen"
