"""What the sample campaigns ask for in goods and where it may be brought, from `needs.toml`."""

from functools import cache
from typing import Any

from campaigns.cli.sample.cast import Cast
from campaigns.cli.sample.data import SampleCampaign, read_file
from campaigns.cli.sample.timeline import Calendar
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.states import State
from campaigns.domain.goods.need_data import Data, read_line
from campaigns.domain.goods.need_edits import row, save
from campaigns.domain.goods.need_models import About
from campaigns.domain.goods.need_queries import lines_of
from campaigns.domain.regions.actions import county_key

GATHERING = (State.LIVE, State.PAUSED)


@cache
def needs() -> dict[str, dict[str, Any]]:
    """By slug: `needs` and `places`."""
    return {found["slug"]: found for found in _file()["campaign"]}


def write_needs(
    campaign: Campaign, sample: SampleCampaign, author: User, calendar: Calendar, cast: Cast
) -> None:
    """Writes them into a draft, as its author would."""
    found = needs().get(sample.slug)
    if found is None:
        return
    for raw in found["needs"]:
        save(campaign, About.LINE, [row(About.LINE, None, _line(raw, sample, calendar, cast))], author)
    names = {line.item_fa: line.public_id for line in lines_of(campaign.id)}
    for raw in found["places"]:
        place = _place(raw, sample, cast, [names[item] for item in raw.get("only", ())])
        save(campaign, About.PLACE, [row(About.PLACE, None, place)], author)


def ask_for_more(campaign: Campaign, author: User) -> None:
    """A change of a live campaign that waits for a moderator: ten more of its last need."""
    [*_before, last] = lines_of(campaign.id)
    after = read_line(last) | {"quantity": last.quantity + 10}
    save(campaign, About.LINE, [row(About.LINE, last, after)], author)


def _line(raw: dict[str, Any], sample: SampleCampaign, calendar: Calendar, cast: Cast) -> Data:
    words = _file()["words"][raw["words"]]
    return {
        "item": {"fa": raw["fa"], "en": raw["en"]},
        "unit": {"fa": raw["unit"], "en": _file()["units"][raw["unit"]]},
        "accepted": words["yes"],
        "refused": words["no"],
        "quantity": raw["n"],
        "unit_price_rials": raw["rials"],
        "takes_money": raw["rials"] > 0,
        "county": _county(raw["at"], sample, cast) if "at" in raw else None,
        "ends_on": calendar.iso(sample.journey.ends),
    }


def _place(raw: dict[str, Any], sample: SampleCampaign, cast: Cast, needs: list[str]) -> Data:
    province = next(county.province for county in sample.counties if county.fa == raw["at"])
    return {
        "name": {"fa": raw["fa"], "en": raw["en"]},
        **{name: {code: raw[f"{name}_{code}"] for code in ("fa", "en")} for name in ("address", "hours")},
        "province": province,
        "county": _county(raw["at"], sample, cast),
        "phone": cast.phones[sample.organization],
        "needs": sorted(needs),
    }


def _county(name: str, sample: SampleCampaign, cast: Cast) -> int:
    county = next(county for county in sample.counties if county.fa == name)
    return cast.counties[county_key(county.province, county.fa)]


@cache
def _file() -> dict[str, Any]:
    return read_file("needs.toml")
