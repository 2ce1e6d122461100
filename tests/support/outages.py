"""The database goes away under a running house, and comes back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from campaigns.base.extensions import db


@contextmanager
def database_away(url: str) -> Iterator[None]:
    """This process has no connection and gets none while this lasts."""
    db.session.remove()
    db.engine.dispose()
    if make_url(url).drivername.startswith("sqlite"):
        with _file_away(Path(str(make_url(url).database))):
            yield
    else:
        with _server_refuses(url):
            yield
    db.engine.dispose()


@contextmanager
def _file_away(path: Path) -> Iterator[None]:
    """A folder stands where the file was: it can neither be opened nor made."""
    files = [found for found in (path, Path(f"{path}-wal"), Path(f"{path}-shm")) if found.exists()]
    for file in files:
        file.rename(f"{file}.away")
    path.mkdir()
    try:
        yield
    finally:
        path.rmdir()
        for file in files:
            Path(f"{file}.away").rename(file)


@contextmanager
def _server_refuses(url: str) -> Iterator[None]:
    name = make_url(url).database
    server = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false'))
        try:
            yield
        finally:
            connection.execute(text(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true'))
    server.dispose()
