"""The rules of deciding and of taking back, for every kind of thing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.domain.accounts.access import scope_of
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, read
from campaigns.domain.campaigns.states import Move, State
from campaigns.domain.deliveries import reports
from campaigns.domain.goods.need_data import read_line
from campaigns.domain.goods.need_edits import row, save
from campaigns.domain.goods.need_models import About
from campaigns.domain.goods.shops import propose_shop
from campaigns.domain.moderation.actions import Refused, decide, take_back
from campaigns.domain.moderation.appeals import make
from campaigns.domain.moderation.arrivals import gather
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.public_log import Filters, entries
from campaigns.domain.moderation.queries import find, full_log, standing, thing_of
from campaigns.domain.moderation.queue import Wanted, entry_of, page_of
from campaigns.domain.moderation.subjects import SUBJECTS
from campaigns.domain.moderation.verdicts import REASON_LABELS, REASON_LETTERS, Reason, Verdict
from campaigns.domain.problems import actions as actions_of_problems
from campaigns.domain.problems.actions import Told
from campaigns.domain.problems.states import Kind
from campaigns.domain.supporters import thanking
from campaigns.domain.volunteers import wordings
from tests.cast import mina, parisa, reza
from tests.domain.deliveries.house import Kerman
from tests.domain.goods.needy import need
from tests.partnership import partner
from tests.partnership import sent as sent_memorandum
from tests.supporting import letter_to_supporters
from tests.volunteering import driver
from tests.worlds import change, gift, live_campaign, sent_campaign

WHY = (Reason.NUMBERS, "منبع؟")


@pytest.fixture
def house(app):
    return Kerman()


@pytest.fixture
def cast(request, app):
    """Mina, Reza and Parisa; where there are things, those of their house."""
    if "things" not in request.fixturenames:
        return mina(), reza(), parisa()
    kerman = request.getfixturevalue("house")
    return kerman.mina, kerman.reza, kerman.parisa


@pytest.fixture
def things(house):
    """One waiting thing of each kind."""
    live, by = house.campaign, house.mina
    update = CampaignUpdate(campaign=live, author_id=by.id, title="رسید", body="در بم", language="fa")
    db.session.add(update)
    line = need(live)
    partner_ = partner(by)
    wording = wordings.propose(driver(live), {"name_fa": "پرستار"}, by.id, None)
    over = live_campaign(house.mina, house.reza, house.parisa, slug="over-already")
    actions.move(over, Move.END, by)
    no = decide(find("update", refused_news(live, by).public_id), house.parisa, Verdict.REJECT, *WHY)
    made = {
        "appeal": make(no, find("update", thing_of(no).public_id), by, "سند هست"),
        "campaign": sent_campaign(by, "second-one"),
        "edit": change(live, Part.STORY, by, story={"fa": "سی زوج", "en": ""}),
        "update": update,
        "message": gift(live, message="خدا قوت"),
        "need": save(live, About.LINE, [row(About.LINE, line, read_line(line) | {"quantity": 60})], by),
        "role": wording,
        "partner": partner_,
        "memorandum": sent_memorandum(by, [partner_.organization]),
        "delivery": house.agreed(),
        "shop": propose_shop(live, by, "فروشگاه کویر", "کرمان، خیابان شریعتی", "", None),
        "problem": actions_of_problems.report(live.id, Told(Kind.OTHER, "عددها نمی‌خوانند", "", "fa"), "form")[
            0
        ],
        "report": reports.write(over, by, "همه به خانه رسید.", ""),
        "letter": letter_to_supporters(live, by),
        "thanks": thanking.thank(gift(live), by, None, "سپاس از مهرتان"),
    }
    gather()
    db.session.commit()
    return {kind: thing.public_id for kind, thing in made.items()}


def refused_news(campaign, by):
    row = CampaignUpdate(campaign=campaign, author_id=by.id, title="کمبود", body="در بم", language="fa")
    db.session.add(row)
    db.session.flush()
    return row


def refused(*arguments):
    with pytest.raises(Refused) as caught:
        decide(*arguments)
    return caught.value.why


def all_of(kind):
    return [(kind, verdict) for verdict in SUBJECTS[kind].verdicts]


EVERY = [pair for kind in SUBJECTS for pair in all_of(kind)]


def test_the_queue_has_one_of_each_due_first(cast, things):
    everywhere = scope_of(cast[1].id, Permission.MODERATE)
    rows, total = page_of(everywhere, cast[1], Wanted())
    assert {row.kind: row.public_id for row in rows} == things and total == len(SUBJECTS)
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)
    assert [row.kind for row in page_of(everywhere, cast[1], Wanted(kind="edit"))[0]] == ["edit"]


@pytest.mark.parametrize(("kind", "verdict"), EVERY)
def test_what_is_decided_waits_no_more_and_waits_again_when_taken_back(cast, things, kind, verdict):
    _mina, reza_, _parisa = cast
    story = read(find("edit", things["edit"]).campaign, Part.STORY)
    item = find(kind, things[kind])
    made = decide(item, reza_, verdict, *WHY)
    assert not SUBJECTS[kind].is_waiting(item) and entry_of(kind, item.thing.id) is None
    assert refused(item, reza_, verdict, *WHY) == "decided"
    back = take_back(item, made, reza_)
    assert SUBJECTS[kind].is_waiting(item) and entry_of(kind, item.thing.id) is not None
    assert (back.verdict, back.undoes_id) == ("undo", made.id)
    assert standing(item) == []
    assert read(find("edit", things["edit"]).campaign, Part.STORY) == story
    decide(item, reza_, verdict, *WHY)
    assert not SUBJECTS[kind].is_waiting(item)


@pytest.mark.parametrize("kind", SUBJECTS)
def test_a_verdict_the_kind_does_not_know_is_refused(cast, things, kind):
    for verdict in set(Verdict) - set(SUBJECTS[kind].verdicts):
        assert refused(find(kind, things[kind]), cast[1], verdict, *WHY) == "verdict"


@pytest.mark.parametrize(
    "kind",
    [
        "campaign",
        "edit",
        "update",
        "need",
        "role",
        "partner",
        "memorandum",
        "shop",
        "report",
        "appeal",
        "letter",
        "thanks",
    ],
)
def test_own_work_is_refused(cast, things, kind):
    assert refused(find(kind, things[kind]), cast[0], Verdict.APPROVE) == "own"


@pytest.mark.parametrize(("kind", "verdict"), [pair for pair in EVERY if pair[1] != Verdict.APPROVE])
def test_a_no_needs_reason_and_note(cast, things, kind, verdict):
    item = find(kind, things[kind])
    assert refused(item, cast[1], verdict) == "reason"
    assert refused(item, cast[1], verdict, Reason.PRIVACY, "  \n") == "reason"
    assert refused(item, cast[1], verdict, None, "چرا") == "reason"


def test_every_reason_has_a_label_and_a_sentence_for_the_letter():
    assert set(REASON_LABELS) == set(REASON_LETTERS) == set(Reason)


def test_taking_back_is_for_oneself_once_and_soon(cast, things):
    _mina, reza_, parisa_ = cast
    item = find("update", things["update"])
    made = decide(item, reza_, Verdict.APPROVE)
    for who, moment, why in (
        (parisa_, now(), "own"),
        (reza_, now() + timedelta(minutes=10, seconds=2), "late"),
    ):
        with clock.at(moment), pytest.raises(Refused) as caught:
            take_back(item, made, who)
        assert caught.value.why == why
    take_back(item, made, reza_)
    with pytest.raises(Refused) as caught:
        take_back(item, made, reza_)
    assert caught.value.why == "decided"


def test_a_campaign_that_went_on_is_not_taken_back(cast):
    mina_, _reza, parisa_ = cast
    campaign = live_campaign(*cast)
    made = db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()
    actions.move(campaign, Move.PAUSE, mina_, "چون")
    with pytest.raises(Refused) as caught:
        take_back(find("campaign", campaign.public_id), made, parisa_)
    assert caught.value.why == "decided" and campaign.state == State.PAUSED


def test_the_first_of_two_takes_theirs_back_and_the_other_still_stands(cast):
    mina_, reza_, parisa_ = cast
    campaign = live_campaign(mina_, reza_, parisa_)
    first = db.session.scalars(select(Decision).order_by(Decision.id)).first()
    item = find("campaign", campaign.public_id)
    take_back(item, first, reza_)
    assert campaign.state == State.SUBMITTED
    assert [row.actor_id for row in standing(item)] == [parisa_.id]
    decide(item, reza_, Verdict.APPROVE)
    assert campaign.state == State.LIVE


def test_an_edit_undone_after_another_change_is_refused(cast, things):
    _mina, reza_, _parisa = cast
    item = find("edit", things["edit"])
    made = decide(item, reza_, Verdict.APPROVE)
    newer = change(item.campaign, Part.STORY, cast[0], story={"fa": "بیست زوج", "en": ""})
    decide(find("edit", newer.public_id), reza_, Verdict.APPROVE)
    with pytest.raises(Refused) as caught:
        take_back(item, made, reza_)
    assert caught.value.why == "decided"
    assert read(item.campaign, Part.STORY)["story"]["fa"] == "بیست زوج"


def test_the_log_only_grows(app, cast):
    live_campaign(*cast)
    decision = db.session.scalars(select(Decision)).first()
    decision.note = "دیگر"
    with pytest.raises(Exception, match="append-only"):
        db.session.flush()
    db.session.rollback()


def test_the_public_log_leaves_out_what_was_never_public_or_was_taken_back(cast, things):
    _mina, reza_, _parisa = cast
    decide(find("campaign", things["campaign"]), reza_, Verdict.REJECT, *WHY)
    made = decide(find("update", things["update"]), reza_, Verdict.APPROVE)
    take_back(find("update", things["update"]), made, reza_)
    db.session.commit()
    rows, total = entries(Filters())
    slugs = {db.session.get(Campaign, row.campaign_id).slug for row in rows}
    assert (slugs, {row.kind for row in rows}) == ({"dowry-kerman", "over-already"}, {"campaign", "update"})
    assert total == len(rows)
    assert len(full_log(50)) == 7
    newest = full_log(50)[0][0].id
    assert [row.id for row, _campaign in full_log(2, before_id=newest)] == [newest - 1, newest - 2]
