"""The lines of the desk's first page: each thing that waits for somebody, with the page where it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from campaigns.base.digits import grouped
from campaigns.base.jalali import said
from campaigns.domain.accounts.access import covers
from campaigns.domain.accounts.models import Grant
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.insights.desk_todo import Kind, Todo, permission_for, todos
from campaigns.domain.insights.portal import Card
from campaigns.web.locale import language

PAGES = {
    Kind.RETURNED_UPDATE: "desk.updates.show",
    Kind.RETURNED_NEED: "desk.needs.show",
    Kind.RETURNED_ROLE: "desk.roles.show",
    Kind.RETURNED_REPORT: "desk.report.show",
    Kind.RETURNED_LETTER: "desk.messages.show",
    Kind.RETURNED_THANKS: "desk.gifts.show",
    Kind.REPORT_DUE: "desk.report.show",
    Kind.THANKS: "desk.gifts.show",
    Kind.SHIFTS: "desk.roles.show",
    Kind.STALE_NEEDS: "desk.needs.show",
    Kind.REACHED: "desk.updates.show",
    Kind.QUIET: "desk.updates.show",
}
"""Where it is done; everything else begins on the campaign's own page."""

SENTENCES = {
    Kind.RETURNED_CAMPAIGN: _l("A moderator asked for changes to the campaign"),
    Kind.RETURNED_EDIT: _l("A moderator asked for changes to your edit"),
    Kind.RETURNED_UPDATE: _l("A moderator asked for changes to an update"),
    Kind.RETURNED_NEED: _l("A moderator asked for changes to the needs"),
    Kind.RETURNED_ROLE: _l("A moderator asked for changes to a volunteer role"),
    Kind.RETURNED_REPORT: _l("A moderator asked for changes to the final report"),
    Kind.RETURNED_LETTER: _l("A moderator asked for changes to a message to supporters"),
    Kind.RETURNED_THANKS: _l("A moderator asked for changes to your thanks to a donor"),
    Kind.REPORT_DUE: _l("The campaign has ended and its final report is missing"),
    Kind.ENDS_SOON: _l("Today is the last day"),
    Kind.REACHED: _l("The goal is reached: tell supporters what happens now"),
    Kind.QUIET: _l("Supporters have read no update for more than a week"),
    Kind.DRAFT: _l("The draft waits to be finished and sent"),
}


@dataclass(frozen=True)
class Line:
    """Something only I can do. `title`: of its campaign."""

    sentence: str
    title: str
    url: str


def lines(campaigns: Sequence[Campaign], cards: dict[int, Card], grants: Sequence[Grant]) -> list[Line]:
    """What waits for the holder of these grants, the most urgent first."""
    by_id = {campaign.id: campaign for campaign in campaigns}
    places = {campaign.id: where_is(campaign) for campaign in campaigns}
    found = todos(campaigns, cards, current_app.config["SETTINGS"].report_days)
    return [
        Line(_sentence(todo), _title(todo, by_id, cards), _url(todo, by_id[todo.campaign_id]))
        for todo in found
        if any(covers(grant, permission_for(todo.kind), places[todo.campaign_id]) for grant in grants)
    ]


def _title(todo: Todo, campaigns: dict[int, Campaign], cards: dict[int, Card]) -> str:
    return cards[todo.campaign_id].title or campaigns[todo.campaign_id].slug


def _url(todo: Todo, campaign: Campaign) -> str:
    if todo.kind is Kind.PLEDGES:
        return url_for("desk.pledges.show", public_id=campaign.public_id, state="registered")
    if todo.kind is Kind.ENDS_SOON:
        return url_for("desk.editor.show", public_id=campaign.public_id, part=Part.BASICS)
    return url_for(PAGES.get(todo.kind, "desk.campaign.show"), public_id=campaign.public_id)


def _sentence(todo: Todo) -> str:
    n, code = grouped(todo.count, language().code), language().code
    if todo.kind is Kind.ENDS_SOON and todo.count:
        return ngettext("%(n)s day is left", "%(n)s days are left", todo.count, n=n)
    if todo.kind is Kind.PLEDGES:
        return ngettext(
            "%(n)s promise of goods waits for a day",
            "%(n)s promises of goods wait for a day",
            todo.count,
            n=n,
        )
    if todo.kind is Kind.THANKS:
        return ngettext(
            "%(n)s donor wrote a message and was not thanked yet",
            "%(n)s donors wrote a message and were not thanked yet",
            todo.count,
            n=n,
        )
    if todo.kind is Kind.STALE_NEEDS:
        return ngettext(
            "Nobody has looked at %(n)s need for three weeks: is it still right?",
            "Nobody has looked at %(n)s needs for three weeks: are they still right?",
            todo.count,
            n=n,
        )
    if todo.kind is Kind.SHIFTS:
        return ngettext(
            "%(n)s shift of this week has free places, on %(day)s",
            "%(n)s shifts of this week have free places, the first on %(day)s",
            todo.count,
            n=n,
            day=said(todo.day, code) if todo.day else "",
        )
    return str(SENTENCES[todo.kind])
