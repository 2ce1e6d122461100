"""Ways to pay: which terminals a gift may go through now, and the adapter that an earlier attempt belongs to.

What the database says of terminals and their health is kept in this process while its stamp stands still: a
request asks for it without a query, and knows of a change a second later at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from flask import current_app

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.config import Settings
from campaigns.domain.payments import health
from campaigns.domain.payments.contract import Gateway
from campaigns.domain.payments.errors import ConfigError
from campaigns.domain.payments.health import Pulse
from campaigns.domain.payments.terminals import STAMP, Terminal, key, terminals
from campaigns.gateways import PLUGS, build_terminal
from campaigns.web.shelf import kept

HOUSE = 0
"""The `account_id` of a terminal from the settings of the environment."""
WELL = Pulse()

log = structlog.get_logger("gateways")


@dataclass(frozen=True)
class Way:
    """One terminal that takes gifts, with its adapter."""

    gateway: Gateway
    account_id: int

    @property
    def name(self) -> str:
        return self.gateway.name

    def takes(self, rials: int) -> bool:
        can = self.gateway.capabilities()
        return can.min_rials <= rials and (can.max_rials is None or rials <= can.max_rials)


@dataclass(frozen=True)
class Known:
    """What the database says: accounts by id, and what was last heard of each terminal."""

    accounts: Mapping[int, Terminal]
    pulses: Mapping[tuple[str, int], Pulse]

    def pulse(self, gateway: str, account_id: int) -> Pulse:
        return self.pulses.get((gateway, account_id), WELL)


def known() -> Known:
    found = kept((STAMP,), _read, lambda _known: frozenset({STAMP}))
    return found if found is not None else Known({}, {})


def of_settings() -> Mapping[str, Gateway]:
    """The terminals of the environment's settings, in the order they are offered."""
    found: dict[str, Gateway] = current_app.extensions["gateways"]
    return found


def ways(organization_id: int | None) -> list[Way]:
    """Every way to pay this organization: by its own terminal, else the house's, else that of the settings.
    None: every way to pay the house.

    One whose terminal cannot be read is left out: money never goes to another terminal than was meant.
    """
    present = [one for one in known().accounts.values() if one.present]
    found = []
    for name, plain in of_settings().items():
        own = {
            one.organization_id: one
            for one in present
            if (one.gateway, one.environment) == (name, plain.environment)
        }
        account = own.get(organization_id) or own.get(None)
        gateway = plain if account is None else _built(account)
        if gateway is not None:
            found.append(Way(gateway, account.id if account else HOUSE))
    return found


def offered(organization_id: int, rials: int | None = None) -> list[Way]:
    """The ways that a form shows: those that open sessions; when none does, all, for trying is better."""
    fitting = [way for way in ways(organization_id) if rials is None or way.takes(rials)]
    heard = known()
    well = [way for way in fitting if not heard.pulse(way.name, way.account_id).is_out()]
    return well or fitting


def gateway_of(name: str, account_id: int | None) -> Gateway | None:
    """The adapter of the terminal that an attempt was begun with; None when it is gone or unreadable."""
    if not account_id:
        return of_settings().get(name)
    account = known().accounts.get(account_id)
    return None if account is None else _built(account)


def is_usable(account_id: int) -> bool:
    """Whether an account can be read and its gateway takes it."""
    account = known().accounts.get(account_id)
    return account is not None and _built(account) is not None


def every_gateway() -> dict[str, Gateway]:
    """Every adapter that attempts may need, by `terminals.key`."""
    found = dict(of_settings())
    for account in known().accounts.values():
        gateway = _built(account)
        if gateway is not None:
            found[key(account.gateway, account.id)] = gateway
    return found


def gateway_label(name: str) -> Any:
    """What people call a gateway."""
    return PLUGS[name].label if name in PLUGS else name


def opened(way: Way) -> None:
    """A session was opened by this way: written down when that is news. Commits when it writes."""
    pulse = known().pulse(way.name, way.account_id)
    stale = pulse.worked_at is None or now() - pulse.worked_at > health.HEARD_EVERY
    if stale or pulse.failures or pulse.out_until:
        health.worked(way.name, way.account_id)
        db.session.commit()


def _read() -> Known:
    return Known({one.id: one for one in terminals()}, health.pulses())


def _built(account: Terminal) -> Gateway | None:
    """Built once in each process: an adapter keeps its connections."""
    if account.values is None or account.gateway not in PLUGS:
        return None
    settings: Settings = current_app.config["SETTINGS"]
    address = getattr(settings, f"{account.gateway}_base_url")
    made: dict[object, Gateway | None] = current_app.extensions.setdefault("terminals", {})
    known_by = (account.gateway, account.environment, address, *sorted(account.values.items()))
    if known_by not in made:
        made[known_by] = _terminal(account.gateway, account.environment, settings, account.values)
    return made[known_by]


def _terminal(name: str, environment: str, settings: Settings, values: Mapping[str, str]) -> Gateway | None:
    try:
        gateway = build_terminal(name, settings, values)
    except ConfigError as error:
        log.error("gateway_account_refused", gateway=name, error=str(error))
        return None
    return gateway if gateway.environment == environment else None
