"""Why something about money was not done."""


class Refused(Exception):
    """It cannot be done; `why` is a word for the door to put into a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Spent(Refused):
    """The campaign has spent the money already: under this intent only `left_rials` are there."""

    def __init__(self, left_rials: int) -> None:
        super().__init__("spent")
        self.left_rials = max(0, left_rials)
