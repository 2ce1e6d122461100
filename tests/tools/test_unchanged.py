"""When a start may skip preparing the database."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from campaigns.config import Settings
from tools import unchanged

LOGINS = "organizer  mina@pooyesh.example\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of a site whose database stands at some migration."""
    file = tmp_path / "site.db"
    migrate(file, "0001")
    return replace(Settings(secret_key="x" * 40), data_dir=tmp_path, database_url=f"sqlite:///{file}")


def migrate(file: Path, version: str) -> None:
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num TEXT)")
        database.execute("DELETE FROM alembic_version")
        database.execute("INSERT INTO alembic_version VALUES (?)", (version,))
    database.close()


def test_a_second_start_finds_who_may_sign_in_without_preparing(settings: Settings) -> None:
    unchanged.remember(settings, LOGINS)
    assert unchanged.logins_of_last_time(settings) == LOGINS


def test_the_first_start_prepares(settings: Settings) -> None:
    assert unchanged.logins_of_last_time(settings) is None


def test_a_database_moved_to_another_migration_is_prepared(settings: Settings) -> None:
    unchanged.remember(settings, LOGINS)
    migrate(settings.data_dir / "site.db", "0002")
    assert unchanged.logins_of_last_time(settings) is None


def test_a_database_made_anew_is_prepared(settings: Settings) -> None:
    unchanged.remember(settings, LOGINS)
    file = settings.data_dir / "site.db"
    file.rename(settings.data_dir / "old.db")
    migrate(file, "0001")
    assert unchanged.logins_of_last_time(settings) is None
    file.unlink()
    assert unchanged.logins_of_last_time(settings) is None


def test_changed_code_prepares(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "ROOT", tmp_path)
    (tmp_path / "migrations").mkdir()
    unchanged.remember(settings, LOGINS)
    (tmp_path / "migrations" / "0002_more.py").write_text("")
    assert unchanged.logins_of_last_time(settings) is None


@pytest.mark.parametrize("note", ["", "[]", "{", '{"logins": "x"}'])
def test_a_damaged_note_prepares(settings: Settings, note: str) -> None:
    (settings.data_dir / unchanged.NOTE).write_text(note)
    assert unchanged.logins_of_last_time(settings) is None


def test_a_database_server_is_always_asked(settings: Settings) -> None:
    elsewhere = replace(settings, database_url="postgresql+psycopg://localhost/pooyesh")
    unchanged.remember(elsewhere, LOGINS)
    assert unchanged.logins_of_last_time(elsewhere) is None
