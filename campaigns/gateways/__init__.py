"""The plugs for payment gateways: one file each, and one line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import lazy_gettext as _l

from campaigns.domain.payments.contract import Gateway
from campaigns.domain.payments.errors import ConfigError
from campaigns.gateways import sep, zarinpal, zibal


@dataclass(frozen=True)
class Plug:
    """How a gateway is called and built. `terminal` is the setting that an account of its own replaces; `house_only`
    are those that belong to the terminal of the settings and to no other.
    """

    label: Any
    build: Callable[[Any], Gateway]
    terminal: str
    terminal_label: Any
    terminal_hint: Any
    house_only: tuple[str, ...] = ()


PLUGS = {
    "zarinpal": Plug(
        _l("ZarinPal"),
        zarinpal.from_settings,
        "zarinpal_merchant_id",
        _l("Merchant code"),
        _l("Thirty-six letters and digits, from ZarinPal's panel."),
        house_only=("zarinpal_access_token", "zarinpal_terminal"),
    ),
    "zibal": Plug(
        _l("Zibal"),
        zibal.from_settings,
        "zibal_merchant",
        _l("Merchant"),
        _l("The word that Zibal's panel shows."),
        house_only=("zibal_access_token",),
    ),
    "sep": Plug(
        _l("Saman (SEP)"),
        sep.from_settings,
        "sep_terminal_id",
        _l("Terminal number"),
        _l("Digits only, from the contract with Saman. Our server's address must be registered there too."),
    ),
}


def build_gateways(settings: Any) -> dict[str, Gateway]:
    """The gateways by name, in the order they are offered, from `campaigns.config.Settings`.

    Raises `ConfigError` for an unknown name or settings that do not fit.
    """
    unknown = [name for name in settings.gateways if name not in PLUGS]
    if unknown:
        raise ConfigError(f"GATEWAYS names {', '.join(unknown)}; there is {', '.join(PLUGS)}")
    return {name: PLUGS[name].build(settings) for name in settings.gateways}


def build_terminal(name: str, settings: Any, values: Mapping[str, str]) -> Gateway:
    """A gateway with a terminal of its own, at the address and in the environment of the settings. Direct debit is
    opened for one merchant at a time: the setting speaks of that of the settings alone.

    Raises `ConfigError` when the terminal is missing or does not fit.
    """
    plug = PLUGS[name]
    own: dict[str, Any] = {plug.terminal: values.get(plug.terminal, ""), "zarinpal_payman": False}
    own |= dict.fromkeys(plug.house_only, "")
    return plug.build(replace(settings, **own))
