"""What can stand in the way of a claim."""


class NotCredited(Exception):
    """The money of this line is not this claim's; the book was not changed. `reason`: `claim`, another line has
    brought this gift already; `line`, this line has brought another one; `campaign`, its campaign was cancelled
    and takes nothing more.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Exception):
    """Something may not be done. `reason` says what, in one word that doors have a sentence for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
