"""Letters to those who follow: once each, whatever is repeated and whoever is killed; nobody is written to who left."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.moderation.actions import Refused, decide, take_back
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.notices.models import Letter
from campaigns.domain.supporters import following, mailings, messages, thanking
from campaigns.domain.supporters.models import Audience, Follower, FollowState, Mailing
from campaigns.web.letterlinks import link
from tests.cast import mina, parisa, reza
from tests.supporting import follower, letter_to_supporters
from tests.worlds import gift, live_campaign

LATER = timedelta(minutes=11)


@pytest.fixture
def cast(app):
    return mina(), reza(), parisa()


@pytest.fixture
def campaign(cast):
    return live_campaign(*cast)


def shown_update(campaign, by, title="رسید"):
    update = CampaignUpdate(campaign=campaign, author_id=by.id, title=title, body="ده جهیزیه در بم.")
    update.state, update.shown_at = "shown", now()
    db.session.add(update)
    db.session.commit()
    return update


def work():
    """The worker's turn, eleven minutes on."""
    with clock.at(now() + LATER):
        mailings.begin_mailings()
        db.session.commit()
        written = mailings.write_letters(link)
        mailings.write_letters(link)
        return written


def letters(template="u:"):
    return db.session.scalars(
        select(Letter).where(Letter.dedupe_key.contains(f":{template}")).order_by(Letter.id)
    ).all()


def test_each_follower_gets_one_letter_of_each_update_with_a_way_out(cast, campaign):
    for name in ("sara", "farid"):
        follower(campaign, f"{name}@example.org")
    following.ask(campaign.id, "silent@example.org", "fa", link)
    shown_update(campaign, cast[0])
    assert work() == 2 and work() == 0 and work() == 0
    assert [letter.to for letter in letters()] == ["sara@example.org", "farid@example.org"]
    assert all("/following/" in letter.unsubscribe_url for letter in letters())
    assert letters()[0].unsubscribe_url in letters()[0].body and "ده جهیزیه در بم." in letters()[0].body


def test_an_update_that_is_taken_back_at_once_reaches_nobody(cast, campaign):
    follower(campaign, "sara@example.org")
    update = shown_update(campaign, cast[0])
    mailings.begin_mailings()
    assert mailings.write_letters(link) == 0, "ten minutes it can be taken back"
    update.state, update.shown_at = "waiting", None
    assert work() == 0


def test_a_worker_killed_in_the_middle_of_a_batch_leaves_nobody_out_and_writes_nobody_twice(
    cast, campaign, monkeypatch
):
    monkeypatch.setattr(mailings, "BATCH", 2)
    for number in range(5):
        follower(campaign, f"sara{number}@example.org")
    shown_update(campaign, cast[0])
    with clock.at(now() + LATER):
        mailings.begin_mailings()
        db.session.commit()
        mailing = db.session.scalars(select(Mailing)).one()
        assert mailings.write_letters(link, batches=1) == 2
        mailings._batch(mailing, link)
        db.session.rollback()  # killed before its commit
        assert len(letters()) == 2
        assert mailings.write_letters(link, batches=9) == 3
    assert len({letter.to for letter in letters()}) == 5 == len(letters())
    db.session.refresh(mailing)
    assert (mailing.letters, mailing.done_at is not None) == (5, True)


def test_who_follows_afterwards_gets_no_old_news(cast, campaign):
    shown_update(campaign, cast[0])
    work()
    follower(campaign, "sara@example.org")
    assert work() == 0 and letters() == []


def test_who_leaves_is_forgotten_and_gets_nothing_that_was_written_already(cast, campaign):
    sara = follower(campaign, "sara@example.org")
    shown_update(campaign, cast[0])
    assert work() == 1
    following.leave(sara)
    following.leave(sara)
    db.session.commit()
    assert letters() == [] and (sara.email, sara.state) == (None, FollowState.LEFT)
    shown_update(campaign, cast[0], "باز هم")
    assert work() == 0
    assert not following.agree(sara), "an old link does not bring them back"
    follower(campaign, "sara@example.org")
    assert following.count(campaign.id)[Audience.ALL] == 1


def test_asking_again_makes_no_second_follower_and_no_second_letter_that_day(campaign):
    for _time in range(3):
        following.ask(campaign.id, "sara@example.org", "fa", link)
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(Follower)) == 1
    assert (
        db.session.scalar(select(func.count()).select_from(Letter).where(Letter.to == "sara@example.org"))
        == 1
    )


def test_a_message_waits_for_a_moderator_and_goes_out_once_to_those_it_is_for(cast, campaign):
    mina_, reza_, _parisa = cast
    given = gift(campaign)
    follower(campaign, "donor@example.org", given.id)
    follower(campaign, "reader@example.org")
    message = messages.write(campaign, mina_, Audience.DONORS, ("سپاس", "فردا بار می‌زنیم.", "fa"))
    db.session.commit()
    assert message.reach == 1 and work() == 0
    made = decide(find("letter", message.public_id), reza_, Verdict.APPROVE)
    db.session.commit()
    assert work() == 1 and work() == 0
    assert [letter.to for letter in letters("m:")] == ["donor@example.org"]
    with pytest.raises(Refused):
        take_back(find("letter", message.public_id), made, reza_)


def test_one_message_a_month_and_none_to_nobody(cast, campaign):
    def refusal(body="سلام"):
        with pytest.raises(messages.NotSent) as caught:
            messages.write(campaign, cast[0], Audience.ALL, ("خبر", body, "fa"))
        return caught.value.why

    assert refusal() == "nobody"
    follower(campaign, "sara@example.org")
    assert refusal("به ۰۹۱۲۱۱۱۲۲۳۳ زنگ بزنید") == "personal"
    letter_to_supporters(campaign, cast[0])
    assert refusal() == "soon"
    with clock.at(now() + messages.PAUSE):
        letter_to_supporters(campaign, cast[0])


def test_thanks_are_said_once_and_go_to_the_address_the_donor_left(cast, campaign):
    mina_, reza_, _parisa = cast
    given, other = gift(campaign), gift(campaign)
    follower(campaign, "donor@example.org", given.id)
    thanking.thank(given, mina_, thanking.Template.WARM, "")
    own = thanking.thank(other, mina_, None, "سپاس از مهرتان")
    db.session.commit()
    with pytest.raises(thanking.NotThanked):
        thanking.thank(given, mina_, thanking.Template.WARM, "")
    assert thanking.shown(given.id) is not None and thanking.shown(other.id) is None
    decide(find("thanks", own.public_id), reza_, Verdict.APPROVE)
    db.session.commit()
    for _turn in range(2):
        with clock.at(now() + LATER):
            thanking.send_thanks(link)
            db.session.commit()
    assert [letter.to for letter in letters("t:")] == ["donor@example.org"]
    assert given.code in letters("t:")[0].body and thanking.shown(other.id) is not None
