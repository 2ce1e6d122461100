"""Runs one migration's change of data on the database of a test, whose tables have its form already."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from alembic.migration import MigrationContext
from alembic.operations import Operations

from campaigns.base.extensions import db

VERSIONS = Path(__file__).parents[2] / "migrations/versions"


def run(name: str, step: str) -> None:
    """`name`: what the file is called after its number; `step`: upgrade or downgrade. Commits."""
    with Operations.context(MigrationContext.configure(db.session.connection())):
        getattr(_load(name), step)()
    db.session.commit()
    db.session.expire_all()


def _load(name: str) -> ModuleType:
    (path,) = VERSIONS.glob(f"*_{name}.py")
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
