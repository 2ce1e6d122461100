"""The provinces of the national sample campaign: cloned, sent, approved, given to; one writes its own story."""

from functools import partial
from typing import Any

from campaigns.base.extensions import db
from campaigns.base.slugs import suggest
from campaigns.cli.sample import data
from campaigns.cli.sample.bank import Ending
from campaigns.cli.sample.cast import Cast
from campaigns.cli.sample.giving import Giving
from campaigns.cli.sample.journeys import Journeys
from campaigns.cli.sample.timeline import Calendar, Timeline
from campaigns.cli.sample.wishes import Visit
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns import parts
from campaigns.domain.campaigns.actions import move, save_part
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.states import Move
from campaigns.domain.contributions.actions import Wish
from campaigns.domain.families.cloning import Wish as Province
from campaigns.domain.families.cloning import clone
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.regions.queries import province

KERMAN = "IR-08"


class Families:
    """Puts the provinces on the timeline. By code, what an event needs of an earlier one."""

    def __init__(
        self, timeline: Timeline, calendar: Calendar, cast: Cast, journeys: Journeys, giving: Giving
    ) -> None:
        self._timeline, self._calendar, self._cast = timeline, calendar, cast
        self._journeys, self._giving = journeys, giving
        self._moderators = cast.with_role(Role.MODERATOR)
        self._file = data.read_file("family.toml")
        self._made: dict[str, Campaign] = {}

    def plan(self) -> None:
        when, day = self._calendar.moment, self._file["cloned"]
        self._timeline.add(when(day, 9), self._clone)
        for number, row in enumerate(self._file["province"]):
            state = row.get("state", "live")
            if state != "draft":
                self._timeline.add(when(day + 1, 9, number), partial(self._send, row["code"]))
            if state != "live":
                continue
            for moderator_id in self._moderators:
                self._timeline.add(
                    when(day + 2, 10, number), partial(self._approve, row["code"], moderator_id)
                )
            for place, rials in enumerate(row["gifts"]):
                wish = Wish(rials=rials, intent="sadaqah", language="fa")
                visit = Visit(when(day + 3 + place * 2, 18, number), wish, Ending.PAID)
                self._giving.plan(partial(self._id_of, row["code"]), visit)
        self._timeline.add(when(day + 4, 9), partial(self._writes, KERMAN, "kerman_story"))
        self._timeline.add(when(day + 6, 9), partial(self._writes, "", "national_story"))

    def _clone(self) -> None:
        wishes = [self._wish(row) for row in self._file["province"]]
        made = clone(self._national(), wishes, self._person(self._file["author"]))
        self._made = {wish.province_code: child for wish, child in zip(wishes, made, strict=True)}

    def _wish(self, row: dict[str, Any]) -> Province:
        place = province(row["code"])
        slug = f"{self._file['national']}-{suggest(place.name_en) if place else row['code'].lower()}"
        organizer = self._cast.people[row["organizer"]] if "organizer" in row else None
        return Province(row["code"], self._file["units"], slug, organizer)

    def _send(self, code: str) -> None:
        move(self._made[code], Move.SUBMIT, self._made[code].author)

    def _approve(self, code: str, moderator_id: int) -> None:
        """One is enough where the province says what the nation says."""
        item = find("campaign", self._made[code].public_id)
        if item is not None and self._made[code].state == "submitted":
            decide(item, db.session.get_one(User, moderator_id), Verdict.APPROVE)

    def _writes(self, code: str, words: str) -> None:
        """A paragraph more at the end of the story, read by a moderator."""
        campaign = self._made[code] if code else self._national()
        story = parts.read(campaign, Part.STORY)["story"]
        longer = {"story": story | {"fa": f"{story['fa'].rstrip()}\n\n{self._file[words]}\n"}}
        edit = save_part(campaign, Part.STORY, longer, campaign.author)
        item = find("edit", edit.public_id) if edit is not None else None
        if item is not None:
            decide(item, db.session.get_one(User, self._moderators[0]), Verdict.APPROVE)

    def _id_of(self, code: str) -> int:
        return self._made[code].id

    def _national(self) -> Campaign:
        return self._journeys.campaigns[self._file["national"]]

    def _person(self, key: str) -> User:
        return db.session.get_one(User, self._cast.people[key])
