"""Why a delivery was not recorded or not agreed to."""


class Refused(Exception):
    """`code` is a word for the door to put into a sentence; `rials`: what is left, where that is the reason."""

    def __init__(self, code: str, rials: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.rials = rials
