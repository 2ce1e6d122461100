"""One database for each test process, emptied between tests.

Tests commit for real. On SQLite the file is written over from a migrated template (SQLite's own backup, which
takes the locks other processes respect). On PostgreSQL every table is emptied with its triggers asleep, for the
ledger refuses deletions; that needs a superuser.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url

from campaigns.base.extensions import db


class SqliteHouse:
    """A file of its own, on a disk in memory where there is one."""

    def __init__(self, folder: Path) -> None:
        self.path, self.template = folder / "pooyesh.db", folder / "template.db"
        self.url = f"sqlite:///{self.path}"

    def build(self, app: Flask) -> None:
        _migrate(app)
        with (
            closing(sqlite3.connect(self.path)) as built,
            closing(sqlite3.connect(self.template)) as template,
        ):
            built.backup(template)

    def clear(self) -> None:
        with closing(sqlite3.connect(self.template)) as template, closing(sqlite3.connect(self.path)) as used:
            template.backup(used)

    def keep(self, name: str) -> None:
        """What is there now can be had again by `restore`."""
        self._copy(self.path, self._kept(name))

    def restore(self, name: str) -> bool:
        """Whether something was kept under this name; then it is there again."""
        if not self._kept(name).exists():
            return False
        self._copy(self._kept(name), self.path)
        return True

    def drop(self) -> None:
        """The folder goes with the test run."""

    def _kept(self, name: str) -> Path:
        return self.path.with_name(f"kept-{name}.db")

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
            there.backup(here)


class PostgresHouse:
    """A database of its own on the server of `url`, made for this process and dropped after it."""

    def __init__(self, url: str, worker: str) -> None:
        self.server = make_url(url)
        self.name = f"pooyesh_test_{worker}"
        own: URL = self.server.set(database=self.name)
        self.url = own.render_as_string(hide_password=False)
        self._engine: Engine | None = None
        self._tables: list[str] = []

    def build(self, app: Flask) -> None:
        self._on_server(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)", f"CREATE DATABASE {self.name}")
        _migrate(app)
        self._engine = create_engine(self.url, pool_size=1)
        found = inspect(self._engine).get_table_names()
        self._tables = [name for name in found if name != "alembic_version"]
        statements = " ".join(f'DELETE FROM "{name}";' for name in self._tables)
        with self._engine.begin() as connection:  # a function: its plans are kept from test to test
            connection.exec_driver_sql(
                f"CREATE FUNCTION empty_house() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {statements} END $$"
            )

    def clear(self) -> None:
        assert self._engine is not None
        with self._engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            connection.exec_driver_sql("SELECT empty_house()")

    def keep(self, name: str) -> None:
        """What is there now can be had again by `restore`: a schema of copies."""
        assert self._engine is not None
        with self._engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {name}")
            for table in self._tables:
                connection.exec_driver_sql(f'CREATE TABLE {name}."{table}" AS TABLE public."{table}"')

    def restore(self, name: str) -> bool:
        """Whether something was kept under this name; then it is there again. Sequences have gone on since."""
        assert self._engine is not None
        if name not in inspect(self._engine).get_schema_names():
            return False
        with self._engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for table in self._tables:
                connection.exec_driver_sql(f'INSERT INTO public."{table}" SELECT * FROM {name}."{table}"')
        return True

    def drop(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
        self._on_server(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _on_server(self, *statements: str) -> None:
        engine = create_engine(self.server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()


DatabaseHouse = SqliteHouse | PostgresHouse


def _migrate(app: Flask) -> None:
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
