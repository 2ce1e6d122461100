"""`make lock`: pins every package and its hashes, for every platform. The files name no registry."""

import subprocess
import sys
from pathlib import Path

from tools.setup import NEEDED, ROOT

FILES = ("requirements", "requirements-build", "requirements-node", "requirements-dev")
OPTIONS = ("--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate")


def main() -> int:
    """Locks in order: later files are constrained by earlier ones. Extra arguments go to uv (`--upgrade`)."""
    uv = Path(sys.executable).with_name("uv")
    lowest = ".".join(map(str, NEEDED))
    for name in FILES:
        print(f"{name}.txt", flush=True)
        command = [uv, "pip", "compile", *OPTIONS, "--python-version", lowest, *sys.argv[1:]]
        done = subprocess.run([*command, "-o", f"{name}.txt", f"{name}.in"], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
