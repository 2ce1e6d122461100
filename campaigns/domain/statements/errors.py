"""Why something about a statement cannot be done. Doors have a sentence for each word."""


class Unreadable(Exception):
    """A file that cannot be read as a table. `why`: `empty`, `large`, `rows`, `old_excel`, `web_page`, `pdf`,
    `not_text`, `broken`, `bomb`.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Refused(Exception):
    """Something may not be done. `why` says what, in one word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
