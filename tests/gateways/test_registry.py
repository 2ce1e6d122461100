"""Which plugs are built, from the settings."""

from dataclasses import replace

import pytest

from campaigns.config import Settings
from campaigns.domain.payments.errors import ConfigError
from campaigns.gateways import PLUGS, build_gateways


def test_the_settings_say_which_gateways_there_are() -> None:
    built = build_gateways(Settings())
    assert list(built) == ["zarinpal"]
    assert built["zarinpal"].environment == "sandbox"
    assert build_gateways(replace(Settings(), gateways=())) == {}


def test_a_gateway_nobody_plugged_in_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match="payir"):
        build_gateways(replace(Settings(), gateways=("zarinpal", "payir")))


def test_settings_that_mix_practice_and_money_are_refused() -> None:
    with pytest.raises(ConfigError):
        build_gateways(replace(Settings(), zarinpal_environment="live"))


def test_each_plug_is_known_by_its_own_name_and_says_what_it_can() -> None:
    for name, gateway in build_gateways(replace(Settings(), gateways=tuple(PLUGS))).items():
        assert gateway.name == name
        can = gateway.capabilities()
        assert 0 < can.min_rials < (can.max_rials or 2**63)
        assert can.verify_window.total_seconds() > 0
        assert can.unverified_list == (can.unverified_limit is not None)
