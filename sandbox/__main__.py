"""`python -m sandbox`: the practice bank on 127.0.0.1:BANK_PORT until Ctrl-C."""

import signal
import sys

from sandbox.app import create_bank
from sandbox.server import HERE, bind
from sandbox.settings import NotInProduction, from_environment


def main() -> int:
    try:
        settings = from_environment()
        server = bind(create_bank(settings), settings.port)
    except (NotInProduction, OSError, ValueError) as problem:
        sys.stderr.write(f"practice bank: {problem}\n")
        return 2
    signal.signal(signal.SIGTERM, _stop)
    sys.stdout.write(f"practice bank on http://{HERE}:{server.port}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        server.server_close()
    return 0


def _stop(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
