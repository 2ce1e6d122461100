"""Why something is not done in a warehouse."""


class Refused(Exception):
    """`code` says why; the door has a sentence and a field for each."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
