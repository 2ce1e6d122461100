"""The plugs for payment gateways: one file each, and one line here."""

from collections.abc import Callable
from typing import Any, Protocol

from campaigns.domain.payments.contract import Gateway
from campaigns.domain.payments.errors import ConfigError
from campaigns.gateways import sep, zarinpal, zibal

PLUGS: dict[str, Callable[[Any], Gateway]] = {
    "zarinpal": zarinpal.from_settings,
    "zibal": zibal.from_settings,
    "sep": sep.from_settings,
}


class GatewaySettings(Protocol):
    """Which plugs to build, in the order they are offered; each plug reads its own settings beside this."""

    @property
    def gateways(self) -> tuple[str, ...]: ...


def build_gateways(settings: GatewaySettings) -> dict[str, Gateway]:
    """The gateways by name. Raises `ConfigError` for an unknown name or settings that do not fit."""
    unknown = [name for name in settings.gateways if name not in PLUGS]
    if unknown:
        raise ConfigError(f"GATEWAYS names {', '.join(unknown)}; there is {', '.join(PLUGS)}")
    return {name: PLUGS[name](settings) for name in settings.gateways}
