"""The app, its database and a visitor's client."""

import contextvars
import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from campaigns.app import create_app
from campaigns.base.extensions import db
from campaigns.config import Settings
from tests.support import recorded
from tests.support.databases import DatabaseHouse, PostgresHouse, SqliteHouse

SHARED_MEMORY = Path("/dev/shm")  # where it exists, commits cost no disk


class VisitorClient(FlaskClient):
    """Asks as a browser on our own page would, and outside the test's own transaction.

    What the test arranged is committed first (a request must never see, or wait for, what is not), and
    everything the test holds is read again afterwards.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.commit()
        return contextvars.Context().run(super().open, *args, **kwargs)


@pytest.fixture(scope="session")
def house_folder() -> Iterator[Path]:
    """A folder for one test process: its database and data."""
    where = SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="pooyesh-test-", dir=where) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def database_house(house_folder: Path) -> DatabaseHouse:
    """SQLite, or PostgreSQL when TEST_DATABASE_URL says so (a superuser on a server nobody else needs)."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if url:
        return PostgresHouse(url, os.environ.get("PYTEST_XDIST_WORKER", "main"))
    return SqliteHouse(house_folder)


@pytest.fixture(scope="session")
def settings(house_folder: Path, database_house: DatabaseHouse) -> Settings:
    """As in development, without rate limits: a test that is about them asks `change_settings`."""
    return Settings(
        secret_key="a secret for tests only, forty characters",
        ledger_key="5e" * 32,
        site_url="http://localhost",
        data_dir=house_folder,
        database_url=database_house.url,
        rate_limits=False,
    )


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates as one process compiled them, for the others of this run: never for another run, whose filters
    may say something else.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def built_app(
    settings: Settings, database_house: DatabaseHouse, compiled: FileSystemBytecodeCache
) -> Iterator[Flask]:
    """The app over a migrated, empty database; made once. Tests ask for `app`."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = compiled
    app.testing = True
    app.test_client_class = VisitorClient
    database_house.build(app)
    with app.app_context():
        recorded.watch(db.engine)
    gc.collect()
    gc.freeze()  # modules, tables and routes stay: looking through them for garbage is most of a collection
    yield app
    with app.app_context():
        db.engine.dispose()
    database_house.drop()


@pytest.fixture
def app(built_app: Flask, database_house: DatabaseHouse) -> Iterator[Flask]:
    """The app, its context pushed and every table empty. Commits are real; no other test sees them."""
    with built_app.app_context():
        database_house.clear()
        built_app.extensions["pagecache"].clear()
        yield built_app
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor with an empty cookie jar. More visitors: `app.test_client()`."""
    return app.test_client()


@pytest.fixture
def change_settings(app: Flask) -> Iterator[Callable[..., Settings]]:
    """`change_settings(rate_limits=True)` holds for the rest of the test."""
    before: Settings = app.config["SETTINGS"]

    def change(**changes: Any) -> Settings:
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], **changes)
        return app.config["SETTINGS"]

    yield change
    app.config["SETTINGS"] = before
