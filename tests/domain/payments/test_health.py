"""A gateway that does not open sessions is taken out for a while, and comes back."""

from datetime import timedelta

import pytest

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.payments import health
from campaigns.domain.payments.errors import (
    ConfigError,
    InvalidRequest,
    RateLimited,
    Rejected,
    Unavailable,
    UnexpectedResponse,
)
from campaigns.domain.payments.health import Pulse, failed, offer_again, pause_for, pulses, worked

DOWN = Unavailable("ConnectTimeout", code="504")
WRONG = ConfigError("terminal is not active", code="-11")


def fail(*errors, account_id=0) -> Pulse:
    for error in errors:
        failed("zarinpal", account_id, error)
    db.session.commit()
    return pulses().get(("zarinpal", account_id), Pulse())


def test_a_wrong_configuration_takes_it_out_at_once_and_says_why(app):
    pulse = fail(WRONG)
    assert pulse.is_out()
    assert (pulse.error, pulse.error_kind, pulse.error_code) == (
        "terminal is not active",
        "ConfigError",
        "-11",
    )
    assert pulse.out_since == pulse.failed_at


@pytest.mark.parametrize("error", [DOWN, UnexpectedResponse("HTML")])
def test_no_answer_does_so_the_third_time_in_a_row(app, error):
    assert not fail(error, error).is_out()
    assert fail(error).is_out()


def test_a_success_between_begins_the_count_anew(app):
    fail(DOWN, DOWN)
    worked("zarinpal", 0)
    assert not fail(DOWN, DOWN).is_out()


@pytest.mark.parametrize("error", [InvalidRequest("x"), Rejected("x"), RateLimited("x")])
def test_what_is_about_one_payment_is_not_counted(app, error):
    assert fail(error, error, error, error) == Pulse()


def test_it_comes_back_by_itself_and_goes_out_for_longer_when_it_fails_again(app):
    since = fail(DOWN, DOWN, DOWN).out_since
    with clock.at(now() + health.FIRST_PAUSE):
        assert not pulses()["zarinpal", 0].is_out()
        again = fail(DOWN)
        assert again.is_out()
        assert again.out_since == since
        assert again.out_until == now() + 2 * health.FIRST_PAUSE


def test_the_pause_has_an_end():
    assert pause_for(DOWN, 1_000_000) == health.LONGEST_PAUSE
    assert pause_for(WRONG, 1) == timedelta(minutes=15)


def test_a_success_ends_it(app):
    fail(WRONG)
    worked("zarinpal", 0)
    pulse = pulses()["zarinpal", 0]
    assert (pulse.failures, pulse.out_since, pulse.out_until) == (0, None, None)
    assert pulse.worked_at is not None
    assert pulse.error == "terminal is not active"


def test_an_operator_ends_it_and_the_next_failure_counts_as_the_first(app):
    fail(DOWN, DOWN, DOWN)
    offer_again("zarinpal", 0)
    assert not pulses()["zarinpal", 0].is_out()
    assert not fail(DOWN, DOWN).is_out()


def test_each_terminal_has_a_pulse_of_its_own(app):
    fail(WRONG, account_id=7)
    assert ("zarinpal", 0) not in pulses()
