"""Reads of mandates."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.mandates.models import Mandate, MandateCharge, MandateStep
from campaigns.domain.mandates.states import ChargeState


def by_public_id(public_id: str) -> Mandate | None:
    return db.session.scalar(select(Mandate).where(Mandate.public_id == public_id))


def charges_of(mandate: Mandate) -> Sequence[MandateCharge]:
    """Every month's charge with its gift, newest first."""
    query = select(MandateCharge).where(MandateCharge.mandate_id == mandate.id)
    return db.session.scalars(
        query.options(joinedload(MandateCharge.gift)).order_by(MandateCharge.month.desc())
    ).all()


def steps_of(mandate: Mandate) -> Sequence[MandateStep]:
    """Everything that was done to it, newest first."""
    query = select(MandateStep).where(MandateStep.mandate_id == mandate.id)
    return db.session.scalars(query.order_by(MandateStep.id.desc())).all()


def mandates(within: Select[Campaign], state: str = "", limit: int = 200) -> Sequence[Mandate]:
    """The newest of these campaigns, in one state or in all, each with its campaign."""
    ids = within.with_only_columns(Campaign.id)
    query = select(Mandate).where(Mandate.campaign_id.in_(ids)).options(joinedload(Mandate.campaign))
    if state:
        query = query.where(Mandate.state == state)
    return db.session.scalars(query.order_by(Mandate.id.desc()).limit(limit)).all()


def open_charges(mandate_ids: Sequence[int]) -> set[int]:
    """Of these, the ones with a charge whose outcome is not known yet, or that waits for another try."""
    query = select(MandateCharge.mandate_id).where(
        MandateCharge.mandate_id.in_(mandate_ids), MandateCharge.state == ChargeState.OPEN.value
    )
    return set(db.session.scalars(query))


def paid_months(mandate_ids: Sequence[int]) -> dict[int, int]:
    """How many months were paid, by mandate."""
    rows = db.session.execute(
        select(MandateCharge.mandate_id, func.count())
        .where(MandateCharge.mandate_id.in_(mandate_ids), MandateCharge.state == ChargeState.PAID.value)
        .group_by(MandateCharge.mandate_id)
    )
    return dict(rows.all())
