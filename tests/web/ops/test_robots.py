"""What search engines and home screens read."""

from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.states import Move
from tests.cast import mina, parisa, reza
from tests.worlds import live_campaign, sent_campaign

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def addresses(client: FlaskClient, path: str = "/sitemap.xml") -> list[str]:
    root = ElementTree.fromstring(client.get(path).data)
    return [loc.text or "" for loc in root.iter(f"{SITEMAP}loc")]


def test_the_sitemap_lists_public_pages_in_every_language(app: Flask, client: FlaskClient) -> None:
    live_campaign(mina(), reza(), parisa())
    found = addresses(client)
    assert "http://localhost/c/dowry-kerman" in found
    assert "http://localhost/en/c/dowry-kerman" in found
    assert "http://localhost/provinces/IR-08" in found
    assert len(found) == len(set(found))


def test_an_organization_with_a_campaign_is_listed(app: Flask, client: FlaskClient) -> None:
    assert not [path for path in addresses(client) if "/organizations/" in path]
    live_campaign(mina(), reza(), parisa())
    assert "http://localhost/en/organizations/nikookari" in addresses(client)


def test_it_says_the_same_under_every_language(app: Flask, client: FlaskClient) -> None:
    live_campaign(mina(), reza(), parisa())
    assert addresses(client) == addresses(client, "/en/sitemap.xml")


def test_every_page_names_its_other_languages(app: Flask, client: FlaskClient) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").data)
    for page in root.iter(f"{SITEMAP}url"):
        assert {link.get("hreflang") for link in page.iter(f"{XHTML}link")} == {"fa", "en", "x-default"}


def test_a_campaign_that_is_not_public_is_not_listed(app: Flask, client: FlaskClient) -> None:
    sent_campaign(mina())
    assert not [path for path in addresses(client) if "/c/" in path]


def test_a_campaign_appears_as_soon_as_it_is_live(app: Flask, client: FlaskClient) -> None:
    author = mina()
    assert not [path for path in addresses(client) if "/c/" in path]
    campaign = live_campaign(author, reza(), parisa())
    assert "http://localhost/c/dowry-kerman" in addresses(client)
    actions.move(campaign, Move.PAUSE, author, "winter")
    db.session.commit()
    assert "http://localhost/c/dowry-kerman" in addresses(client)


@pytest.mark.parametrize("path", ["/desk", "/mod", "/finance", "/account", "/r/", "/pay/"])
def test_offices_and_receipts_are_kept_from_search_engines(client: FlaskClient, path: str) -> None:
    text = client.get("/robots.txt").text
    assert f"Disallow: {path}\n" in text
    assert f"Disallow: /en{path}\n" in text
    assert "Sitemap: http://localhost/sitemap.xml" in text


def test_phones_can_keep_the_site_on_their_home_screen(client: FlaskClient) -> None:
    manifest = client.get("/manifest.webmanifest")
    assert manifest.mimetype == "application/manifest+json"
    assert (manifest.json["dir"], manifest.json["lang"], manifest.json["start_url"]) == ("rtl", "fa", "/")
    assert client.get("/en/manifest.webmanifest").json["start_url"] == "/en/"


def test_a_browser_that_guesses_finds_the_icon(client: FlaskClient) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(".svg")
