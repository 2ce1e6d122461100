"""One stylesheet from many: `@import` written out, addresses made those of the built files, spaces squeezed.

An entry is a file in `static/css/` that no other file there imports.
"""

import re
from collections.abc import Callable
from pathlib import Path

from rcssmin import cssmin

_IMPORT = re.compile(r"""@import\s+url\(\s*["']?([^"')]+)["']?\s*\)\s*;""")
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
Address = Callable[[str], str]
_ELSEWHERE = ("data:", "#", "https:", "http:", "/")


class BadStylesheet(Exception):
    """A stylesheet names a file that is not there, or imports itself."""


def entries(folder: Path) -> list[Path]:
    """The stylesheets that pages link to."""
    files = sorted(folder.glob("*.css"))
    imported = {found for file in folder.rglob("*.css") for found in _imports(file)}
    return [file for file in files if file.resolve() not in imported]


def bundle(entry: Path, address: Address) -> bytes:
    """The finished stylesheet. `address` turns a file's name in `url()` into the address in the built one.

    Raises `BadStylesheet`.
    """

    def rewritten(match: re.Match[str]) -> str:
        name = match[1]
        return match[0] if name.startswith(_ELSEWHERE) else f'url("{address(name)}")'

    return str(cssmin(_URL.sub(rewritten, _written_out(entry, ())))).encode()


def on_paper(stylesheet: bytes) -> bytes:
    """A finished stylesheet that shows on a screen what it would print."""
    return stylesheet.replace(b"@media print", b"@media all")


def _written_out(file: Path, within: tuple[Path, ...]) -> str:
    if file in within:
        raise BadStylesheet(f"{file} imports itself")
    if not file.is_file():
        raise BadStylesheet(f"{within[-1]} imports {file}, which is not there")

    def contents(match: re.Match[str]) -> str:
        return _written_out((file.parent / match[1]).resolve(), (*within, file))

    return _IMPORT.sub(contents, file.read_text(encoding="utf-8"))


def _imports(file: Path) -> list[Path]:
    return [(file.parent / name).resolve() for name in _IMPORT.findall(file.read_text(encoding="utf-8"))]
