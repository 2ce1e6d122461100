"""How far a change would move the goal of a campaign, small steps that came before it added up.

The measure is the goal two people stand behind: the one of the first publication, or the last one that two moderators
have approved since. A goal that one moderator let grow by a little is no measure for the next little.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, distinct, func, select
from sqlalchemy.orm import aliased

from campaigns.base.extensions import db
from campaigns.domain.campaigns.history import CampaignEdit
from campaigns.domain.campaigns.parts import Part
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.verdicts import Verdict

LARGEST_JUMP = Fraction(1, 5)
"""A goal moved further than this is looked at by two people."""
PEOPLE = 2
_Undo = aliased(Decision)


def goal_jump(edit: CampaignEdit) -> Fraction:
    """By which part of the goal the change would move it, up or down; zero where it leaves the goal alone.

    Of the present goal or of the one two people stand behind, whichever it would move further.
    """
    if edit.part != Part.GOAL:
        return Fraction(0)
    present = edit.campaign.goal_rials if edit.decided_at is None else _goal_in(edit.base, edit)
    would = _goal_in(edit.data, edit)
    if would == present:
        return Fraction(0)
    return max(_share(was, would) for was in {present, *_settled(edit)})


def _share(was: int, would: int) -> Fraction:
    return Fraction(abs(would - was), was) if was else Fraction(would > 0)


def _settled(edit: CampaignEdit) -> Iterator[int]:
    """The goal two people stand behind, in rials; nothing where no change was approved before this one."""
    earlier = db.session.execute(
        select(CampaignEdit, _people())
        .where(
            CampaignEdit.campaign_id == edit.campaign_id,
            CampaignEdit.part == Part.GOAL.value,
            CampaignEdit.state == "approved",
            CampaignEdit.id < edit.id,
        )
        .order_by(CampaignEdit.decided_at, CampaignEdit.id)
    ).all()
    by_two = [one for one, people in earlier if people >= PEOPLE]
    if by_two:
        yield _goal_in(by_two[-1].data, edit)
    elif earlier:
        yield _goal_in(earlier[0][0].base, edit)


def _people() -> ColumnElement[int]:
    """How many people approved a change and have not taken it back."""
    taken_back = select(_Undo.id).where(_Undo.undoes_id == Decision.id).exists()
    query = select(func.count(distinct(Decision.actor_id))).where(
        Decision.subject_kind == "edit",
        Decision.subject_id == CampaignEdit.id,
        Decision.verdict == Verdict.APPROVE.value,
        ~taken_back,
    )
    return query.correlate(CampaignEdit).scalar_subquery()


def _goal_in(data: dict[str, Any], edit: CampaignEdit) -> int:
    """In rials. What the values leave out is as it is."""
    costs = data.get("costs")
    price = edit.campaign.unit_price_rials if costs is None else sum(cost["rials"] for cost in costs)
    return int(data.get("unit_count", edit.campaign.unit_count) * price)
