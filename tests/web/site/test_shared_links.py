"""What messengers and search engines read of the public pages: one address, other languages, title and description."""

import json
import re

import pytest

from tests.cast import mina, parisa, reza
from tests.worlds import live_campaign

PAGES = ("/", "/campaigns", "/provinces/IR-08", "/organizations/nikookari", "/c/dowry-kerman")


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


def meta(text, name):
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', text)
    return found[1] if found else None


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("prefix", "locale"), [("", "fa_IR"), ("/en", "en_GB")])
def test_a_shared_page_says_what_it_is(campaign, client, prefix, locale, path):
    text = client.get(prefix + path).text
    full = f"http://localhost{prefix}{path}"
    assert f'<link rel="canonical" href="{full}">' in text
    for code, start in (("fa", ""), ("en", "/en")):
        assert f'<link rel="alternate" hreflang="{code}" href="http://localhost{start}{path}">' in text
    assert meta(text, "og:url") == full
    assert meta(text, "og:locale") == locale
    assert meta(text, "og:title")
    assert meta(text, "og:description") == meta(text, "description") != ""


def test_a_campaign_tells_machines_who_takes_gifts_where(campaign, client):
    text = client.get("/c/dowry-kerman?utm_source=x").text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    assert data["@context"] == "https://schema.org"
    assert data["url"] == "http://localhost/c/dowry-kerman"
    assert data["potentialAction"]["target"] == "http://localhost/c/dowry-kerman/give"
    assert "utm_source" not in text


def test_the_list_names_its_filters_and_nothing_else_in_its_address(campaign, client):
    text = client.get("/campaigns?topic=marriage&utm_source=x&q=").text
    assert '<link rel="canonical" href="http://localhost/campaigns?topic=marriage">' in text
