"""Makes the database ready to run: tables, provinces and counties, and sample data where nothing is yet.

`python -m tools.prepare FILE` also writes into FILE who may sign in: the app is loaded anyway.
"""

import io
import sys
from contextlib import redirect_stdout
from pathlib import Path

from click import Abort, ClickException
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import make_url, select
from sqlalchemy.exc import OperationalError

from campaigns.app import create_app
from campaigns.base.extensions import db
from campaigns.config import BadSettings, Settings, from_environment
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from tools import unchanged


def main(logins_file: str = "") -> int:
    try:
        settings = from_environment()
        logins = prepare(settings)
        unchanged.remember(settings, logins)
        if logins_file:
            Path(logins_file).write_text(logins, encoding="utf-8")
    except BadSettings as bad:
        print("\n".join(bad.problems))
        return 2
    except OperationalError as error:
        print(f"The database does not answer: {error.orig}")
        return 2
    except OSError as error:
        print(f"The data folder cannot be used ({error}). Choose another: DATA_DIR=… make run")
        return 2
    except (Abort, KeyboardInterrupt):
        return 130
    except ClickException as problem:
        problem.show()
        return 2
    return 0


def prepare(settings: Settings) -> str:
    """Safe to call again, also after it was interrupted. Raises what the commands raise.

    Returns the sample logins, empty where no sample people live.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    half_done = settings.data_dir / "sample-half-loaded"
    if half_done.exists():
        _start_over(settings)
    app = create_app(settings)
    with app.app_context():
        upgrade()
        app.cli.main(["regions", "seed"], prog_name="flask", standalone_mode=False)
        empty = _empty()
        db.session.remove()
        if empty:
            half_done.touch()
            app.cli.main(["sample", "load"], prog_name="flask", standalone_mode=False)
        half_done.unlink(missing_ok=True)
        logins = _logins(app)
        db.session.remove()
        db.engine.dispose()
    return logins


def _logins(app: Flask) -> str:
    said = io.StringIO()
    try:
        with redirect_stdout(said):
            app.cli.main(["sample", "logins"], prog_name="flask", standalone_mode=False)
    except ClickException:
        return ""
    return said.getvalue()


def _start_over(settings: Settings) -> None:
    """Removes a database in which the sample data was cut short. Raises `ClickException` for a server."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise ClickException("Loading the sample data was cut short: make the database anew, empty.")
    for suffix in ("", "-wal", "-shm"):
        Path(url.database + suffix).unlink(missing_ok=True)


def _empty() -> bool:
    """Nobody has an account and there is no campaign: sample data would mix with nothing."""
    return not any(db.session.scalar(select(table.id).limit(1)) for table in (User, Campaign))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
