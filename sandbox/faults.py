"""Faults that wait to happen: for the next N calls of an operation, or for one session."""

import threading
from dataclasses import dataclass

PAYMAN = frozenset({"payman_request", "banksList", "payman_verify", "checkout", "cancelContract"})
API = PAYMAN | {"request", "verify", "inquiry", "unVerified", "reverse"}
"""The operations of all gateways in one vocabulary; one that a gateway does not have is never called there."""
KINDS: dict[str, frozenset[str]] = {
    # kind: the operations it may strike
    "delay_ms": API | {"pay"},  # waits `value` milliseconds, then goes on
    "http_500": API | {"pay"},  # answers 500 and does nothing
    "rate_limit": API,  # answers 429 with Retry-After: `value` seconds, and does nothing
    "drop_request": API | {"pay"},  # closes the connection without a word, and does nothing
    "drop_response_after_commit": API | {"pay"},  # does it, then closes the connection without a word
    "html_body": API,  # does it, then answers a page of HTML with status `value`, or 200
    "truncated_json": API,  # does it, then sends half of the answer
    "bad_types": API,  # does it, then answers with every number as a fraction
    "terminal_off": frozenset({"request"}),  # answers that this terminal is not active
    "verify_flip": frozenset({"verify"}),  # says «verified now» again where «already» is due
    "refuse_reverse": frozenset({"reverse"}),  # the payer's bank does not take it back
    "no_funds": frozenset({"checkout"}),  # the payer's account is empty
    "revoked": frozenset({"checkout"}),  # the payer has ended the contract at their bank
    "tamper_amount": frozenset({"pay"}),  # takes `value` rials more than was asked
    "auto_verify": frozenset({"pay"}),  # confirms by itself at once: the first verify answers «already»
    "duplicate_callback": frozenset({"pay"}),  # calls back `value` more times, besides the payer
    "late_callback": frozenset({"pay"}),  # calls back once more, `value` milliseconds later
    "callback_method": frozenset({"pay"}),  # sends the payer back by POST where GET is usual, and the reverse
    "no_callback": frozenset({"pay"}),  # the payer pays and never comes back
}


class BadFault(ValueError):
    """Not a fault this bank knows."""


@dataclass
class Fault:
    """`operation` and `authority` narrow it, None means any; it strikes `calls` times."""

    kind: str
    value: int = 1
    operation: str | None = None
    authority: str | None = None
    calls: int = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadFault(f"no fault {self.kind!r}")
        if self.operation is not None and self.operation not in KINDS[self.kind]:
            raise BadFault(f"{self.kind} cannot strike {self.operation!r}")

    def strikes(self, operation: str, authority: str | None) -> bool:
        return (
            operation in KINDS[self.kind]
            and self.operation in {None, operation}
            and self.authority in {None, authority}
        )


class Faults:
    """Kept in memory: a bank that starts anew has none."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> int:
        """How many have not struck yet."""
        with self._lock:
            return len(self._waiting)

    def take(self, operation: str, authority: str | None) -> dict[str, int]:
        """kind → value of what strikes this call, each used up by one."""
        with self._lock:
            struck = [fault for fault in self._waiting if fault.strikes(operation, authority)]
            for fault in struck:
                fault.calls -= 1
            self._waiting = [fault for fault in self._waiting if fault.calls > 0]
            return {fault.kind: fault.value for fault in struck}
