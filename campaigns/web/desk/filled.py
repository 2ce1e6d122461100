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

WITH_FORM = frozenset({Part.BASICS, Part.GOAL, Part.STORY, Part.LOOK, Part.FAQ})


def form_of(campaign: Campaign, part: Part, data: Data, *, typed: bool = True) -> Any:
    """The form of `part`: on GET it shows `data`, on POST what was sent; not `typed`: `data` on POST as well."""
    values, source = _flat(data), {} if typed else {"formdata": None}
    if part is Part.BASICS:
        return _basics(campaign, values, source)
    if part is Part.GOAL:
        return _goal(campaign, values, source)
    forms: dict[Part, type[StaffForm]] = {Part.STORY: StoryForm, Part.LOOK: LookForm, Part.FAQ: FaqForm}
    return forms[part](data=values, **source)


def has_form(part: Part) -> bool:
    """Whether the part is written on one page of the editor; others have pages of their own."""
    return part in WITH_FORM


def fits(campaign: Campaign, part: Part, data: Data) -> bool:
    """Whether these values may be saved today, as the form of the part sees it. It asks for no token."""
    if not has_form(part):
        return True
    form = form_of(campaign, part, data, typed=False)
    del form.csrf_token
    return bool(form.validate())


def _basics(campaign: Campaign, values: Data, source: Data) -> BasicsForm:
    for name in ("starts_on", "ends_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    form = BasicsForm(data=values, campaign_id=campaign.id, reach=reach(), **source)
    english = language().code == "en"
    places = {place.code: place.name_en if english else place.name_fa for place in provinces(language().code)}
    form.provinces.choices = choices(places.items())
    chosen = places.keys() & {*values["provinces"], *(form.provinces.data or [])}
    form.counties.choices = choices(
        (county.id, (english and county.name_en) or county.name_fa) for county in counties(chosen)
    )
    return form


def _goal(campaign: Campaign, values: Data, source: Data) -> GoalForm:
    form = GoalForm(data=values, **source)
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
