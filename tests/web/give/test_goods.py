"""Sara promises goods: no account, no cookie, no script. Mina and the office arrange the day."""

import re
from datetime import timedelta

import pytest

from campaigns.base import clock
from campaigns.base.codes import spoken
from campaigns.base.extensions import db
from campaigns.domain.goods import boxes, pledges
from campaigns.domain.goods.pledge_expiry import expire_pledges
from campaigns.domain.goods.pledge_models import PledgeTerms
from campaigns.domain.goods.pledge_states import State
from campaigns.domain.goods.pledges import left_of
from campaigns.domain.goods.stock import write_off
from tests.cast import mina
from tests.domain.goods.store import a_box, a_store, came
from tests.giving import live_campaign
from tests.promises import GRACE, all_pledges, in_days, need, place, promised
from tests.web.give.giver import Giver
from tests.web.officehands import filled

RECEIVED = {State.PARTLY, State.RECEIVED, State.DELIVERED}


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


class TestPromising:
    def test_she_sees_first_whether_it_is_wanted_and_where(self, sara, campaign):
        place(campaign)
        page = sara.sees(sara.page)
        assert "نو و دونفره" in page and "دست دوم" in page and "۴۰ <bdi>تخته</bdi> دیگر لازم است" in page
        assert "انبار کرمان" in page and "خیابان شریعتی" in page and "۸ تا ۱۴" in page
        assert page.index("انبار کرمان") < page.index('id="mobile"')

    def test_it_is_kept_at_once_and_her_page_says_where_and_when(self, sara, campaign, line):
        where = place(campaign)
        path = sara.promise(how=f"bring-{where.public_id}", mobile="", name="")
        (pledge,) = all_pledges()
        assert path == f"/g/{pledge.code}" and left_of(line) == 34
        assert (pledge.quantity, pledge.place_id, pledge.mobile) == (6, where.id, None)
        answer = sara.client.get(path)
        assert "ثبت شد" in answer.text and "انبار کرمان" in answer.text
        assert spoken(pledge.code) in answer.text and "۶ <bdi>تخته</bdi>" in answer.text
        assert answer.headers["Cache-Control"] == "private, no-store" and "Set-Cookie" not in answer.headers
        assert answer.headers["X-Robots-Tag"] == "noindex"

    def test_the_same_form_sent_twice_is_one_promise(self, sara, line):
        form = sara.form()
        assert sara.send(form).headers["Location"] == sara.send(form).headers["Location"]
        assert (len(all_pledges()), left_of(line)) == (1, 34)

    def test_in_english_too(self, sara):
        page = sara.client.get(f"/en{sara.promise()}").text
        assert "It is kept for you" in page and "Blanket" in page

    def test_more_than_is_left_is_said_beside_the_number_and_nothing_is_lost(self, sara, line):
        promised(line, 38)
        answer = sara.send(sara.form(quantity="۳", name="سارا"))
        assert answer.status_code == 422 and 'href="#quantity"' in answer.text
        assert "فقط ۲ عدد دیگر لازم است" in answer.text
        assert 'value="سارا"' in answer.text and 'value="۳"' in answer.text
        assert len(all_pledges()) == 1

    def test_a_need_that_is_met_is_refused_politely(self, sara, line):
        form = sara.form()
        promised(line, 40)
        for answer in (sara.client.get(sara.page), sara.send(form)):
            assert answer.status_code == 409 and "این نیاز برطرف شده است" in answer.text
        assert len(all_pledges()) == 1

    def test_what_is_needed_as_well_is_offered_instead(self, sara, campaign, line):
        stove = need(campaign, quantity=5, item_fa="بخاری", unit_fa="دستگاه", position=1)
        promised(line, 38)
        for page in (sara.send(sara.form(quantity="7")), sara.client.get(sara.page)):
            has = f"/c/{campaign.slug}/pledge/{stove.public_id}" in page.text
            assert has == (page.status_code == 422)
        promised(line, 2)
        page = sara.client.get(sara.page)
        assert page.status_code == 409 and "۵ <bdi>دستگاه</bdi> دیگر لازم است" in page.text

    def test_on_the_page_the_bar_and_the_words_say_what_came_and_what_is_promised(
        self, sara, campaign, line, office
    ):
        pledges.receive(promised(line, 8), 8, office.id)
        sara.promise(quantity="4")
        page = sara.sees(f"/c/{campaign.slug}")
        assert '<progress class="bar promised" value="12" max="40"' in page
        assert '<progress class="bar" value="8" max="40"' in page
        assert "۸ به صورت کالا رسیده" in page and "۴ قول داده شده" in page

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("quantity", ""),
            ("quantity", "شش"),
            ("quantity", "0"),
            ("day", ""),
            ("mobile", "123"),
            ("mobile", ""),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field(self, sara, field, value):
        answer = sara.send(sara.form(**{field: value}))
        assert answer.status_code == 422 and f'id="{field}-error"' in answer.text
        assert "خطا: " in answer.text and all_pledges() == []

    def test_a_day_that_was_not_offered_is_not_taken(self, sara):
        for day in (in_days(-1), in_days(400)):
            assert sara.send(sara.form(day=day.isoformat())).status_code == 422

    def test_who_wants_it_fetched_says_where_and_whom_to_call(self, sara, campaign, line):
        where = place(campaign)
        db.session.add(PledgeTerms(campaign_id=campaign.id, collects=True))
        answer = sara.send(sara.form(how="collect", mobile="", address=""))
        assert answer.status_code == 422
        assert 'href="#mobile"' in answer.text and 'href="#address"' in answer.text
        path = sara.promise(how="collect", address="کرمان، کوچهٔ گل، پلاک ۷")
        page = sara.sees(path)
        assert "پیش از آمدن" in page and "کوچهٔ گل" not in page and "6789" not in page and "۶۷۸۹" not in page
        unused = sara.promise(how=f"bring-{where.public_id}", address="کوچهٔ گل")
        assert unused and all_pledges()[-1].address == ""

    def test_where_nobody_fetches_it_cannot_be_asked_for(self, sara):
        answer = sara.send(sara.form(how="collect", address="کرمان"))
        assert all(pledge.way == "bring" for pledge in all_pledges()) and answer.status_code in {303, 422}

    def test_for_very_many_the_office_must_be_able_to_call(self, sara, campaign):
        where = place(campaign)
        answer = sara.send(sara.form(quantity="20", how=f"bring-{where.public_id}", mobile=""))
        assert answer.status_code == 422 and 'href="#mobile"' in answer.text

    def test_robots_and_old_pages_are_asked_once_more(self, sara):
        for form in (
            sara.form(website="https://spam.example"),
            sara.form(seconds_ago=0),
            sara.form(seconds_ago=5 * 3600),
        ):
            answer = sara.send(form)
            assert answer.status_code == 422 and "همه چیز را نگه داشته‌ایم" in answer.text
        assert all_pledges() == []

    def test_a_flood_is_slowed_down(self, sara, change_settings):
        change_settings(rate_limits=True)
        answers = [sara.send(sara.form(quantity="1")).status_code for _ in range(32)]
        assert answers[0] == 303 and answers[-1] == 429

    def test_a_paused_campaign_and_a_closed_need_take_nothing(self, sara, campaign, line):
        form = sara.form()
        campaign.state = "paused"
        assert sara.send(form).status_code == 409
        campaign.state, line.state = "live", "closed"
        assert sara.send(form).status_code == 409
        line.state = "hidden"
        assert sara.send(form).status_code == 404
        assert all_pledges() == []

    def test_a_need_of_another_campaign_is_not_here(self, app, sara, line):
        other = live_campaign()
        assert sara.client.get(f"/c/{other.slug}/pledge/{line.public_id}").status_code == 404


class TestHerPage:
    def test_she_changes_the_number_and_the_day(self, sara, line):
        path = sara.promise()
        answer = sara.sends(path, quantity="۴", day=in_days(9).isoformat(), last4="۶۷۸۹")
        assert (answer.status_code, answer.headers["Location"]) == (303, path)
        (pledge,) = all_pledges()
        assert (pledge.quantity, pledge.day, left_of(line)) == (4, in_days(9), 36)

    def test_who_only_has_the_code_changes_nothing(self, sara, line):
        path = sara.promise()
        for digits in ("", "0000", "۶۷۸"):
            answer = sara.sends(path, quantity="1", last4=digits)
            assert answer.status_code == 422 and 'href="#last4"' in answer.text
            assert sara.sends(f"{path}/cancel", last4=digits).status_code == 422
        assert left_of(line) == 34

    def test_digits_cannot_be_guessed_for_long(self, sara, change_settings):
        path = sara.promise()
        change_settings(rate_limits=True)
        answers = [sara.sends(path, quantity="1", last4=str(1000 + guess)).status_code for guess in range(12)]
        assert answers[0] == 422 and answers[-1] == 429

    def test_without_a_number_the_code_is_enough(self, sara, campaign, line):
        where = place(campaign)
        path = sara.promise(how=f"bring-{where.public_id}", mobile="")
        assert "last4" not in sara.sees(path)
        assert sara.sends(path, quantity="2").status_code == 303 and left_of(line) == 38

    def test_more_than_is_left_is_refused_with_what_is(self, sara, line):
        path = sara.promise()
        promised(line, 30)
        answer = sara.sends(path, quantity="11", last4="6789")
        assert answer.status_code == 422 and "فقط ۱۰ عدد دیگر لازم است" in answer.text
        assert sara.sends(path, quantity="10", last4="6789").status_code == 303 and left_of(line) == 0

    def test_she_cancels_after_being_asked(self, sara, line):
        path = sara.promise()
        assert "لغو" in sara.sees(f"{path}/cancel") and left_of(line) == 34
        for _twice in range(2):
            answer = sara.client.post(f"{path}/cancel", data={"last4": "6789"})
            assert (answer.status_code, answer.headers["Location"]) == (303, path)
        page = sara.sees(path)
        assert "لغو شده" in page and "<form" not in page[page.index("<main") :]
        assert (left_of(line), all_pledges()[0].state) == (40, State.CANCELLED)

    def test_once_it_is_over_nothing_can_be_changed(self, sara, line, office):
        path = sara.promise()
        form = filled(sara.client.get(path), quantity="9", last4="6789")
        pledges.receive(all_pledges()[0], 3, office.id)
        assert sara.client.post(path, data=form).status_code == 303
        page = sara.sees(path)
        assert (
            "۳ <bdi>تخته</bdi> از ۶ <bdi>تخته</bdi> رسید" in page
            and "<form" not in page[page.index("<main") :]
        )
        assert (all_pledges()[0].quantity, left_of(line)) == (6, 37)

    def test_each_state_has_a_page_of_its_own(self, sara, office):
        faces = set()
        path = sara.promise()
        (pledge,) = all_pledges()
        for state in State:
            pledge.state = state.value
            pledge.received, pledge.received_at = (3, clock.now()) if state in RECEIVED else (0, None)
            faces.add(re.search(r"<h1>(.*?)</h1>", sara.sees(path))[1])
        assert len(faces) == len(State)

    def test_her_code_is_found_however_it_is_written(self, sara):
        path = sara.promise()
        code = path.rpartition("/")[2]
        assert sara.client.get(f"/g/{spoken(code).lower()}").headers["Location"] == path
        for way in (f"/r/{code}", f"/track?code={spoken(code)}"):
            answer = sara.client.get(way)
            assert (answer.status_code, answer.headers["Location"]) == (303, path)
        for wrong in ("1", code[:-1], f"{code[:-1]}{'A' if code[-1] != 'A' else 'B'}"):
            assert sara.client.get(f"/g/{wrong}").status_code == 404
            assert sara.client.post(f"/g/{wrong}", data={}).status_code == 404
            assert sara.client.post(f"/g/{wrong}/cancel", data={}).status_code == 404

    def test_what_was_not_brought_is_told_and_open_again(self, sara, line):
        path = sara.promise()
        with clock.at(clock.now() + timedelta(days=6 + GRACE)):
            assert expire_pledges() == 1
        assert "زمان این قول گذشته است" in sara.sees(path) and left_of(line) == 40


class TestWhatBecameOfIt:
    def test_her_page_follows_her_goods_to_their_county(self, app, sara, line):
        store, pledge = a_store(), promised(line, 6)
        path = f"/en/g/{pledge.code}"
        assert "What became of it" not in sara.sees(path)
        row, box = came(store, 6, pledge=pledge).stock, a_box(store)
        page = sara.sees(path)
        assert "What became of it" in page and page.count("not yet") == 3
        boxes.pack(box, row, 6, store.zahra)
        boxes.send(box, store.zahra)
        boxes.delivered(box, store.hamed)
        db.session.commit()
        page = sara.sees(path)
        assert "Blanket, in the county of" in page and page.count('class="done"') == 4
        assert "It has reached people" in page and "what came first" in page

    def test_she_reads_what_was_lost(self, app, sara, line):
        store, pledge = a_store(), promised(line, 6)
        row = came(store, 6, pledge=pledge).stock
        write_off(row, 2, "موش", store.zahra)
        db.session.commit()
        assert "در انبار یا در راه خراب یا گم شد: ۲ <bdi>تخته</bdi>" in sara.sees(f"/g/{pledge.code}")
