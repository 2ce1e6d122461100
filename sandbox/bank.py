"""What the pages and the API of the bank share."""

from dataclasses import dataclass, field
from typing import Any, cast

from flask import current_app, request

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.magic import Magic, magic
from sandbox.settings import BankSettings
from sandbox.store import Store


@dataclass
class Bank:
    settings: BankSettings
    store: Store
    clock: Clock = field(default_factory=Clock)
    faults: Faults = field(default_factory=Faults)

    def magic(self, rials: int) -> Magic | None:
        return magic(rials) if self.settings.magic else None


def the_bank() -> Bank:
    return cast(Bank, current_app.extensions["bank"])


def sent_object() -> dict[str, Any]:
    """The JSON object of this request; empty when it sent none, or one nested too deep to read."""
    try:
        sent = request.get_json(silent=True)
    except RecursionError:
        return {}
    return sent if isinstance(sent, dict) else {}
