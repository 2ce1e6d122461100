"""The life of one sample campaign as events: written, sent, approved, started, told of, and whatever ended it."""

from datetime import timedelta
from functools import partial

from flask import current_app

from campaigns.base.extensions import db
from campaigns.cli.sample.blocks import write_blocks
from campaigns.cli.sample.cast import Cast
from campaigns.cli.sample.data import SampleCampaign, SampleUpdate
from campaigns.cli.sample.needs import GATHERING, ask_for_more, needs, write_needs
from campaigns.cli.sample.pages import parts_of
from campaigns.cli.sample.timeline import Calendar, Timeline
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns import parts
from campaigns.domain.campaigns.actions import create, follow_calendar, move, save_part
from campaigns.domain.campaigns.history import CampaignUpdate
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.states import Move, State
from campaigns.domain.goods.need_edits import confirm
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Reason, Verdict
from campaigns.domain.regions.actions import county_key

STEPS = {State.PAUSED: Move.PAUSE, State.CANCELLED: Move.CANCEL}
NOT_SENT = {State.DRAFT}
NOT_APPROVED = {State.DRAFT, State.SUBMITTED, State.NEEDS_WORK}
WAITING_FOR = timedelta(hours=2)
ASKS_FOR_MORE = "kermanshah-anbar"


class Journeys:
    """Puts campaigns on the timeline. What an event needs of an earlier one it finds by row id."""

    def __init__(self, timeline: Timeline, calendar: Calendar, cast: Cast) -> None:
        self._timeline, self._calendar, self._cast = timeline, calendar, cast
        self._moderators = cast.with_role(Role.MODERATOR)
        self.campaigns: dict[str, Campaign] = {}  # kept, so that a gift need not read its campaign again

    def plan(self, sample: SampleCampaign) -> None:
        journey, when = sample.journey, self._calendar.moment
        state = State(journey.state)
        first = min(journey.starts, 6)  # a campaign that is still to come was written lately, too
        self._timeline.add(when(first - 14, 11), partial(self._write, sample))
        if state in NOT_SENT:
            return
        self._timeline.add(when(first - 9, 12), partial(self._submit, sample))
        if state is State.NEEDS_WORK:
            self._timeline.add(when(first - 8, 9), partial(self._send_back, sample))
        if state in NOT_APPROVED:
            return
        for day, moderator_id in zip((first - 7, first - 6), self._moderators, strict=False):
            self._timeline.add(when(day, 10, 30), partial(self._approve, sample, moderator_id))
        if state is State.APPROVED:
            return
        self._timeline.add(when(journey.starts, 0, 1), follow_calendar)
        self._plan_public_life(sample)

    def _plan_public_life(self, sample: SampleCampaign) -> None:
        journey, when = sample.journey, self._calendar.moment
        for update in sample.updates:
            self._plan_update(sample, update)
        if journey.state in GATHERING and sample.slug in needs():
            self._timeline.add(when(-(journey.gifts % 6), 8), partial(self._confirm, sample))
        if sample.slug == ASKS_FOR_MORE:
            self._timeline.add(self._calendar.present - WAITING_FOR, partial(self._ask_for_more, sample))
        if sample.waiting_lead_fa:
            self._timeline.add(self._calendar.present - WAITING_FOR, partial(self._edit, sample))
        if journey.state == State.ENDED:
            self._timeline.add(when(journey.ends + 1, 0, 1), follow_calendar)
        if State(journey.state) in STEPS and journey.changed is not None:
            self._timeline.add(when(journey.changed, 9), partial(self._steer, sample))

    def _plan_update(self, sample: SampleCampaign, update: SampleUpdate) -> None:
        known: dict[str, str] = {}
        written_at = self._calendar.moment(update.day, 11)
        if update.waiting:
            written_at = min(written_at, self._calendar.present - WAITING_FOR)
        self._timeline.add(written_at, partial(self._tell, sample, update, known))
        if not update.waiting:
            self._timeline.add(written_at + timedelta(hours=3), partial(self._show, known))

    def _write(self, sample: SampleCampaign) -> None:
        author = self._author(sample)
        house = self._cast.organizations[sample.organization]
        campaign = create(author, house, sample.slug, sample.fa.title)
        campaign.is_sample = True
        county_ids = [self._cast.counties[county_key(row.province, row.fa)] for row in sample.counties]
        filled = parts_of(sample, self._calendar, county_ids, self._cast.phones[sample.organization])
        for part, values in filled.items():
            save_part(campaign, part, values, author)
        write_blocks(campaign, author, current_app.config["SETTINGS"].data_dir)
        write_needs(campaign, sample, author, self._calendar, self._cast)
        self.campaigns[sample.slug] = campaign

    def _submit(self, sample: SampleCampaign) -> None:
        move(self._campaign(sample), Move.SUBMIT, self._author(sample))

    def _approve(self, sample: SampleCampaign, moderator_id: int) -> None:
        """The second of the two finds nothing to do unless it is the author's first campaign."""
        campaign = self._campaign(sample)
        item = find("campaign", campaign.public_id)
        if item is not None and campaign.state == State.SUBMITTED:
            decide(item, _person(moderator_id), Verdict.APPROVE)

    def _send_back(self, sample: SampleCampaign) -> None:
        item = find("campaign", self._campaign(sample).public_id)
        reason = Reason(sample.journey.reason_code)
        if item is not None:
            decide(item, _person(self._moderators[0]), Verdict.RETURN, reason, sample.journey.reason)

    def _steer(self, sample: SampleCampaign) -> None:
        actor = _person(self._moderators[-1])
        move(self._campaign(sample), STEPS[State(sample.journey.state)], actor, sample.journey.reason)

    def _tell(self, sample: SampleCampaign, update: SampleUpdate, known: dict[str, str]) -> None:
        news = CampaignUpdate(
            campaign=self._campaign(sample),
            author_id=self._cast.people[sample.author],
            title=update.title,
            body=update.body,
        )
        db.session.add(news)
        db.session.flush()
        known["update"] = news.public_id

    def _show(self, known: dict[str, str]) -> None:
        item = find("update", known["update"])
        if item is not None:
            decide(item, _person(self._moderators[0]), Verdict.APPROVE)

    def _edit(self, sample: SampleCampaign) -> None:
        campaign = self._campaign(sample)
        values = parts.read(campaign, Part.BASICS)
        values["lead"] = values["lead"] | {"fa": sample.waiting_lead_fa}
        save_part(campaign, Part.BASICS, values, self._author(sample))

    def _confirm(self, sample: SampleCampaign) -> None:
        confirm(self._campaign(sample))

    def _ask_for_more(self, sample: SampleCampaign) -> None:
        ask_for_more(self._campaign(sample), self._author(sample))

    def _campaign(self, sample: SampleCampaign) -> Campaign:
        return self.campaigns[sample.slug]

    def _author(self, sample: SampleCampaign) -> User:
        return _person(self._cast.people[sample.author])


def _person(user_id: int) -> User:
    return db.session.get_one(User, user_id)
