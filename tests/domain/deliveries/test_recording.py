"""A delivery: recorded by one, agreed by another, looked at by a moderator; mended only by a new record."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from campaigns.base import clock, stamps
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.claims.pictures import BadReceipt
from campaigns.domain.deliveries import room
from campaigns.domain.deliveries.actions import agree, record, refuse
from campaigns.domain.deliveries.errors import Refused
from campaigns.domain.deliveries.evidence import FOLDER, data_of, forget_strays, picture
from campaigns.domain.deliveries.grants import of_campaign
from campaigns.domain.deliveries.kinds import add_kind, kinds, seed_kinds, switch_kind
from campaigns.domain.deliveries.queries import delivered_rials, public_deliveries
from campaigns.domain.deliveries.states import State
from campaigns.domain.moderation import actions as moderation
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Reason, Verdict
from tests.domain.deliveries.house import Kerman
from tests.photos import photo
from tests.queueing import waiting


@pytest.fixture
def kerman(app):
    return Kerman()


@pytest.fixture
def folder(app):
    return app.config["SETTINGS"].data_dir


def refusal(act, *args):
    with pytest.raises(Refused) as why:
        act(*args)
    db.session.rollback()
    return why.value.code


class TestTheWay:
    def test_nobody_counts_it_before_three_people_have_seen_it(self, kerman):
        made = kerman.recorded()
        assert not public_deliveries(kerman.campaign.id) and not waiting("delivery")
        agree(made, kerman.hamed)
        db.session.commit()
        assert not public_deliveries(kerman.campaign.id)
        (item,) = waiting("delivery")
        moderation.decide(item, kerman.reza, Verdict.APPROVE)
        db.session.commit()
        assert public_deliveries(kerman.campaign.id) == [made]
        assert of_campaign(kerman.campaign.id, "fa").total == 6

    def test_who_recorded_it_neither_agrees_nor_refuses(self, kerman):
        made = kerman.recorded()
        assert refusal(agree, made, kerman.zahra) == "own"
        assert refusal(refuse, made, kerman.zahra, "no") == "own"

    def test_who_recorded_or_agreed_does_not_moderate(self, kerman):
        made = kerman.recorded(by=kerman.reza)
        agree(made, kerman.parisa)
        db.session.commit()
        for somebody in (kerman.reza, kerman.parisa):
            with pytest.raises(moderation.Refused) as why:
                moderation.decide(find("delivery", made.public_id), somebody, Verdict.APPROVE)
            assert why.value.why == "own"
            db.session.rollback()

    def test_once_decided_it_is_decided(self, kerman):
        made = kerman.agreed()
        assert refusal(agree, made, kerman.hamed) == "moved"
        assert refusal(refuse, made, kerman.hamed, "no") == "moved"

    def test_the_page_of_the_campaign_is_made_anew_when_it_is_shown(self, kerman):
        name = stamps.of_campaign(kerman.campaign.id)
        made = kerman.agreed()
        before = stamps.versions(db.session, [name])[name]
        moderation.decide(find("delivery", made.public_id), kerman.reza, Verdict.APPROVE)
        db.session.commit()
        assert stamps.versions(db.session, [name])[name] == before + 1

    def test_its_page_is_made_anew_when_the_book_has_placed_a_spending(self, kerman):
        kerman.given(1_000)
        name = stamps.of_campaign(kerman.campaign.id)
        before = stamps.versions(db.session, [name])[name]
        kerman.spent(900)  # approved, paid and placed
        assert stamps.versions(db.session, [name])[name] == before + 3

    def test_a_moderator_takes_a_decision_back(self, kerman):
        made = kerman.agreed()
        item = find("delivery", made.public_id)
        decision = moderation.decide(item, kerman.reza, Verdict.REJECT, Reason.PRIVACY, "a face is seen")
        assert made.state == State.REJECTED
        moderation.take_back(item, decision, kerman.reza)
        assert made.state == State.AGREED


class TestWhatIsWrittenDown:
    def test_the_week_begins_on_saturday(self, kerman):
        made = kerman.recorded()
        assert made.week.weekday() == 5 and timedelta() <= tehran_day(clock.now()) - made.week < timedelta(
            days=7
        )

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"quantity": 0}, "quantity"),
            ({"quantity": -1}, "quantity"),
            ({"day": tehran_day(clock.now()) + timedelta(days=2)}, "week"),
            ({"rials": 100}, "rials"),
            ({"note": "برای خانوادهٔ ۰۹۱۲ ۳۴۵ ۶۷۸۹"}, "note"),
            ({"note": "کد ملی 0013542419"}, "note"),
            ({"is_faceless": False}, "faces"),
            ({"has_consent": False}, "consent"),
        ],
    )
    def test_what_is_wrong_is_refused(self, kerman, changes, code):
        assert refusal(lambda: kerman.recorded(**changes)) == code

    def test_a_county_of_another_province_is_refused(self, kerman):
        assert refusal(lambda: kerman.recorded(county=kerman.yazd)) == "county"

    def test_without_evidence_nothing_is_recorded(self, kerman, folder):
        plan = kerman.plan()
        assert refusal(record, kerman.campaign, plan, kerman.zahra, None, folder) == "evidence"

    def test_evidence_is_painted_anew(self, kerman, folder):
        kept = Image.open(BytesIO(data_of(kerman.recorded(), folder)))
        assert kept.format == "JPEG" and not kept.getexif()

    def test_a_paper_is_no_evidence(self):
        with pytest.raises(BadReceipt) as why:
            picture(b"%PDF-1.7 a list of names")
        assert why.value.reason == "kind"

    def test_files_that_no_record_names_go_after_a_day(self, kerman, folder):
        with clock.at(clock.now() + timedelta(days=2)):
            forget_strays(folder)  # of other tests
        made = kerman.recorded()
        (folder / FOLDER / "stray.jpg").write_bytes(photo())
        assert forget_strays(folder) == 0
        with clock.at(clock.now() + timedelta(days=2)):
            assert forget_strays(folder) == 1
        assert data_of(made, folder)


class TestWhatPaidForIt:
    def test_a_spending_is_never_delivered_over(self, kerman):
        kerman.given(1_000)
        spending = kerman.spent(900)
        kerman.shown(spending=spending, rials=500)
        assert refusal(lambda: kerman.recorded(spending=spending, rials=401)) == "room"
        kerman.shown(spending=spending, rials=400)
        assert delivered_rials([kerman.campaign.id]) == {kerman.campaign.id: 900}

    def test_only_what_the_bank_has_paid_is_delivered(self, kerman):
        kerman.given(1_000)
        spending = kerman.spent(900, paid=False)
        assert refusal(lambda: kerman.recorded(spending=spending, rials=500)) == "spending"

    def test_a_refused_record_leaves_its_room(self, kerman):
        kerman.given(1_000)
        spending = kerman.spent(900)
        refuse(kerman.recorded(spending=spending, rials=900), kerman.hamed, "twice")
        db.session.commit()
        assert room.left(spending) == 900


class TestMending:
    def test_a_correction_counts_in_the_stead_of_what_it_mends(self, kerman):
        kerman.given(1_000)
        spending = kerman.spent(900)
        first = kerman.shown(spending=spending, rials=600, quantity=6)
        kerman.shown(
            corrects=first, correction="یکی شمرده نشده بود", spending=spending, rials=900, quantity=9
        )
        assert of_campaign(kerman.campaign.id, "fa").total == 9
        assert delivered_rials([kerman.campaign.id]) == {kerman.campaign.id: 900}
        assert room.left(spending) == 0
        assert first.quantity == 6 and first.state == State.SHOWN

    def test_what_never_happened_is_corrected_to_nothing(self, kerman):
        first = kerman.shown()
        kerman.shown(corrects=first, correction="دو بار ثبت شده بود", quantity=0)
        assert public_deliveries(kerman.campaign.id) == []

    def test_a_correction_says_why_and_there_is_one_at_a_time(self, kerman):
        first = kerman.shown()
        assert refusal(lambda: kerman.recorded(corrects=first)) == "reason"
        kerman.recorded(corrects=first, correction="شمارش دوباره")
        assert refusal(lambda: kerman.recorded(corrects=first, correction="باز هم")) == "corrected"

    def test_what_was_mended_is_not_hidden_any_more(self, kerman):
        first = kerman.agreed()
        item = find("delivery", first.public_id)
        decision = moderation.decide(item, kerman.reza, Verdict.APPROVE)
        db.session.commit()
        kerman.recorded(corrects=first, correction="شمارش دوباره")
        with pytest.raises(moderation.Refused) as why:
            moderation.take_back(item, decision, kerman.reza)
        assert why.value.why == "decided"


def test_the_list_of_kinds_is_kept_by_the_house(app):
    seed_kinds()
    assert seed_kinds() == 0
    add_kind("bicycle", "دوچرخه", "Bicycle")
    assert refusal(add_kind, "dowry", "جهیزیه", "Dowry") == "code"
    seed_kinds()
    kind = add_kind("bicycle", "دوچرخه", "Bicycle")
    switch_kind(kind, used=False)
    assert kind in kinds() and kind not in kinds(used_only=True)
