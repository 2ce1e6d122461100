"""Small files, small functions, plain names, nothing half done."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from tests.house import source

LINES_OF_A_MODULE = 300
LINES_OF_A_FUNCTION = 40  # without its signature and docstring
LINES_OF_A_TEST = 60
LINES_OF_A_TEMPLATE = 150
LINES_OF_A_STYLESHEET = 250
LAZY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
HALF_DONE = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


WRITTEN = [file for file in source.modules() if file.parent.name != "versions"]
"""Every module but the migrations, which are generated and never edited afterwards."""


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def longer(files: Iterable[Path], most: int) -> list[str]:
    return [f"{source.name(file)} has {len(lines(file))} lines" for file in files if len(lines(file)) > most]


def test_files_are_small() -> None:
    assert not longer(WRITTEN, LINES_OF_A_MODULE)
    assert not longer(source.templates(), LINES_OF_A_TEMPLATE)
    assert not longer(source.stylesheets(), LINES_OF_A_STYLESHEET)


def test_a_module_says_what_it_is() -> None:
    for file in WRITTEN:
        assert file.stem not in LAZY_NAMES, file
        says = ast.get_docstring(source.tree(file)) is not None
        assert says or not lines(file) or file.stem.startswith("test_"), (
            f"{source.name(file)} has no docstring"
        )


def test_functions_are_small_and_import_nothing_late() -> None:
    for file in WRITTEN:
        most = LINES_OF_A_TEST if source.name(file).startswith("tests/") else LINES_OF_A_FUNCTION
        for node in ast.walk(source.tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                where = f"{source.name(file)}:{node.lineno} {node.name}"
                assert size(node) <= most, f"{where} has {size(node)} lines"
                late = [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
                assert not late, f"{where} imports inside"


def size(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_nothing_is_half_done() -> None:
    texts = [*source.modules(), *source.templates(), *source.stylesheets(), *source.scripts()]
    unfinished = [
        f"{source.name(file)}:{number}"
        for file in texts
        for number, line in enumerate(lines(file), 1)
        if HALF_DONE.search(line)
    ]
    assert not unfinished
