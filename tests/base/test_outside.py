"""What somebody typed never leads into our own network."""

import pytest

from campaigns.base import outside
from campaigns.base.outside import NotAllowed, look_up


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://example.org/", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("https://127.0.0.1/", "private"),
        ("https://127.1/", "private"),
        ("https://2130706433/", "private"),
        ("https://localhost/", "private"),
        ("https://10.0.0.8/", "private"),
        ("https://172.16.3.4/", "private"),
        ("https://192.168.1.1/", "private"),
        ("https://169.254.169.254/latest/meta-data", "private"),
        ("https://100.64.0.1/", "private"),
        ("https://0.0.0.0/", "private"),
        ("https://224.0.0.1/", "private"),
        ("https://[::1]/", "private"),
        ("https://[::ffff:127.0.0.1]/", "private"),
        ("https://[fd00::1]/", "private"),
        ("https://[fe80::1]/", "private"),
        ("https://[2002:7f00:1::]/", "private"),
        ("https://[64:ff9b::7f00:1]/", "private"),
        ("https://example.org:8443/", "port"),
        ("https://user:word@example.org/", "address"),
        ("https://example.org/#part", "address"),
        ("https://example.org/a b", "address"),
        ("https:///path", "address"),
        ("https://[::1", "address"),
        ("https://no-such-name.invalid/", "unknown"),
    ],
)
def test_an_address_that_is_not_public_is_refused_with_its_reason(url, why):
    with pytest.raises(NotAllowed) as refused:
        look_up(url)
    assert refused.value.why == why


@pytest.mark.parametrize(
    "url", ["https://93.184.215.14/hook?a=1", "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/"]
)
def test_a_public_one_is_taken_and_the_connection_goes_to_what_was_looked_at(url):
    target = look_up(url)
    assert target.port == 443 and target.address == target.host
    assert target.path in {"/hook?a=1", "/"}


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    """Names are what others make them: one answer of many may lead inside."""
    both = [(2, 1, 6, "", (ip, 443)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(outside, "getaddrinfo", lambda *_args, **_more: both)
    with pytest.raises(NotAllowed):
        look_up("https://mixed.example/")
