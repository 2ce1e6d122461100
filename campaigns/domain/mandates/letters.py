"""The letters of a mandate: signed, taken, not taken, stopped, resting. None of these commit."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign, CampaignText
from campaigns.domain.mandates import links
from campaigns.domain.mandates.models import Mandate, MandateCharge
from campaigns.domain.mandates.states import Why
from campaigns.domain.notices.actions import write
from campaigns.domain.reminders.queries import another_like

Link = Callable[..., str]
"""`link(language, endpoint, **values)`: a full address of this site."""


def signed(mandate: Mandate, link: Link) -> bool:
    """What was signed, and how to end it."""
    return _write(mandate, "signed", "mandate_signed", link, max_rials=mandate.max_rials)


def taken(charge: MandateCharge, link: Link) -> bool:
    """This month's gift was taken: the receipt."""
    mandate, gift = charge.mandate, charge.gift
    url = link(mandate.language, "give.receipt.show", code=gift.code)
    over = mandate.stopped_at is not None
    return _write(
        mandate, str(charge.month), "mandate_taken", link, rials=gift.rials, receipt_url=url, over=over
    )


def not_taken(charge: MandateCharge, link: Link) -> bool:
    """This month could not be taken, however often it was tried; nothing is owed."""
    mandate = charge.mandate
    values = {"other": str(charge.gift.rials // 10), "intent": mandate.intent}
    give_url = link(mandate.language, "give.start.show", slug=mandate.campaign.slug, **values)
    key = f"{charge.month}:not"
    return _write(mandate, key, "mandate_not_taken", link, rials=charge.gift.rials, give_url=give_url)


def stopped(mandate: Mandate, link: Link) -> bool:
    """It stopped, and why; another campaign of the same topic where there is one."""
    other = another_like(mandate.campaign, mandate.intent) if mandate.why == Why.CAMPAIGN.value else None
    values: dict[str, Any] = {"why": mandate.why, "other_title": "", "other_url": ""}
    if other is not None:
        values["other_title"] = _title(other, mandate.language)
        values["other_url"] = link(mandate.language, "site.campaign.show", slug=other.slug)
    return _write(mandate, "stopped", "mandate_stopped", link, **values)


def rests(mandate: Mandate, link: Link) -> bool:
    """Its campaign takes nothing for now, so nothing is taken."""
    return _write(mandate, f"rests:{mandate.covered}", "mandate_rests", link)


def _write(mandate: Mandate, key: str, template: str, link: Link, **values: Any) -> bool:
    token = links.own(mandate)
    said: dict[str, Any] = {"rials": mandate.rials, "title": _title(mandate.campaign, mandate.language)}
    return write(
        f"mandate:{mandate.public_id}:{key}",
        mandate.email,
        mandate.language,
        template,
        own_url=link(mandate.language, "give.mandate.show", token=token),
        **said | values,
    )


def _title(campaign: Campaign, language: str) -> str:
    rows = db.session.scalars(select(CampaignText).where(CampaignText.campaign_id == campaign.id))
    titles = {row.language: row.title for row in rows}
    return titles.get(language) or titles.get("fa") or campaign.slug
