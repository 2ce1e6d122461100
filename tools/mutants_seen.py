"""Which test comes by which line of the code that is broken, and how long it takes while nothing is."""

import ast
import sys
import threading
import time
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from types import FrameType
from typing import Any

from tools.setup import ROOT

MOST_SECONDS = 45.0


@dataclass
class Seen:
    """`lines`: of each test, the lines it ran, as «path:line». `seconds`: of each. `of`: of which text of the code."""

    of: str = ""
    lines: dict[str, list[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def tests(self, path: str, line: int) -> list[str]:
        """Those that ran the statement of this line, the quickest first; else its function; else the file.
        `MOST_SECONDS` of them: more is not waited for.
        """
        for wanted in _wider(path, line):
            found = [name for name, lines in self.lines.items() if not wanted.isdisjoint(lines)]
            if found:
                return self._first(sorted(found, key=self.seconds.__getitem__))
        return []

    def _first(self, names: list[str]) -> list[str]:
        within = list(accumulate(self.seconds[name] for name in names))
        return names[: max(1, bisect(within, MOST_SECONDS))]


class Watch:
    """Writes down the lines of these files that run while it is on."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = {str(ROOT / path): path for path in paths}
        self._lines: set[str] = set()
        self._began = 0.0

    def __enter__(self) -> "Watch":
        self._lines, self._began = set(), time.monotonic()
        threading.settrace(self._call)
        sys.settrace(self._call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)
        threading.settrace(None)  # type: ignore[arg-type]

    def into(self, seen: Seen, name: str) -> None:
        seen.lines[name], seen.seconds[name] = sorted(self._lines), time.monotonic() - self._began

    def _call(self, frame: FrameType, _event: str, _value: Any) -> Any:
        path = self._paths.get(frame.f_code.co_filename)
        if path is None:
            return None

        def line(inside: FrameType, event: str, _value: Any) -> Any:
            if event == "line":
                self._lines.add(f"{path}:{inside.f_lineno}")
            return line

        return line


def _wider(path: str, line: int) -> list[set[str]]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    around = [
        node for node in ast.walk(tree) if isinstance(node, ast.stmt) and _last(node) >= line >= node.lineno
    ]
    around.sort(key=lambda node: _last(node) - node.lineno)
    functions = [node for node in around if isinstance(node, ast.FunctionDef)]
    spans = [
        (node.lineno, _head(node))
        for node in around[:1]
        if not isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]
    spans += [(node.body[0].lineno, _last(node)) for node in functions[:1]]
    spans += [(node.lineno, _last(node)) for node in around if isinstance(node, ast.ClassDef)]
    spans.append((1, _last(tree.body[-1])))
    return [{f"{path}:{at}" for at in range(first, last + 1)} for first, last in spans]


def _head(node: ast.stmt) -> int:
    """The last line of a statement, or of its head where others are inside."""
    body = getattr(node, "body", None)
    return body[0].lineno - 1 if body and body[0].lineno > node.lineno else _last(node)


def _last(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno
