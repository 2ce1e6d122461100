"""Why money may not be spent. Each is said beside the field it is about."""

from campaigns.domain.contributions.rules import Rule


class Refused(Exception):
    """A spending that may not be. `field` is what it is about."""

    field = "rials"


class TooLittle(Refused):
    """The bucket holds only `left_rials`."""

    def __init__(self, left_rials: int) -> None:
        super().__init__(left_rials)
        self.left_rials = left_rials


class WrongPurpose(Refused):
    """The rule of the intent does not allow the purpose."""

    field = "purpose"

    def __init__(self, rule: Rule) -> None:
        super().__init__(str(rule.sentence))
        self.rule = rule


class RunningPromised(Refused):
    """The page of the campaign promises that the organization pays its running costs."""

    field = "purpose"


class SameDocument(Refused):
    """Another spending from this bucket stands with the same document."""

    field = "document"


class SamePerson(Refused):
    """Who proposed a spending does not decide on it."""


class NoLonger(Refused):
    """The spending is not in the state it would have to be in: somebody was first."""
