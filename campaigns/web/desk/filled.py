"""A form of the editor filled with what a part holds now, with the choices that need the database."""

from datetime import date
from typing import Any

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.base.fields import choices
from campaigns.base.forms import StaffForm
from campaigns.base.sorting import persian_key
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Data, Part
from campaigns.domain.campaigns.states import State
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.regions.queries import counties, provinces
from campaigns.web.desk.forms import BasicsForm, FaqForm, GoalForm, LookForm, StoryForm
from campaigns.web.desk.mine import reach
from campaigns.web.locale import language


def form_of(campaign: Campaign, part: Part, data: Data) -> Any:
    """The form of `part`: on GET it shows `data`, on POST what was sent."""
    values = _flat(data)
    if part is Part.BASICS:
        return _basics(campaign, values)
    if part is Part.GOAL:
        return _goal(campaign, values)
    forms: dict[Part, type[StaffForm]] = {Part.STORY: StoryForm, Part.LOOK: LookForm, Part.FAQ: FaqForm}
    return forms[part](data=values)


def _basics(campaign: Campaign, values: Data) -> BasicsForm:
    for name in ("starts_on", "ends_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    form = BasicsForm(data=values, campaign_id=campaign.id, reach=reach())
    english = language().code == "en"
    places = {place.code: place.name_en if english else place.name_fa for place in provinces(language().code)}
    form.provinces.choices = choices(places.items())
    chosen = places.keys() & {*values["provinces"], *(form.provinces.data or [])}
    form.counties.choices = choices(
        (county.id, (english and county.name_en) or county.name_fa) for county in counties(chosen)
    )
    return form


def _goal(campaign: Campaign, values: Data) -> GoalForm:
    form = GoalForm(data=values)
    coming = Campaign.state.in_((State.LIVE.value, State.APPROVED.value))
    present = Campaign.slug == values["sibling"]  # stays, also when it is closed by now
    others = db.session.scalars(select(Campaign.id).where(coming | present, Campaign.id != campaign.id)).all()
    cards = cards_of(others, language().code).values()
    titled = sorted(
        ((card.slug, card.title or card.slug) for card in cards), key=lambda pair: persian_key(pair[1])
    )
    form.sibling.choices = choices([("", "—"), *titled])
    return form


def _flat(data: Data) -> Data:
    """`{"title": {"fa": …, "en": …}}` becomes `title_fa`, `title_en`; lists stay."""
    flat: Data = {}
    for name, value in data.items():
        if isinstance(value, dict):
            flat |= {f"{name}_{code}": text for code, text in value.items()}
        else:
            flat[name] = value
    return flat
