"""Sara reads what her gift may be spent on before she pays."""

from tests.giving import live_campaign


def test_the_check_page_says_what_the_intent_may_pay_for(client):
    campaign = live_campaign("zakat", "orphans")
    page = client.get(f"/en/c/{campaign.slug}/give?other=50000&intent=orphans").text
    assert "For orphans" in page and "pays for what orphans need, and for nothing else" in page
    assert "/en/about/intents" in page


def test_everybody_reads_the_rules_and_where_they_come_from(client):
    english, persian = client.get("/en/about/intents").text, client.get("/about/intents").text
    assert "Expiation buys food for people in need" in english and "It is never mixed" in english
    assert "سورهٔ توبه، آیهٔ ۶۰" in persian
