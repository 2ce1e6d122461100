"""Mina and the office look at what was promised, arrange days, and say what did not come."""

import re

import pytest

from campaigns.domain.accounts.permissions import Role
from campaigns.domain.goods import pledges
from campaigns.domain.goods.pledge_states import State
from campaigns.domain.goods.pledges import left_of
from tests.cast import mina, person
from tests.giving import live_campaign
from tests.promises import all_pledges, in_days, need, promised
from tests.web.give.giver import Giver
from tests.web.officehands import Hands


@pytest.fixture
def office(app):
    return mina()


@pytest.fixture
def campaign(office):
    return live_campaign()


@pytest.fixture
def line(campaign):
    return need(campaign)


@pytest.fixture
def sara(app, campaign, line):
    return Giver(app, campaign, line)


class TestTheDesk:
    def test_mina_arranges_the_day_and_sara_reads_it(self, app, sara, campaign, office):
        path = sara.promise(name="سارا")
        (pledge,) = all_pledges()
        desk = Hands(app, office)
        listed = f"/desk/c/{campaign.public_id}/pledges"
        assert "سارا" in desk.seen(listed) and "ثبت شد" in desk.seen(listed)
        page = desk.seen(f"{listed}/{pledge.public_id}")
        assert "۰۹۱۲ ۳۴۵ ۶۷۸۹" in page
        answer = desk.fill(
            f"{listed}/{pledge.public_id}", day=in_days(3).isoformat(), note="ساعت ۱۰ تا ۱۲، آقای رضایی"
        )
        assert "هماهنگ شد" in desk.after(answer)
        seen = sara.sees(path)
        assert "ساعت ۱۰ تا ۱۲، آقای رضایی" in seen and "روز هماهنگ شد" in seen

    def test_a_day_that_has_passed_cannot_be_arranged(self, app, sara, campaign, office):
        sara.promise()
        (pledge,) = all_pledges()
        path = f"/desk/c/{campaign.public_id}/pledges/{pledge.public_id}"
        answer = Hands(app, office).fill(path, day=in_days(-1).isoformat())
        assert answer.status_code == 422 and 'href="#day"' in answer.text

    def test_what_did_not_come_is_open_to_others(self, app, sara, campaign, line, office):
        sara.promise()
        (pledge,) = all_pledges()
        path, desk = f"/desk/c/{campaign.public_id}/pledges/{pledge.public_id}", Hands(app, office)
        assert "نیامد" in desk.after(desk.fill(path, to=f"{path}/no-show"))
        assert (left_of(line), pledge.state) == (40, State.NO_SHOW)
        answer = desk.post(f"{path}/no-show", {"csrf_token": desk.token})
        assert "دیگری پیش از شما" in desk.after(answer)

    def test_the_list_is_narrowed_and_turned(self, app, campaign, line, office):
        for _number in range(51):
            promised(line, 1) if left_of(line) else None
        pledges.cancel(all_pledges()[0])
        desk, path = Hands(app, office), f"/desk/c/{campaign.public_id}/pledges"
        assert desk.seen(f"{path}?state=cancelled").count('<th scope="row">') == 1
        assert desk.seen(f"{path}?state=delivered").count('<th scope="row">') == 0
        assert desk.seen(path).count('<th scope="row">') == len(all_pledges())

    def test_the_csv_runs_no_formula_and_tells_nobodys_number(self, app, sara, campaign, line, office):
        line.item_fa = "=HYPERLINK(1)"
        sara.promise(name="سارا")
        desk = Hands(app, office)
        form = {"csrf_token": desk.token, "format": "csv"}
        csv = desk.post(f"/desk/c/{campaign.public_id}/pledges/file", form)
        assert csv.mimetype == "text/csv" and '"\'=HYPERLINK(1)"' in csv.text
        assert "سارا" not in csv.text and "6789" not in csv.text

    def test_the_auditor_sees_what_was_promised_and_nobodys_name(self, app, sara, campaign):
        sara.promise(name="سارا")
        (pledge,) = all_pledges()
        auditor = Hands(app, person("Omid", Role.AUDITOR))
        path = f"/desk/c/{campaign.public_id}/pledges"
        page = auditor.seen(path)
        assert "پتو" in page and "سارا" not in page and pledge.public_id not in page
        assert auditor.get(f"{path}/{pledge.public_id}").status_code == 404

    def test_others_see_nothing(self, app, sara, campaign):
        sara.promise()
        (pledge,) = all_pledges()
        path = f"/desk/c/{campaign.public_id}/pledges"
        clerk = Hands(app, person("Nima", Role.MODERATOR))
        for where in (path, f"{path}/{pledge.public_id}"):
            assert clerk.get(where).status_code == 404


class TestHowGoodsCome:
    def test_fetching_is_offered_once_mina_says_so(self, app, sara, campaign, office):
        desk, path = Hands(app, office), f"/desk/c/{campaign.public_id}/goods-terms"
        assert 'value="collect"' not in sara.sees(sara.page)
        desk.after(desk.post(path, {"csrf_token": desk.token, "collects": "y"}))
        assert 'value="collect"' in sara.sees(sara.page)
        desk.after(desk.post(path, {"csrf_token": desk.token}))
        assert 'value="collect"' not in sara.sees(sara.page)

    def test_a_shop_is_offered_once_a_moderator_has_read_it(self, app, sara, campaign, office):
        desk, path = Hands(app, office), f"/desk/c/{campaign.public_id}/goods-terms"
        shop = {"csrf_token": desk.token, "name": "فروشگاه کویر", "address": "کرمان، بازار", "phone": ""}
        assert desk.post(f"{path}/shops", shop | {"name": ""}).status_code == 422
        assert "فرستاده شد" in desk.after(desk.post(f"{path}/shops", shop))
        assert "فروشگاه کویر" not in sara.sees(sara.page)

        reza = Hands(app, person("Reza", Role.MODERATOR))
        item = re.search(r'href="(/mod/shop/[^"?]+)"', reza.seen("/mod/?kind=shop"))[1]
        assert "فروشگاه کویر" in reza.seen(item) and "کرمان، بازار" in reza.seen(item)
        assert reza.fill(item, verdict="approve").status_code == 303
        page = sara.sees(sara.page)
        assert "از فروشگاه کویر می‌خرم" in page
        how = re.search(r'value="(buy-[^"]+)"', page)[1]
        assert "به فروشگاه بگویید" in sara.sees(sara.promise(how=how))

        close = re.search(r'action="([^"]+/close)"', desk.seen(path))[1]
        desk.after(desk.post(close, {"csrf_token": desk.token}))
        assert "فروشگاه کویر" not in sara.sees(sara.page) and "فروشگاه کویر" not in desk.seen(path)
