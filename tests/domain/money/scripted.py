"""A bank in this process that does, says and loses what the test wants. Its own book is the truth about money."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from campaigns.base.clock import now
from campaigns.domain.payments.contract import (
    CallbackHint,
    Capabilities,
    Environment,
    Outcome,
    Redirect,
    StartRequest,
    StartResult,
    UnverifiedItem,
    VerifyRequest,
    VerifyResult,
)
from campaigns.domain.payments.errors import NotSupported, Unavailable

GIVES_BACK_AFTER = timedelta(minutes=30)
"""What nobody has verified by then is the payer's again."""


@dataclass
class Session:
    """`taken`: what the payer was charged. `how` the bank treats another amount than ours: it `refuses` to verify,
    `gives` it and says how much, or `warns` that it has given something else.
    """

    ref: str
    rials: int
    state: str = "open"  # open, failed, paid, verified, back
    taken: int = 0
    how: str = "gives"
    receipt: str = ""
    paid_at: datetime | None = None


@dataclass
class Trouble:
    """What happens to the next call of one operation: the bank is `away` and does not hear it, does it and the
    answer is `lost`, says «paid» `again`, is `silent` about the amount, or is `slow`: `meanwhile` is what happens
    after it has decided and before we hear of it.
    """

    operation: str
    kind: str
    meanwhile: Callable[[], None] = field(default=lambda: None)


FINE = Trouble("", "fine")


class Scripted:
    """A gateway. `by_receipt`: like Saman it knows a payment only by what the browser brings, cannot be asked
    otherwise and does not care whose receipt it is; else like ZarinPal.
    """

    environment: Environment = "sandbox"

    def __init__(self, name: str, *, by_receipt: bool) -> None:
        self.name, self.by_receipt = name, by_receipt
        self.sessions: dict[str, Session] = {}
        self.troubles: list[Trouble] = []
        self._numbers = count(1)

    def capabilities(self) -> Capabilities:
        return Capabilities(
            min_rials=1_000,
            max_rials=None,
            verify_window=GIVES_BACK_AFTER,
            receipt_by_callback=self.by_receipt,
            inquiry=not self.by_receipt,
            unverified_list=not self.by_receipt,
            unverified_limit=100,
        )

    def start(self, request: StartRequest) -> StartResult:
        trouble = self._trouble("start")
        if trouble.kind == "away":
            raise Unavailable("the bank is away")
        ref = f"{self.name}-{next(self._numbers)}"
        self.sessions[ref] = Session(ref, request.rials)
        trouble.meanwhile()
        if trouble.kind == "lost":
            raise Unavailable("the answer is lost")
        return StartResult(ref, Redirect("GET", f"https://bank.example/{ref}"))

    def parse_callback(
        self, method: str, args: Mapping[str, object], form: Mapping[str, object], json: object
    ) -> CallbackHint:
        return CallbackHint(None, "unknown")

    def verify(self, request: VerifyRequest) -> VerifyResult:
        trouble = self._trouble("verify")
        if trouble.kind == "away":
            return VerifyResult(Outcome.UNKNOWN)
        self._give_back()
        answer = self._verified(request, trouble.kind)
        trouble.meanwhile()
        return VerifyResult(Outcome.UNKNOWN) if trouble.kind == "lost" else answer

    def inquire(self, request: VerifyRequest) -> VerifyResult:
        assert not self.by_receipt
        if self._trouble("inquiry") is not FINE:
            return VerifyResult(Outcome.UNKNOWN)
        self._give_back()
        session = self.sessions.get(request.gateway_ref)
        if session is not None and session.taken not in {0, request.rials}:
            return VerifyResult(Outcome.MISMATCH)
        return VerifyResult(_SEEN[session.state] if session else Outcome.NOT_PAID)

    def reverse(self, request: VerifyRequest) -> VerifyResult:
        raise NotSupported("this bank takes nothing back")

    def list_unverified(self) -> Sequence[UnverifiedItem]:
        if self._trouble("list") is not FINE:
            raise Unavailable("the bank is away")
        self._give_back()
        return [UnverifiedItem(one.ref, one.taken) for one in self.sessions.values() if one.state == "paid"]

    def pay(self, ref: str, rials: int, how: str) -> Session:
        """The payer's money is at the bank, however late."""
        session = self.sessions[ref]
        if session.state in {"open", "failed"}:
            session.state, session.taken, session.how = "paid", rials, how
            session.receipt, session.paid_at = f"R-{ref}", now()
        return session

    def given(self) -> int:
        """All the rials that are ours by the bank's own book."""
        return sum(one.taken for one in self.sessions.values() if one.state == "verified")

    def _trouble(self, operation: str) -> Trouble:
        for trouble in self.troubles:
            if trouble.operation == operation:
                self.troubles.remove(trouble)
                return trouble
        return FINE

    def _verified(self, request: VerifyRequest, trouble: str) -> VerifyResult:
        if self.by_receipt and request.receipt_ref is None:
            return VerifyResult(Outcome.UNKNOWN)
        session = self._meant(request)
        if session is None or session.state in {"open", "failed"}:
            return VerifyResult(Outcome.NOT_PAID)
        if session.state == "back":
            return VerifyResult(Outcome.REVERSED)
        other = session.taken != request.rials
        if other and session.how == "refuses":
            return VerifyResult(Outcome.MISMATCH)
        first = session.state == "paid" or trouble == "again"
        session.state = "verified"
        return VerifyResult(
            Outcome.MISMATCH if other and session.how == "warns" else _VERIFIED[first],
            rials=None if trouble == "silent" and not other else session.taken,
            receipt_ref=session.receipt,
            fee_rials=None if self.by_receipt else session.taken // 200,
        )

    def _meant(self, request: VerifyRequest) -> Session | None:
        if not self.by_receipt:
            return self.sessions.get(request.gateway_ref)
        with_it = (one for one in self.sessions.values() if one.receipt == request.receipt_ref)
        return next(with_it, None)

    def _give_back(self) -> None:
        for session in self.sessions.values():
            late = session.paid_at is not None and now() - session.paid_at > GIVES_BACK_AFTER
            if session.state == "paid" and late:
                session.state = "back"


_VERIFIED = {True: Outcome.PAID, False: Outcome.ALREADY}
_SEEN = {
    "open": Outcome.PENDING,
    "failed": Outcome.NOT_PAID,
    "paid": Outcome.PAID_UNVERIFIED,
    "verified": Outcome.ALREADY,
    "back": Outcome.REVERSED,
}
