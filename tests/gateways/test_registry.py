"""Which plugs are built, from the settings."""

from dataclasses import replace
from typing import Any

import pytest

from campaigns.config import Settings, from_environment, production_problems
from campaigns.domain.payments.errors import ConfigError
from campaigns.gateways import PLUGS, build_gateways, build_terminal


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


@pytest.mark.parametrize("name", PLUGS)
def test_no_gateway_mixes_practice_and_money(name: str) -> None:
    live: dict[str, Any] = {"gateways": (name,), f"{name}_environment": "live"}
    with pytest.raises(ConfigError):
        build_gateways(replace(Settings(), **live))


def test_production_names_every_setting_that_is_still_for_practice() -> None:
    settings = replace(Settings(), environment="production", gateways=tuple(PLUGS))
    said = " ".join(production_problems(settings))
    for name in (
        "ZARINPAL_MERCHANT_ID",
        "ZIBAL_MERCHANT",
        "SEP_TERMINAL_ID",
        "SEP_BASE_URL",
        "ZIBAL_ENVIRONMENT",
    ):
        assert name in said
    assert "ZIBAL" not in " ".join(production_problems(replace(settings, gateways=("zarinpal",))))


def test_in_production_the_real_hosts_are_the_default() -> None:
    env = {
        "POOYESH_ENV": "production",
        "SITE_URL": "https://pooyesh.example",
        "SECRET_KEY": "k" * 40,
        "LEDGER_KEY": "ab" * 32,
        "HELP_PHONE": "021 5555 1234",
        "GATEWAYS": "zarinpal zibal sep",
        "ZARINPAL_MERCHANT_ID": "12345678-0000-4000-8000-000000000000",
        "ZIBAL_MERCHANT": "a-live-merchant",
        "SEP_TERMINAL_ID": "31337",
    }
    built = build_gateways(from_environment(env))
    assert [(name, gateway.environment) for name, gateway in built.items()] == [
        ("zarinpal", "live"),
        ("zibal", "live"),
        ("sep", "live"),
    ]


def test_each_plug_is_known_by_its_own_name_and_says_what_it_can() -> None:
    for name, gateway in build_gateways(replace(Settings(), gateways=tuple(PLUGS))).items():
        assert gateway.name == name
        can = gateway.capabilities()
        assert 0 < can.min_rials < (can.max_rials or 2**63)
        assert can.verify_window.total_seconds() > 0
        assert can.unverified_list == (can.unverified_limit is not None)


def test_a_terminal_of_an_organization_does_not_read_the_report_of_the_house() -> None:
    settings = replace(Settings(), zarinpal_access_token="t", zarinpal_terminal="1", zibal_access_token="t")
    house = build_gateways(replace(settings, gateways=("zarinpal", "zibal", "sep")))
    assert [gateway.capabilities().report for gateway in house.values()] == [True, True, False]
    for name, terminal in (("zarinpal", Settings.zarinpal_merchant_id), ("zibal", "another")):
        own = build_terminal(name, settings, {PLUGS[name].terminal: terminal})
        assert not own.capabilities().report
