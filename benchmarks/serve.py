"""`python -m benchmarks.serve MODULE:APP PORT`: an app on the server that `flask serve` starts."""

import sys

from campaigns.cli.serve import run
from tools.run import HOST, THREADS, WORKERS

if __name__ == "__main__":
    run(sys.argv[1], HOST, int(sys.argv[2]), WORKERS, THREADS)
