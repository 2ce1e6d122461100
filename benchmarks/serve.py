"""`python -m benchmarks.serve MODULE:APP PORT [worker]`: an app on the server of `flask serve`, and its worker."""

import sys

from campaigns.cli.serve import run
from tools.run import HOST, THREADS, WORKERS

if __name__ == "__main__":
    sys.exit(run(sys.argv[1], HOST, int(sys.argv[2]), WORKERS, THREADS, with_worker="worker" in sys.argv))
