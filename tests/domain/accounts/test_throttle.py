from datetime import timedelta

import pytest

from campaigns.base import clock
from campaigns.domain.accounts.identity import login_of
from campaigns.domain.accounts.throttle import Gate, network_of, wait_for

MINA = login_of("mina@example.org")


@pytest.mark.usefixtures("app")
class TestTries:
    def test_one_account_has_ten_tries_from_wherever_they_come(self):
        waits = [wait_for(Gate.SIGN_IN, MINA, f"10.0.{n}.1") for n in range(11)]
        assert waits[:10] == [0] * 10
        assert 0 < waits[10] <= 90

    def test_one_network_has_sixty_tries_whomever_they_name(self):
        waits = [wait_for(Gate.SIGN_IN, login_of(f"{n}@example.org"), f"10.0.0.{n + 1}") for n in range(61)]
        assert waits[:60] == [0] * 60
        assert waits[60] > 0
        assert wait_for(Gate.SIGN_IN, login_of("other@example.org"), "10.0.1.1") == 0

    def test_tries_come_back_with_time(self):
        for _ in range(11):
            wait_for(Gate.SIGN_IN, MINA, "10.0.0.1")
        with clock.at(clock.now() + timedelta(minutes=15)):
            assert wait_for(Gate.SIGN_IN, MINA, "10.0.0.1") == 0

    def test_unknown_people_are_counted_like_known_ones(self):
        nonsense = login_of("آ" * 5000)
        assert [wait_for(Gate.RESET, nonsense, "10.0.0.1") for _ in range(3)] == [0, 0, 0]
        assert wait_for(Gate.RESET, nonsense, "10.0.0.1") > 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_the_network_of_an_address(address, network):
    assert network_of(address) == network
