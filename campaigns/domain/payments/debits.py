"""What the house asks of a gateway that takes money by a contract which its payer signed once (direct debit).

As with `contract.Gateway`: it answers questions and changes nothing of ours. A signature can move money: it is never
logged, never part of a `raw`, and kept sealed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from campaigns.domain.payments.contract import Gateway, Raw


class Said(StrEnum):
    """What a gateway says about a contract, in the words of the house."""

    DONE = "done"  # signed, taken or cancelled, by this call or an earlier one
    NOT_DONE = "not_done"  # a definite no, for now: not signed yet, no funds
    OVER = "over"  # there is no such contract any more
    UNKNOWN = "unknown"  # no answer, or none that can be believed


@dataclass(frozen=True)
class ContractRequest:
    """What a payer is to sign. `mobile` as +989…; nothing is taken beyond any of its limits."""

    mobile: str
    expires_at: datetime
    max_daily: int
    max_monthly: int
    max_rials: int
    callback_url: str


@dataclass(frozen=True)
class ContractBank:
    """A bank that signs contracts. `max_daily_rials`: what it lets go in a day, None where it does not say."""

    name: str
    code: str
    max_daily_rials: int | None


@dataclass(frozen=True)
class Answer:
    """One answer about a contract. `signature` only from `DirectDebit.signature`, and only with `DONE`."""

    said: Said
    code: str | None = None
    signature: str | None = field(default=None, repr=False)
    raw: Raw = field(default_factory=dict)


class DirectDebit(Protocol):
    """Direct debit at one gateway in one environment."""

    def open_contract(self, request: ContractRequest) -> str:
        """The gateway's name of a new contract that nobody has signed. Raises `GatewayError`."""

    def banks(self) -> Sequence[ContractBank]:
        """Where a payer may sign. Raises `GatewayError`."""

    def signing_url(self, contract_ref: str, bank_code: str) -> str:
        """Where the payer goes to sign. No I/O."""

    def signature(self, contract_ref: str) -> Answer:
        """Asks whether it was signed. Safe to call any number of times; never raises `GatewayError`."""

    def checkout(self, gateway_ref: str, signature: str) -> Answer:
        """Takes the money of an open session, once however often it is called for the same session.

        Its answer is no evidence of money: the caller asks `Gateway.verify`. Never raises `GatewayError`.
        """

    def cancel(self, signature: str) -> Answer:
        """Ends the contract at the gateway; OVER when it was over before. Never raises `GatewayError`."""


def debit_of(gateway: Gateway | None) -> DirectDebit | None:
    """Direct debit of a gateway that has it."""
    if gateway is None or not gateway.capabilities().mandates:
        return None
    found: DirectDebit | None = getattr(gateway, "direct_debit", None)
    return found
