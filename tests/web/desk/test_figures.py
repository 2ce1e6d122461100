"""What figures tell Mina of her gifts, and what they never tell her of one donor."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.base.suppression import Untold
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.insights.figures import figures
from campaigns.domain.supporters import sources
from campaigns.domain.supporters.source_models import GiftSource
from tests.cast import mina, parisa, person, reza
from tests.counting import counting
from tests.web.give.donor import Donor
from tests.web.officehands import Hands, filled
from tests.worlds import gift, live_campaign


@pytest.fixture
def desk(app):
    return Hands(app, mina())


@pytest.fixture
def campaign(desk):
    return live_campaign(desk.user, reza(), parisa())


def of(campaign, all_amounts=False):
    today = tehran_day(now())
    return figures([campaign.id], today - timedelta(days=29), today, all_amounts=all_amounts)


def test_days_hold_what_came_on_them_in_tehran_and_the_sums_agree(campaign):
    for days_ago in (0, 0, 3):
        gift(campaign, 500_000, at=now() - timedelta(days=days_ago))
    gift(campaign, 900_000).refunded_at = now()
    db.session.commit()
    found = of(campaign)
    today = tehran_day(now())
    assert found.days[today].gifts == 2 and found.days[today].rials == 1_000_000
    assert found.days[today - timedelta(days=3)].gifts == 1 and len(found.days) == 30
    assert (found.gifts, found.rials) == (3, 1_500_000)


def test_a_hidden_amount_is_in_no_cell_of_an_organizer_and_in_all_of_finance(app, desk, campaign):
    gift(campaign, 500_000)
    gift(campaign, 7_770_000, hide_amount=True)
    assert of(campaign).rials == 500_000 and of(campaign).hidden.rials is None
    assert of(campaign, all_amounts=True).rials == 8_270_000
    address = f"/en/desk/c/{campaign.public_id}/figures"
    assert "777,000" not in desk.seen(address) and "1 donor hid the amount" in desk.seen(address)
    assert "827,000" in Hands(app, person("Negar", Role.FINANCE)).seen(address)


def test_a_link_with_few_gifts_is_not_told_nor_can_it_be_worked_out(campaign):
    for tag in ("masjed", "kanal", "poster"):
        sources.make(campaign, tag, "", campaign.author)
    for tag, number in (("masjed", 7), ("kanal", 2), ("poster", 6)):
        for _one in range(number):
            sources.note(gift(campaign).id, campaign.id, tag)
    db.session.commit()
    cells = {tag: cell for (_campaign, tag), cell in of(campaign).sources.items()}
    assert cells["kanal"].gifts is Untold.FEW and cells["kanal"].rials is None
    assert sum(isinstance(cell.gifts, int) for cell in cells.values()) == 1, (
        "the rest of the sum would tell it"
    )


def test_a_gift_that_begins_with_a_link_is_counted_under_its_name_without_a_cookie(
    app, desk, campaign, client
):
    address = f"/en/desk/c/{campaign.public_id}/links"
    desk.after(desk.fill(address, label="Jame mosque", tag="masjed-jame"))
    assert desk.fill(address, label="Again", tag="masjed-jame").status_code == 422
    short = f"/k/{campaign.short_code}/masjed-jame"
    assert short in desk.seen(address)
    kept = client.get(short).headers["Location"]
    page = client.get(kept)
    assert kept == "/c/dowry-kerman/from/masjed-jame" and "Set-Cookie" not in page.headers
    assert 'name="via" value="masjed-jame"' in page.text
    assert "Cache-Control" in page.headers and "s-maxage" in page.headers["Cache-Control"]
    assert client.get("/c/dowry-kerman/from/nothing").headers["Location"] == "/c/dowry-kerman"
    assert 'name="via"' not in client.get("/c/dowry-kerman?via=masjed-jame").text, (
        "the kept page is one for all"
    )
    sara = Donor(app, campaign)
    form = filled(sara.choose(other="50000", intent="sadaqah", via="masjed-jame"), form_key=sara.key())
    assert sara.send(form).status_code in {200, 303}
    assert db.session.scalar(select(func.count()).select_from(GiftSource)) == 1


def test_charts_have_words_and_a_table_beside_them_and_few_queries(desk, campaign):
    address = f"/en/desk/c/{campaign.public_id}/figures"
    for number in range(6):
        gift(campaign, 500_000 + number * 10)
    with counting() as asked:
        page = desk.seen(address)
    assert page.count('role="img"') == page.count("<desc") == page.count("<table") == 3
    assert "style=" not in page and len(asked) < 25
    assert 'role="img"' in desk.seen("/desk/figures?span=365")
