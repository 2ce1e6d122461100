"""The project's own files, as the tests of the house read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TREES = ("campaigns", "sandbox", "tools", "benchmarks", "migrations", "tests")


@cache
def modules(*trees: str) -> tuple[Path, ...]:
    """Every Python file in these folders (all of them when none is named)."""
    return tuple(sorted(file for tree in trees or TREES for file in (ROOT / tree).rglob("*.py")))


@cache
def templates() -> tuple[Path, ...]:
    return tuple(sorted(file for file in (ROOT / "templates").rglob("*") if file.is_file()))


def stylesheets() -> list[Path]:
    static = ROOT / "static"
    return sorted([*static.glob("css/**/*.css"), *static.glob("themes/*/*.css")])


def scripts() -> list[Path]:
    return sorted((ROOT / "static" / "js").rglob("*.js"))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def name(file: Path) -> str:
    """The path inside the project, for messages and test ids."""
    return file.relative_to(ROOT).as_posix()


def dotted(file: Path) -> str:
    """`campaigns.base.digits` for campaigns/base/digits.py; a package by its own name."""
    return name(file).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Every module of ours that `file` imports, with the line. `from package import module` names the module."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield (full if _is_module(full) else node.module), node.lineno


def _is_module(full: str) -> bool:
    path = ROOT / full.replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
