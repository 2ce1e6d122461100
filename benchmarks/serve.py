"""`python -m benchmarks.serve MODULE:APP HOST PORT WORKERS THREADS [worker]`: an app on the server of `flask serve`.

Reads no tool of ours: what it weighs is what the site weighs.
"""

import sys

from campaigns.cli.serve import run

if __name__ == "__main__":
    target, host, *numbers = sys.argv[1:6]
    sys.exit(run(target, host, *map(int, numbers), with_worker="worker" in sys.argv))
