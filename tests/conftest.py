"""What every test may ask for. The fixtures themselves are in `tests/support/`, one subject a file."""

pytest_plugins = ("tests.support.house", "tests.support.processes", "tests.support.browsers")
