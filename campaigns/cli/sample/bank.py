"""A gateway that answers at once and takes no money: only the loader owns it, no site offers it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from random import Random

from campaigns.domain.payments.contract import (
    CallbackHint,
    Capabilities,
    Environment,
    Outcome,
    Redirect,
    ReportRow,
    StartRequest,
    StartResult,
    UnverifiedItem,
    VerifyRequest,
    VerifyResult,
)


class Ending(Enum):
    """What a sample donor does at the bank."""

    PAID = "paid"
    CANCELLED = "cancelled"  # comes back saying no
    ABANDONED = "abandoned"  # closes the tab without paying
    CHECKING = "checking"  # the bank does not answer yet


class SampleBank:
    """A `Gateway` for which every session ends as it was told before it began."""

    name = "sample"
    environment: Environment = "sandbox"

    def __init__(self, dice: Random) -> None:
        self.next_ending = Ending.PAID
        self._dice = dice
        self._endings: dict[str, Ending] = {}

    def capabilities(self) -> Capabilities:
        return Capabilities(min_rials=10_000, max_rials=None, verify_window=timedelta(days=1), inquiry=True)

    def start(self, request: StartRequest) -> StartResult:
        return StartResult(self.session(self.next_ending), Redirect("GET", request.callback_url))

    def session(self, ending: Ending) -> str:
        """Opens a session that will end so; returns its reference."""
        ref = f"S{len(self._endings) + 1:08}"
        self._endings[ref] = ending
        return ref

    def parse_callback(
        self, method: str, args: Mapping[str, object], form: Mapping[str, object], json: object
    ) -> CallbackHint:
        """Nobody ever comes back from here by browser."""
        return CallbackHint(None, "unknown")

    def verify(self, request: VerifyRequest) -> VerifyResult:
        ending = self._endings.get(request.gateway_ref)
        if ending is Ending.CHECKING:
            return VerifyResult(Outcome.UNKNOWN)
        if ending is not Ending.PAID:
            return VerifyResult(Outcome.NOT_PAID)
        return VerifyResult(
            Outcome.PAID,
            rials=request.rials,
            receipt_ref=f"{request.numeric_ref}",
            card_mask=f"603799******{self._dice.randrange(10_000):04}",
        )

    def inquire(self, request: VerifyRequest) -> VerifyResult:
        paid = self._endings.get(request.gateway_ref) is Ending.PAID
        return VerifyResult(Outcome.PAID_UNVERIFIED if paid else Outcome.NOT_PAID)

    def reverse(self, request: VerifyRequest) -> VerifyResult:
        return VerifyResult(Outcome.REFUSED)

    def list_unverified(self) -> Sequence[UnverifiedItem]:
        return ()

    def report(self, first: date, last: date) -> Sequence[ReportRow]:
        return ()
