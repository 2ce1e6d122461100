"""Why something is not done at a counter."""


class Refused(Exception):
    """`code` says why; the doors have a sentence and a field for each."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
