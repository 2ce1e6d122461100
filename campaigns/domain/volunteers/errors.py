"""What is not done, and why."""


class Refused(Exception):
    """`reason`: `moved` (somebody was quicker, or it is too late), `evidence`, `reason`, `many`, `taken`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
