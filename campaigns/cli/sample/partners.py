"""Sample partners and memoranda on the timeline: written, sent, approved, begun, and whatever ended them."""

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.cli.sample import data
from campaigns.cli.sample.cast import Cast
from campaigns.cli.sample.data import SampleMemorandum, SamplePartner
from campaigns.cli.sample.papers import paper
from campaigns.cli.sample.timeline import Calendar, Timeline
from campaigns.domain.accounts.models import Organization, User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.partners import actions, profiles
from campaigns.domain.partners.models import Memorandum

EARLIER = 10  # days from writing a memorandum to its first day
WRITER = "leila"


class Partners:
    """Puts partners on the timeline, so that each is there before the first memorandum with it."""

    def __init__(self, timeline: Timeline, calendar: Calendar, cast: Cast) -> None:
        self._timeline, self._calendar, self._cast = timeline, calendar, cast
        self._moderator = cast.with_role(Role.MODERATOR)[0]
        self._ids: dict[int, str] = {}

    def plan(self) -> None:
        when = self._calendar.moment
        first = min(row.starts for row in data.memoranda()) - EARLIER - 20
        for partner_ in data.partners():
            self._timeline.add(when(first, 9), partial(self._bring_in, partner_))
        for number, row in enumerate(data.memoranda(), 1):
            written = min(row.starts - EARLIER, -1)
            self._timeline.add(when(written, 10), partial(self._write, number, row))
            if row.waiting:
                continue
            self._timeline.add(when(written, 15), partial(self._approve, number))
            self._timeline.add(when(row.starts, 0, 2), actions.follow_calendar)
            if row.ended is not None:
                self._timeline.add(when(row.ended, 11), partial(self._end, number, row.reason))
            elif row.ends < 0:
                self._timeline.add(when(row.ends + 1, 0, 2), actions.follow_calendar)

    def _bring_in(self, row: SamplePartner) -> None:
        name = profiles.Name(row.slug, row.name_fa, row.name_en, row.phone, row.province)
        said = profiles.Said(row.kind, row.license_number, row.about_fa, row.about_en, website="")
        profile = profiles.bring_in(name, said, self._person(WRITER))
        profile.organization.is_sample = True
        profile.organization.about_fa, profile.organization.about_en = row.about_fa, row.about_en
        self._decide("partner", profile.public_id)

    def _write(self, number: int, row: SampleMemorandum) -> None:
        writer = self._person(WRITER)
        memorandum = actions.draft(self._terms(row), writer)
        memorandum.is_sample = True
        for use in (actions.SIGNED, actions.COPY):
            actions.attach(memorandum, use, paper(f"SAMPLE MEMORANDUM {number} ({use})"), writer)
        actions.send(memorandum, writer)
        self._ids[number] = memorandum.public_id

    def _terms(self, row: SampleMemorandum) -> actions.Terms:
        today = tehran_day(self._calendar.present)
        houses = {house.slug: house for house in db.session.scalars(select(Organization))}
        served = select(Campaign).where(Campaign.slug.in_(row.campaigns)).order_by(Campaign.id)
        return actions.Terms(
            house=houses[row.house],
            parties=[houses[slug] for slug in row.parties],
            campaigns=db.session.scalars(served).all(),
            division=row.division,
            for_network=row.for_network,
            subject_fa=row.subject_fa,
            subject_en=row.subject_en,
            terms_fa=row.terms_fa,
            terms_en=row.terms_en,
            starts_on=today + timedelta(days=row.starts),
            ends_on=today + timedelta(days=row.ends),
        )

    def _approve(self, number: int) -> None:
        self._decide("memorandum", self._ids[number])

    def _end(self, number: int, reason: str) -> None:
        query = select(Memorandum).where(Memorandum.public_id == self._ids[number])
        actions.end_early(db.session.scalars(query).one(), self._person(WRITER), reason)

    def _decide(self, kind: str, public_id: str) -> None:
        item = find(kind, public_id)
        assert item is not None
        decide(item, db.session.get_one(User, self._moderator), Verdict.APPROVE)

    def _person(self, key: str) -> User:
        return db.session.get_one(User, self._cast.people[key])
