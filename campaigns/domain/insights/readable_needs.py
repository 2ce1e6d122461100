"""Needs and places in the words of people: for a moderator to compare."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campaigns.base.digits import grouped
from campaigns.base.jalali import said
from campaigns.base.money import toman
from campaigns.base.phone import shown
from campaigns.base.text import hidden_characters
from campaigns.base.worddiff import word_diff
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.need_data import Data, read_line, read_place
from campaigns.domain.goods.need_models import About, NeedEdit
from campaigns.domain.goods.need_queries import lines_of, places_of
from campaigns.domain.insights.readable import LANGUAGE_LABELS, Change
from campaigns.domain.regions.queries import counties_by_id, province

LABELS = {
    "item": _l("Item"),
    "unit": _l("Counted in"),
    "accepted": _l("Accepted"),
    "refused": _l("Not accepted"),
    "quantity": _l("How many"),
    "unit_price_rials": _l("Price of one"),
    "takes_money": _l("Money buys it too"),
    "county": _l("County"),
    "ends_on": _l("Last day"),
    "name": _l("Name of the place"),
    "address": _l("Address of the place"),
    "hours": _l("Hours"),
    "province": _l("Province"),
    "phone": _l("Phone"),
    "needs": _l("Takes"),
}


def edit_changes(edit: NeedEdit, language: str) -> list[Change]:
    """Field by field where one thing changes; one line a need where a file brought many."""
    rows = edit.data["rows"]
    if edit.about == About.IMPORT:
        names = counties_of([row["after"] for row in rows], language)
        return [_whole(row["before"], row["after"], names, language) for row in rows]
    return list(_fields(edit.campaign, rows[0]["before"] or {}, rows[0]["after"], language))


def asked_for(campaign: Campaign, language: str) -> Iterator[Change]:
    """Every need and place of a campaign, one a line."""
    lines = [read_line(line) for line in lines_of(campaign.id)]
    names = counties_of(lines, language)
    yield from (_whole(None, line, names, language) for line in lines)
    for place in places_of(campaign.id):
        data = read_place(place)
        text = "\n".join(_both(data[name]) for name in ("address", "hours"))
        yield Change(
            f"{_('Where to bring it')}: {_both(data['name'])}", word_diff("", text), hidden_characters(text)
        )


def counties_of(lines: list[Data], language: str) -> dict[int, str]:
    """Names of the counties these lines are for."""
    found = counties_by_id({line["county"] for line in lines if line["county"]})
    return {county.id: (language == "en" and county.name_en) or county.name_fa for county in found}


def summary(line: Data, names: dict[int, str], language: str) -> str:
    """One line as a sentence or two: how many of what, at which price, until when."""
    told = [
        f"{grouped(line['quantity'], language)} × {_both(line['item'])} ({_both(line['unit'])})",
        names.get(line["county"], "") if line["county"] else "",
        toman(line["unit_price_rials"], language) if line["unit_price_rials"] else "",
        "" if line["takes_money"] else _("taken in goods only"),
        f"{_('Accepted')}: {_both(line['accepted'])}" if _both(line["accepted"]) else "",
        f"{_('Not accepted')}: {_both(line['refused'])}" if _both(line["refused"]) else "",
        f"{_('Last day')}: {said(date.fromisoformat(line['ends_on']), language)}" if line["ends_on"] else "",
    ]
    return " · ".join(part for part in told if part)


def _whole(before: Data | None, after: Data, names: dict[int, str], language: str) -> Change:
    was = summary(before, names, language) if before else ""
    text = summary(after, names, language)
    return Change(f"{_('Needed')}: {after['item']['fa']}", word_diff(was, text), hidden_characters(text))


def _fields(campaign: Campaign, before: Data, after: Data, language: str) -> Iterator[Change]:
    """What differs; and always what the thing is called."""
    for name, new in after.items():
        old = before.get(name)
        if isinstance(new, dict):
            sides = [(f" ({LANGUAGE_LABELS[code]})", (old or {}).get(code, ""), new[code]) for code in new]
        else:
            sides = [("", _said(campaign, name, old, language), _said(campaign, name, new, language))]
        for suffix, was, now in sides:
            if was != now or (now and name in {"item", "name"}):
                yield Change(f"{LABELS[name]}{suffix}", word_diff(was, now), hidden_characters(now))


def _said(campaign: Campaign, name: str, value: Any, language: str) -> str:
    if value is None or value in ("", []):
        return ""
    if name == "needs":
        items = {line.public_id: line.item_fa for line in lines_of(campaign.id)}
        return str(_(", ")).join(items.get(one, "") for one in value)
    if name == "county":
        return "".join(counties_of([{"county": value}], language).values())
    if name == "province":
        place = province(value)
        return (place.name_en if language == "en" else place.name_fa) if place else ""
    if name == "ends_on":
        return said(date.fromisoformat(value), language)
    if name == "phone":
        return shown(value, language)
    return _number(name, value, language)


def _number(name: str, value: int, language: str) -> str:
    if name == "takes_money":
        return str(_("yes") if value else _("no"))
    return toman(value, language) if name == "unit_price_rials" else grouped(value, language)


def _both(texts: dict[str, str]) -> str:
    return " / ".join(text for text in texts.values() if text)
