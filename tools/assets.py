"""`make assets`: what browsers load, built into `static/build/`, which git ignores.

Every file has a hash of its content in its name, so it may be kept for ever; `.br` and `.gz` lie beside it.
`manifest.json` says which file a name means now: `app.css`, `fonts/…`, `js/…`, `img/…`.
"""

import gzip
import hashlib
import json
import sys
import time
from pathlib import Path

import brotli

from tools import counties, fonts, packages, styles
from tools.setup import ROOT

STATIC = ROOT / "static"
BUILD = STATIC / "build"
CACHE = ROOT / ".cache"
COMPRESSIBLE = {".css", ".js", ".svg", ".txt", ".json", ".webmanifest"}
OLD_SECONDS = 24 * 3600
"""How long a file of an earlier build stays: pages that name it may still be kept somewhere."""


def build() -> None:
    """Builds what is not built yet; a second call does nothing. Ends the program when it cannot."""
    packages.install_packages()
    now = _fingerprint()
    stamp = BUILD / ".inputs"
    if stamp.exists() and stamp.read_text() == now:
        return
    print("Building fonts, stylesheets and scripts …", flush=True)
    BUILD.mkdir(parents=True, exist_ok=True)
    manifest: dict[str, str] = {}
    for name, content in _fonts().items():
        manifest[f"fonts/{name}"] = _put(f"fonts/{name}", content)
    for file in _plain_files():
        name = file.relative_to(STATIC).as_posix()
        manifest[name] = _put(name, file.read_bytes())
    try:
        for entry in styles.entries(STATIC / "css"):
            manifest[entry.name] = _put(entry.name, styles.bundle(entry, _address(manifest)))
        printed = styles.on_paper(styles.bundle(STATIC / "css" / "app.css", _address(manifest)))
        manifest["paper.css"] = _put("paper.css", printed)
    except styles.BadStylesheet as problem:
        sys.exit(str(problem))
    _write_json("counties.json", counties.by_province(packages.FOLDER / counties.SOURCE))
    _write_json("manifest.json", dict(sorted(manifest.items())))
    _sweep(set(manifest.values()))
    stamp.write_text(now)


def _fingerprint() -> str:
    """Changes with every input: sources, packages, and the tools themselves."""
    digest = hashlib.sha256()
    tools = [*(ROOT / "tools").glob("*.py"), ROOT / "campaigns/domain/regions/provinces.py"]
    inputs = [file for file in STATIC.rglob("*") if file.is_file() and BUILD not in file.parents]
    for file in sorted([*tools, *inputs, packages.STAMP]):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _plain_files() -> list[Path]:
    """Scripts and drawings: served as they are written."""
    return sorted(file for part in ("js", "img") for file in (STATIC / part).rglob("*") if file.is_file())


def _fonts() -> dict[str, bytes]:
    """The fonts and their licence. Cutting takes a second, so the result is kept outside the build."""
    source = packages.FOLDER / fonts.SOURCE
    recipe = Path(fonts.__file__).read_bytes() + source.read_bytes()
    kept = CACHE / f"fonts-{hashlib.sha256(recipe).hexdigest()[:16]}"
    if not (kept / "done").exists():
        kept.mkdir(parents=True, exist_ok=True)
        for name, content in fonts.cut(source).items():
            (kept / name).write_bytes(content)
        (kept / "done").touch()
    files = {name: (kept / name).read_bytes() for name in fonts.RANGES}
    whole = [packages.FOLDER / "vazirmatn" / "OFL.txt", *(packages.FOLDER / name for name in fonts.DRAWN)]
    return files | {file.name: file.read_bytes() for file in whole}


def _put(name: str, content: bytes) -> str:
    """Writes a file and, where smaller, its compressed forms under its hashed name. Returns that name."""
    path = Path(name)
    hashed = path.with_stem(f"{path.stem}.{hashlib.sha256(content).hexdigest()[:10]}").as_posix()
    target = BUILD / hashed
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    if path.suffix in COMPRESSIBLE:
        for suffix, packed in ((".br", brotli.compress(content)), (".gz", gzip.compress(content, mtime=0))):
            if len(packed) < len(content):
                (BUILD / (hashed + suffix)).write_bytes(packed)
    return hashed


def _address(manifest: dict[str, str]) -> styles.Address:
    """How a stylesheet, which lies at the top of the build, names a font or a drawing."""

    def address(name: str) -> str:
        bare = name.removeprefix("../")
        for known in (bare, f"fonts/{bare}", f"img/{bare}"):
            if known in manifest:
                return manifest[known]
        raise styles.BadStylesheet(f"a stylesheet names {name}, which is not there")

    return address


def _write_json(name: str, content: object) -> None:
    """Whole or not at all: a running site may be reading it."""
    fresh = BUILD / f".{name}.new"
    fresh.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(BUILD / name)


def _sweep(present: set[str]) -> None:
    """Removes files of builds that no page remembers."""
    keep = present | {"manifest.json", "counties.json", ".inputs"}
    for file in BUILD.rglob("*"):
        name = file.relative_to(BUILD).as_posix()
        known = {name, name.removesuffix(".br"), name.removesuffix(".gz")}
        if file.is_file() and not known & keep and file.stat().st_mtime < time.time() - OLD_SECONDS:
            file.unlink()


if __name__ == "__main__":
    build()
