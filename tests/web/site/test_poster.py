"""A campaign on a wall: a sheet to print whose square code leads back."""

import io

import pytest
from pypdf import PdfReader

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import CampaignText
from tests.cast import mina, parisa, reza
from tests.worlds import gift, live_campaign, ready_draft


def sheet(answer):
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.data)).pages


@pytest.mark.parametrize(("size", "millimetres"), [("a4", (210, 297)), ("a5", (148.5, 210))])
def test_it_is_one_sheet_of_the_size_asked_for_with_title_and_short_link(app, client, size, millimetres):
    campaign = live_campaign(mina(), reza(), parisa())
    (page,) = sheet(client.get(f"/en/c/{campaign.slug}/poster-{size}.pdf"))
    got = [round(float(side) / 72 * 25.4, 1) for side in page.mediabox[2:]]
    assert got == pytest.approx(millimetres, abs=0.2)
    said = " ".join(page.extract_text().split())
    assert "Dowries for couples in Kerman" in said and f"http://localhost/en/k/{campaign.short_code}" in said


def test_nothing_on_it_grows_old(app, client):
    campaign = live_campaign(mina(), reza(), parisa())
    before = client.get(f"/c/{campaign.slug}/poster-a4.pdf").data
    gift(campaign, 5_000_000)
    assert client.get(f"/c/{campaign.slug}/poster-a4.pdf").data == before


def test_the_longest_title_and_lead_stay_on_the_sheet(app, client):
    campaign = live_campaign(mina(), reza(), parisa())
    text = db.session.query(CampaignText).filter_by(campaign_id=campaign.id, language="en").one()
    text.title, text.lead = " ".join(["Wheelchairs"] * 7), " ".join(["a long sentence"] * 20)
    db.session.commit()
    (page,) = sheet(client.get(f"/en/c/{campaign.slug}/poster-a5.pdf"))
    assert f"/k/{campaign.short_code}" in page.extract_text()


def test_a_draft_has_none(app, client):
    assert client.get(f"/c/{ready_draft(mina()).slug}/poster-a4.pdf").status_code == 404
