"""The write-ahead log of SQLite is folded into the database file, and only when nobody is in the way."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from campaigns.base import engine as engines


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = create_engine(f"sqlite:///{tmp_path}/book.db", **engines.engine_options("sqlite://"))
    engines.prepare(made)
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE gift (rials INTEGER)"))
        connection.execute(text("INSERT INTO gift VALUES (1)"))
    return made


def log_size(engine: Engine) -> int:
    return Path(f"{engine.url.database}-wal").stat().st_size


def write(engine: Engine, rows: int) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO gift VALUES (1)"), [{}] * rows)


def test_after_a_checkpoint_the_log_is_written_over(engine: Engine) -> None:
    write(engine, 10_000)
    size = log_size(engine)
    assert engines.checkpoint(engine)
    write(engine, 1)
    assert log_size(engine) == size


def test_a_log_that_grew_too_large_is_cut(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "LARGEST_LOG", 1_000)
    assert log_size(engine) > 1_000
    assert engines.checkpoint(engine)
    assert log_size(engine) == 0


def test_a_checkpoint_gives_way_to_somebody_who_reads(engine: Engine) -> None:
    with engine.connect() as reader, engine.connect() as writer:
        token = engines.reading.set(True)
        reader.execute(text("SELECT * FROM gift")).all()
        engines.reading.reset(token)
        writer.execute(text("INSERT INTO gift VALUES (2)"))
        writer.commit()
        raw = engine.raw_connection()
        raw.cursor().execute("PRAGMA busy_timeout=50")
        raw.close()
        assert not engines.checkpoint(engine)


def test_a_power_cut_loses_nothing_that_was_committed(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2  # FULL
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
