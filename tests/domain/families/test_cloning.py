"""One national campaign becomes campaigns of provinces: all of them or none, and never twice."""

import pytest
from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import Organization
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.clones import Clone, clones_of
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, read
from campaigns.domain.families.cloning import Refused, Wish, clone
from campaigns.domain.moderation.actions import Refused as DecisionRefused
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.subjects import SUBJECTS
from campaigns.domain.moderation.verdicts import Verdict
from tests.cast import leila, mina, parisa, person, reza
from tests.families import FARS, KERMAN, QOM, cloned, opened
from tests.worlds import change, live_campaign, ready_draft


def test_each_province_gets_the_words_and_what_is_its_own(app) -> None:
    with app.app_context():
        parent = live_campaign(mina(), reza(), parisa())
        kerman, qom = cloned(parent, parent.author, KERMAN, QOM, units=7)
        assert (kerman.slug, kerman.state, kerman.unit_count) == ("dowry-kerman-ir-08", "draft", 7)
        assert [place.code for place in qom.provinces] == [QOM]
        assert read(kerman, Part.STORY) == read(parent, Part.STORY)
        assert kerman.goal_rials == 7 * parent.unit_price_rials
        assert read(qom, Part.BASICS)["title"]["fa"].endswith("قم")


def test_the_organization_of_the_province_runs_it_and_its_organizer_goes_on(app) -> None:
    with app.app_context():
        parent = ready_draft(mina())
        house = Organization(
            slug="niki-qom",
            name_fa="نیکوکاری قم",
            name_en="Qom Charity",
            license_number="۱",
            phone="+982531234567",
            province_code=QOM,
        )
        db.session.add(house)
        db.session.flush()
        sara = person("Sahar", Role.PROVINCE_DESK, province_code=QOM, organization_id=house.id)
        wishes = [Wish(QOM, 5, "dowry-qom", sara.id), Wish(FARS, 5, "dowry-fars")]
        qom, fars = clone(parent, wishes, parent.author)
        assert (qom.organization_id, qom.author_id) == (house.id, sara.id)
        assert (fars.organization_id, fars.author_id) == (parent.organization_id, parent.author_id)


def test_sent_twice_it_is_made_once(app) -> None:
    with app.app_context():
        parent = ready_draft(mina())
        first = cloned(parent, parent.author, KERMAN, QOM)
        assert cloned(parent, parent.author, KERMAN, QOM) == first
        assert len(clones_of(parent.id)) == 2


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (Wish(KERMAN, 5, "another-address"), "taken"),
        (Wish(QOM, 5, "dowry-kerman"), "address"),
        (Wish(QOM, 5, "dowry-fars"), "address"),
        (Wish(QOM, 5, "dowry-qom", organizer_id=999), "organizer"),
    ],
)
def test_where_one_province_cannot_be_made_none_is(app, wish: Wish, why: str) -> None:
    with app.app_context():
        parent = ready_draft(mina())
        cloned(parent, parent.author, KERMAN)
        with pytest.raises(Refused) as refused:
            clone(parent, [Wish(FARS, 5, "dowry-fars"), wish], parent.author)
        assert refused.value.why == why
        assert wish.province_code in refused.value.provinces
        assert len(db.session.scalars(select(Campaign)).all()) == 2


def test_a_clone_is_not_cloned_again(app) -> None:
    with app.app_context():
        parent = ready_draft(mina())
        (kerman,) = cloned(parent, parent.author, KERMAN)
        with pytest.raises(Refused):
            clone(kerman, [Wish(QOM, 5, "dowry-qom")], parent.author)


def test_words_that_were_approved_need_one_more_reader_and_own_words_of_a_newcomer_two(app) -> None:
    with app.app_context():
        parent = live_campaign(mina(), reza(), parisa())
        newcomer = person("Sahar", Role.ORGANIZER, province_code=QOM)
        (qom,) = clone(parent, [Wish(QOM, 5, "dowry-qom", newcomer.id)], parent.author)
        subject = SUBJECTS["campaign"]
        item = subject.item(qom)
        assert subject.approvals_needed(item) == 1
        change(qom, Part.STORY, newcomer, story={"fa": "داستان خود ما.", "en": ""})
        assert subject.approvals_needed(item) == 2


def test_who_cloned_it_does_not_approve_it(app) -> None:
    with app.app_context():
        parent, boss = live_campaign(mina(), reza(), parisa()), leila()
        newcomer = person("Sahar", Role.ORGANIZER, province_code=QOM)
        (qom,) = clone(parent, [Wish(QOM, 5, "dowry-qom", newcomer.id)], boss)
        opened(qom)
        item = find("campaign", qom.public_id)
        assert item is not None
        with pytest.raises(DecisionRefused) as refused:
            decide(item, boss, Verdict.APPROVE)
        assert refused.value.why == "own"
        assert db.session.scalars(select(Clone.made_by_id)).all() == [boss.id]
