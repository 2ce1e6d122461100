"""Why something about money was not done."""


class Refused(Exception):
    """It cannot be done; `why` is a word for the door to put into a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
