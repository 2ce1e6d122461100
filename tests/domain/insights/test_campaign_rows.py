"""What hangs on a campaign is asked in one statement, and is what its rooms would say one by one."""

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.insights import campaign_rows as gathered
from tests.cast import mina, parisa, reza
from tests.counting import counting
from tests.domain.goods.needy import need
from tests.worlds import gift, live_campaign


def in_order(rows):
    return sorted((tuple(row) for row in rows), key=repr)


def test_one_statement_says_what_its_parts_would_say_one_by_one(app):
    campaign = live_campaign(mina(), reza(), parisa())
    need(campaign)
    gift(campaign, 2_000_000)
    gift(campaign, 3_000_000)
    values = {"campaign": campaign.id, "today": tehran_day(now())}
    gathered.campaign_rows(campaign.id)  # the first time it is made
    with counting() as statements:
        rows = gathered.campaign_rows(campaign.id)
    assert len(statements) == 1
    for name, part in gathered._parts().items():
        assert in_order(rows[name]) == in_order(db.session.execute(part, values)), name
    assert len(rows["wall"]) == 2 and type(rows["wall"][0][3]) is int
    assert gathered.is_there(rows, "needs") and not gathered.is_there(rows, "roles")


def test_a_page_without_needs_and_roles_asks_for_the_campaign_its_blocks_and_all_else_at_once(app):
    campaign = live_campaign(mina(), reza(), parisa())
    gift(campaign, 2_000_000)
    client, asked = app.test_client(), []
    for address in (f"/c/{campaign.slug}", f"/en/c/{campaign.slug}"):
        with counting() as statements:
            assert client.get(address).status_code == 200
        asked.append([one for one in statements if " stamp" not in one])
    assert len(asked[1]) == 3
