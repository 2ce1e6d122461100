"""Words pass from the national campaign to its provinces until a province says something of its own."""

import pytest

from campaigns.base.extensions import db
from campaigns.domain.campaigns.actions import move
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part, read
from campaigns.domain.campaigns.states import Move
from campaigns.domain.families import proposals
from campaigns.domain.moderation.actions import decide, take_back
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from tests.cast import mina, parisa, reza
from tests.families import KERMAN, QOM, cloned, opened
from tests.worlds import change, live_campaign, ready_draft

OLD = {"fa": "چهل زوج در شهرستان‌های کرمان چشم‌به‌راه‌اند.", "en": "Forty couples wait."}
NEW = {"fa": "چهل زوج هنوز چشم‌به‌راه‌اند.", "en": "Forty couples still wait."}
OUR = {"fa": "ما در قم می‌نویسیم.", "en": "We write from Qom."}


class Country:
    """Mina's live national campaign, approved by Reza and Parisa, with Kerman and Qom live too."""

    def __init__(self) -> None:
        self.mina, self.reza, self.parisa = mina(), reza(), parisa()
        self.parent = live_campaign(self.mina, self.reza, self.parisa)
        self.kerman, self.qom = cloned(self.parent, self.mina, KERMAN, QOM)
        for child in (self.kerman, self.qom):
            opened(child, self.reza, self.parisa)

    def edit(self, campaign: Campaign, **values: object) -> object:
        return change(campaign, Part.STORY, self.mina, **values)

    def approve(self, edit: object) -> object:
        item = find("edit", edit.public_id)  # type: ignore[attr-defined]
        assert item is not None
        decision = decide(item, self.reza, Verdict.APPROVE)
        db.session.commit()
        return item, decision


def story(campaign: Campaign) -> dict[str, str]:
    return dict(read(campaign, Part.STORY)["story"])


def test_a_change_reaches_those_who_follow_once_it_is_approved_and_those_who_do_not_as_a_proposal(
    app,
) -> None:
    with app.app_context():
        land = Country()
        land.approve(land.edit(land.qom, story=OUR))
        waits = land.edit(land.parent, story=NEW)
        assert story(land.kerman) == OLD
        land.approve(waits)
        assert (story(land.kerman), story(land.qom)) == (NEW, OUR)
        assert [one.part for one in proposals.proposals_for(land.qom)] == [Part.STORY]
        assert proposals.proposals_for(land.kerman) == []
        assert proposals.unanswered(land.parent) == {land.kerman.id: 0, land.qom.id: 1}


def test_taken_over_it_waits_for_a_moderator_and_then_the_province_follows_again(app) -> None:
    with app.app_context():
        land = Country()
        land.approve(land.edit(land.qom, story=OUR))
        land.approve(land.edit(land.parent, story=NEW))
        (one,) = proposals.proposals_for(land.qom)
        edit = proposals.take(land.qom, Part.STORY, one.mark, land.mina)
        assert story(land.qom) == OUR
        land.approve(edit)
        assert (story(land.qom), proposals.proposals_for(land.qom)) == (NEW, [])
        land.approve(land.edit(land.parent, story=OLD))
        assert story(land.qom) == OLD


def test_left_aside_it_is_written_down_and_proposed_again_only_when_it_changes_again(app) -> None:
    with app.app_context():
        land = Country()
        land.approve(land.edit(land.qom, story=OUR))
        land.approve(land.edit(land.parent, story=NEW))
        (one,) = proposals.proposals_for(land.qom)
        proposals.leave(land.qom, Part.STORY, one.mark, land.mina)
        assert proposals.proposals_for(land.qom) == []
        assert [(row.answer, row.actor_id) for row in proposals.answers_of(land.qom)] == [
            ("left", land.mina.id)
        ]
        land.approve(land.edit(land.parent, story=OLD))
        assert [one.part for one in proposals.proposals_for(land.qom)] == [Part.STORY]


def test_only_the_words_that_were_read_are_answered(app) -> None:
    with app.app_context():
        land = Country()
        land.approve(land.edit(land.qom, story=OUR))
        land.approve(land.edit(land.parent, story=NEW))
        (one,) = proposals.proposals_for(land.qom)
        land.approve(land.edit(land.parent, story={"fa": "چیز دیگری.", "en": ""}))
        with pytest.raises(proposals.Moved):
            proposals.take(land.qom, Part.STORY, one.mark, land.mina)


def test_a_change_of_its_own_under_way_is_not_written_over(app) -> None:
    with app.app_context():
        land = Country()
        land.edit(land.qom, story=OUR)
        land.approve(land.edit(land.parent, story=NEW))
        assert story(land.qom) == OLD
        (one,) = proposals.proposals_for(land.qom)
        assert one.ours["story"] == OUR


def test_what_a_moderator_takes_back_goes_back_in_the_provinces_too(app) -> None:
    with app.app_context():
        land = Country()
        item, decision = land.approve(land.edit(land.parent, story=NEW))
        take_back(item, decision, land.reza)
        assert (story(land.parent), story(land.kerman)) == (OLD, OLD)


def test_own_values_do_not_end_the_following(app) -> None:
    with app.app_context():
        land = Country()
        for part, values in ((Part.BASICS, {"contact_name": "نرگس"}), (Part.GOAL, {"unit_count": 12})):
            land.approve(change(land.kerman, part, land.mina, **values))
        lead = {"fa": "برای زوج‌های جوان.", "en": "For young couples."}
        land.approve(change(land.parent, Part.BASICS, land.mina, lead=lead))
        said = read(land.kerman, Part.BASICS)
        assert (said["lead"], said["contact_name"], said["slug"]) == (lead, "نرگس", land.kerman.slug)
        assert said["title"]["fa"].endswith("کرمان")


def test_unread_words_of_a_draft_never_reach_an_open_province(app) -> None:
    with app.app_context():
        who, readers = mina(), (reza(), parisa())
        parent = ready_draft(who)
        kerman, qom = cloned(parent, who, KERMAN, QOM)
        opened(kerman, *readers)
        change(parent, Part.STORY, who, story=NEW)
        assert (story(kerman), story(qom)) == (OLD, NEW)
        assert proposals.proposals_for(kerman) == []
        opened(parent, *readers)
        assert story(kerman) == NEW


def test_what_a_moderator_reads_does_not_change_meanwhile_and_catches_up_afterwards(app) -> None:
    with app.app_context():
        land = Country()
        (fars,) = cloned(land.parent, land.mina, "IR-07")
        move(fars, Move.SUBMIT, land.mina)
        land.approve(land.edit(land.parent, story=NEW))
        assert story(fars) == OLD
        item = find("campaign", fars.public_id)
        assert item is not None
        decide(item, land.reza, Verdict.APPROVE)
        assert (fars.state, story(fars)) == ("live", NEW)
